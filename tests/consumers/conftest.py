"""The nasty text as files, written as the command line writes them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader import session
from reader.export import EXPORTERS, Options, Selection
from reader.export.excerpt import Excerpt, select
from reader.export.selection import EVERYTHING
from tests.builders import NASTY_NOTES, nasty

Write = Callable[..., Path]

EN_AR = Selection(pairs=("en-ar",))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that exports the nasty text to a file of its own and checks it."""

    def written(name: str, selection: Selection = EVERYTHING, *, machine: bool = False) -> Path:
        path = tmp_path / f"nasty{EXPORTERS[name].suffixes[0]}"
        options = Options(selection, pivot=machine, notes=NASTY_NOTES)
        session.write(nasty(), session.Destination(path, name), options, verify=True)
        return path

    return written


@pytest.fixture
def excerpt() -> Excerpt:
    """Return what the formats are given: English and Arabic of the nasty text."""
    return select(nasty(), EN_AR)[0]


@pytest.fixture
def pairs(excerpt: Excerpt) -> dict[str, str]:
    """Return the Arabic of each English text that has some."""
    return {english: arabic for english, arabic in excerpt.cells if english and arabic}
