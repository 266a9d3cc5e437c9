"""A place is found again in a text that was edited while nobody read it."""

from dataclasses import replace

import pytest

from reader.model import ParallelText, Place
from reader.tui.placing import relocated
from reader.tui.reading import Reading
from tests.builders import document, parallel

LINES = ("Rain.", "Yes.", "We left at noon.", "Yes.", "The bridge was gone.", "Yes.")


def text(*lines: str) -> ParallelText:
    return parallel([document(lines)], [([[i]], 0) for i in range(len(lines))])


def left(row: int, mark: int) -> Place:
    """Return where a reader left `LINES`, with a mark."""
    made = Reading(Place())
    made.show(text(*LINES))
    made.go(row)
    made.marks = {"a": made.segment(mark)}
    return made.place


@pytest.mark.parametrize(
    ("row", "lines", "now"),
    [
        pytest.param(2, LINES, 2, id="not-edited"),
        pytest.param(2, ("Preface.", *LINES), 3, id="more-before-it"),
        pytest.param(4, LINES[3:], 1, id="less-before-it"),
        pytest.param(1, ("Preface.", *LINES), 2, id="nearest-of-several"),
        pytest.param(4, (*LINES[:4], "The bridge is gone.", "Yes."), 4, id="not-said-any-more"),
        pytest.param(5, LINES[:1], 0, id="beyond-the-end"),
    ],
)
def test_what_was_read_is_found_by_what_it_says(row: int, lines: tuple[str, ...], now: int) -> None:
    for place in (left(row, 0), left(0, row)):
        made = Reading(place)
        made.show(text(*lines))
        found = (0, made.row) if place.segment else made.marks["a"]
        assert made.row_of(*found) == now
        assert made.place.sentences  # also where the mark is beyond the end


def test_a_place_kept_without_words_is_that_of_its_number() -> None:
    place = replace(left(2, 4), sentences=())
    assert relocated(place, text("Preface.", *LINES)) == place
