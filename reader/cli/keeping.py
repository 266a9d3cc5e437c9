"""`reader cache`: what is kept, and how to forget it."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.narrator import say
from reader.cli.options import cache_folder


@click.group()
def cache() -> None:
    """See or clear what is kept."""


_CALLED = {
    "corpora": "aligned files",
    "pivots": "translated texts",
    "sets": "places",
    "annotations": "stars and notes",
}
"""Table of the store -> its name in the README, where that differs."""


@cache.command()
@cache_folder
def info(cache: Path) -> None:
    """Say where things are kept and how much there is."""
    from reader.store import FILE_NAME, Store

    path = cache / FILE_NAME
    print(path)
    if path.exists():
        print(f"{path.stat().st_size / 1e6:.1f} MB")
        with Store(path) as store:
            for name, count in store.counts().items():
                print(f"{_CALLED.get(name, name):16}  {count}")
    else:
        print("nothing kept yet")


@cache.command("clear")
@cache_folder
@click.confirmation_option(
    "--yes",
    prompt="Forget all translations, alignments and places (packages, corrections and notes stay)?",
)
def cache_clear(cache: Path) -> None:
    """Forget translations, alignments and places.

    Packages, corrections, stars and notes stay.
    """
    from reader.store import FILE_NAME, clear

    say([clear(cache / FILE_NAME)])
