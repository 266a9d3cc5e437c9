"""What the mouse selects is copied as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Layout, ParallelText, Place
from reader.tui.reading import Reading
from reader.tui.selecting import Selection
from tests.builders import document, parallel

TEXT = parallel(
    [
        document(["The captain counted 14 ships before dawn.", "Good morning!", "Alone."]),
        document(["הקברניט ספר 15 ספינות לפני הזריחה", "בוקר טוב"], language="he"),
    ],
    [([[0], [0]], 0.9), ([[1], [1]], 0.9), ([[2], []], 0.0)],
    pivots=[["", "", ""], ["", ""]],
)


def made(layout: Layout = "columns", text: ParallelText = TEXT) -> Reading:
    reading = Reading(Place(layout=layout), bidi=True)
    reading.resize(60, 20)
    reading.show(text)
    return reading


def where(reading: Reading, drawn: str, *, last: bool = False) -> tuple[int, int]:
    """Return the cell of the window where some text is drawn."""
    for y, (row, line) in enumerate(reading.frame()):
        for column, cell in enumerate(reading.block(row).at(line)):
            if cell and drawn in cell.text:
                blank = reading.geometry.width - len(cell.text) if cell.rtl else 0
                at = cell.text.index(drawn) + blank + (len(drawn) - 1 if last else 0)
                return reading.geometry.start(column) + at, y
    raise AssertionError(drawn)


def drag(reading: Reading, start: tuple[int, int], stop: tuple[int, int]) -> str:
    selection = Selection(reading)
    selection.begin(*start)
    selection.extend(*stop)
    return selection.end()


@pytest.mark.parametrize("layout", ["columns", "stacked", "single"])
def test_words_are_copied_without_what_we_drew(layout: Layout) -> None:
    reading = made(layout)
    assert drag(reading, where(reading, "14"), where(reading, "14", last=True)) == "14"
    assert drag(reading, where(reading, "captain"), where(reading, "before", last=True)) == (
        "captain counted 14 ships before"
    )


def test_a_drag_upwards_and_over_rows_stays_in_its_version() -> None:
    reading = made()
    assert drag(reading, where(reading, "morning"), where(reading, "dawn")) == "dawn.\nGood m"
    there = where(reading, "dawn")
    assert drag(reading, there, (59, 19)) == "dawn.\nGood morning!\nAlone."


def test_text_from_the_right_is_copied_in_its_own_order() -> None:
    reading, seen = made(), "בוקר"[::-1]
    assert drag(reading, where(reading, seen), where(reading, seen, last=True)) == "בוקר"


def test_what_is_selected_is_marked_until_the_next_selection() -> None:
    reading = made()
    drag(reading, where(reading, "Good"), where(reading, "Good", last=True))
    line = reading.block(1).lines[0][0]
    assert line
    assert [line.text[m.start : m.stop] for m in line.marks if m.kind == "selected"] == ["Good"]
    Selection(reading).begin(*where(reading, "Good"))
    line = reading.block(1).lines[0][0]
    assert line
    assert not line.marks


def test_a_click_selects_nothing() -> None:
    reading = made()
    assert drag(reading, where(reading, "Good"), where(reading, "Good")) == ""


def test_nothing_is_selected_of_what_is_not_said() -> None:
    reading = made()
    x, y = reading.geometry.start(1), where(reading, "Alone.")[1]
    assert drag(reading, (x, y), (x + 5, y)) == ""
    assert drag(Reading(Place()), (1, 1), (5, 5)) == ""


cells = st.tuples(st.integers(-2, 70), st.integers(-2, 25))


@given(cells, cells, st.sampled_from(["columns", "stacked", "single"]))
def test_any_drag_copies_what_is_written(
    start: tuple[int, int], stop: tuple[int, int], layout: Layout
) -> None:
    text = drag(made(layout), start, stop)
    written = ["\n".join(document.sentences) for document in TEXT.documents]
    assert any(text in whole for whole in written)
