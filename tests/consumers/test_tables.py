"""Tables by pandas, and Moses pairs line by line."""

import csv
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reader.export.excerpt import Excerpt
from tests.consumers.conftest import EN_AR, Write

DIALECTS: dict[str, dict[str, Any]] = {
    "tsv": {"sep": "\t", "quoting": csv.QUOTE_NONE},
    "csv": {},
    "sheet": {"sep": "\t"},
}


@pytest.mark.parametrize("name", DIALECTS)
def test_pandas_reads_every_cell(write: Write, excerpt: Excerpt, name: str) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(write(name, EN_AR), keep_default_na=False, **DIALECTS[name])
    assert list(frame.columns) == ["row", "en", "ar", "score", "status"]
    assert list(frame["row"]) == list(excerpt.numbers)
    cells = list(zip(frame["en"], frame["ar"], strict=True))
    if name == "sheet":
        assert not any(cell[0] in "=+-@" for unit in cells for cell in unit if cell)
        cells = [tuple(cell.lstrip(" ") for cell in unit) for unit in cells]
    assert cells == list(excerpt.cells)


def test_moses_lines_stay_side_by_side(write: Write, pairs: dict[str, str], tmp_path: Path) -> None:
    write("moses", EN_AR)
    english, arabic, ids = (tmp_path / f"nasty.en-ar.{ending}" for ending in ("en", "ar", "ids"))
    pasted = subprocess.run(["paste", english, arabic], capture_output=True, check=True).stdout
    assert dict(line.split("\t") for line in pasted.decode().split("\n")[:-1]) == pairs
    # Python breaks lines at more characters than others do: no file may hold one of them.
    counts = {len(path.read_text(encoding="utf-8").splitlines()) for path in (english, arabic, ids)}
    assert counts == {len(pairs)}
