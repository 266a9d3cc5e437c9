"""Precision, recall and F1 of alignments, strict and lax (Sennrich & Volk 2010).

Counted as the literature does since vecalign (Thompson & Koehn 2019): an alignment is a set of
beads; precision looks at every predicted bead, null beads included, recall at the gold beads that
are no null beads. Strictly right is a bead that is the same in both; laxly right is one that shares
a pair of segments with a bead of the other side. Counts are summed over documents before dividing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reader.errors import FormatError

BeadCells = tuple[tuple[int, ...], tuple[int, ...]]
"""The segments of either side of a bead; one of them may be empty."""
Beads = frozenset[BeadCells]
"""An alignment."""

_SIDE = r"\[\s*((?:\d{1,9}(?:\s*,\s*\d{1,9})*)?)\s*\]"
_LINE = re.compile(rf"\s*{_SIDE}\s*:\s*{_SIDE}\s*(?::.*)?$", re.ASCII)


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


def parse(text: str, name: str) -> Beads:
    """Read an alignment: lines such as ``[0, 1]:[2]``, or a JSONL export of two versions.

    Indices count from 0. What follows a second colon is ignored, as is a bead that is empty on both
    sides.

    Raises:
        FormatError: a line is no bead; the message begins with this name and the line's number.
    """
    lines = [(f"{name}:{n}", line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines and lines[0][1].startswith("{"):
        return _of_export(name, [(place, _object(place, line)) for place, line in lines])
    return frozenset(bead for place, line in lines if any(bead := _bead(place, line)))


def _bead(place: str, line: str) -> BeadCells:
    match = _LINE.match(line)
    if not match:
        raise FormatError(f"{place}: {line[:60]!r} is no bead; right is [0, 1]:[2]")
    first, second = (tuple(map(int, re.findall(r"\d+", group))) for group in match.groups())
    return first, second


def _object(place: str, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise FormatError(f"{place}: no JSON object; right is a line of a .jsonl export")
    return found


def _of_export(name: str, objects: Sequence[tuple[str, dict[str, Any]]]) -> Beads:
    header = objects[0][1].get("documents")
    if not isinstance(header, dict) or len(header) != 2:
        raise FormatError(f"{name}: no export of two versions; right is a .jsonl of two files")
    beads = []
    for place, row in objects[1:]:
        try:
            first, second = (
                tuple(row["versions"].get(key, {"segs": ()})["segs"]) for key in header
            )
        except (KeyError, TypeError, AttributeError):
            raise FormatError(f"{place}: no row; right is a line of a .jsonl export") from None
        beads.append((first, second))
    return frozenset(beads)


def known(beads: Beads) -> Beads:
    """Return the beads that are no null beads."""
    return frozenset(bead for bead in beads if bead[0] and bead[1])


def same(beads: Beads) -> Callable[[BeadCells], bool]:
    """Return the test whether a bead is one of these."""
    return beads.__contains__


def touching(beads: Beads) -> Callable[[BeadCells], bool]:
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


def nulls_dropped(documents: Iterable[tuple[Beads, Beads]]) -> str:
    """Return F1 without predicted null beads, to compare with aligners that have none."""
    plain = score((gold, known(predicted)) for gold, predicted in documents)
    return f"nulls dropped: strict {plain.strict.f1:.4f}, lax {plain.lax.f1:.4f}"


def by_type(documents: Iterable[tuple[Beads, Beads]]) -> list[str]:
    """Return a line per bead type, the most frequent in gold first: gold, found, right."""
    counts: tuple[Counter[tuple[int, int]], ...] = (Counter(), Counter(), Counter())
    for gold, found in documents:
        for count, beads in zip(counts, (gold, found, gold & found), strict=True):
            count.update((len(a), len(b)) for a, b in beads)
    kinds = sorted(set().union(*counts), key=lambda k: (-counts[0][k], -counts[1][k], k))
    return [
        f"{'type':<6}{'gold':>7}{'found':>7}{'right':>7}",
        *(f"{a}:{b:<4}" + "".join(f"{count[a, b]:>7}" for count in counts) for a, b in kinds),
    ]


def report(gold: Beads, predicted: Beads) -> list[str]:
    """Return all figures of one document, as lines."""
    documents = [(gold, predicted)]
    found = score(documents)
    return [
        f"{'':<8}{'precision':>10}{'recall':>10}{'F1':>10}",
        *(
            f"{name:<8}{figures.p:>10.4f}{figures.r:>10.4f}{figures.f1:>10.4f}"
            for name, figures in (("strict", found.strict), ("lax", found.lax))
        ),
        nulls_dropped(documents),
        "",
        *by_type(documents),
    ]
