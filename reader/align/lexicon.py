"""A lexicon learned from the text itself: words that correspond although they differ.

A name that the machine translates by something else ("trinket" for Wei Xiaobao) is found by the
words it occurs with: those of the same beads that have no match on the other side either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.costly import Spans
from reader.align.lattice import Beads
from reader.align.pair import Pair, View
from reader.align.slabs import each
from reader.align.text import Floats, Ints, once

LEAST_BEADS = 100
"""Beads from which a lexicon is learned: on shorter texts it costs accuracy (ALIGNMENT.md 3b)."""
SURE = 0.4
"""Probability from which beads are learned from."""
LEAST_COUNT = 2
"""Beads that two terms must share to correspond,"""
LEAST_DICE = 0.35
"""and Dice's coefficient that they must have."""
_SLAB = 20_000
_TERMS = 500


@dataclass(frozen=True)
class Lexicon:
    """Weights of pairs of terms, in [0, 1]; terms are stems of the view, then of the originals."""

    forth: sparse.csr_matrix
    """Terms of the first side x terms of the second."""
    back: sparse.csr_matrix
    """The same, transposed."""


def _terms(pair: Pair, view: View) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return per side segments x terms."""
    if pair.originals is None:
        return view.a.stems, view.b.stems
    first, second = (
        sparse.hstack([column.stems, original.stems], format="csr")
        for column, original in zip((view.a, view.b), pair.originals, strict=True)
    )
    return first, second


def _unmatched(
    x: sparse.csr_matrix, y: sparse.csr_matrix, width: int
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return 1 for every term that the other side lacks.

    Args:
        x: beads x terms of one side.
        y: beads x terms of the other side.
        width: number of terms that may match: those of the view.
    """
    x, y = once(x), once(y)
    both = x.multiply(y).tocsr()
    keep = both.indices < width
    both.data = np.where(keep, both.data, 0)
    result = []
    for bag in (x, y):
        rest = (bag - both).tocsr()
        rest.eliminate_zeros()
        result.append(rest)
    return result[0], result[1]


def learn(pair: Pair, beads: Beads, probability: NDArray[np.floating]) -> Lexicon | None:
    """Return the lexicon of a first alignment; None if too few of its beads are sure."""
    sure = beads.take(~beads.null & (probability > SURE))
    if len(sure) < LEAST_BEADS:
        return None
    view = pair.views[0]
    a, b = _terms(pair, view)
    width = view.a.stems.shape[1]
    x = Spans.of(sure.i0, sure.i1)
    y = Spans.of(sure.j0, sure.j1)
    all_a, all_b = (once(side.sums(bag)[side.place]) for side, bag in ((x, a), (y, b)))
    rest_a, rest_b = _unmatched(all_a, all_b, width)
    forth = _dice(rest_a[:, :width], rest_b[:, :width])
    if pair.originals is not None:
        # The originals' stems may correspond to any stem of the other side, matched or not.
        by_a = _dice(all_a[:, width:], all_b[:, :width])
        by_b = _dice(all_a[:, :width], all_b[:, width:])
        forth = sparse.bmat([[forth, by_b], [by_a, None]], format="csr")
    return Lexicon(forth, forth.T.tocsr())


def _dice(left: sparse.csr_matrix, right: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return terms x terms: weights of pairs that share beads, by Dice's coefficient."""
    row, column, count = _together(left, right)
    alone_a, alone_b = (np.asarray(side.sum(axis=0)).ravel() for side in (left, right))
    # One shared bead is subtracted: two words that occur once, together, may do so by chance.
    dice = 2 * (count - 1) / (alone_a[row] + alone_b[column])
    keep = dice >= LEAST_DICE
    weight = np.minimum(1, 1.5 * dice[keep]).astype(np.float32)
    shape = left.shape[1], right.shape[1]
    return sparse.csr_matrix((weight, (row[keep], column[keep])), shape=shape, dtype=np.float32)


def _together(left: sparse.csr_matrix, right: sparse.csr_matrix) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of terms that share at least `LEAST_COUNT` beads, and how many."""
    turned = left.T.tocsr()

    def meet(terms: slice) -> tuple[Ints, Ints, Floats]:
        met = (turned[terms] @ right).tocoo()
        often = met.data >= LEAST_COUNT
        return met.row[often] + np.int32(terms.start), met.col[often], met.data[often]

    # By slabs: nearly all pairs share one bead, and together they would take most of the memory.
    found = each(turned.shape[0], _TERMS, meet)
    row, column, count = (np.concatenate(part) for part in zip(*found, strict=True))
    return row, column, count


def explained(pair: Pair, beads: Beads, lexicon: Lexicon) -> Floats:
    """Return per bead the mass of unmatched terms that correspond by the lexicon; mean of sides."""
    view = pair.views[0]
    a, b = _terms(pair, view)
    width = view.a.stems.shape[1]
    weight = np.zeros(a.shape[1], np.float32)
    weight[:width] = view.weight[:width]
    unit = max(
        float((view.a.stems @ weight[:width]).sum() + (view.b.stems @ weight[:width]).sum()), 1e-9
    )
    x, y = Spans.of(beads.i0, beads.i1), Spans.of(beads.j0, beads.j1)
    sums_x, sums_y = x.sums(a), y.sums(b)
    result = np.zeros(len(beads), np.float32)

    def answer(here: slice) -> None:
        left, right = _unmatched(sums_x[x.place[here]], sums_y[y.place[here]], width)
        answered_b = (left @ lexicon.forth).minimum(right) @ weight
        answered_a = (right @ lexicon.back).minimum(left) @ weight
        result[here] = (answered_a + answered_b) / 2

    each(len(beads), _SLAB, answer)
    return result * np.float32(view.total / unit)
