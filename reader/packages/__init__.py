"""Argos packages on disk, in the layout that Argos Translate itself uses.

What every start needs is here, and light; `install` checks and installs packages, `fetch` downloads
them and is the only module of the program that opens a socket.
"""

from reader.packages.shelf import (
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
