"""A version that is unlocked scrolls by itself and comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Place
from reader.tui import loose
from reader.tui.moves import LOOKS, MOVES
from reader.tui.reading import Reading
from reader.tui.status import titles
from tests.tui.desks import long, story


def made(lines: int = 12) -> Reading:
    reading = Reading(Place(column=1))
    reading.resize(80, lines)
    reading.show(long())
    return reading


def unlocked(lines: int = 12) -> Reading:
    reading = made(lines)
    assert loose.toggle(reading) == "PT scrolls by itself; u brings it back"
    reading.changed()
    return reading


def seen(reading: Reading) -> list[str]:
    found = loose.beside(reading)
    assert found
    return [line.text for line in found[1] if line]


@pytest.mark.parametrize(
    ("move", "by", "first"),
    [
        ("row", 3, 4),
        ("row", -1, 1),
        ("page", 1, 6),
        ("half", 2, 5),
        ("on", 1, 6),
        ("row", 99, 60),
    ],
)
def test_it_scrolls_while_the_rows_stay(move: str, by: int, first: int) -> None:
    reading = unlocked()
    MOVES[move](reading, by)
    assert seen(reading)[0] == f"Linha {first} do conto."
    assert (reading.row, reading.top.row) == (0, 0)


def test_the_rows_scroll_while_it_stays() -> None:
    reading = unlocked()
    reading.focus(1)
    MOVES["row"](reading, 30)
    assert (reading.row, seen(reading)[0]) == (30, "Linha 1 do conto.")
    assert titles(reading)[1].position == "1/60↕"
    assert reading.block(30).lines[0][1] is None


def test_it_begins_where_the_rows_are_and_comes_back() -> None:
    reading = made()
    reading.go_to(17)  # which it lacks
    loose.toggle(reading)
    assert seen(reading)[0] == "Linha 17 do conto."
    assert loose.toggle(reading) == ""
    reading.changed()
    assert loose.beside(reading) is None
    assert reading.block(10).lines[0][1] is not None


@pytest.mark.parametrize("look", ["layout", "pivot", "reveal", "narrower"])
def test_only_a_look_without_columns_locks_it(look: str) -> None:
    reading = unlocked()
    LOOKS[look](reading)
    reading.changed()
    assert (reading.loose is None) is (look == "layout")


def test_what_cannot_be_unlocked() -> None:
    reading = made()
    reading.panes.toggle(1)
    assert loose.toggle(reading) == "only one of several columns can be unlocked"
    reading = made()
    reading.panes.next_layout()
    assert loose.toggle(reading) == "only one of several columns can be unlocked"
    assert loose.toggle(Reading(Place())) == "only one of several columns can be unlocked"


def test_what_was_skipped_is_left_out() -> None:
    reading = Reading(Place(column=1))
    reading.resize(200, 40)
    reading.show(story())
    loose.toggle(reading)
    assert "Leia também: as marés de amanhã" not in seen(reading)


@given(st.lists(st.tuples(st.sampled_from(["row", "page", "half"]), st.integers(-9, 9))))
def test_any_scrolling_shows_something(moves: list[tuple[str, int]]) -> None:
    reading = unlocked(lines=3)
    for move, by in moves:
        MOVES[move](reading, by)
        assert seen(reading)
