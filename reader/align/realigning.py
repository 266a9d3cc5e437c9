"""Alignment of some rows again, at the cost of these alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import chain, combinations, islice, takewhile

from reader.align.modes import joined
from reader.align.order import by_hub
from reader.align.pins import Cells, Pin, checked
from reader.align.rows import Alignment, align
from reader.align.versions import Version, seams
from reader.model import Row, Span

CONTEXT = 60
"""Rows on either side of those to align that take part as pins: they show which words are rare."""
SHARED = 0.2
"""Rows that two versions have in common, per segment of the shorter one, from which they tell one
text; unrelated versions have less than half of it."""


def realign(
    versions: Sequence[Version],
    alignment: Alignment,
    pins: Sequence[Pin],
    *,
    around: Iterable[int] = (),
    min_score: float | None = None,
) -> Alignment:
    """Align some rows again; the others stay as they are.

    In parallel mode these are the rows around a pin that is no row yet, and around those given, up
    to the next pinned rows. In comparable mode they are all rows that are not pinned.

    Args:
        versions: those of the alignment.
        alignment: the present one.
        pins: all rows that bind, those of the alignment among them.
        around: indices of rows to align again.
        min_score: as for `align`.

    Raises:
        ValueError: pins that are not over the versions or share a segment.
    """
    mode, hub, rows = alignment.mode, alignment.hub, alignment.rows
    if mode == "comparable":
        return align(versions, hub=hub, mode=mode, min_score=min_score, pins=pins)
    sizes = [len(version.originals) for version in versions]
    groups = _text_groups(rows, sizes)
    bound = set(checked(pins, sizes))
    found: list[Row] = []
    done = 0
    asked = _asked(rows, bound, around)
    gaps = _gaps(rows, bound, asked)
    for k, (first, last) in enumerate(gaps):
        end = gaps[k + 1][0] if k + 1 < len(gaps) else len(rows)
        before = _context(reversed(rows[done:first]), rows[first])[::-1]
        after = _context(rows[last:end], rows[last - 1])
        fast = {row.segments for row in (*before, *after)}
        orders = {rows[r].moved for r in chain.from_iterable(asked) if first <= r < last}
        across = [row for row in rows[first:last] if _across(row, orders)]
        inside = [row for row in rows[first:last] if not _across(row, orders)]
        part = _Part(versions, [*before, *inside, *after])
        anew = align(
            part.versions,
            hub=hub,
            mode=mode,
            groups=groups,
            min_score=min_score,
            pins=[Pin(part.inner(cells)) for cells in fast | bound if part.holds(cells)],
        )
        changed = (replace(row, segments=part.outer(row.segments)) for row in anew.rows)
        found += rows[done:first]
        found += _beside([row for row in changed if row.segments not in fast], across, hub)
        done = last
    return replace(alignment, rows=(*found, *rows[done:]))


def _text_groups(rows: Sequence[Row], sizes: Sequence[int]) -> list[int]:
    """Return per version the index of the first one that tells the same text, by the rows."""
    shared = Counter(pair for row in rows for pair in combinations(row.present, 2))
    return joined(
        len(sizes),
        (pair for pair, count in shared.items() if count >= SHARED * min(sizes[d] for d in pair)),
    )


def _asked(rows: Sequence[Row], bound: Set[Cells], around: Iterable[int]) -> list[set[int]]:
    """Return sets of rows to align again together: each one given, those that a new pin is of."""
    home = {
        (d, i): r for r, row in enumerate(rows) for d, cell in enumerate(row.segments) for i in cell
    }
    new = bound - {row.segments for row in rows}
    pinned = ({home[d, i] for d, cell in enumerate(cells) for i in cell} for cells in new)
    return [*({r} for r in around), *pinned]


def _across(row: Row, orders: Set[tuple[int, ...]]) -> bool:
    """Return whether a row was moved and has none of the given orders: it is not aligned again."""
    return len(row.present) > 1 and row.moved != () and row.moved not in orders


def _beside(rows: list[Row], others: list[Row], hub: int) -> list[Row]:
    """Return rows in the order of the hub, and others where they belong among them."""
    if not others:
        return rows
    rows = [*rows, *others]
    spans = [
        {d: Span(row.segments[d][0], row.segments[d][-1] + 1) for d in row.present} for row in rows
    ]
    return [rows[r] for r in by_hub(spans, hub)]


def _gaps(
    rows: Sequence[Row], bound: Set[Cells], asked: Iterable[set[int]]
) -> list[tuple[int, int]]:
    """Return the ranges of rows to align again, ascending and apart."""
    result: list[tuple[int, int]] = []
    for first, last in sorted((min(places), max(places) + 1) for places in asked):
        if result and first <= result[-1][1]:
            before = result.pop()
            first, last = before[0], max(last, before[1])
        while first > 0 and rows[first - 1].segments not in bound:
            first -= 1
        while last < len(rows) and rows[last].segments not in bound:
            last += 1
        result.append((first, last))
    return result


def _context(rows: Iterable[Row], beside: Row) -> list[Row]:
    """Return the rows next to one, up to the first that is in another order."""
    near = takewhile(lambda row: len(row.present) < 2 or row.moved == beside.moved, rows)
    return list(islice(near, CONTEXT))


class _Part:
    """The versions of some rows: only the segments that these have."""

    def __init__(self, versions: Sequence[Version], rows: Sequence[Row]) -> None:
        self._kept = [
            sorted(chain.from_iterable(row.segments[d] for row in rows))
            for d in range(len(versions))
        ]
        self.versions = [
            replace(v.part(kept), seams=seams(kept))
            for v, kept in zip(versions, self._kept, strict=True)
        ]

    def holds(self, cells: Cells) -> bool:
        """Return whether all segments of a row are in this part."""
        return all(
            k < len(kept) and kept[k] == i
            for kept, cell in zip(self._kept, cells, strict=True)
            for i in cell
            if (k := bisect_left(kept, i)) >= 0
        )

    def inner(self, cells: Cells) -> Cells:
        """Return a row by the indices of this part."""
        return tuple(
            tuple(bisect_left(kept, i) for i in cell)
            for kept, cell in zip(self._kept, cells, strict=True)
        )

    def outer(self, cells: Cells) -> Cells:
        """Return a row of this part by the indices of the whole versions."""
        return tuple(
            tuple(kept[k] for k in cell) for kept, cell in zip(self._kept, cells, strict=True)
        )
