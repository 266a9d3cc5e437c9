"""Alignment of versions that tell the same: pairs, rows, and why.

    align(versions)    rows over all versions
    bitext(a, b)       beads of two versions
    explain(...)       the evidence behind a row

Everything here is a pure function of the texts. The order of the versions changes the order of the
columns and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reader.align import jumps, monotone
from reader.align.evidence import Evidence, PairEvidence, RunnerUp, explain
from reader.align.lattice import Beads
from reader.align.merge import Bitext, Bitexts, Cells, in_order, out_of_order
from reader.align.modes import choose
from reader.align.order import by_hub, displaced
from reader.align.versions import Library, Version
from reader.model import Bead, Mode, Row, Span

__all__ = [
    "Alignment",
    "Evidence",
    "PairEvidence",
    "RunnerUp",
    "Version",
    "align",
    "bitext",
    "explain",
]

SHOWN_FROM: dict[Mode, float] = {"parallel": 0.0, "comparable": 0.5}
"""Score from which a row stands: in texts of one order a doubtful row still shows where one is."""
COVERED = 0.4
"""Share of segments with a counterpart below which texts are no translations after all."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The rows of some versions and the kind of text they were taken for."""

    rows: tuple[Row, ...]
    """Indices into the versions' segments; every segment is in exactly one row."""
    mode: Mode


def align(
    versions: Sequence[Version],
    *,
    hub: int = 0,
    mode: Mode | None = None,
    min_score: float | None = None,
) -> Alignment:
    """Align any number of versions; none of them needs to have segments.

    Args:
        versions: at least one.
        hub: the version whose order the rows follow.
        mode: None to choose by the texts.
        min_score: rows below it are taken apart, one per version; None for what suits the mode.
    """
    if not versions:
        raise ValueError("no version to align")
    canonical = sorted(range(len(versions)), key=lambda d: versions[d].key)
    ordered = [versions[d] for d in canonical]
    library = Library(ordered)
    sizes = [len(version.originals) for version in ordered]
    chosen = mode or choose(library)
    bitexts = _bitexts(library, chosen)
    if mode is None and chosen == "parallel" and bitexts.covered(sizes) < COVERED:
        chosen = "comparable"
        bitexts = _bitexts(library, chosen)
    rows = (in_order if chosen == "parallel" else out_of_order)(bitexts, sizes)
    least = SHOWN_FROM[chosen] if min_score is None else min_score
    rows = [kept for row in rows for kept in _kept(row, bitexts, least)]
    place = {d: k for k, d in enumerate(canonical)}
    if chosen == "comparable":
        rows = [rows[r] for r in by_hub(rows, place[hub])]
    moved = displaced(rows)
    return Alignment(
        tuple(
            Row(
                tuple(tuple(range(*row.get(place[d], (0, 0)))) for d in range(len(versions))),
                bitexts.score(row),
                moved=tuple(sorted(canonical[d] for d in out)),
            )
            for row, out in zip(rows, moved, strict=True)
        ),
        chosen,
    )


def _kept(row: Cells, bitexts: Bitexts, least: float) -> list[Cells]:
    """Return a row without the versions that it is too doubtful with, and their segments alone."""
    alone: Cells = {}
    while len(row) > 1 and bitexts.score(row) < least:
        rests = {d: {e: span for e, span in row.items() if e != d} for d in sorted(row)}
        out = max(rests, key=lambda d: bitexts.score(rests[d]))
        alone[out], row = row[out], rests[out]
    if len(row) == 1:
        alone, row = alone | row, {}
    singles = [{d: Span(i, i + 1)} for d, span in sorted(alone.items()) for i in range(*span)]
    return [row, *singles] if row else singles


def _bitexts(library: Library, mode: Mode) -> Bitexts:
    """Return the candidate beads of every two versions and their probabilities."""
    search = monotone.decode if mode == "parallel" else jumps.find
    none = Bitext(Beads.none(), np.zeros(0))
    filled = [bool(version.originals) for version in library.versions]
    pairs = combinations(range(len(filled)), 2)
    return Bitexts(
        {
            (d, e): Bitext(*search(library.pair(d, e))) if filled[d] and filled[e] else none
            for d, e in pairs
        }
    )


def bitext(a: Version, b: Version, *, mode: Mode | None = None) -> tuple[Bead, ...]:
    """Align two versions; the beads follow the first one and cross only in comparable mode."""
    beads = []
    place = [0, 0]
    for row in align([a, b], mode=mode).rows:
        for side, cell in enumerate(row.segments):
            place[side] = cell[0] if cell else place[side]
        ends = [start + len(cell) for start, cell in zip(place, row.segments, strict=True)]
        spans = tuple(Span(*ends) for ends in zip(place, ends, strict=True))
        beads.append(Bead((spans[0], spans[1]), row.score))
        place = ends
    return tuple(beads)
