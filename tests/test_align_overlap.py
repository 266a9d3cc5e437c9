"""What two versions have in common is found by their anchors."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from reader.align import Pin, Version, align
from reader.align.lattice import Beads
from reader.align.overlap import ANCHORS, LEAST, SPARSE, densest, overlap
from reader.align.versions import Library
from reader.model import Span
from tests.eval.speed import made_up

ONE, TWO = made_up(300)
WHOLE = [row.segments for row in align([ONE, TWO]).rows if len(row.present) > 1]
"""The rows of both versions."""
M, N = (len(version.originals) for version in (ONE, TWO))


def excerpt(version: Version, kept: range) -> Version:
    texts = version.originals[kept.start : kept.stop]
    return Version(version.id, texts, texts)


def similar(
    pairs: Sequence[tuple[int, int]], m: int, n: int, chance: Sequence[tuple[int, int]] = ()
) -> sparse.coo_matrix:
    """Return an array of m x n in which some pairs are alike, and others a little."""
    i, j = np.array([*pairs, *chance], dtype=np.int32).reshape(-1, 2).T
    value = np.repeat(np.array([0.8, 0.3], np.float32), (len(pairs), len(chance)))
    return sparse.coo_matrix((value, (i, j)), shape=(m, n))


def within(kept: range, other: range) -> set[tuple[tuple[int, ...], ...]]:
    """Return the rows of both versions that excerpts hold, by the indices of these."""
    return {
        (tuple(i - kept.start for i in x), tuple(j - other.start for j in y))
        for x, y in WHOLE
        if set(x) <= set(kept) and set(y) <= set(other)
    }


@pytest.mark.parametrize(
    ("kept", "other"),
    [
        pytest.param(range(140, 180), range(N), id="an excerpt of the middle"),
        pytest.param(range(40), range(N), id="the beginning"),
        pytest.param(range(M - 40, M), range(N), id="the end"),
        pytest.param(range(200), range(110, N), id="both lack an end"),
        pytest.param(range(M), range(80, 200), id="both ends are missing"),
    ],
)
def test_an_excerpt_is_aligned_as_the_whole(kept: range, other: range) -> None:
    found = align([excerpt(ONE, kept), excerpt(TWO, other)])
    rows = {row.segments for row in found.rows if len(row.present) > 1}
    expected = within(kept, other)
    assert found.mode == "parallel"
    assert len(rows ^ expected) <= 0.1 * len(expected)


def test_a_chapter_is_aligned_with_two_whole_versions() -> None:
    again = Version("c", TWO.originals, TWO.pivots)
    found = align([ONE, excerpt(TWO, range(100, 150)), again])
    of_all = [row.segments for row in found.rows if len(row.present) == 3]
    assert found.mode == "parallel"
    assert len(of_all) >= 40
    assert all([j + 100 for j in part] == list(whole) for _, part, whole in of_all)


def test_pins_lie_in_what_is_in_common() -> None:
    versions = [excerpt(ONE, range(140, 180)), TWO]
    pin = Pin(((3,), (20,)))
    found = align(versions, pins=[pin])
    assert pin.members in {row.segments for row in found.rows}
    assert sum(len(row.present) > 1 for row in found.rows) >= 30


def test_only_what_is_in_common_is_compared() -> None:
    pair, x, y = Library([excerpt(ONE, range(140, 180)), TWO]).overlap(0, 1)
    assert x == Span(0, 40) == Span(0, pair.m)
    assert pair.n == y.stop - y.start <= 70
    inside = [cells for cells in WHOLE if cells[0][0] >= 140 and cells[0][-1] < 180]
    assert all(y.start <= j < y.stop for _, cell in inside for j in cell)


@pytest.mark.parametrize(
    ("pairs", "m", "n"),
    [
        pytest.param([], 200, 50, id="nothing is alike"),
        pytest.param([(10, 3), (11, 4)], 200, 50, id="too few anchors"),
        pytest.param([(k, k) for k in range(10)], 200, 200, id="too small a part of either"),
        pytest.param([(k, k) for k in range(0, 200, 3)], 200, 200, id="all of it"),
        pytest.param([(k, k + 15) for k in range(30)], 30, 60, id="texts too short to tell"),
    ],
)
def test_nothing_is_left_out(pairs: list[tuple[int, int]], m: int, n: int) -> None:
    found = overlap(similar(pairs, m, n))
    assert (found.first, found.second) == (Span(0, m), Span(0, n))


def test_anchors_that_chance_gives_are_not_in_common() -> None:
    chance = [(5, 8), (6, 9), (150, 190), (151, 191)]
    pairs = [(k + 60, k) for k in range(20, 70)]
    found = overlap(similar(pairs, 200, 200, chance))
    assert (found.first, found.second) == (Span(65, 145), Span(5, 85))
    assert sorted(found.others.i0.tolist()) == [5, 6, 150, 151]
    whole = overlap(similar(pairs, 200, 200, chance), whole=True)
    assert (whole.first, whole.second) == (Span(0, 200), Span(0, 200))


chains = st.lists(
    st.tuples(st.integers(1, 300), st.integers(1, 300), st.floats(0.01, 1)), min_size=1, max_size=12
)


@given(chains)
def test_the_densest_part_has_the_highest_sum(steps: list[tuple[int, int, float]]) -> None:
    i, j = np.cumsum([step[0] for step in steps]), np.cumsum([step[1] for step in steps])
    chain = Beads.points(list(zip(i.tolist(), j.tolist(), strict=True)))
    weight = [step[2] for step in steps]

    def value(a: int, b: int) -> float:
        length = (i[b - 1] - i[a] + j[b - 1] - j[a]) / 2
        return sum(weight[a:b]) - SPARSE * float(length)

    found = densest(chain, weight)
    spans = [(a, b) for a in range(len(steps)) for b in range(a + 1, len(steps) + 1)]
    assert value(found.start, found.stop) == pytest.approx(max(value(*span) for span in spans))


@given(
    st.sets(st.tuples(st.integers(0, 149), st.integers(0, 119)), max_size=80), st.integers(0, 120)
)
def test_a_part_holds_its_anchors_and_is_large_enough(
    noise: set[tuple[int, int]], shift: int
) -> None:
    run = {(k + shift, k) for k in range(30) if k + shift < 150}
    found = overlap(similar(sorted(noise | run), 150, 120))
    for span, size in ((found.first, 150), (found.second, 120)):
        assert 0 <= span.start < span.stop <= size
    beads = found.anchors
    if len(beads):
        assert found.first.start <= beads.i0[0] <= beads.i1[-1] <= found.first.stop
        assert found.second.start <= beads.j0[0] <= beads.j1[-1] <= found.second.stop
    if (found.first, found.second) != (Span(0, 150), Span(0, 120)):
        assert found.segments >= LEAST * 120
        assert len(beads) >= ANCHORS[0] + ANCHORS[1] * found.segments


def test_chapters_are_aligned_with_the_book_that_holds_them_all() -> None:
    parts = [range(k, k + 45) for k in (0, 60, 120, 180, 230)]
    chapters = [replace(excerpt(TWO, part), id=f"chapter {part.start}") for part in parts]
    found = align([ONE, *chapters])
    assert found.mode == "parallel"
    for number, part in enumerate(parts, 1):
        rows = {
            (row.segments[0], row.segments[number]) for row in found.rows if row.segments[number]
        }
        expected = within(range(M), part)
        assert len(rows & expected) >= 0.9 * len(expected)
    assert all(len(row.present) <= 2 for row in found.rows)
