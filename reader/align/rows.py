"""Rows over any number of versions, from their texts and from the rows that the user pinned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.align.links import FREE
from reader.align.merge import Bitexts, Cells, with_whole_pins
from reader.align.order import by_hub, displaced
from reader.align.pins import Pin, Units, checked
from reader.align.searching import Found, search
from reader.align.versions import Version
from reader.model import Advanced, Bead, Mode, Row, Span, ignore

SHOWN_FROM: dict[Mode, float] = {"parallel": 0.0, "comparable": 0.5}
"""Score from which a row is kept, by the kind of texts. Of translations all are: even a doubtful
row shows where in the other version one is."""
FEW = 0.25
"""Share of segments with a counterpart below which comparable texts share little but their subject,
so that sentences are alike that do not say the same. There a row needs `SHOWN_AMONG_FEW`: of the
rows of the five seed pages, the one that is right has 0.71, all others less than 0.05."""
SHOWN_AMONG_FEW = 0.7
ENOUGH = 10
"""Rows with an untranslated version that comparable texts must have for any of them to be kept: in
two short reports the same names come up whatever is said."""
NONE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The rows of some versions, and the mode in which they were found."""

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
    groups: Sequence[int] | None = None,
    min_score: float | None = None,
    pins: Sequence[Pin] = (),
    advanced: Advanced = ignore,
) -> Alignment:
    """Align any number of versions; none of them needs to have segments.

    Args:
        versions: at least one.
        hub: the version whose order the rows follow.
        mode: None to choose by the texts.
        groups: per version a number; versions with the same number tell one text. None to choose if
            the mode is chosen as well, else all versions tell one.
        min_score: a row with a lower score loses versions until it has it, or is alone; None for
            what suits the texts.
        pins: rows that bind: each is in the result as it is, with a score of 1 if it has several
            versions. In parallel mode the text between two of them is aligned by itself, unless the
            mode was chosen and a passage was moved across them.
        advanced: called before every pair of versions, and at the end, with the number of segments
            compared so far and in all; begins again at 0 if another search follows.

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
    found = search(units, mode, advanced, groups=groups and [groups[d] for d in canonical])
    units, chosen, bitexts = found.units, found.mode, found.bitexts
    place = {d: k for k, d in enumerate(canonical)}
    rows = with_whole_pins(bitexts, found.rows, place[hub])
    bar = _bar(found, rows) if min_score is None else Bar(min_score)
    rows = [kept for row in rows for kept in _kept(row, bitexts, bar)]
    spans = [{d: units.in_version(d, span) for d, span in row.items()} for row in rows]
    if chosen == "comparable" or units.places is not None:
        order = by_hub(spans, place[hub])
        rows, spans = [rows[r] for r in order], [spans[r] for r in order]
    moved = displaced(spans)
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
    """What a row of several versions must have to be kept."""

    score: float
    translated: bool = False
    """Whether each of its versions must have been compared with another one in one language."""

    def fails(self, row: Cells, bitexts: Bitexts) -> bool:
        """Return whether a row is not kept as it is."""
        if len(row) < 2:
            return False
        return bool(self.weak(row, bitexts)) or bitexts.score(row) < self.score

    def weak(self, row: Cells, bitexts: Bitexts) -> list[int]:
        """Return the versions that the row cannot be kept with."""
        return bitexts.untranslated(row) if self.translated else []


def _bar(found: Found, rows: Sequence[Cells]) -> Bar:
    """Return what the rows of a search must have."""
    bar = Bar(SHOWN_FROM["parallel" if found.translations else "comparable"])
    if found.translations:
        return bar
    sizes = [sum(span.stop - span.start for span in row.values()) for row in rows]
    kept = [k for k, row in enumerate(rows) if len(row) > 1 and not bar.fails(row, found.bitexts)]
    if sum(sizes[k] for k in kept) < FEW * sum(sizes):
        return Bar(SHOWN_AMONG_FEW, translated=True)
    untranslated = sum(bool(found.bitexts.untranslated(rows[k])) for k in kept)
    return replace(bar, translated=untranslated < ENOUGH)


def _kept(row: Cells, bitexts: Bitexts, bar: Bar) -> list[Cells]:
    """Return a row without the versions that it fails with, and rows of their single segments."""
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
    """Align two versions; the beads are in the order of the first one.

    Only in comparable mode they may cross.
    """
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
