"""Rows that the starter packages make possible: none that pairs versions is wrong."""

from pathlib import Path

from reader import pipeline
from reader.cli.reading import DEMO
from reader.pipeline import Request

# The segments of the demo's rows that pair versions, by hand: English, Portuguese, Russian.
RIGHT = {
    ((1,), (1,), (1,)),
    ((4,), (3,), (3,)),
    ((5,), (15,), (14,)),
    ((6,), (4,), (4,)),
    ((8,), (13,), (8,)),
    ((9,), (14,), (9,)),
    ((10,), (5,), (6,)),
    ((11,), (6,), (7,)),
    ((14,), (7,), ()),
    ((15, 16), (8,), (10, 11)),
    ((17,), (9,), ()),
    ((18,), (10,), ()),
    ((19,), (19,), (17,)),
    ((20,), (20,), (18,)),
    ((21,), (21,), (15,)),
    ((22,), (22,), (16,)),
    ((23,), (), (19,)),
    ((24,), (), (20,)),
}


def test_no_row_of_the_demo_is_wrong_and_hardly_any_is_missed(tmp_path: Path) -> None:
    text = pipeline.run(Request(paths=DEMO, cache=tmp_path))
    found = {row.segments for row in text.rows if len(row.present) > 1}
    assert found <= RIGHT
    assert len(found) >= 17


def test_no_row_of_the_seeds_is_wrong(shared: Path, tmp_path: Path) -> None:
    paths = tuple(sorted((shared / "seeds").glob("*.txt")))
    text = pipeline.run(Request(paths=paths, cache=tmp_path))
    assert text.mode == "comparable"
    (row,) = [r for r, row in enumerate(text.rows) if len(row.present) > 1]
    assert text.text(row, 2).startswith("Песков: РФ готова к координации")
    assert text.text(row, 4).startswith("The Kremlin confirms that Moscow is ready")
