"""Some rows anew, at the cost of these alone."""

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
"""Rows on either side that are held fast beside those to align: they tell which words are rare."""
SHARED = 0.2
"""Least number of rows that two versions of one text share, for each segment of the shorter one;
texts that have nothing to do with each other stay below a tenth."""


def realign(
    versions: Sequence[Version],
    alignment: Alignment,
    pins: Sequence[Pin],
    *,
    around: Iterable[int] = (),
    min_score: float | None = None,
) -> Alignment:
    """Align some rows again; the others come out the same.

    In parallel mode those between the rows that pins bind: around a pin that is no row yet, and
    where it is asked for. Comparable texts have no between: there all but the pins.

    Args:
        versions: those that the alignment is of.
        alignment: as it was.
        pins: rows that bind, whether they are among those of the alignment or not.
        around: indices of rows to align again, with all others up to the next pins.
        min_score: as for `align`.

    Raises:
        ValueError: pins that are not over the versions or share a segment.
    """
    mode, hub, rows = alignment.mode, alignment.hub, alignment.rows
    if mode == "comparable":
        return align(versions, hub=hub, mode=mode, min_score=min_score, pins=pins)
    sizes = [len(version.originals) for version in versions]
    of = _texts(rows, sizes)
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
            of=of,
            min_score=min_score,
            pins=[Pin(part.inner(cells)) for cells in fast | bound if part.holds(cells)],
        )
        changed = (replace(row, segments=part.outer(row.segments)) for row in anew.rows)
        found += rows[done:first]
        found += _beside([row for row in changed if row.segments not in fast], across, hub)
        done = last
    return replace(alignment, rows=(*found, *rows[done:]))


def _texts(rows: Sequence[Row], sizes: Sequence[int]) -> list[int]:
    """Return per version the first one that it is of one text with, as the rows have it."""
    shared = Counter(pair for row in rows for pair in combinations(row.present, 2))
    return joined(
        len(sizes),
        (pair for pair, count in shared.items() if count >= SHARED * min(sizes[d] for d in pair)),
    )


def _asked(rows: Sequence[Row], bound: Set[Cells], around: Iterable[int]) -> list[set[int]]:
    """Return the rows to align again: those asked for, and where a pin is that is no row yet."""
    home = {
        (d, i): r for r, row in enumerate(rows) for d, cell in enumerate(row.segments) for i in cell
    }
    new = bound - {row.segments for row in rows}
    pinned = ({home[d, i] for d, cell in enumerate(cells) for i in cell} for cells in new)
    return [*({r} for r in around), *pinned]


def _across(row: Row, orders: Set[tuple[int, ...]]) -> bool:
    """Return whether a row links versions across the orders of those that are aligned again."""
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
    """Return the rows next to one, as far as they have one order with it."""
    near = takewhile(lambda row: len(row.present) < 2 or row.moved == beside.moved, rows)
    return list(islice(near, CONTEXT))


class _Part:
    """What some rows hold of their versions."""

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
        """Return whether all segments of a row of the whole are here."""
        return all(
            k < len(kept) and kept[k] == i
            for kept, cell in zip(self._kept, cells, strict=True)
            for i in cell
            if (k := bisect_left(kept, i)) >= 0
        )

    def inner(self, cells: Cells) -> Cells:
        """Return a row of the whole as one of the part."""
        return tuple(
            tuple(bisect_left(kept, i) for i in cell)
            for kept, cell in zip(self._kept, cells, strict=True)
        )

    def outer(self, cells: Cells) -> Cells:
        """Return a row of the part as one of the whole."""
        return tuple(
            tuple(kept[k] for k in cell) for kept, cell in zip(self._kept, cells, strict=True)
        )
