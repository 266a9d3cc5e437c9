"""Scrolling by row and line; its cost depends on the window, not on the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple


class Top(NamedTuple):
    """The first line of a window: a row, and a line of that row."""

    row: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """A window of so many lines on rows of different heights."""

    rows: int
    """At least 1."""
    lines: int
    """At least 1."""
    height: Callable[[int], int]
    """Lines of a row, at least 1."""

    def visible(self, top: Top) -> Iterator[tuple[int, int]]:
        """Yield (row, first line of it in sight) for every row in sight, downwards."""
        row, line, used = top.row, top.line, 0
        while used < self.lines and row < self.rows:
            yield row, line
            used += self.height(row) - line
            row, line = row + 1, 0

    def lines_seen(self, top: Top) -> Iterator[tuple[int, int]]:
        """Yield (row, line of the row) for every line of the window that shows one, downwards."""
        every = ((r, i) for r, first in self.visible(top) for i in range(first, self.height(r)))
        return islice(every, self.lines)

    def back(self, row: int, lines: int) -> Top:
        """Return the top `lines` above the start of `row`, or the very first."""
        while lines > 0 and row > 0:
            row -= 1
            lines -= self.height(row)
        return Top(row, max(0, -lines))

    def clamp(self, top: Top) -> Top:
        """Return the top, or an earlier one if lines at the bottom would be empty."""
        row = max(0, min(top.row, self.rows - 1))
        line = max(0, min(top.line, self.height(row) - 1)) if row == top.row else 0
        room = self.lines + line
        for below in range(row, self.rows):
            room -= self.height(below)
            if room <= 0:
                return Top(row, line)
        return self.back(self.rows, self.lines)

    def shift(self, top: Top, lines: int) -> Top:
        """Return the top after scrolling by lines, down if positive, to either end at most."""
        row, line = top.row, top.line + lines
        if line < 0:
            return self.back(row, -line)
        while line >= self.height(row) and row < self.rows - 1:
            line -= self.height(row)
            row += 1
        return self.clamp(Top(row, line))

    def offset(self, top: Top, row: int) -> int | None:
        """Return the line of the window where a row starts, negative if above; None if unseen."""
        at = 0
        for seen, line in self.visible(top):
            if seen == row:
                return at - line
            at += self.height(seen) - line
        return None

    def reveal(self, top: Top, row: int, context: int = 0) -> Top:
        """Return the top from which a whole row is seen, or the start of one that is too tall.

        The window scrolls as little as possible; with a `context`, so that this many lines are
        above the row, or as many as leave it room.
        """
        at, height = self.offset(top, row), self.height(row)
        if at is not None and 0 <= at <= self.lines - height:
            return top
        if height >= self.lines or (row <= top.row and not context):
            return self.clamp(Top(row))
        return self.clamp(self.back(row, min(context or self.lines, self.lines - height)))

    def next_page(self, top: Top) -> tuple[Top, int]:
        """Return the next page and the row to read on from: the first that was not seen completely.

        A page begins with a whole row, except within a row that is taller than the window.
        """
        *_, (last, line) = self.visible(top)
        seen = self.height(last) - 1 - line <= self.lines - max(0, self.offset(top, last) or 0)
        row = min(last + seen, self.rows - 1)
        if row > top.row:
            return self.clamp(Top(row)), row
        below = self.shift(top, self.lines)
        return (below if below.row == top.row else self.clamp(Top(top.row + 1))), row

    def previous_page(self, top: Top) -> Top:
        """Return the previous page; it begins with a whole row if that leaves none out."""
        above = self.shift(top, -self.lines)
        return Top(above.row + 1) if above.line and above.row + 1 < top.row else above

    def at(self, top: Top, line: int) -> int:
        """Return the row on a line of the window; below the end, the last one in sight."""
        row = top.row
        for seen, first in self.visible(top):
            row = seen
            line -= self.height(seen) - first
            if line < 0:
                break
        return row
