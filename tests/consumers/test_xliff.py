"""XLIFF by translate-toolkit and by OmegaT."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from reader.export.excerpt import Excerpt
from tests.consumers import omegat
from tests.consumers.conftest import EN_AR, Write

TARGET = "{urn:oasis:names:tc:xliff:document:1.2}target"


def units(excerpt: Excerpt) -> list[tuple[str, str]]:
    return [(english, arabic) for english, arabic in excerpt.cells if english]


@pytest.mark.parametrize(
    ("name", "reader"), [("xliff", "xliff.Xliff1File"), ("xliff2", "xliff2.Xliff2File")]
)
@pytest.mark.parametrize("machine", [False, True], ids=["originals", "machine"])
def test_translate_toolkit_reads_every_unit(
    write: Write, excerpt: Excerpt, name: str, reader: str, machine: bool
) -> None:
    module, _, kind = reader.partition(".")
    storage = pytest.importorskip(f"translate.storage.{module}")
    store = getattr(storage, kind).parsefile(str(write(name, EN_AR, machine=machine)))
    found = [(str(u.source), str(u.target or "")) for u in store.units if u.istranslatable()]
    assert found == units(excerpt)


def test_translate_toolkit_takes_confirmed_rows_alone_for_approved(write: Write) -> None:
    xliff = pytest.importorskip("translate.storage.xliff")
    store = xliff.xlifffile.parsefile(str(write("xliff", EN_AR)))
    assert [unit.getid().split("\x04")[-1] for unit in store.units if unit.isapproved()] == [
        "r000002"
    ]


def test_omegat_keeps_every_translation(
    write: Write, pairs: dict[str, str], tmp_path: Path
) -> None:
    target = omegat.translate(tmp_path, write("xliff", EN_AR), write("tmx", EN_AR))
    tree = ElementTree.parse(target)
    assert [element.text for element in tree.iter(TARGET)] == list(pairs.values())
