"""TMX by its own grammar, by translate-toolkit and by OmegaT."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.export import Selection
from tests.consumers import omegat
from tests.consumers.conftest import EN_AR, Write


@pytest.mark.parametrize("machine", [False, True], ids=["originals", "machine"])
def test_grammar(write: Write, machine: bool) -> None:
    etree = pytest.importorskip("lxml.etree")
    if not omegat.JAR.is_file():
        pytest.skip("the grammar comes with OmegaT, which is not installed")
    with ZipFile(omegat.JAR) as jar:
        grammar = etree.DTD(io.BytesIO(jar.read("schemas/tmx14.dtd")))
    tree = etree.parse(str(write("tmx", machine=machine)))
    assert grammar.validate(tree), grammar.error_log


def test_translate_toolkit_sees_every_pair(write: Write, pairs: dict[str, str]) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    store = tmx.tmxfile.parsefile(str(write("tmx", EN_AR)))
    assert {unit.source: unit.target for unit in store.units} == pairs


@pytest.mark.parametrize("selection", [Selection(), EN_AR], ids=["four versions", "a pair"])
def test_omegat_translates_by_it(
    write: Write, pairs: dict[str, str], selection: Selection, tmp_path: Path
) -> None:
    source = tmp_path / "source.txt"
    source.write_text("".join(f"{text}\n\n" for text in pairs), encoding="utf-8")
    target = omegat.translate(tmp_path, source, write("tmx", selection))
    assert target.read_text(encoding="utf-8").split("\n\n")[:-1] == list(pairs.values())
