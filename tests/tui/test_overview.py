"""The overview counts what is there."""

import pytest

from reader.model import ParallelText, Place
from reader.tui.overview import overview
from reader.tui.reading import Reading
from tests.builders import document, parallel
from tests.tui.desks import chapters, long, story


def made(text: ParallelText) -> Reading:
    reading = Reading(Place())
    reading.show(text)
    return reading


def test_a_line_for_each_row_of_a_short_text() -> None:
    entries = overview(made(story()), 20)
    assert [entry.row for entry in entries] == list(range(6))
    assert entries[0].label == "EN ▇▇▇▇▇▇▇▇  PT ▇▇▇▇▇▇▇▇  RU ▇▇▇▇▇▇▇▇    The lamp"
    assert entries[2].label == "EN ▇▇▇▇▇▇▇▇  PT ▇▇▇▇▇▇▇▇  RU ········"
    assert entries[4].label == "EN ▇▇▇▇▇▇▇▇  PT ········  RU ▇▇▇▇▇▇▇▇  ? 1"


@pytest.mark.parametrize(("lines", "length"), [(6, 10), (7, 9), (1, 60), (0, 60), (59, 2)])
def test_a_long_text_is_divided_evenly(lines: int, length: int) -> None:
    entries = overview(made(long()), lines)
    assert [entry.row for entry in entries] == list(range(0, 60, length))


def test_a_bar_is_full_only_where_nothing_is_missing() -> None:
    (whole,) = overview(made(long()), 1)
    assert whole.label == "EN ▇▇▇▇▇▇▇▇  PT ▇▇▇▇▇▇▇·  ? 6"


def test_a_stretch_has_the_name_of_the_chapter_that_begins_in_it() -> None:
    labels = [entry.label.split()[-1] for entry in overview(made(chapters()), 3)]
    assert labels == ["One", "Two", "Three"]


def test_many_versions_have_a_sign_each() -> None:
    documents = [document(["A."], name=f"{d}.txt") for d in range(12)]
    text = parallel(documents, [([[0]] * 11 + [[]], 0.9), ([[]] * 11 + [[0]], 0.0)])
    assert [entry.label for entry in overview(made(text), 5)] == [
        *("▇▇▇▇▇▇▇▇▇▇▇·", "···········▇"),
    ]


def test_an_empty_text_has_none() -> None:
    assert overview(made(parallel([document([])], [])), 5) == []
