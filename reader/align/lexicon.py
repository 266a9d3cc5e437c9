"""A lexicon learned from the text itself: what stands for what where the translation differs.

A name that the machine renders differently every time ("trinket" for Wei Xiaobao) is found by its
company: words that nothing on the other side answers to, and that occur in the same beads.
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
"""Fewer beads teach nothing: on short documents the lexicon costs accuracy (ALIGNMENT.md 3b)."""
SURE = 0.4
LEAST_COUNT = 2
LEAST_DICE = 0.35
_SLAB = 20_000
_TERMS = 500


@dataclass(frozen=True)
class Lexicon:
    """Weights of pairs of terms: stems of the view first, then stems of the originals."""

    forth: sparse.csr_matrix
    back: sparse.csr_matrix


def _terms(pair: Pair, view: View) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    if pair.originals is None:
        return view.a.stems, view.b.stems
    first, second = (
        sparse.hstack([column.stems, original.stems], format="csr")
        for column, original in zip((view.a, view.b), pair.originals, strict=True)
    )
    return first, second


def _unanswered(
    x: sparse.csr_matrix, y: sparse.csr_matrix, width: int
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return 1 for every term that the other side lacks; terms from `width` on never match."""
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
    """Return what the beads of a first alignment teach; None if they are too few."""
    sure = beads.take(~beads.null & (probability > SURE))
    if len(sure) < LEAST_BEADS:
        return None
    view = pair.views[0]
    a, b = _terms(pair, view)
    width = view.a.stems.shape[1]
    x = Spans.of(sure.i0, sure.i1)
    y = Spans.of(sure.j0, sure.j1)
    all_a, all_b = (once(side.sums(bag)[side.place]) for side, bag in ((x, a), (y, b)))
    rest_a, rest_b = _unanswered(all_a, all_b, width)
    forth = _dice(rest_a[:, :width], rest_b[:, :width])
    if pair.originals is not None:
        # An original stands for whatever it goes with, be that in the translation or not.
        by_a = _dice(all_a[:, width:], all_b[:, :width])
        by_b = _dice(all_a[:, :width], all_b[:, width:])
        forth = sparse.bmat([[forth, by_b], [by_a, None]], format="csr")
    return Lexicon(forth, forth.T.tocsr())


def _dice(left: sparse.csr_matrix, right: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return how closely terms go together, in [0, 1]: for those that often meet in a bead."""
    row, column, count = _together(left, right)
    alone_a, alone_b = (np.asarray(side.sum(axis=0)).ravel() for side in (left, right))
    # One chance meeting is taken off: two words that occur once, together, prove nothing.
    dice = 2 * (count - 1) / (alone_a[row] + alone_b[column])
    keep = dice >= LEAST_DICE
    weight = np.minimum(1, 1.5 * dice[keep]).astype(np.float32)
    shape = left.shape[1], right.shape[1]
    return sparse.csr_matrix((weight, (row[keep], column[keep])), shape=shape, dtype=np.float32)


def _together(left: sparse.csr_matrix, right: sparse.csr_matrix) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of terms that often meet in a bead, and how often."""
    turned = left.T.tocsr()

    def meet(terms: slice) -> tuple[Ints, Ints, Floats]:
        met = (turned[terms] @ right).tocoo()
        often = met.data >= LEAST_COUNT
        return met.row[often] + np.int32(terms.start), met.col[often], met.data[often]

    # Next to all pairs meet once: held all together they would be most of the memory.
    found = each(turned.shape[0], _TERMS, meet)
    row, column, count = (np.concatenate(part) for part in zip(*found, strict=True))
    return row, column, count


def explained(pair: Pair, beads: Beads, lexicon: Lexicon) -> Floats:
    """Return per bead the mass of unanswered terms that the lexicon answers, mean of both sides."""
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
        left, right = _unanswered(sums_x[x.place[here]], sums_y[y.place[here]], width)
        answered_b = (left @ lexicon.forth).minimum(right) @ weight
        answered_a = (right @ lexicon.back).minimum(left) @ weight
        result[here] = (answered_a + answered_b) / 2

    each(len(beads), _SLAB, answer)
    return result * np.float32(view.total / unit)
