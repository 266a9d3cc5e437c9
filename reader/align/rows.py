"""Rows over any number of versions, from their texts and from what the user has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.align.links import FREE
from reader.align.merge import Bitexts, Cells, whole
from reader.align.order import by_hub, displaced
from reader.align.pins import Pin, Units, checked
from reader.align.searching import Found, search
from reader.align.versions import Version
from reader.model import Advanced, Bead, Mode, Row, Span, ignore

SHOWN_FROM: dict[Mode, float] = {"parallel": 0.0, "comparable": 0.5}
"""Score from which a row stands: in texts of one order a doubtful row still shows where one is."""
FEW = 0.25
"""Share of segments with a counterpart below which reports share little but what they are about, so
that sentences look alike that do not say the same: there a row stands from `SHOWN_AMONG_FEW` on. Of
the rows that the five seed pages give, the one that is right has 0.71, any other below 0.05."""
SHOWN_AMONG_FEW = 0.7
ENOUGH = 10
"""Rows below which none stands that was found without a translation: in two reports of few
sentences the same words come up whatever is said."""
NONE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The rows of some versions and the kind of text they were taken for."""

    rows: tuple[Row, ...]
    """Indices into the versions' segments; every segment is in exactly one row."""
    mode: Mode
    hub: int = 0
    """The version whose order the rows follow."""


def align(  # noqa: PLR0913 - all but one by name, with a default
    versions: Sequence[Version],
    *,
    hub: int = 0,
    mode: Mode | None = None,
    of: Sequence[int] | None = None,
    min_score: float | None = None,
    pins: Sequence[Pin] = (),
    advanced: Advanced = ignore,
) -> Alignment:
    """Align any number of versions; none of them needs to have segments.

    Args:
        versions: at least one.
        hub: the version whose order the rows follow.
        mode: None to choose by the texts.
        of: per version a number that those of one text share; None to choose with the mode, or for
            one text where that is given.
        min_score: rows below it are taken apart, one per version; None for what suits the mode.
        pins: rows that bind: each comes out as it is, with a score of 1 if it links versions. In
            parallel mode the text between two of them is aligned by itself, unless the mode was
            chosen and a passage was moved across them.
        advanced: told before every two versions and at the end how many segments were compared;
            texts that are put in another order, or taken for another kind, begin anew at 0.

    Raises:
        ValueError: no version, or pins that are not over them or share a segment.
    """
    if not versions:
        raise ValueError("no version to align")
    bound = checked(pins, [len(version.originals) for version in versions])
    canonical = sorted(range(len(versions)), key=lambda d: versions[d].key)
    units = Units.of(
        [versions[d] for d in canonical],
        [tuple(cells[d] for d in canonical) for cells in bound],
    )
    found = search(units, mode, advanced, of=of and [of[d] for d in canonical])
    units, chosen, bitexts = found.units, found.mode, found.bitexts
    place = {d: k for k, d in enumerate(canonical)}
    rows = whole(bitexts, found.rows, place[hub])
    bar = _bar(found, rows) if min_score is None else Bar(min_score)
    rows = [kept for row in rows for kept in _kept(row, bitexts, bar)]
    own = [{d: units.own(d, span) for d, span in row.items()} for row in rows]
    if chosen == "comparable" or units.places is not None:
        order = by_hub(own, place[hub])
        rows, own = [rows[r] for r in order], [own[r] for r in order]
    moved = displaced(own)
    return Alignment(
        tuple(
            Row(
                tuple(units.cell(place[d], row.get(place[d], NONE)) for d in range(len(versions))),
                bitexts.score(row),
                status="auto" if bitexts.pin(row) == FREE else "confirmed",
                moved=tuple(sorted(canonical[d] for d in out)),
            )
            for row, out in zip(rows, moved, strict=True)
        ),
        chosen,
        hub,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """What a row must have to stand."""

    score: float
    translated: bool = False
    """Whether each of its versions must be compared with another in one language."""

    def fails(self, row: Cells, bitexts: Bitexts) -> bool:
        """Tell whether a row of several versions does not stand."""
        if len(row) < 2:
            return False
        return bool(self.weak(row, bitexts)) or bitexts.score(row) < self.score

    def weak(self, row: Cells, bitexts: Bitexts) -> list[int]:
        """Return the versions that the row cannot stand with."""
        return bitexts.untranslated(row) if self.translated else []


def _bar(found: Found, rows: Sequence[Cells]) -> Bar:
    """Return what rows of two or more versions must have."""
    bar = Bar(SHOWN_FROM["parallel" if found.translations else "comparable"])
    if found.translations:
        return bar
    sizes = [sum(span.stop - span.start for span in row.values()) for row in rows]
    standing = [
        k for k, row in enumerate(rows) if len(row) > 1 and not bar.fails(row, found.bitexts)
    ]
    if sum(sizes[k] for k in standing) < FEW * sum(sizes):
        return Bar(SHOWN_AMONG_FEW, translated=True)
    untranslated = sum(bool(found.bitexts.untranslated(rows[k])) for k in standing)
    return replace(bar, translated=untranslated < ENOUGH)


def _kept(row: Cells, bitexts: Bitexts, bar: Bar) -> list[Cells]:
    """Return a row without the versions that it is too doubtful with, and their segments alone."""
    if bitexts.pin(row) != FREE:
        return [row]
    alone: Cells = {}
    while bar.fails(row, bitexts):
        weak = bar.weak(row, bitexts) or sorted(row)
        rests = {d: {e: span for e, span in row.items() if e != d} for d in weak}
        out = max(rests, key=lambda d: bitexts.score(rests[d]))
        alone[out], row = row[out], rests[out]
    if len(row) == 1:
        alone, row = alone | row, {}
    singles = [{d: Span(i, i + 1)} for d, span in sorted(alone.items()) for i in range(*span)]
    return [row, *singles] if row else singles


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
