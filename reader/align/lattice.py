"""The lattice of all segmentations of a bitext into beads, cut to a band, and sums over its paths.

At a node (i, j) the first i segments of one side and j of the other are done; a bead is an edge
between two nodes. The model is a semi-Markov random field (Sarawagi & Cohen 2004): the weight of a
path is the exponential of the sum of its beads' scores.

Of successive null beads, those of the first side come first, as far as the band has nodes for that.
In another order they would be the same segmentation, which is counted once: else two segments
without counterpart facing three others would be ten paths, and a bead of them all but one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reader.align.text import Floats, Ints

# One side has up to 2 segments and both up to 7, or either 3: over 99.5 % of the gold beads of the
# development sets (ALIGNMENT.md 2).
TYPES: tuple[tuple[int, int], ...] = (
    (1, 0),
    (0, 1),
    *((a, b) for a in range(1, 7) for b in range(1, 7) if a + b <= 7 and min(a, b) <= 2),
    (3, 3),
)
"""Bead types, as segments of either side; the null beads come first."""
NULLS = 2
"""Number of types that are null beads."""

MARGIN = 5
"""Nodes by which the band is wider than its anchors, in rows and in columns."""
WIDEST = 400
"""Nodes to either side of the line between two anchors that are far apart."""
NODES = (500_000, 60)
"""Most nodes of a band, in all and besides per row; to stay below them it is made narrower than
`WIDEST`. With anchors all along it has about 22 per row."""


class Nodes(Protocol):
    """Some nodes (row, column), ordered by row and then column."""

    @property
    def size(self) -> int:
        """Number of nodes."""

    @property
    def row(self) -> Ints:
        """Row of every node."""

    @property
    def column(self) -> Ints:
        """Column of every node."""

    def shifted(self, di: int, dj: int, at: slice | NDArray[np.integer] = slice(None)) -> Ints:
        """Return the index of node (i + di, j + dj) for every node; `size` where there is none."""


@dataclass(frozen=True)
class Band:
    """The nodes of a search: of row i the columns lo[i] .. hi[i], both inclusive."""

    lo: NDArray[np.int64]
    hi: NDArray[np.int64]

    @classmethod
    def around(cls, anchors: NDArray[np.int64], m: int, n: int) -> Band:
        """Return the band of anchors: between two of them the rectangle, near the line.

        Args:
            anchors: a chain of k pairs of segments, strictly increasing; k x 2.
            m: segments of the first side.
            n: segments of the second side.
        """
        reach = WIDEST
        most = NODES[0] + NODES[1] * m
        while (band := cls._within(anchors, m, n, reach)).size > most and reach > MARGIN:
            reach //= 2
        return band

    @classmethod
    def _within(cls, anchors: NDArray[np.int64], m: int, n: int, reach: int) -> Band:
        knots = np.concatenate([[[-1, -1]], anchors.reshape(-1, 2), [[m, n]]])
        rows = np.arange(m + 1)
        before = np.searchsorted(knots[:, 0], rows - 1, side="right") - 1
        after = np.searchsorted(knots[:, 0], rows, side="left")
        line = np.interp(rows, knots[:, 0] + 0.5, knots[:, 1] + 0.5)
        first = np.maximum(knots[before, 1] + 1, np.floor(line).astype(np.int64) - reach)
        last = np.minimum(knots[after, 1], np.ceil(line).astype(np.int64) + reach)
        lo = first[np.maximum(rows - MARGIN, 0)] - MARGIN
        hi = last[np.minimum(rows + MARGIN, m)] + MARGIN
        lo = np.minimum.accumulate(np.clip(lo, 0, n)[::-1])[::-1]
        hi = np.maximum.accumulate(np.clip(hi, 0, n))
        lo[0], hi[m] = 0, n
        return cls(lo, np.maximum(hi, lo))

    @classmethod
    def full(cls, m: int, n: int) -> Band:
        """Return the band that holds every node."""
        return cls(np.zeros(m + 1, np.int64), np.full(m + 1, n, np.int64))

    def through(self, beads: Beads) -> Band:
        """Return the band of the paths through all of some 1-1 beads, but for those outside.

        Args:
            beads: strictly increasing on both sides.
        """
        inside = (self.lo[beads.i0] <= beads.j0) & (beads.j0 <= self.hi[beads.i0])
        inside &= (self.lo[beads.i1] <= beads.j1) & (beads.j1 <= self.hi[beads.i1])
        beads = beads.take(inside)
        done = np.searchsorted(beads.i0, np.arange(self.m + 1))
        first = np.concatenate([[0], beads.j1])[done]
        last = np.concatenate([beads.j0, [self.hi[self.m]]])[done]
        return Band(np.maximum(self.lo, first), np.minimum(self.hi, last))

    @property
    def m(self) -> int:
        """Number of segments of the first side."""
        return len(self.lo) - 1

    @cached_property
    def start(self) -> NDArray[np.int64]:
        """Index of the first node of every row, followed by the number of nodes."""
        return np.concatenate([[0], np.cumsum(self.hi - self.lo + 1)])

    @cached_property
    def size(self) -> int:
        """Number of nodes."""
        return int(self.start[-1])

    @cached_property
    def row(self) -> Ints:
        """Row of every node."""
        return np.repeat(np.arange(self.m + 1, dtype=np.int32), self.hi - self.lo + 1)

    @cached_property
    def column(self) -> Ints:
        """Column of every node."""
        offset = (self.lo - self.start[:-1]).astype(np.int32)
        return np.arange(self.size, dtype=np.int32) + offset[self.row]

    def shifted(self, di: int, dj: int, nodes: slice | NDArray[np.integer] = slice(None)) -> Ints:
        """Return the index of node (i + di, j + dj) for every node; `size` where there is none."""
        i = self.row[nodes] + np.int32(di)
        j = self.column[nodes] + np.int32(dj)
        inside = (i >= 0) & (i <= self.m)
        i = np.clip(i, 0, self.m)
        inside &= (j >= self.lo[i]) & (j <= self.hi[i])
        found: Ints = np.where(inside, self.start[i] + j - self.lo[i], self.size).astype(np.int32)
        return found


@dataclass(frozen=True, slots=True)
class Beads:
    """Candidate beads as columns: spans [i0, i1) and [j0, j1), each with as many elements."""

    i0: Ints
    j0: Ints
    i1: Ints
    j1: Ints

    @classmethod
    def none(cls) -> Beads:
        """Return no candidates."""
        return cls(*np.zeros((4, 0), np.int32))

    @classmethod
    def points(cls, pairs: Sequence[tuple[int, int]]) -> Beads:
        """Return pairs of segments as 1-1 beads."""
        i, j = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
        return cls(i, j, i + np.int32(1), j + np.int32(1))

    def __len__(self) -> int:
        """Return the number of candidates."""
        return len(self.i0)

    @property
    def a(self) -> Ints:
        """Number of segments of the first side."""
        return self.i1 - self.i0

    @property
    def b(self) -> Ints:
        """Number of segments of the second side."""
        return self.j1 - self.j0

    @property
    def null(self) -> NDArray[np.bool_]:
        """Whether one side is empty."""
        empty: NDArray[np.bool_] = (self.i0 == self.i1) | (self.j0 == self.j1)
        return empty

    def take(self, chosen: NDArray[np.integer] | NDArray[np.bool_]) -> Beads:
        """Return some of the beads."""
        return Beads(self.i0[chosen], self.j0[chosen], self.i1[chosen], self.j1[chosen])

    def shifted(self, rows: int, columns: int) -> Beads:
        """Return the beads further down in either side."""
        di, dj = np.int32(rows), np.int32(columns)
        return Beads(self.i0 + di, self.j0 + dj, self.i1 + di, self.j1 + dj)

    def among(self, others: Beads) -> NDArray[np.bool_]:
        """Return which of these 1-1 beads are among other 1-1 beads."""
        mine, theirs = (b.i0.astype(np.int64) << 32 | b.j0 for b in (self, others))
        found: NDArray[np.bool_] = np.isin(mine, theirs)
        return found

    def joined(self, other: Beads) -> Beads:
        """Return these beads followed by others."""
        columns = zip(
            (self.i0, self.j0, self.i1, self.j1),
            (other.i0, other.j0, other.i1, other.j1),
            strict=True,
        )
        return Beads(*(np.concatenate(pair) for pair in columns))


def posteriors(band: Band, scores: Floats) -> tuple[Floats, float]:
    """Return the probability of every bead, types x nodes, and the log of the sum over paths.

    Args:
        band: the nodes, from (0, 0) to (m, n).
        scores: types x nodes: that of the bead of a type that ends at a node; -inf if impossible.
    """
    other, alpha = _forward(band, scores)
    after, beta = _backward(band, scores)
    total = float(alpha[band.size - 1])
    result = np.empty_like(scores)
    inner = np.ones(band.size, bool)
    inner[band.start[:-1]] = False
    for t, (a, b) in enumerate(TYPES):
        tail = band.shifted(-a, -b)
        before = alpha[tail] if t else np.where(inner, other[tail], alpha[tail])
        onward = after if t == 1 else beta
        result[t] = np.exp(np.minimum(before + scores[t] + onward[:-1] - total, 0))
    return result, total


_SLAB = 2000
"""Rows of which the neighbouring nodes are looked up at a time, to save memory."""


def _log_sum(terms: NDArray[np.floating]) -> NDArray[np.float64]:
    top = terms.max(axis=0)
    top = np.where(top == -inf, 0, top)
    total: NDArray[np.float64] = np.log(np.exp(terms - top).sum(axis=0)) + top
    return total


def _forward(band: Band, scores: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return per node the log of the sum over paths to it but for those by (0, 1), and over all.

    After (0, 1), (1, 0) leads only to the first node of a row, to which there is no other path.
    """
    other, alpha = np.full((2, band.size + 1), -inf)
    types = [t for t in range(len(TYPES)) if t != 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        for top in range(0, band.m + 1, _SLAB):
            bottom = min(top + _SLAB, band.m + 1)
            base = int(band.start[top])
            nodes = slice(base, int(band.start[bottom]))
            before = np.stack([band.shifted(-TYPES[t][0], -TYPES[t][1], nodes) for t in types])
            bead = scores[types, nodes]
            for i in range(top, bottom):
                x, y = int(band.start[i]), int(band.start[i + 1])
                tails = before[:, x - base : y - base]
                terms = alpha[tails]
                terms[0, 1:] = other[tails[0, 1:]]
                other[x:y] = _log_sum(terms + bead[:, x - base : y - base])
                if i == 0:
                    other[0] = 0.0
                alpha[x:y] = _along(other[x:y], scores[1, x:y])
    return other, alpha


def _backward(band: Band, scores: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return per node the log of the sum over paths from it, after (0, 1) and after other beads."""
    after, beta = np.full((2, band.size + 1), -inf)
    types = [t for t in range(len(TYPES)) if t != 1]
    kind = np.array(types)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        for top in reversed(range(0, band.m + 1, _SLAB)):
            bottom = min(top + _SLAB, band.m + 1)
            base = int(band.start[top])
            nodes = slice(base, int(band.start[bottom]))
            heads = np.stack([band.shifted(TYPES[t][0], TYPES[t][1], nodes) for t in types])
            bead = scores[kind, np.minimum(heads, band.size - 1)]
            bead[heads == band.size] = -inf
            for i in reversed(range(top, bottom)):
                x, y = int(band.start[i]), int(band.start[i + 1])
                here = slice(x - base, y - base)
                terms = beta[heads[:, here]] + bead[:, here]
                first = heads[0, here] == y
                alone = np.where(first, -inf, terms[0])
                terms[0, ~first] = -inf
                leave = _log_sum(terms)
                if i == band.m:
                    leave[-1] = 0.0
                step = np.concatenate([[0.0], scores[1, x + 1 : y][::-1]])
                after[x:y] = _along(leave[::-1], step)[::-1]
                beta[x:y] = np.logaddexp(after[x:y], alone)
    return after, beta


def _along(enter: NDArray[np.float64], step: NDArray[np.floating]) -> NDArray[np.float64]:
    """Add the paths along a row: y[k] = log(e^enter[k] + e^(y[k - 1] + step[k]))."""
    cost = np.cumsum(np.concatenate([[0.0], step[1:]]))
    result: NDArray[np.float64] = np.logaddexp.accumulate(enter - cost) + cost
    return result
