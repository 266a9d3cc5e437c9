"""Rows of several versions from beads of two."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from reader.align.merge import Bitext, Bitexts, Candidate, Cells, in_order, out_of_order
from reader.model import Span

Bead = tuple[tuple[int, int], tuple[int, int], float]
"""Two spans and a probability."""
Merge = Callable[[Bitexts, Sequence[int]], list[Cells]]


def bitexts(pairs: Mapping[tuple[int, int], Sequence[Bead]]) -> Bitexts:
    found = {}
    for pair, beads in pairs.items():
        found[pair] = Bitext([Candidate(Span(*x), Span(*y), p) for x, y, p in beads])
    return Bitexts(found)


def one_to_one(p: float, n: int = 2) -> list[Bead]:
    return [((i, i + 1), (i, i + 1), p) for i in range(n)]


ROW = {d: Span(0, 1) for d in range(3)}


@pytest.mark.parametrize("merge", [in_order, out_of_order])
def test_three_versions_that_agree(merge: Merge) -> None:
    found = bitexts({pair: one_to_one(0.9) for pair in [(0, 1), (0, 2), (1, 2)]})
    rows = merge(found, [2, 2, 2])
    assert rows == [{d: Span(i, i + 1) for d in range(3)} for i in range(2)]


@pytest.mark.parametrize("merge", [in_order, out_of_order])
def test_two_sure_pairs_decide_what_the_third_does_not_know(merge: Merge) -> None:
    found = bitexts({(0, 1): one_to_one(0.95), (0, 2): one_to_one(0.95), (1, 2): []})
    rows = merge(found, [2, 2, 2])
    assert {d: Span(0, 1) for d in range(3)} in rows


def test_a_version_that_two_disown_stays_out() -> None:
    found = bitexts({(0, 1): one_to_one(0.95), (0, 2): one_to_one(0.5), (1, 2): []})
    rows = out_of_order(found, [2, 2, 2])
    assert {0: Span(0, 1), 1: Span(0, 1)} in rows
    assert {2: Span(0, 1)} in rows


def test_two_likely_beads_are_not_one_row_for_being_near() -> None:
    found = bitexts({(0, 1): [*one_to_one(0.6), ((0, 2), (0, 2), 0.35)]})
    assert in_order(found, [2, 2]) == [{d: Span(i, i + 1) for d in range(2)} for i in range(2)]


def test_agreement_raises_the_score_and_contradiction_lowers_it() -> None:
    two = bitexts({(0, 1): one_to_one(0.9)}).score({0: Span(0, 1), 1: Span(0, 1)})
    agreed = bitexts({pair: one_to_one(0.9) for pair in [(0, 1), (0, 2), (1, 2)]}).score(ROW)
    denied = bitexts({(0, 1): one_to_one(0.9), (0, 2): one_to_one(0.9), (1, 2): []}).score(ROW)
    assert denied < two < agreed
    assert two == pytest.approx(0.9)


def test_a_row_of_one_version_has_no_score() -> None:
    assert bitexts({}).score({0: Span(0, 1)}) == 0


def test_finer_beads_agree_with_a_coarser_row() -> None:
    fine = bitexts({(0, 1): one_to_one(0.9)})
    assert fine.score({0: Span(0, 2), 1: Span(0, 2)}) == pytest.approx(0.9)


def test_rows_in_order_never_cross() -> None:
    crossing = [((0, 1), (1, 2), 0.8), ((1, 2), (0, 1), 0.7)]
    rows = in_order(bitexts({(0, 1): crossing}), [2, 2])
    assert {0: Span(0, 1), 1: Span(1, 2)} in rows
    assert {0: Span(1, 2)} in rows


def test_without_beads_all_stay_alone() -> None:
    rows = in_order(bitexts({(0, 1): []}), [2, 1])
    assert rows == [{0: Span(0, 1)}, {0: Span(1, 2)}, {1: Span(0, 1)}]
