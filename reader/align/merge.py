"""Rows over any number of versions, from what every two of them say.

A row is worth the sum of P(link) - `WORTH` over its pairs of segments of different versions: it
grows where all versions agree, and a version that two others disown stays out. Versions are merged
like the profiles of a multiple sequence alignment (Feng & Doolittle 1987), the closest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from reader.align.anchors import heaviest_chain
from reader.align.lattice import Beads
from reader.model import Span

WORTH = 0.42
"""A link is worth having above this probability; as for beads, about half the expected F1."""
LEAST = 0.1
"""Beads below this probability propose nothing."""
UNKNOWN = 0.02
"""Probability of a bead that was no candidate."""

Cells = dict[int, Span]
"""One row: the segments of every version that is in it."""
Box = tuple[int, int, int, int]
"""Rows i0 .. i1 of one list and j0 .. j1 of another, as (i0, j0, i1, j1)."""


@dataclass(frozen=True)
class Bitext:
    """What two versions say of each other: beads that are no null beads, and their probability."""

    beads: Beads
    probability: NDArray[np.float64]
    chosen: NDArray[np.int64]
    """Indices of the beads that were decoded, where the two are alone."""

    @classmethod
    def of(
        cls, beads: Beads, probability: NDArray[np.float64], chosen: NDArray[np.int64]
    ) -> Bitext:
        """Return the bitext without its null beads."""
        known = np.flatnonzero(~beads.null)
        mine = np.searchsorted(known, chosen[~beads.null[chosen]])
        return cls(beads.take(known), probability[known], mine)

    @classmethod
    def nothing(cls) -> Bitext:
        """Return the bitext of two versions one of which is empty."""
        none = np.zeros(0, np.int32)
        return cls(Beads(none, none, none, none), np.zeros(0), np.zeros(0, np.int64))

    def decoded(self) -> list[tuple[Span, Span]]:
        """Return the beads of the decoded path."""
        beads = self.beads.take(self.chosen)
        columns = (c.tolist() for c in (beads.i0, beads.i1, beads.j0, beads.j1))
        return [(Span(a, b), Span(c, d)) for a, b, c, d in zip(*columns, strict=True)]

    def likely(self) -> list[tuple[tuple[Span, Span], float]]:
        """Return the beads that may be, likeliest first."""
        order = np.lexsort((self.beads.j0, self.beads.i0, -self.probability))
        columns = (self.beads.i0, self.beads.i1, self.beads.j0, self.beads.j1, self.probability)
        rows = zip(*(c[order].tolist() for c in columns), strict=True)
        return [((Span(a, b), Span(c, d)), p) for a, b, c, d, p in rows if p >= LEAST]

    def links(self) -> dict[tuple[int, int], float]:
        """Return the probability that two segments share a bead, where it is not negligible."""
        found: dict[tuple[int, int], float] = {}
        for ((a, b), (c, d)), p in self.likely():
            for s in range(a, b):
                for t in range(c, d):
                    found[s, t] = found.get((s, t), 0.0) + p
        return found


class Links:
    """All bitexts of a set of versions, looked up from either side."""

    def __init__(self, bitexts: Mapping[tuple[int, int], Bitext]) -> None:
        self._beads = {pair: bitext.likely() for pair, bitext in bitexts.items()}
        self._links = {pair: bitext.links() for pair, bitext in bitexts.items()}
        self._decoded = {pair: bitext.decoded() for pair, bitext in bitexts.items()}
        self._exact = {pair: dict(beads) for pair, beads in self._beads.items()}

    def proposals(self) -> list[tuple[float, tuple[int, int], tuple[Span, Span]]]:
        """Return all beads of all bitexts that may be, likeliest first."""
        return sorted(
            (-p, pair, spans) for pair, beads in self._beads.items() for spans, p in beads
        )

    def decoded(self, first: int, second: int) -> list[tuple[Span, Span]]:
        """Return the beads that two versions by themselves were decoded to."""
        return self._decoded[first, second]

    def between(self, first: int, second: int) -> list[tuple[Span, Span]]:
        """Return the beads of two versions that may be, as spans of the first and the second."""
        if first < second:
            return [spans for spans, _ in self._beads[first, second]]
        return [(y, x) for (x, y), _ in self._beads[second, first]]

    def gain(self, x: Cells, y: Cells) -> float:
        """Return what it is worth to have two sets of segments in one row."""
        total = 0.0
        for d, (a, b) in x.items():
            for e, (p, q) in y.items():
                if d != e:
                    links = self._links[min(d, e), max(d, e)]
                    for s in range(a, b):
                        for t in range(p, q):
                            total += links.get((s, t) if d < e else (t, s), 0.0) - WORTH
        return total

    def score(self, row: Cells) -> float:
        """Return the probability that all of a row belongs together, from that of its pairs."""
        if len(row) < 2:
            return 0.0
        odds = []
        for d, e in combinations(sorted(row), 2):
            p = self._exact[d, e].get((row[d], row[e]), UNKNOWN)
            p = min(max(p, 1e-4), 1 - 1e-4)
            odds.append(log(p / (1 - p)))
        return 1 / (1 + exp(-sum(odds) / len(odds)))

    def affinity(self, xs: Sequence[int], ys: Sequence[int], sizes: Sequence[int]) -> float:
        """Return how close two groups of versions are: links per segment, mean over all pairs."""
        found = [
            sum(self._links[min(d, e), max(d, e)].values()) / max(1, min(sizes[d], sizes[e]))
            for d in xs
            for e in ys
        ]
        return sum(found) / len(found)


def in_order(links: Links, sizes: Sequence[int]) -> list[Cells]:
    """Return rows in which every version keeps its order, in an order that fits all of them."""
    profiles = [([d], [{d: Span(i, i + 1)} for i in range(n)]) for d, n in enumerate(sizes)]
    if len(profiles) == 2:
        # Two by themselves: the decoder of the bitext knows more than the links.
        (_, xs), (_, ys) = profiles
        return _zipped(xs, ys, [(a, c, b, d) for (a, b), (c, d) in links.decoded(0, 1)])
    while len(profiles) > 1:
        pairs = combinations(range(len(profiles)), 2)
        best = max(
            pairs,
            key=lambda p: (
                links.affinity(profiles[p[0]][0], profiles[p[1]][0], sizes),
                -p[0],
                -p[1],
            ),
        )
        (docs, rows), (others, other_rows) = profiles[best[0]], profiles[best[1]]
        profiles[best[0]] = (docs + others, _joined(links, rows, other_rows))
        del profiles[best[1]]
    return profiles[0][1] if profiles else []


def _joined(links: Links, xs: list[Cells], ys: list[Cells]) -> list[Cells]:
    """Merge two lists of rows into one, each keeping its order."""
    where_x, where_y = _places(xs), _places(ys)
    boxes: dict[Box, float] = {}
    for d, at_x in where_x.items():
        for e, at_y in where_y.items():
            for (a, b), (p, q) in links.between(d, e):
                box = (at_x[a], at_y[p], at_x[b - 1] + 1, at_y[q - 1] + 1)
                if box not in boxes:
                    left, right = _union(xs[box[0] : box[2]]), _union(ys[box[1] : box[3]])
                    boxes[box] = links.gain(left, right)
    good = sorted(box for box, gain in boxes.items() if gain > 0)
    columns = np.array(good, dtype=np.int32).reshape(-1, 4)
    chain = heaviest_chain(Beads(*columns.T), np.array([boxes[box] for box in good]))
    return _zipped(xs, ys, [good[k] for k in chain])


def _zipped(xs: list[Cells], ys: list[Cells], boxes: Sequence[Box]) -> list[Cells]:
    """Return the rows of both lists, those of each box united."""
    result: list[Cells] = []
    i = j = 0
    for i0, j0, i1, j1 in boxes:
        result += [*xs[i:i0], *ys[j:j0], _union(xs[i0:i1] + ys[j0:j1])]
        i, j = i1, j1
    return [*result, *xs[i:], *ys[j:]]


def _places(rows: list[Cells]) -> dict[int, dict[int, int]]:
    """Return per version the row of every segment."""
    found: dict[int, dict[int, int]] = {}
    for r, row in enumerate(rows):
        for d, (first, last) in row.items():
            found.setdefault(d, {}).update(dict.fromkeys(range(first, last), r))
    return found


def _union(rows: Sequence[Cells]) -> Cells:
    """Return one row of neighbouring ones."""
    result: Cells = {}
    for row in rows:
        for d, (first, last) in row.items():
            old = result.get(d, Span(first, last))
            result[d] = Span(min(old.start, first), max(old.stop, last))
    return result


def out_of_order(links: Links, sizes: Sequence[int]) -> list[Cells]:
    """Return rows of versions that need not keep any order: the likeliest beads unite first."""
    rows: dict[int, Cells] = {}
    home: dict[tuple[int, int], int] = {}
    for d, n in enumerate(sizes):
        for i in range(n):
            home[d, i] = len(rows)
            rows[len(rows)] = {d: Span(i, i + 1)}
    for _, pair, spans in links.proposals():
        touched = sorted(
            {home[d, i] for d, (a, b) in zip(pair, spans, strict=True) for i in range(a, b)}
        )
        parts = [rows[r] for r in touched]
        union = _union(parts)
        if len(parts) < 2 or not _whole(parts, union):
            continue
        if sum(links.gain(x, y) for x, y in combinations(parts, 2)) <= 0:
            continue
        for r in touched:
            del rows[r]
        rows[touched[0]] = union
        home.update({(d, i): touched[0] for d, (a, b) in union.items() for i in range(a, b)})
    return list(rows.values())


def _whole(parts: Sequence[Cells], union: Cells) -> bool:
    """Return whether the parts fill their union: no foreign segment lies between them."""
    return all(
        sum(part[d].stop - part[d].start for part in parts if d in part) == b - a
        for d, (a, b) in union.items()
    )
