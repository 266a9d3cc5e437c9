"""Rows over any number of versions, from the bitexts of all pairs of versions.

Rows are chosen so that the expected number of right beads in them, over all pairs of versions, is
highest: where the bitext of one pair is unsure, those of the others decide. In order, versions are
merged like the profiles of a multiple sequence alignment (Feng & Doolittle 1987), the closest
first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp

import numpy as np
from numpy.typing import NDArray

from reader.align.anchors import heaviest_chain
from reader.align.calibration import Line, learned
from reader.align.lattice import Beads
from reader.align.links import BOUND, FREE
from reader.align.monotone import WORTH
from reader.align.pins import ranks
from reader.align.text import Ints
from reader.align.weights import Level
from reader.model import Span

NEGLIGIBLE = 0.005
"""Beads below this probability are dropped: there are many of them, and they change nothing."""
LEAST = 0.05
"""Beads below this probability are not considered as parts of rows."""

Cells = dict[int, Span]
"""A row: per version that is in it its segments."""
Box = tuple[int, int, int, int]
"""The rows [i0, i1) of one list and [j0, j1) of another, as (i0, j0, i1, j1)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bead, and how probable it is."""

    x: Span
    y: Span
    p: float


class Bitext:
    """The likely beads of two versions, none of them null."""

    def __init__(
        self,
        beads: Sequence[Candidate],
        level: Level | None = None,
        sizes: tuple[int, int] = (1, 1),
    ) -> None:
        self.beads = beads
        """Likeliest first."""
        self.level = level
        """The level of the weights, for calibration; None if the probabilities need none."""
        self.sizes = sizes
        """Number of segments that were compared, of either side."""
        self._exact = {(bead.x, bead.y): bead.p for bead in self.beads}
        self._at: tuple[dict[int, list[Candidate]], dict[int, list[Candidate]]] = ({}, {})
        for bead in self.beads:
            for at, span in zip(self._at, (bead.x, bead.y), strict=True):
                for i in range(*span):
                    at.setdefault(i, []).append(bead)
        self.weight = sum(bead.p for bead in beads)
        self.covered = (
            sum(bead.p * (bead.x.stop - bead.x.start) for bead in beads),
            sum(bead.p * (bead.y.stop - bead.y.start) for bead in beads),
        )
        """Expected number of segments that have a counterpart, of either side."""

    @classmethod
    def of(
        cls,
        beads: Beads,
        probability: NDArray[np.float64],
        level: Level | None = None,
        sizes: tuple[int, int] = (1, 1),
    ) -> Bitext:
        """Return the bitext of some beads without null and negligible ones."""
        known = np.flatnonzero(~beads.null & (probability >= NEGLIGIBLE))
        b, p = beads.take(known), probability[known]
        order = np.lexsort((b.j0, b.i0, -p))
        columns = (c[order].tolist() for c in (b.i0, b.i1, b.j0, b.j1, p))
        found = (
            Candidate(Span(i, k), Span(j, n), q) for i, k, j, n, q in zip(*columns, strict=True)
        )
        return cls(list(found), level, sizes)

    def only(self, holds: Callable[[Span, Span], bool]) -> Bitext:
        """Return the bitext of the beads whose spans satisfy a condition."""
        return Bitext([b for b in self.beads if holds(b.x, b.y)], self.level, self.sizes)

    def agreement(self, x: Span, y: Span) -> float:
        """Return the probability that two spans correspond, as one bead or as several.

        It is that of the segment which is least sure to have its bead within them.
        """
        return min(
            sum(b.p for b in at.get(i, ()) if within(b.x, x) and within(b.y, y))
            for at, span in zip(self._at, (x, y), strict=True)
            for i in range(*span)
        )

    def log_odds(self, x: Span, y: Span) -> float:
        """Return the calibrated log odds that two spans correspond."""
        line = Line() if self.level is None else learned()[0][self.level]
        return line.log_odds(self.agreement(x, y), min(self.sizes))

    def worth(self, x: Span, y: Span) -> float:
        """Return the expected gain in right beads if two spans are one, over all segments alone.

        Two spans that correspond, but as several beads, count half.
        """
        known = sum(
            sum(b.p for b in at.get(i, ())) - 1 + WORTH
            for at, span in zip(self._at, (x, y), strict=True)
            for i in range(*span)
        )
        # Two spans that do not correspond cost no more than one wrong bead, whatever their size: a
        # third version may connect them.
        right = (self._exact.get((x, y), 0.0) + self.agreement(x, y)) / 2
        return max(right - WORTH + known, -WORTH)


def within(inner: Span, outer: Span) -> bool:
    """Return whether a span lies in another one."""
    return outer.start <= inner.start and inner.stop <= outer.stop


class Bitexts:
    """The bitexts of all pairs of versions d < e, and the pins of these."""

    def __init__(
        self, bitexts: Mapping[tuple[int, int], Bitext], pins: Sequence[Ints] = ()
    ) -> None:
        self._bitexts = bitexts
        self._pins = [column.tolist() for column in pins]
        self.ranks = ranks(pins)
        """Per pin its rank in an order that suits all versions; see `pins.ranks`."""

    def __getitem__(self, versions: tuple[int, int]) -> Bitext:
        """Return the bitext of two versions d < e."""
        return self._bitexts[versions]

    def pin(self, row: Cells) -> int:
        """Return the pin that a row is a part of; `FREE` if there is none."""
        d, (first, _) = next(iter(row.items()))
        return self._pins[d][first] if self._pins else FREE

    def covered(self, groups: Sequence[int]) -> tuple[float, float]:
        """Return the expected number of segments with a counterpart, and their share.

        Over all pairs of versions of one text, and of the segments that were compared; the share is
        1 without any.

        Args:
            groups: per version a number; those with the same number tell one text.
        """
        found = [x for (d, e), x in self._bitexts.items() if groups[d] == groups[e]]
        covered, total = sum(sum(x.covered) for x in found), sum(sum(x.sizes) for x in found)
        return covered, covered / total if total else 1.0

    def covered_shorter(self, groups: Sequence[int]) -> float:
        """Return the expected share of segments with a counterpart, of the shorter side of pairs.

        Args:
            groups: as for `covered`.
        """
        found = [x for (d, e), x in self._bitexts.items() if groups[d] == groups[e]]
        shorter = [min(zip(x.sizes, x.covered, strict=True)) for x in found]
        total = sum(size for size, _ in shorter)
        return sum(covered for _, covered in shorter) / total if total else 1.0

    def likely(self) -> list[tuple[Cells, float]]:
        """Return the considered beads of all pairs as rows, with probabilities, likeliest first."""
        found = [
            (-bead.p, pair, bead.x, bead.y)
            for pair, bitext in self._bitexts.items()
            for bead in bitext.beads
            if bead.p >= LEAST
        ]
        return [({d: x, e: y}, -p) for p, (d, e), x, y in sorted(found)]

    def between(self, d: int, e: int) -> list[tuple[Span, Span]]:
        """Return the considered beads of two versions, as spans of the first and the second."""
        beads = self._bitexts[min(d, e), max(d, e)].beads
        spans = [(bead.x, bead.y) for bead in beads if bead.p >= LEAST]
        return spans if d < e else [(y, x) for x, y in spans]

    def pairs_joined(self, parts: Sequence[Cells]) -> Iterator[tuple[Bitext, Span, Span]]:
        """Yield the pairs of versions that share a row only once rows are united, with spans."""
        union = unite(parts)
        together = {pair for part in parts for pair in combinations(sorted(part), 2)}
        for d, e in combinations(sorted(union), 2):
            if (d, e) not in together:
                yield self._bitexts[d, e], union[d], union[e]

    def score(self, row: Cells) -> float:
        """Return the probability that all cells of a row correspond, from those of its pairs.

        Pairs that agree raise it, one that contradicts the others lowers it. 0 for a row of one
        version, 1 for a pin.
        """
        if len(row) < 2:
            return 0.0
        if self.pin(row) != FREE:
            return 1.0
        met = self.pairs_joined([{d: span} for d, span in row.items()])
        odds = learned()[1].log_odds([bitext.log_odds(x, y) for bitext, x, y in met])
        return 1 / (1 + exp(-odds))

    def untranslated(self, row: Cells) -> list[int]:
        """Return the versions that were compared with no other one of a row in one language."""
        return [
            d
            for d in sorted(row)
            if all(
                (self._bitexts[min(d, e), max(d, e)].level or "").startswith("untranslated")
                for e in row.keys() - {d}
            )
        ]

    def closeness(self, xs: Iterable[int], ys: Sequence[int], sizes: Sequence[int]) -> float:
        """Return the expected beads per segment between two groups of versions."""
        found = [
            self._bitexts[min(d, e), max(d, e)].weight / max(1, min(sizes[d], sizes[e]))
            for d in xs
            for e in ys
        ]
        return sum(found) / max(1, len(found))


def unite(parts: Iterable[Cells]) -> Cells:
    """Return one row of several, with the segments of a version that lie between two parts."""
    result: Cells = {}
    for part in parts:
        for d, (first, last) in part.items():
            old = result.get(d, Span(first, last))
            result[d] = Span(min(old.start, first), max(old.stop, last))
    return result


def in_order(bitexts: Bitexts, sizes: Sequence[int]) -> list[Cells]:
    """Return rows in which every version has its order, themselves in an order that suits all."""
    groups = [([d], [{d: Span(i, i + 1)} for i in range(n)]) for d, n in enumerate(sizes)]
    while len(groups) > 1:
        _, i, j = max(
            (bitexts.closeness(groups[i][0], groups[j][0], sizes), -i, -j)
            for i, j in combinations(range(len(groups)), 2)
        )
        (docs, rows), (others, other_rows) = groups[-i], groups.pop(-j)
        groups[-i] = (docs + others, _joined(bitexts, rows, other_rows))
    return groups[0][1]


def _joined(bitexts: Bitexts, xs: list[Cells], ys: list[Cells]) -> list[Cells]:
    """Merge two lists of rows, in the order that both have, so that the gain is highest."""
    boxes: set[Box] = set()
    at_y = _places(ys)
    for d, rows_x in _places(xs).items():
        for e, rows_y in at_y.items():
            boxes.update(
                (rows_x[a], rows_y[p], rows_x[b - 1] + 1, rows_y[q - 1] + 1)
                for (a, b), (p, q) in bitexts.between(d, e)
            )
    pins = [bitexts.pin(row) for row in xs], [bitexts.pin(row) for row in ys]
    gains = {}
    for i0, j0, i1, j1 in sorted(boxes):
        if any(pin != FREE for pin in (*pins[0][i0:i1], *pins[1][j0:j1])):
            # The parts of a pin are united with each other, whatever that costs, and nothing else.
            if i1 - i0 == j1 - j0 == 1 and pins[0][i0] == pins[1][j0]:
                gains[i0, j0, i1, j1] = BOUND
            continue
        meeting = bitexts.pairs_joined([unite(xs[i0:i1]), unite(ys[j0:j1])])
        gains[i0, j0, i1, j1] = sum(bitext.worth(x, y) for bitext, x, y in meeting)
    good = [box for box, gain in gains.items() if gain > 0]
    columns = np.array(good, dtype=np.int32).reshape(-1, 4).T
    chain = heaviest_chain(Beads(*columns), np.array([gains[box] for box in good]))
    result: list[Cells] = []
    i = j = 0
    for i0, j0, i1, j1 in (good[k] for k in chain):
        result += _between(bitexts, xs[i:i0], ys[j:j0])
        result.append(unite(xs[i0:i1] + ys[j0:j1]))
        i, j = i1, j1
    return result + _between(bitexts, xs[i:], ys[j:])


def _between(bitexts: Bitexts, xs: list[Cells], ys: list[Cells]) -> list[Cells]:
    """Return two lists of rows, none united, one after the other, but with the pins by rank."""
    result: list[Cells] = []
    rest = iter(ys)
    ahead = [bitexts.ranks[pin] for row in ys if (pin := bitexts.pin(row)) != FREE]
    for row in xs:
        pin = bitexts.pin(row)
        while pin != FREE and ahead and ahead[0] < bitexts.ranks[pin]:
            other = next(rest)
            result.append(other)
            if bitexts.pin(other) != FREE:
                del ahead[0]
        result.append(row)
    return [*result, *rest]


def with_whole_pins(bitexts: Bitexts, rows: Sequence[Cells], hub: int) -> list[Cells]:
    """Return rows with the parts of every pin united, at the place of the one that has the hub.

    Only pins that cross others are in parts: no order suits them.
    """
    parts: dict[int, list[int]] = {}
    for r, row in enumerate(rows):
        if (pin := bitexts.pin(row)) != FREE:
            parts.setdefault(pin, []).append(r)
    result: list[Cells | None] = list(rows)
    for places in parts.values():
        united = unite(rows[r] for r in places)
        kept = next((r for r in places if hub in rows[r]), places[0])
        for r in places:
            result[r] = united if r == kept else None
    return [row for row in result if row is not None]


def _places(rows: list[Cells]) -> dict[int, dict[int, int]]:
    """Return per version and segment the index of its row."""
    found: dict[int, dict[int, int]] = {}
    for r, row in enumerate(rows):
        for d, (first, last) in row.items():
            found.setdefault(d, {}).update(dict.fromkeys(range(first, last), r))
    return found


def out_of_order(bitexts: Bitexts, sizes: Sequence[int], least: float = WORTH) -> list[Cells]:
    """Return rows of versions that need not keep any order: the likeliest beads unite first.

    Args:
        bitexts: of all pairs of versions.
        sizes: segments per version.
        least: mean probability from which spans are united.
    """
    segments = [(d, i) for d, n in enumerate(sizes) for i in range(n)]
    rows: dict[int, Cells] = {r: {d: Span(i, i + 1)} for r, (d, i) in enumerate(segments)}
    home = {segment: r for r, segment in enumerate(segments)}
    for bead, _ in bitexts.likely():
        touched = sorted({home[d, i] for d, span in bead.items() for i in range(*span)})
        parts = [rows[r] for r in touched]
        if len(parts) < 2 or not _contiguous(parts):
            continue
        meeting = bitexts.pairs_joined(parts)
        if sum(bitext.agreement(x, y) - least for bitext, x, y in meeting) <= 0:
            continue
        for r in touched:
            del rows[r]
        union = rows[touched[0]] = unite(parts)
        home.update({(d, i): touched[0] for d, span in union.items() for i in range(*span)})
    return list(rows.values())


def _contiguous(parts: Sequence[Cells]) -> bool:
    """Return whether no segment of another row lies between the parts."""
    return all(
        sum(part[d].stop - part[d].start for part in parts if d in part) == stop - start
        for d, (start, stop) in unite(parts).items()
    )
