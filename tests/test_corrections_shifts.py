"""Shifts by one row are found, described, done and undone; rows that are right are let alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.corrections import EDITS, Corrected, apply
from reader.corrections.shifts import Shift, find_shift, likeness, shift_operation
from reader.model import ParallelText
from tests.builders import COUNT, document, numbered_tale, parallel, slipped


def right(versions: int = 2) -> list[tuple[tuple[int, ...], ...]]:
    return [((i,),) * versions for i in range(COUNT)]


@given(st.integers(0, 8), st.integers(4, COUNT), st.sampled_from([1, -1]), st.sampled_from([2, 3]))
def test_a_slip_is_found_from_each_of_its_rows(
    start: int, length: int, by: int, versions: int
) -> None:
    stop = min(start + length, COUNT)
    text = slipped(start, stop, by, versions)
    for row in range(start, stop):
        where = row if by > 0 else row + 1
        shift = find_shift(text, where, likeness(text))
        assert shift is not None
        assert (shift.document, shift.by) in {(1, by), (0, -by)}
        assert shift.after > shift.before + 0.3
        found = apply(text, [shift_operation(text, shift)])
        assert [row.segments for row in found.rows] == right(versions)
        assert all(row.moved == () for row in found.rows)


def test_what_has_no_row_joins_its_neighbour() -> None:
    # The second version says in two sentences what the first says in one.
    rows = [[[0], [0]], [[2], [1]], [[3], [2]], [[4], [3]], [[5], [4]], [[6], [5]], [[], [6]]]
    text = numbered_tale(rows)
    shift = find_shift(text, 3, likeness(text))
    assert shift is not None
    assert (shift.rows, shift.document, shift.by) == (range(1, 6), 1, 1)
    found = apply(text, [shift_operation(text, shift)])
    assert [row.segments for row in found.rows][:3] == [((0,), (0, 1)), ((2,), (2,)), ((3,), (3,))]


def test_what_was_said_of_a_row_holds() -> None:
    rows = [[[0], [0]], [[2], [1]], [[3], [2]], [[4], [3]], [[5], [4]], [[6], [5]], [[], [6]]]
    corrected = Corrected(numbered_tale(rows))
    corrected.do(EDITS["confirm"](corrected.text, 0, 0))
    shift = find_shift(corrected.text, 3, likeness(corrected.text))
    assert shift is not None
    corrected.do(shift_operation(corrected.text, shift))
    found = [row.segments for row in corrected.text.rows]
    assert found[:3] == [((0,), (0,)), ((), (1,)), ((2,), (2,))]
    corrected.undo()
    assert [row.segments for row in corrected.text.rows][1:3] == [((2,), (1,)), ((3,), (2,))]


@pytest.mark.parametrize(
    "text",
    [
        numbered_tale([[[i], [i]] for i in range(COUNT)]),
        numbered_tale([[[i], [i + 1]] for i in range(2)] + [[[i], [i]] for i in range(3, COUNT)]),
        numbered_tale([[[i], []] for i in range(COUNT)]),
        slipped(3, 5, 1),
        numbered_tale([[[0], [0]]]),
    ],
    ids=["right", "chance", "alone", "short", "one row"],
)
def test_rows_that_are_right_are_let_alone(text: ParallelText) -> None:
    assert [find_shift(text, row, likeness(text)) for row in range(len(text.rows))] == [None] * len(
        text.rows
    )


def test_confirmed_rows_end_a_run() -> None:
    text = slipped(0, COUNT, 1)
    said = apply(text, [EDITS["confirm"](text, 6, 0)])
    shift = find_shift(said, 2, likeness(said))
    assert isinstance(shift, Shift)
    assert shift.rows.stop <= 6
    assert find_shift(said, 6, likeness(said)) is None


def test_a_long_run_costs_no_more_than_its_window() -> None:
    calls = 0

    def alike(row: int, version: int, other: int) -> float:
        nonlocal calls
        calls += 1
        return float(row != other)

    text = parallel(
        [document([f"{i}" for i in range(3000)], name=name) for name in ("a", "b")],
        [([[i], [i]], 0.1) for i in range(3000)],
    )
    shift = find_shift(text, 1500, alike)
    assert shift is not None
    assert len(shift.rows) <= 401
    assert calls < 4_000
