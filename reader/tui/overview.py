"""The overview: the whole text in a few lines, with a bar for each version."""

from __future__ import annotations

from reader.model import Confidence
from reader.tui.choice import Entry
from reader.tui.reading import Reading

FULL, EMPTY = "▇", "·"
ROOM = 44
"""Cells for the bars of all versions."""
LONGEST_BAR = 8


def overview(reading: Reading, lines: int) -> list[Entry]:
    """Return an entry for each stretch of the text, at most so many, all of the same length.

    The bar of a version shows the share of rows that it has: full for all, empty for none. Of many
    versions it is one sign, without a label.
    """
    parallel, rows = reading.parallel, reading.rows
    if parallel is None or not rows:
        return []
    length = -(-len(rows) // max(1, lines))
    headings = list(parallel.headings)
    entries, heading = [], 0
    for start in range(0, len(rows), length):
        stop = min(start + length, len(rows))
        stretch = range(start, stop)
        words = [_bars(reading, stretch), _doubts(reading, stretch)]
        while heading < len(headings) and headings[heading] < start:
            heading += 1
        if heading < len(headings) and headings[heading] < stop:
            text = next(text for _, text in parallel.cells(headings[heading]))
            words.append(reading.lens.drawn(text))
        entries.append(Entry(start, "  ".join(words).rstrip()))
    return entries


def _bars(reading: Reading, rows: range) -> str:
    cells = min(LONGEST_BAR, ROOM // len(reading.shown) - 4)
    if cells < 1:
        return "".join(_bar(reading, d, rows, 1) for d in reading.shown)
    return "  ".join(f"{reading.tags[d]} {_bar(reading, d, rows, cells)}" for d in reading.shown)


def _bar(reading: Reading, version: int, rows: range, cells: int) -> str:
    present = sum(bool(reading.rows[row].segments[version]) for row in rows)
    full = present * cells // len(rows) or min(present, 1)
    return f"{FULL * full:{EMPTY}<{cells}}"


def _doubts(reading: Reading, rows: range) -> str:
    """Count the doubtful rows of a stretch."""
    doubtful = sum(reading.rows[row].confidence is Confidence.DOUBTFUL for row in rows)
    return f"{Confidence.DOUBTFUL} {doubtful}" if doubtful else ""
