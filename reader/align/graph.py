"""The candidate beads that survive pruning, as a graph of nodes and edges.

Segments without counterpart stand together: a passage was cut, a page has its junk in one place. So
opening a gap has a cost, whatever its length (Gotoh 1982), and another one if the gap has segments
of both sides, which face each other and yet do not correspond.
"""

from __future__ import annotations

from math import exp, inf, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.align.lattice import Beads


class Gaps(NamedTuple):
    """Costs of gaps, added to the score of a path; or the expected numbers of gaps."""

    opened: float = 0.0
    """Of all gaps."""
    facing: float = 0.0
    """Of gaps with segments of both sides."""


NONE = Gaps()
"""No costs."""
_STATES = 6
_PAIRED, _FIRST, _SECOND, _TO_FIRST, _TO_SECOND, _TO_PAIR = range(_STATES)
"""States of a node: after a bead of both sides, a null bead of the first or of the second side; and
before one of these. Edges without a bead lead from states of the first kind to the second."""
_TURNS = (
    (_PAIRED, _TO_PAIR, Gaps()),
    (_FIRST, _TO_PAIR, Gaps()),
    (_SECOND, _TO_PAIR, Gaps()),
    (_FIRST, _TO_FIRST, Gaps()),
    (_SECOND, _TO_SECOND, Gaps()),
    (_PAIRED, _TO_FIRST, Gaps(opened=1)),
    (_PAIRED, _TO_SECOND, Gaps(opened=1)),
    (_FIRST, _TO_SECOND, Gaps(facing=1)),
)
"""Edges without a bead, and what gaps they begin; in a gap, the first side comes first."""
_DETOUR = (_SECOND, _TO_FIRST, Gaps(facing=1))
"""An edge for where the first side cannot come first, as there are no nodes or beads for that."""


class Graph:
    """Beads as edges; every path from the first to the last node is a segmentation."""

    def __init__(self, beads: Beads) -> None:
        self.beads = beads
        tail, head, self._gaps = _edges(beads)
        # Edges lead from lower to higher numbers.
        numbers, place = np.unique(np.concatenate([tail, head]), return_inverse=True)
        self.size = len(numbers)
        self.tail: list[int] = place[: len(tail)].tolist()
        self.entering: list[list[int]] = [[] for _ in numbers]
        for edge, node in enumerate(place[len(tail) :].tolist()):
            self.entering[node].append(edge)

    def posteriors(
        self, scores: NDArray[np.floating], gaps: Gaps = NONE
    ) -> tuple[NDArray[np.float64], Gaps, float]:
        """Return the probability of every bead, the expected gaps, the log of the path sum."""
        tail = self.tail
        weight = [*scores.tolist(), *(self._gaps * gaps).sum(axis=1).tolist()]
        alpha = [-inf] * self.size
        alpha[0] = 0.0
        for node, edges in enumerate(self.entering):
            if len(edges) == 1:
                alpha[node] = alpha[tail[edges[0]]] + weight[edges[0]]
            elif edges:
                terms = [alpha[tail[e]] + weight[e] for e in edges]
                top = max(terms)
                if top > -inf:
                    alpha[node] = top + log(sum([exp(t - top) for t in terms]))
        # The probability of a node is shared by the edges that enter it.
        mass = [0.0] * self.size
        mass[-1] = 1.0
        passed = [0.0] * len(weight)
        for node in range(self.size - 1, 0, -1):
            share, edges = mass[node], self.entering[node]
            if len(edges) == 1:
                passed[edges[0]] = share
                mass[tail[edges[0]]] += share
            elif share > 0.0 and alpha[node] > -inf:
                for e in edges:
                    u = tail[e]
                    p = share * exp(alpha[u] + weight[e] - alpha[node])
                    passed[e] = p
                    mass[u] += p
        size = len(self.beads)
        counts = (self._gaps.T * passed[size:]).sum(axis=1)
        return np.array(passed[:size]), Gaps(*counts.tolist()), alpha[-1]

    def best_path(self, gains: NDArray[np.floating]) -> NDArray[np.int64]:
        """Return the indices of the beads of the path with the highest sum of gains, in order."""
        tail, weight = self.tail, gains.tolist() + [0.0] * len(self._gaps)
        best = [-inf] * self.size
        by = [-1] * self.size
        best[0] = 0.0
        for node, edges in enumerate(self.entering):
            for e in edges:
                value = best[tail[e]] + weight[e]
                if value > best[node]:
                    best[node], by[node] = value, e
        path = []
        node = self.size - 1
        while by[node] >= 0:
            path.append(by[node])
            node = tail[by[node]]
        return np.array([e for e in reversed(path) if e < len(self.beads)], dtype=np.int64)


def _edges(beads: Beads) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the tails and heads of edges, first those of beads; and what gaps the others begin.

    The latter is an array of edges without a bead x fields of `Gaps`.
    """
    width = int(beads.j1.max(initial=0)) + 1
    tail = beads.i0.astype(np.int64) * width + beads.j0
    head = beads.i1.astype(np.int64) * width + beads.j1
    one = beads.null & (beads.i1 > beads.i0)
    two = beads.null & ~one
    detours = tail[one & ~(np.isin(tail - 1, tail[one]) & np.isin(head - 1, tail[two]))]
    nodes, place = np.unique(np.concatenate([tail, head]), return_inverse=True)
    come = np.where(one, _FIRST, np.where(two, _SECOND, _PAIRED))
    go = np.where(one, _TO_FIRST, np.where(two, _TO_SECOND, _TO_PAIR))
    tail, head = _STATES * place[: len(tail)] + go, _STATES * place[len(tail) :] + come
    used = np.zeros((len(nodes), _STATES), bool)
    used.reshape(-1)[np.concatenate([tail, head])] = True
    used[0, _PAIRED] = used[-1, _TO_PAIR] = True
    # A node at which no gap begins or ends needs but one state.
    single = np.asarray(~used[:, _FIRST:_TO_PAIR].any(axis=1), dtype=bool)
    used[single, _TO_PAIR] = False
    tail[single[tail // _STATES]] += _PAIRED - _TO_PAIR
    tails, heads, gaps = [tail], [head], []
    for turn in (*_TURNS, _DETOUR):
        before, after, counts = turn
        here = used[:, before] & used[:, after]
        if turn is _DETOUR:
            here &= np.isin(nodes, detours)
        found = _STATES * np.flatnonzero(here)
        tails.append(found + before)
        heads.append(found + after)
        gaps.append(np.tile(np.array(counts, float), (len(found), 1)))
    return np.concatenate(tails), np.concatenate(heads), np.concatenate(gaps)
