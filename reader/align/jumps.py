"""The beads of two versions that need not have one order; most segments may be without counterpart.

With the same beads and features as in order, but a path through one version may jump in the other,
at a price. Sums over all such paths, taken along either version, give every bead a probability.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, expm1, inf, log, log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.anchors import points
from reader.align.costly import add_costly
from reader.align.features import Cells, describe, garbled, score, summed
from reader.align.lattice import NULLS, TYPES, Beads
from reader.align.links import Links
from reader.align.monotone import ROUNDS, set_rates
from reader.align.pair import Pair
from reader.align.text import Floats, Ints
from reader.align.weights import Level, learned

LARGEST = 3
"""Most segments that a bead may have on either side: in comparable texts, larger ones are
errors."""
LEAST_GAIN = -4.0
"""Log odds by the cheap features below which a bead is no candidate."""
MANY = 0.1
"""Share of garbled segments from which those beside similar segments are candidates as well. Where
fewer are, they may be good translations in unusual words, which need no such help."""
CONTINUED = 3
"""Garbled segments in succession that are candidates beside similar ones."""
FIRST_NULL_RATE = 0.5
"""Share of segments without a counterpart from which its estimation begins."""


class Moves(NamedTuple):
    """What is added to the score of a path for its moves in the other version, in log odds."""

    back: float
    """Subtracted for going back."""
    follow: float
    """Added for going on to the very next segment."""


class Scattered:
    """The nodes around similar pairs of segments: a lattice without a band."""

    def __init__(self, pairs: sparse.coo_matrix) -> None:
        self.m, self.n = pairs.shape
        around = np.arange(1 - LARGEST, LARGEST + 1)
        i, j = np.broadcast_arrays(
            pairs.row[:, None, None] + around[None, :, None],
            pairs.col[:, None, None] + around[None, None, :],
        )
        inside = (i >= 0) & (i <= self.m) & (j >= 0) & (j <= self.n)
        self._key = np.unique(i[inside].astype(np.int64) * (self.n + 1) + j[inside])
        self.size = len(self._key)
        self.row: Ints = (self._key // (self.n + 1)).astype(np.int32)
        self.column: Ints = (self._key % (self.n + 1)).astype(np.int32)

    def index(self, i: NDArray[np.integer], j: NDArray[np.integer]) -> Ints:
        """Return the index of every node (i, j); `size` where there is none."""
        key = i.astype(np.int64) * (self.n + 1) + j
        place = np.searchsorted(self._key, key)
        found = np.append(self._key, -1)[place] == key
        return np.where(found & (j >= 0) & (j <= self.n), place, self.size).astype(np.int32)

    def shifted(self, di: int, dj: int, at: slice | NDArray[np.integer] = slice(None)) -> Ints:
        """Return the index of node (i + di, j + dj) for every node; `size` where there is none."""
        return self.index(self.row[at] + di, self.column[at] + dj)

    def beads_over(self, pairs: sparse.coo_matrix) -> tuple[Ints, Ints]:
        """Return types and end nodes of the beads that contain a similar pair, each once."""
        found = []
        for t, (a, b) in enumerate(TYPES):
            if t >= NULLS and max(a, b) <= LARGEST:
                for di, dj in np.ndindex(a, b):
                    end = self.index(pairs.row + 1 + di, pairs.col + 1 + dj)
                    end = end[end < self.size]
                    begin = self.index(self.row[end] - a, self.column[end] - b)
                    found.append(end[begin < self.size].astype(np.int64) * len(TYPES) + t)
        beads = np.unique(np.concatenate(found))
        return (beads % len(TYPES)).astype(np.int32), (beads // len(TYPES)).astype(np.int32)


def decode(pair: Pair, bound: Links | None = None) -> tuple[Beads, NDArray[np.float64], Level]:
    """Return the candidate beads of two versions, neither empty, their probabilities, the level.

    Args:
        pair: the versions.
        bound: links whose segments are in no candidate; None for those of the pins.
    """
    bound = bound or pair.pinned
    level: Level = "untranslated comparable" if pair.untranslated else "pivot comparable"
    weights = learned(level)
    moves = Moves(weights.jump, weights.follow)
    beads, features = candidates(pair, weights.cheap, bound)
    probability = np.zeros(len(beads))
    rate = FIRST_NULL_RATE
    for _ in range(ROUNDS if len(beads) else 0):
        set_rates(features, {"null": rate})
        gain = score(features, weights.final)
        probability = probabilities(beads, gain, moves, pair.m, pair.n)
        rate = 1 - min(1.0, float(probability @ (beads.a + beads.b)) / (pair.m + pair.n))
    return beads, probability, level


def candidates(
    pair: Pair, weights: Mapping[str, float], bound: Links | None = None
) -> tuple[Beads, dict[str, Floats]]:
    """Return the free beads around similar segments that may be right, and all their features."""
    beads, features = all_candidates(pair, bound)
    likely = score(features, weights) > LEAST_GAIN
    if bound is not None:
        likely &= bound.free(beads)
    keep = np.flatnonzero(likely)
    beads, features = beads.take(keep), {name: v[keep] for name, v in features.items()}
    add_costly(pair, beads, features)
    return beads, features


def all_candidates(pair: Pair, bound: Links | None = None) -> tuple[Beads, dict[str, Floats]]:
    """Return all beads around similar segments, and their cheap features.

    Those of the null beads of its segments count against a bead: its score is the log odds of the
    bead over leaving them unpaired.
    """
    likely = continued(pair, bound)
    nodes = Scattered(likely)
    kind, node = nodes.beads_over(likely)
    cells = Cells(pair, nodes)
    beads, features = describe(cells, kind, node)
    features["null"] = -(beads.a + beads.b).astype(np.float32)
    features["alone"] = -summed(beads, cells.mass)
    features["garbled alone"] = -summed(beads, cells.garbled)
    return beads, features


def many_garbled(pair: Pair) -> bool:
    """Return whether so many segments are garbled that their neighbours must stand in for them."""
    return max(float((side > 0).mean()) for side in garbled(pair)) >= MANY


def continued(pair: Pair, bound: Links | None = None) -> sparse.coo_matrix:
    """Return the similar pairs of free segments, and pairs beside them of which one is garbled."""
    found = pair.similar
    if bound is not None:
        free = bound.free(points(found))
        found = sparse.coo_matrix(
            (found.data[free], (found.row[free], found.col[free])), shape=found.shape
        )
    if not many_garbled(pair):
        return found
    first, second = (side > 0 for side in garbled(pair))
    row, column = found.row, found.col
    for _ in range(CONTINUED):
        step = np.repeat([-1, 1], len(row))
        row, column = np.tile(row, 2) + step, np.tile(column, 2) + step
        inside = (row >= 0) & (row < pair.m) & (column >= 0) & (column < pair.n)
        row, column = row[inside], column[inside]
        unknown = first[row] | second[column]
        row, column = row[unknown], column[unknown]
        more = sparse.coo_matrix((np.ones(len(row)), (row, column)), shape=found.shape)
        found = (found + more).tocoo()
    return found


def probabilities(
    beads: Beads, gain: NDArray[np.floating], moves: Moves, m: int, n: int
) -> NDArray[np.float64]:
    """Return the probability of every bead.

    A path through one version may use a segment of the other twice, so the probability is the
    geometric mean of those along either version: both must agree.
    """
    along = marginals(beads, gain, moves, m, n)[0] + marginals(turned(beads), gain, moves, n, m)[0]
    return np.exp(np.minimum(along / 2, 0))


def turned(beads: Beads) -> Beads:
    """Return the beads with the versions swapped."""
    return Beads(beads.j0, beads.i0, beads.j1, beads.i1)


def marginals(
    beads: Beads, gain: NDArray[np.floating], moves: Moves, m: int, n: int
) -> tuple[NDArray[np.float64], float]:
    """Return the log probability of every bead over all paths through the first version.

    Also the log of the sum over all paths, in which the one without any bead counts 1.
    """
    mirrored = Beads(m - beads.i1, n - beads.j1, m - beads.i0, n - beads.j0)
    forth, total = _paths(beads, gain, moves)
    back, _ = _paths(mirrored, gain, moves)
    return forth + back - gain - total, total


def _paths(
    beads: Beads, gain: NDArray[np.floating], moves: Moves
) -> tuple[NDArray[np.float64], float]:
    """Return the log of the sum over all paths that end with each bead, and over all paths.

    A path goes up in the first version; in the second it goes on for nothing, to the very next
    segment for a reward, and back at a price. Prefix sums in a Fenwick tree (1994): O(n log n).
    """
    width = int(beads.j1.max()) + 1
    tree = [-inf] * (width + 1)
    ending: dict[tuple[int, int], float] = {}
    result = [0.0] * len(beads)
    ends = np.argsort(beads.i1, kind="stable").tolist()
    starts = np.argsort(beads.i0, kind="stable").tolist()
    i0, j0, i1, j1 = (x.tolist() for x in (beads.i0, beads.j0, beads.i1, beads.j1))
    weight = gain.tolist()
    on = log1p(-exp(-moves.back))
    next_to = log(max(expm1(moves.follow), 1e-300))
    total, done = 0.0, 0
    for e in starts:
        while i1[ends[done]] <= i0[e]:
            f = ends[done]
            total = _add(total, result[f])
            ending[i1[f], j1[f]] = _add(ending.get((i1[f], j1[f]), -inf), result[f])
            k = j1[f] + 1
            while k <= width:
                tree[k] = _add(tree[k], result[f])
                k += k & -k
            done += 1
        before = 0.0
        k = j0[e] + 1
        while k > 0:
            before = _add(before, tree[k])
            k -= k & -k
        paths = _add(before + on, total - moves.back)
        result[e] = weight[e] + _add(paths, ending.get((i0[e], j0[e]), -inf) + next_to)
    for f in ends[done:]:
        total = _add(total, result[f])
    return np.array(result), total


def _add(x: float, y: float) -> float:
    """Return log(e^x + e^y)."""
    if x < y:
        x, y = y, x
    return x if y == -inf else x + log1p(exp(y - x))
