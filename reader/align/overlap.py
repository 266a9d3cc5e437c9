"""The part that two versions have in common, if either is an excerpt or lacks an end.

It is where the anchors are; beyond it there are only chance ones. With the rest left out, a
text is aligned with an excerpt as well as with the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.anchors import anchor_weights, heaviest_chain, points
from reader.align.lattice import Beads
from reader.model import Span

NEAR = 3
"""Segments, on both sides, within which an anchor must have another one to be supported."""
SPARSE = 0.01
"""Weight of the anchors per segment below which an end of the versions is not in common: a fifth of
what the freest translations of the development sets have."""
SPACINGS = 5
"""Mean distances between anchors by which the part in common is at most larger than their span,"""
SLACK = 10
"""and segments besides."""
TRIMMED = 0.2
"""Share of a version outside the part in common from which it is left out,"""
LEAST_TRIMMED = 40
"""and least segments: of shorter texts, such as reports, all is compared."""
LEAST = 0.3
"""Least share of the shorter version that the part in common has: versions that share less are no
versions of one text."""
# Translations have .28 n-.90 n anchors in order for n segments, of weight .05 n-.85 n, and half of
# that if a third of the translation is garbled (development sets). Unrelated texts have up to 5
# anchors of weight .84 in all, whatever their size.
ANCHORS = (3.0, 0.12)
"""Least number of anchors in order: for every pair of versions, and for every segment."""
WEIGHT = (0.6, 0.015)
"""Their least weight, likewise."""


@dataclass(frozen=True)
class Overlap:
    """The part that two versions have in common, or all of them if there is none."""

    first: Span
    second: Span
    anchors: Beads
    """Those in order."""
    weight: NDArray[np.float64]
    """Of these."""
    others: Beads
    """Supported anchors that share no segment with them."""
    others_weight: NDArray[np.float64]

    @property
    def segments(self) -> int:
        """Number of segments of the shorter side."""
        return min(self.first.stop - self.first.start, self.second.stop - self.second.start)

    @property
    def area(self) -> int:
        """Number of pairs of segments."""
        return (self.first.stop - self.first.start) * (self.second.stop - self.second.start)


def overlap(pairs: sparse.coo_matrix, *, whole: bool = False) -> Overlap:
    """Return what two versions have in common.

    Args:
        pairs: m x n, the cosine of similar segments.
        whole: whether nothing is left out, as anchors are too few to tell.
    """
    beads, weight = supported(pairs)
    chain = heaviest_chain(beads, weight)
    m, n = pairs.shape
    sides = Span(0, m), Span(0, n)
    if len(chain) and not whole:
        core = chain[densest(beads.take(chain), weight[chain])]
        spans = _around(beads.take(core), m, n)
        if _worth_trimming(spans, (m, n), len(core), float(weight[core].sum())):
            sides, chain = spans, core
    free = ~np.isin(beads.i0, beads.i0[chain]) & ~np.isin(beads.j0, beads.j0[chain])
    return Overlap(*sides, beads.take(chain), weight[chain], beads.take(free), weight[free])


def supported(pairs: sparse.coo_matrix) -> tuple[Beads, NDArray[np.float64]]:
    """Return the anchors that are best for either segment and have another one nearby; weights.

    Segments that are alike by chance have none; a passage that was moved has its neighbours.
    """
    weight = anchor_weights(pairs)
    best_row, best_column = (np.zeros(size) for size in pairs.shape)
    np.maximum.at(best_row, pairs.row, pairs.data)
    np.maximum.at(best_column, pairs.col, pairs.data)
    mutual = (pairs.data >= best_row[pairs.row]) & (pairs.data >= best_column[pairs.col])
    beads, weight = points(pairs).take(mutual), weight[mutual]
    result = np.zeros(len(beads), bool)
    order = np.argsort(beads.i0, kind="stable")
    i, j = beads.i0[order].astype(np.int64), beads.j0[order].astype(np.int64)
    for k in range(1, min(2 * NEAR, len(beads) - 1) + 1):
        down, right = i[k:] - i[:-k], j[k:] - j[:-k]
        near = (down > 0) & (down <= NEAR) & (right > 0) & (right <= NEAR)
        result[order[k:]] |= near
        result[order[:-k]] |= near
    return beads.take(result), weight[result]


def densest(chain: Beads, weight: Sequence[float] | NDArray[np.float64]) -> slice:
    """Return the part of a chain of anchors that has most weight, less what its length costs.

    The segment of maximal sum (Bentley 1984), where every two anchors are apart by as much as
    `SPARSE` times the mean distance of their segments.
    """
    apart = SPARSE * (np.diff(chain.i0) + np.diff(chain.j0)) / 2
    costs = [0.0, *apart.tolist()]
    best, total, first = 0.0, 0.0, 0
    found = slice(0, 0)
    for k, (value, cost) in enumerate(zip(weight, costs, strict=True)):
        total -= cost
        if total <= 0:
            total, first = 0.0, k
        total += value
        if total > best:
            best, found = total, slice(first, k + 1)
    return found


def _around(core: Beads, m: int, n: int) -> tuple[Span, Span]:
    """Return the spans of two versions around their anchors, as far as anchors may be missing."""
    first = int(core.i0[0]), int(core.i1[-1]), m
    second = int(core.j0[0]), int(core.j1[-1]), n
    spans = []
    for (start, stop, size), (before, behind, other) in ((first, second), (second, first)):
        reach = SPACINGS * (stop - start) / len(core) + SLACK
        slope = (stop - start) / (behind - before)
        up = min(start, reach, before * slope + SLACK)
        down = min(size - stop, reach, (other - behind) * slope + SLACK)
        spans.append(Span(start - ceil(up), stop + ceil(down)))
    return spans[0], spans[1]


def _worth_trimming(
    spans: tuple[Span, Span], sizes: tuple[int, int], anchors: int, weight: float
) -> bool:
    """Return whether a part of two versions is in common for sure, and much of one is not."""
    kept = [span.stop - span.start for span in spans]
    left = (
        size - k - max(TRIMMED * size, LEAST_TRIMMED) for k, size in zip(kept, sizes, strict=True)
    )
    if max(left) < 0 or min(kept) < LEAST * min(sizes):
        return False
    return enough(anchors, weight, min(kept))


def enough(anchors: int, weight: float, segments: int, pairs: int = 1) -> bool:
    """Return whether anchors in order are as many as translations have, and not chance.

    Args:
        anchors: their number.
        weight: their weight.
        segments: of the shorter sides of all pairs of versions.
        pairs: number of pairs of versions.
    """
    least_anchors, least_weight = (a * pairs + b * segments for a, b in (ANCHORS, WEIGHT))
    return anchors >= least_anchors and weight >= least_weight
