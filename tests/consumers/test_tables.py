"""Tables by pandas and LibreOffice, and Moses pairs line by line."""

import csv
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reader.export.excerpt import Excerpt
from reader.export.tables import BEFORE, BEHIND, NOTE
from tests.consumers.conftest import EN_AR, Write

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DIALECTS: dict[str, dict[str, Any]] = {
    "tsv": {"sep": "\t", "quoting": csv.QUOTE_NONE},
    "csv": {},
    "sheet": {"sep": "\t"},
}


@pytest.mark.parametrize("name", DIALECTS)
def test_pandas_reads_every_cell(write: Write, excerpt: Excerpt, name: str) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(write(name, EN_AR), keep_default_na=False, **DIALECTS[name])
    assert list(frame.columns) == [*BEFORE, "en", "ar", *BEHIND, NOTE]
    assert list(frame["row"]) == list(excerpt.numbers)
    cells = list(zip(frame["en"], frame["ar"], strict=True))
    if name == "sheet":
        assert not any(cell[0] in "=+-@" for unit in cells for cell in unit if cell)
        cells = [tuple(cell.lstrip(" ") for cell in unit) for unit in cells]
    assert cells == list(excerpt.cells)


@pytest.mark.parametrize(("name", "formulas"), [("sheet", 0), ("tsv", 3)])
def test_a_spreadsheet_runs_no_cell_of_its_own_format(
    write: Write, excerpt: Excerpt, name: str, formulas: int, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc)")
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"]
    tabs_quoted_utf8 = "--infilter=CSV:9,34,76,1"
    subprocess.run(
        [
            *command,
            tabs_quoted_utf8,
            "--convert-to",
            "fods",
            "--outdir",
            tmp_path,
            write(name, EN_AR),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    (opened,) = tmp_path.glob("*.fods")
    tree = ElementTree.parse(opened)
    cells = list(tree.iter(f"{TABLE}table-cell"))
    assert sum(f"{TABLE}formula" in cell.attrib for cell in cells) == formulas
    if not formulas:
        shown = {"".join(cell.itertext()).strip() for cell in cells}
        number = {"+4"}  # shown as 4: a number is none the worse for it
        assert shown >= {text for unit in excerpt.cells for text in unit if text} - number


def test_moses_lines_stay_side_by_side(write: Write, pairs: dict[str, str], tmp_path: Path) -> None:
    write("moses", EN_AR)
    english, arabic, ids = (tmp_path / f"nasty.en-ar.{ending}" for ending in ("en", "ar", "ids"))
    pasted = subprocess.run(["paste", english, arabic], capture_output=True, check=True).stdout
    assert dict(line.split("\t") for line in pasted.decode().split("\n")[:-1]) == pairs
    # Python breaks lines at more characters than others do: no file may hold one of them.
    counts = {len(path.read_text(encoding="utf-8").splitlines()) for path in (english, arabic, ids)}
    assert counts == {len(pairs)}
