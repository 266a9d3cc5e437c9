"""Argos packages on disk, in the layout of Argos Translate.

    discovery  find packages and choose among them; light, needed at every start
    install    check, install and remove packages
    fetch      download packages: the only module of the program that opens a socket

Others may have put packages there: nothing in them is trusted before it was checked.
"""

from reader.packages.discovery import (
    OFFLINE,
    PIVOT,
    Package,
    installed,
    language_pair,
    pair_code,
    route,
    search_path,
)

__all__ = [
    "OFFLINE",
    "PIVOT",
    "Package",
    "installed",
    "language_pair",
    "pair_code",
    "route",
    "search_path",
]
