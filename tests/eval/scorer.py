"""Precision, recall and F1 of alignments, strict and lax (Sennrich & Volk 2010).

Counted as the literature does since vecalign (Thompson & Koehn 2019): an alignment is a set of
beads; precision looks at every predicted bead, null beads included, recall at the gold beads that
are no null beads. Strictly right is a bead that is the same in both; laxly right is one that shares
a pair of segments with a bead of the other side. Counts are summed over documents before dividing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.eval.sets import Beads


@dataclass(frozen=True)
class Figures:
    """Precision, recall and their harmonic mean."""

    p: float
    r: float

    @property
    def f1(self) -> float:
        """0 where nothing is right."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the three figures by name."""
        return {"p": self.p, "r": self.r, "f1": self.f1}


@dataclass(frozen=True)
class Score:
    """Strict and lax figures of a set."""

    strict: Figures
    lax: Figures


def known(beads: Beads) -> Beads:
    """Return the beads that are no null beads."""
    return frozenset(bead for bead in beads if bead[0] and bead[1])


def same(beads: Beads) -> Callable[[tuple[tuple[int, ...], tuple[int, ...]]], bool]:
    """Return the test whether a bead is one of these."""
    return beads.__contains__


def touching(beads: Beads) -> Callable[[tuple[tuple[int, ...], tuple[int, ...]]], bool]:
    """Return the test whether a bead is one of these or shares a pair of segments with one."""
    pairs = {(s, t) for source, target in beads for s in source for t in target}
    return lambda bead: bead in beads or any((s, t) in pairs for s in bead[0] for t in bead[1])


def score(documents: Iterable[tuple[Beads, Beads]]) -> Score:
    """Score documents, each as gold and prediction."""
    right = {"strict": [0, 0], "lax": [0, 0]}
    sizes = [0, 0]
    for gold, predicted in documents:
        sizes[0] += len(predicted)
        sizes[1] += len(known(gold))
        for name, test in (("strict", same), ("lax", touching)):
            right[name][0] += sum(map(test(gold), predicted))
            right[name][1] += sum(map(test(known(predicted)), known(gold)))
    figures = {
        name: Figures(*(hit / size if size else 0.0 for hit, size in zip(hits, sizes, strict=True)))
        for name, hits in right.items()
    }
    return Score(**figures)
