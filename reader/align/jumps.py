"""Equivalent segments of two versions that need not keep the order, most of them alone.

The same beads and features as in order, but a path through one version may jump in the other, at a
price. Sums over all such paths, taken along either version, give every bead a probability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, inf, log1p

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.features import Cells, cheap_scores, describe, score, segment_masses
from reader.align.lattice import NULLS, TYPES, Beads
from reader.align.monotone import FIRST_NULL_RATE, null_odds
from reader.align.pair import Pair
from reader.align.text import Floats, Ints
from reader.align.weights import Weights

LARGEST = 3
"""Segments that a bead may have on either side: larger ones have no place where most are alone."""
JUMP = 14.0
"""Price of going back in the other version, in log odds (ALIGNMENT.md 4: flat from 8 to 28)."""
LEAST_GAIN = 0.0
"""Log odds after the cheap features below which a bead is not looked at again."""
ROUNDS = 4
LEAST_PROBABILITY = 0.1
"""Below this a bead is not worth showing to anybody."""


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
        """Return types and end nodes of the beads that hold a similar pair, each once."""
        found = []
        for t, (a, b) in enumerate(TYPES):
            if 0 < max(a, b) <= LARGEST and t >= NULLS:
                for di, dj in np.ndindex(a, b):
                    end = self.index(pairs.row + 1 + di, pairs.col + 1 + dj)
                    end = end[end < self.size]
                    begin = self.index(self.row[end] - a, self.column[end] - b)
                    found.append(end[begin < self.size].astype(np.int64) * len(TYPES) + t)
        beads = np.unique(np.concatenate(found))
        return (beads % len(TYPES)).astype(np.int32), (beads // len(TYPES)).astype(np.int32)


@dataclass(frozen=True)
class Found:
    """Candidate beads of two versions, none of them null, and how probable they are."""

    beads: Beads
    probability: NDArray[np.float64]
    chosen: NDArray[np.int64]
    """Indices of beads that do not overlap, best first."""


def find(pair: Pair, weights: Weights) -> Found:
    """Find the equivalent segments of two versions, neither of them empty."""
    beads, features = candidates(pair, weights.cheap)
    alone = Alone(pair, weights.final)
    plain = score(features, weights.final)
    keep = plain - alone.scores(beads, 0.5) > LEAST_GAIN
    beads, plain = beads.take(keep), plain[keep]
    probability = np.zeros(len(beads))
    rate = FIRST_NULL_RATE
    for _ in range(ROUNDS if len(beads) else 0):
        gain = plain - alone.scores(beads, rate)
        probability = probabilities(beads, gain, pair.m, pair.n)
        rate = 1 - min(1.0, float(probability @ (beads.a + beads.b)) / (pair.m + pair.n))
    return Found(beads, probability, disjoint(beads, probability))


class Alone:
    """What the segments of a bead would score, each left alone."""

    def __init__(self, pair: Pair, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._mass = segment_masses(pair)

    def scores(self, beads: Beads, rate: float) -> NDArray[np.float64]:
        """Return the sum over the segments of every bead, at a share of null segments."""
        w = self._weights
        each = w["null"] + w.get("null rate", 0.0) * null_odds(rate)
        first, second = (
            np.concatenate([[0.0], np.cumsum(each + w["alone"] * mass)]) for mass in self._mass
        )
        result: NDArray[np.float64] = (
            first[beads.i1] - first[beads.i0] + second[beads.j1] - second[beads.j0]
        )
        return result


def candidates(pair: Pair, weights: Mapping[str, float]) -> tuple[Beads, dict[str, Floats]]:
    """Return beads around similar segments that look better than leaving them alone."""
    pairs = pair.similar
    nodes = Scattered(pairs)
    kind, node = nodes.beads_over(pairs)
    cells = Cells(pair, nodes)
    scores = cheap_scores(cells, weights)[kind, node]
    size = np.array(TYPES, np.int32)[kind]
    i1, j1 = nodes.row[node], nodes.column[node]
    beads = Beads(i1 - size[:, 0], j1 - size[:, 1], i1, j1)
    keep = scores - Alone(pair, weights).scores(beads, 0.5) > LEAST_GAIN
    return describe(cells, kind[keep], node[keep])


def probabilities(beads: Beads, gain: NDArray[np.floating], m: int, n: int) -> NDArray[np.float64]:
    """Return the probability of every bead.

    A path through one version may use a segment of the other twice: the geometric mean of the
    probabilities along either version asks both for their consent.
    """
    turned = Beads(beads.j0, beads.i0, beads.j1, beads.i1)
    along = _marginals(beads, gain, m, n) + _marginals(turned, gain, n, m)
    return np.exp(np.minimum(along / 2, 0))


def _marginals(beads: Beads, gain: NDArray[np.floating], m: int, n: int) -> NDArray[np.float64]:
    """Return the log probability of every bead over all paths through the first version."""
    mirrored = Beads(m - beads.i1, n - beads.j1, m - beads.i0, n - beads.j0)
    forth, total = _paths(beads, gain)
    back, _ = _paths(mirrored, gain)
    return forth + back - gain - total


def _paths(beads: Beads, gain: NDArray[np.floating]) -> tuple[NDArray[np.float64], float]:
    """Return the log of the sum over all paths that end with each bead, and over all paths.

    A path goes up in the first version; in the second it goes on for nothing and back for `JUMP`.
    Prefix sums in a Fenwick tree (1994): O(n log n).
    """
    width = int(beads.j1.max()) + 1
    tree = [-inf] * (width + 1)
    result = [0.0] * len(beads)
    ends = np.argsort(beads.i1, kind="stable").tolist()
    starts = np.argsort(beads.i0, kind="stable").tolist()
    i0, j0, i1, j1 = (x.tolist() for x in (beads.i0, beads.j0, beads.i1, beads.j1))
    weight = gain.tolist()
    back = -JUMP
    on = log1p(-exp(-JUMP))
    total, done = 0.0, 0
    for e in starts:
        while i1[ends[done]] <= i0[e]:
            f = ends[done]
            total = _add(total, result[f])
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
        result[e] = weight[e] + _add(before + on, total + back)
    for f in ends[done:]:
        total = _add(total, result[f])
    return np.array(result), total


def _add(x: float, y: float) -> float:
    """Return log(e^x + e^y)."""
    if x < y:
        x, y = y, x
    return x if y == -inf else x + log1p(exp(y - x))


def disjoint(beads: Beads, probability: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the likeliest beads that share no segment, likeliest first."""
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    chosen = []
    for e in np.lexsort((beads.j0, beads.i0, -probability)).tolist():
        if probability[e] < LEAST_PROBABILITY:
            break
        a = range(int(beads.i0[e]), int(beads.i1[e]))
        b = range(int(beads.j0[e]), int(beads.j1[e]))
        if taken_a.isdisjoint(a) and taken_b.isdisjoint(b):
            taken_a.update(a)
            taken_b.update(b)
            chosen.append(e)
    return np.array(chosen, dtype=np.int64)
