"""Rows that the user has confirmed bind, and cost nothing but what lies between them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.align import Alignment, Pin, Version, align, features, realign
from reader.align.pins import ranks
from reader.align.realigning import CONTEXT
from reader.align.text import Floats
from reader.model import Mode
from tests.eval.speed import made_up
from tests.tale import RETOLD, TALE, cells, covered, documents, modes, version

Cells = tuple[tuple[int, ...], ...]
PAIR = [version("a", TALE), version("b", RETOLD)]


def test_a_pin_binds_whatever_the_texts_say() -> None:
    result = align(PAIR, pins=[Pin(((3,), (4,)))])
    (row,) = (row for row in result.rows if row.segments == ((3,), (4,)))
    assert (row.score, row.status, row.moved) == (1.0, "confirmed", ())
    assert covered(result, PAIR)


def test_text_between_pins_is_aligned_by_itself() -> None:
    # Without the second pin, 5 would go with 5.
    pins = [Pin(((1,), (1,))), Pin(((6,), (3,)))]
    result = align(PAIR, mode="parallel", pins=pins)
    for row in result.rows:
        left, right = row.segments
        if left and right and row.status == "auto":
            assert (left[0] < 1, left[0] < 6) == (right[0] < 1, right[0] < 3)


def test_a_pin_of_one_version_is_linked_to_nothing() -> None:
    result = align(PAIR, pins=[Pin(((2,), ()))])
    (row,) = (row for row in result.rows if 2 in row.segments[0])
    assert (row.segments, row.score) == (((2,), ()), 0.0)
    assert ((3,), (3,)) in cells(result)


@pytest.mark.parametrize("mode", ["parallel", "comparable"])
def test_pins_that_cross_are_moved(mode: Mode) -> None:
    result = align(PAIR, mode=mode, pins=[Pin(((2,), (5,))), Pin(((5,), (2,)))])
    pinned = [row for row in result.rows if row.status == "confirmed"]
    assert [row.segments for row in pinned] == [((2,), (5,)), ((5,), (2,))]
    assert any(row.moved for row in pinned)
    assert ((7,), (7,)) in cells(result)
    assert covered(result, PAIR)


def test_a_pin_of_some_versions_leaves_the_others_to_their_texts() -> None:
    versions = [*PAIR, version("c", RETOLD)]
    result = align(versions, pins=[Pin(((3,), (3,), ())), Pin(((), (4,), (4,)))])
    assert ((3,), (3,), ()) in cells(result)
    assert ((), (4,), (4,)) in cells(result)
    assert ((2,), (2,), (2,)) in cells(result)
    assert not any(row.moved for row in result.rows)


def test_a_pin_may_leave_out_what_lies_between_its_segments() -> None:
    result = align(PAIR, pins=[Pin(((2, 4), (2,)))])
    assert ((2, 4), (2,)) in cells(result)
    assert covered(result, PAIR)


@pytest.mark.parametrize(
    ("pins", "message"),
    [
        pytest.param([((0,), (0,)), ((0,), (1,))], "two pins of segment 0", id="contradiction"),
        pytest.param([((8,), (0,))], "segment 8; version 0 has 8", id="no such segment"),
        pytest.param([((0,), (0,), ())], "over 3 versions; there are 2", id="other versions"),
        pytest.param([((), ())], "holds nothing", id="nothing"),
        pytest.param([((1, 0), ())], "do not ascend", id="order"),
    ],
)
def test_impossible_pins_are_a_mistake_of_the_caller(pins: list[Cells], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        align(PAIR, pins=[Pin(members) for members in pins])


@st.composite
def pinned(draw: st.DrawFn) -> tuple[list[Version], list[Pin]]:
    """Draw versions and pins that share no segment."""
    versions = []
    for k, column in enumerate(draw(documents)):
        titles = draw(st.dictionaries(st.integers(0, 8), st.sampled_from(["1", "II", "3", "4."])))
        texts = [titles.get(i, text) for i, text in enumerate(column)]
        headings = frozenset(i for i in titles if i < len(texts))
        versions.append(replace(version(str(k), texts), headings=headings))
    members: dict[int, list[list[int]]] = {}
    for d, v in enumerate(versions):
        for i in range(len(v.originals)):
            pin = draw(st.integers(-4, 3))
            if pin >= 0:
                members.setdefault(pin, [[] for _ in versions])[d].append(i)
    return versions, [Pin(tuple(map(tuple, cell))) for cell in members.values()]


few = settings(max_examples=60)


@few
@given(pinned(), modes)
def test_every_pin_is_a_row_and_every_segment_in_one(
    problem: tuple[list[Version], list[Pin]], mode: Mode | None
) -> None:
    versions, pins = problem
    result = align(versions, mode=mode, pins=pins)
    assert covered(result, versions)
    confirmed = {row.segments for row in result.rows if row.status == "confirmed"}
    assert confirmed == {pin.members for pin in pins}
    assert all(row.score == (len(row.present) > 1) for row in result.rows if row.status != "auto")


@few
@given(pinned(), modes, st.randoms(use_true_random=False))
def test_order_of_arguments_moves_columns_only(
    problem: tuple[list[Version], list[Pin]], mode: Mode | None, random: st.DataObject
) -> None:
    versions, pins = problem
    order = list(range(len(versions)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = align(versions, mode=mode, pins=pins)
    second = align(
        [versions[d] for d in order],
        hub=order.index(0),
        mode=mode,
        pins=[Pin(tuple(pin.members[d] for d in order)) for pin in reversed(pins)],
    )
    assert cells(first) == [
        tuple(row.segments[order.index(d)] for d in range(len(order))) for row in second.rows
    ]


@few
@given(documents, modes)
def test_rows_pinned_as_they_are_stay(texts: list[list[str]], mode: Mode | None) -> None:
    versions = [version(str(k), column) for k, column in enumerate(texts)]
    first = align(versions, mode=mode)
    again = align(versions, mode=first.mode, pins=[Pin(row.segments) for row in first.rows])
    assert sorted(cells(again)) == sorted(cells(first))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param([[0, 1], [0, 1]], [0, 1], id="agreed"),
        pytest.param([[1, 2], [2, 0]], [2, 0, 1], id="over a third"),
        pytest.param([[0, 1], [1, 0]], [0, 1], id="crossing"),
        pytest.param([[-1], []], [], id="none"),
    ],
)
def test_ranks_suit_all_versions_where_they_can(
    columns: list[list[int]], expected: list[int]
) -> None:
    assert ranks([np.array(column, dtype=np.int32) for column in columns]) == expected


class Counter:
    """Stands before the fuzzy comparison and counts the texts it is asked to compare."""

    def __init__(self) -> None:
        self.count = 0
        self.compare = features.compare

    def __call__(self, xs: Sequence[str], ys: Sequence[str]) -> Floats:
        self.count += len(xs)
        return self.compare(xs, ys)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counted = Counter()
    monkeypatch.setattr(features, "compare", counted)
    return counted


LONG = made_up(1500, versions=3)


@pytest.fixture(scope="module")
def aligned() -> Alignment:
    return align(LONG[:2], mode="parallel")


def test_pins_make_alignment_cheaper(counter: Counter, aligned: Alignment) -> None:
    """Confirming all but a few rows leaves next to nothing to compare."""
    counter.count = 0
    align(LONG[:2], mode="parallel")
    whole = counter.count
    counter.count = 0
    pins = [Pin(row.segments) for r, row in enumerate(aligned.rows) if r % 100 > 9]
    align(LONG[:2], mode="parallel", pins=pins)
    assert counter.count < 0.2 * whole


@pytest.mark.parametrize("gap", [2, 50, 200])
def test_realignment_costs_the_gap_alone(counter: Counter, aligned: Alignment, gap: int) -> None:
    first, last = 300, 300 + gap
    pins = [Pin(aligned.rows[r].segments) for r in (first - 1, last)]
    counter.count = 0
    realign(LONG[:2], aligned, pins, around=[first])
    assert 0 < counter.count < 110 * gap + 8 * CONTEXT


def test_realignment_leaves_all_else(aligned: Alignment) -> None:
    bound = aligned.rows[400].segments, aligned.rows[450].segments
    wrong = Pin((aligned.rows[420].segments[0][:1], aligned.rows[424].segments[1][:1]))
    again = realign(LONG[:2], aligned, [*map(Pin, bound), wrong])
    changed = [r for r, row in enumerate(cells(aligned)) if row not in set(cells(again))]
    assert wrong.members in cells(again)
    assert covered(again, LONG[:2])
    assert again.rows[:401] == aligned.rows[:401]
    assert again.rows[-len(aligned.rows) + 450 :] == aligned.rows[450:]
    assert 420 in changed
    # Away from what was pinned wrongly, what was sure is so still.
    assert all(410 < r < 434 for r in changed if aligned.rows[r].score > 0.9)


def test_realignment_of_what_was_right_changes_nothing(aligned: Alignment) -> None:
    pins = [Pin(aligned.rows[r].segments) for r in (300, 350)]
    again = realign(LONG[:2], aligned, pins, around=[320])
    assert again.rows[:300] == aligned.rows[:300]
    same = set(cells(again)) & set(cells(aligned))
    assert len(same) >= len(aligned.rows) - 4


def test_realignment_asks_nothing_of_rows_that_are_not_named(
    counter: Counter, aligned: Alignment
) -> None:
    pins = [Pin(row.segments) for row in aligned.rows[::10]]
    counter.count = 0
    assert realign(LONG[:2], aligned, pins) == aligned
    assert counter.count == 0


@few
@given(pinned(), st.sampled_from(["parallel", "comparable"]), st.sets(st.integers(0, 5)))
def test_realignment_holds_every_pin_and_segment(
    problem: tuple[list[Version], list[Pin]], mode: Mode, around: set[int]
) -> None:
    versions, pins = problem
    first = align(versions, mode=mode)
    asked = [r for r in around if r < len(first.rows)]
    again = realign(versions, first, pins, around=asked)
    assert covered(again, versions)
    assert {pin.members for pin in pins} <= set(cells(again))
