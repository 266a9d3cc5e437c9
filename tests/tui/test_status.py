"""The status line says what it can in the room it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.tui.status import status_line

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


@given(st.text("ab 漢·", max_size=40), st.text("ab ·", max_size=40), st.integers(0, 60))
def test_the_line_is_as_wide_as_the_screen(says: str, place: str, width: int) -> None:
    assert cell_len(status_line(says, place, width)) == width
