"""The status line says what it can in the room it has."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Place, Skip
from reader.tui.reading import Reading
from reader.tui.status import chapter, status_line, titles, where
from tests.builders import document, parallel

PLACE = "correcting · = sure 1:1 · row 6/40 15%"


@pytest.mark.parametrize(
    ("says", "width", "line"),
    [
        pytest.param("", 40, "  correcting · = sure 1:1 · row 6/40 15%", id="nothing-said"),
        pytest.param("", 38, PLACE, id="just-room"),
        pytest.param("let go", 46, "let go  correcting · = sure 1:1 · row 6/40 15%", id="both"),
        pytest.param(
            "let go", 45, "let go              = sure 1:1 · row 6/40 15%", id="less-place"
        ),
        pytest.param("let go", 20, "let go  row 6/40 15%", id="row-alone"),
        pytest.param("let go", 19, "let go             ", id="no-place"),
        pytest.param("holding PT: go", 9, "holding …", id="too-long-for-the-line"),
        pytest.param("漢字漢字", 6, "漢字 …", id="wide-letters"),
        pytest.param("let go", 0, "", id="no-line"),
    ],
)
def test_a_notice_goes_before_the_place(says: str, width: int, line: str) -> None:
    assert status_line(says, PLACE, width) == line


CHAPTERS = parallel(
    [
        document(["Rain", "It rained.", "Snow", "It snowed.", "Long."], headings=(0, 2)),
        document(
            ["Regen", "Anzeige", "Es regnete.", "Lang."],
            language="de",
            headings=(0, 1),
            skip={1: Skip("boilerplate", "related link")},
        ),
    ],
    [([[0], [0]], 1), ([[1], [2]], 1), ([[2], []], 0), ([[3], []], 0), ([[4], [3]], 1)],
)


@pytest.mark.parametrize(
    ("row", "version", "name"),
    [(0, 0, "Rain"), (1, 0, "Rain"), (3, 0, "Snow"), (3, 1, "Snow"), (4, 0, "Snow"), (1, 1, "")],
)
def test_the_chapter_is_that_of_the_version_in_focus(row: int, version: int, name: str) -> None:
    assert chapter(CHAPTERS, row, version) == name
    assert chapter(replace(CHAPTERS, mode="comparable"), row, version) == ""


@pytest.mark.parametrize(
    ("heading", "bidi", "begins"),
    [
        pytest.param("Snow", False, "Snow · row 3/3 100%", id="short"),
        pytest.param(
            "Of the snow that fell " * 3,
            False,
            f"{'Of the snow that fell Of the snow that':39}… · row",
            id="long",
        ),
        pytest.param("שלג", False, "שלג · ", id="the-terminal-reorders"),
        pytest.param("שלג", True, "גלש · ", id="reordered-here"),
    ],
)
def test_chapter_and_file_are_named_in_the_order_of_the_screen(
    heading: str, bidi: bool, begins: str
) -> None:
    text = document(["Rain", heading, "It snowed."], headings=(0, 1), name=heading)
    made = Reading(Place(0, 2), bidi=bidi)
    made.show(parallel([text], [([[i]], 1) for i in range(3)]))
    assert where(made).startswith(begins)
    assert titles(made)[0].name[:3] == begins[:3]


@given(st.text("ab 漢·", max_size=40), st.text("ab ·", max_size=40), st.integers(0, 60))
def test_the_line_is_as_wide_as_the_screen(says: str, place: str, width: int) -> None:
    assert cell_len(status_line(says, place, width)) == width
