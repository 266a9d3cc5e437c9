"""Whether versions tell the same in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reader.align.anchors import anchor_weights, heaviest_chain, points
from reader.align.pair import Pair
from reader.align.versions import Library
from reader.model import Mode

# Lines between what the development sets show. Translations, noise and gaps included, keep .98-1 of
# the weight in order; of n segments .28n-.90n are anchors, of weight .05n-.85n, and half of that if
# a third of the translation is destroyed. Unrelated texts have up to 5 anchors of weight .84 in
# all, whatever their size; reports that share half of their sentences up to .36n, hardly in order.
ORDER = 0.97
ANCHORS = (3.0, 0.12)
WEIGHT = (0.6, 0.015)
NEAR = 3
"""Segments within which another anchor must follow, on both sides, to support one."""


@dataclass(frozen=True)
class Signs:
    """How far the anchors of two versions speak for one order."""

    ordered: float = 0.0
    """Weight of the heaviest chain of supported mutual anchors."""
    total: float = 0.0
    """Weight of all of them, but for those that share a segment with the chain."""
    anchors: int = 0
    """Number of anchors in the chain."""
    segments: int = 0
    """Segments of the shorter version."""

    def __add__(self, other: Signs) -> Signs:
        return Signs(
            self.ordered + other.ordered,
            self.total + other.total,
            self.anchors + other.anchors,
            self.segments + other.segments,
        )

    @property
    def in_order(self) -> bool:
        """Whether enough of the text is there in the same order, and hardly any in another."""
        least_anchors, least_weight = (a + b * self.segments for a, b in (ANCHORS, WEIGHT))
        return (
            self.ordered >= ORDER * self.total
            and self.anchors >= least_anchors
            and self.ordered >= least_weight
        )


def choose(library: Library) -> Mode:
    """Return the mode that suits all versions together.

    Versions that cannot be compared in one language are taken to be in order unless their names
    and numbers say otherwise: without order there is nothing to go by.
    """
    sizes = [len(version.originals) for version in library.versions]
    clear, bare = Signs(), Signs()
    for first, second in combinations(range(len(sizes)), 2):
        if sizes[first] and sizes[second]:
            pair = library.pair(first, second)
            if pair.bare:
                bare += signs(pair)
            else:
                clear += signs(pair)
    if clear.segments:
        return "parallel" if clear.in_order else "comparable"
    return "parallel" if bare.ordered >= ORDER * bare.total else "comparable"


def signs(pair: Pair) -> Signs:
    """Return how far two versions, neither empty, have one order."""
    weight = anchor_weights(pair.similar)
    best_row, best_column = np.zeros(pair.m), np.zeros(pair.n)
    row, column, value = pair.similar.row, pair.similar.col, pair.similar.data
    np.maximum.at(best_row, row, value)
    np.maximum.at(best_column, column, value)
    mutual = np.flatnonzero((value >= best_row[row]) & (value >= best_column[column]))
    mutual = mutual[_supported(row[mutual], column[mutual])]
    beads, weight = points(pair.similar).take(mutual), weight[mutual]
    chain = heaviest_chain(beads, weight)
    # What repeats a passage of the chain is no passage in another order.
    free = ~np.isin(beads.i0, beads.i0[chain]) & ~np.isin(beads.j0, beads.j0[chain])
    ordered = float(weight[chain].sum())
    return Signs(ordered, ordered + float(weight[free].sum()), len(chain), min(pair.m, pair.n))


def _supported(row: NDArray[np.integer], column: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return which pairs have another one shortly before or after them on both sides.

    Chance likeness stands alone; a passage that was moved brings its neighbours along.
    """
    result = np.zeros(len(row), bool)
    order = np.argsort(row, kind="stable")
    i, j = row[order].astype(np.int64), column[order].astype(np.int64)
    for k in range(1, min(2 * NEAR, len(row) - 1) + 1):
        down, right = i[k:] - i[:-k], j[k:] - j[:-k]
        near = (down > 0) & (down <= NEAR) & (right > 0) & (right <= NEAR)
        result[order[k:]] |= near
        result[order[:-k]] |= near
    return result
