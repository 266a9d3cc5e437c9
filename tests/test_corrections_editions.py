"""Sentences of a text are found again after it was edited; what is not there is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.corrections.editions import Edition, Revision
from reader.model import Document
from tests.builders import document

LINES = ["The cat sleeps.", "Yes.", "The river runs.", "Yes.", "A ship came.", "Yes.", "It rained."]


def revision(old: list[str], new: list[str]) -> tuple[Revision, Document, Document]:
    before, after = document(old), document(new)
    return Revision(Edition("a.txt", before.text), after), before, after


def found(old: list[str], new: list[str]) -> list[int | None]:
    """Return for each sentence which one of the new text it is."""
    made, before, after = revision(old, new)
    places = [(segment.start, segment.stop) for segment in after.segments]
    now = [made.place((segment.start, segment.stop)) for segment in before.segments]
    return [place and places.index(place) for place in now]


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (LINES, [0, 1, 2, 3, 4, 5, 6]),
        (["Title.", *LINES], [1, 2, 3, 4, 5, 6, 7]),
        ([*LINES[:2], "The river ran.", *LINES[3:]], [0, 1, None, 3, 4, 5, 6]),
        ([*LINES[:3], *LINES[4:]], [0, 1, 2, None, 3, 4, 5]),
        ([*LINES[:2], "Yes.", *LINES[2:]], [0, 1, 3, 4, 5, 6, 7]),
        ([*LINES[4:], *LINES[:4]], [3, 4, 5, 6, 0, None, 2]),
        (["The cat\n  sleeps.", *LINES[1:]], [0, 1, 2, 3, 4, 5, 6]),
    ],
    ids=["same", "put before", "changed", "taken out", "doubled", "moved", "wrapped"],
)
def test_a_sentence_is_known_by_its_words_and_its_place(
    new: list[str], where: list[int | None]
) -> None:
    assert found(LINES, new) == where


@given(st.lists(st.sampled_from("abcdef"), min_size=1), st.data())
def test_what_is_found_says_the_same(letters: list[str], data: st.DataObject) -> None:
    old = [f"{letter}." for letter in letters]
    new = data.draw(st.lists(st.sampled_from([*old, "New."]), min_size=1))
    made = found(old, new)
    assert [old[i] for i, k in enumerate(made) if k is not None] == [
        new[k] for k in made if k is not None
    ]


@pytest.mark.parametrize(
    ("new", "same"),
    [
        ([*LINES[:-1], "It snowed."], True),
        (["Something.", "Else.", "Was.", "Written."], False),
        (LINES[:3], True),
    ],
    ids=["edited", "another", "shortened"],
)
def test_an_edition_is_told_from_another_text(new: list[str], same: bool) -> None:
    assert revision(LINES, new)[0].is_same_text == same
