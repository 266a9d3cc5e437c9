"""The few beads that are left after pruning, as a graph of nodes and edges.

Segments that stay alone do so in company: a passage is cut, a page has its junk in one place. So a
gap costs something to open, whatever its length (Gotoh 1982), and something more if it has segments
of both sides, which face each other and yet do not go together.
"""

from __future__ import annotations

from math import exp, inf, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.align.lattice import Beads


class Gaps(NamedTuple):
    """What gaps add to the score of a path, or how many of them are expected."""

    opened: float = 0.0
    """Every gap."""
    facing: float = 0.0
    """Every gap with segments of both sides."""


NONE = Gaps()
"""Gaps that cost nothing."""
_STATES = 6
_PAIRED, _FIRST, _SECOND, _TO_FIRST, _TO_SECOND, _TO_PAIR = range(_STATES)
"""Of a node: how a path has come there, and how it will go on: by a pair or by one side alone. The
latter come later, and edges between them have no bead."""
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
"""States that follow each other, and what that says of gaps: in one, the first side comes first."""
_DETOUR = (_SECOND, _TO_FIRST, Gaps(facing=1))
"""This only where the first side cannot come first, as there are no nodes or beads for that."""


class Graph:
    """Beads as edges between nodes; every path is another way to pair segments."""

    def __init__(self, beads: Beads) -> None:
        self.beads = beads
        tail, head, self._gaps = _edges(beads)
        # A path passes from a lower to a higher number.
        numbers, place = np.unique(np.concatenate([tail, head]), return_inverse=True)
        self.size = len(numbers)
        self.tail: list[int] = place[: len(tail)].tolist()
        self.entering: list[list[int]] = [[] for _ in numbers]
        for edge, node in enumerate(place[len(tail) :].tolist()):
            self.entering[node].append(edge)

    def posteriors(
        self, scores: NDArray[np.floating], gaps: Gaps = NONE
    ) -> tuple[NDArray[np.float64], Gaps, float]:
        """Return the probability of every bead, the gaps expected, and the log of the path sum."""
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
        # A node hands its probability back to the edges that enter it, in proportion.
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
        """Return the edges of the path from the first to the last node with the highest sum."""
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
    """Return where edges lead from and to, and of those that have no bead what they say of gaps.

    Those of beads come first; the others lead from state to state of a node.
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
    # Where no gap begins or ends, one state is enough.
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
