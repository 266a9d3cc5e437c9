"""The parts of the window in cells: gutter, columns, pages side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from reader.tui.layout import MEASURE, NARROWEST, RULE, TAG

NARROWEST_PAGE = 60
"""Least width of the text on a page, if stacked versions are shown on two pages or more."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """The parts of a line of the window, in cells."""

    total: int
    left: int
    """Blank cells on the left that centre the text on a wide screen."""
    digits: int
    """Digits of the row number; 0 if there is no room for it."""
    sign: bool
    """Whether there is room for the sign of confidence."""
    columns: int
    """Columns side by side; fewer than versions if the screen is too narrow."""
    width: int
    """Cells of the text in a column."""
    stacked: bool
    pages: int = 1
    """Pages side by side, each continuing the one before; always 1 unless stacked."""

    @property
    def gutter(self) -> int:
        """Cells before the first column: bar, number, sign and the blanks between."""
        return _gutter_width(self.digits, self.sign)

    @property
    def page(self) -> int:
        """Cells of a page, from its gutter to the end of its last column."""
        tag = TAG if self.stacked else 0
        return self.gutter + tag + self.columns * (self.width + RULE) - RULE

    @property
    def used(self) -> int:
        """Cells from the first gutter to the end of the last column."""
        return self.pages * (self.page + RULE) - RULE

    def start(self, column: int) -> int:
        """Return the first cell of the text of a column on the first page."""
        tag = TAG if self.stacked else 0
        return self.left + self.gutter + tag + column * (self.width + RULE)

    def column_at(self, x: int) -> int:
        """Return the column under a cell of the first page."""
        inside = max(0, x - self.left - self.gutter)
        return min(inside // (self.width + RULE), self.columns - 1)

    def on_first(self, x: int, y: int, lines: int) -> tuple[int, int]:
        """Return (x, y) of a cell if all pages, of so many lines each, stood below the first."""
        page = max(0, min((x - self.left) // (self.page + RULE), self.pages - 1))
        return x - page * (self.page + RULE), page * lines + (min(y, lines - 1) if page else y)


def _gutter_width(digits: int, sign: bool) -> int:
    return 1 + (digits + 1 if digits else 0) + (2 if sign else 0)


@dataclass(frozen=True, slots=True)
class Shape:
    """What must fit on a line."""

    versions: int
    rows: int
    stacked: bool = False
    """Whether the versions stand one under another."""
    measure: int = 0
    """Width of a column in cells; 0 for what suits the screen."""


def stacks(total: int) -> bool:
    """Tell whether a line of `total` cells is too narrow for two columns, but not for a stack."""
    two = Shape(versions=2, rows=999)
    stack = geometry(total, Shape(2, two.rows, stacked=True))
    return geometry(total, two).columns < 2 and stack.width >= NARROWEST


@lru_cache(maxsize=16)
def geometry(total: int, shape: Shape) -> Geometry:
    """Divide a line of `total` cells; the last one is for the scroll mark."""
    digits, sign = (len(str(shape.rows)) if total >= 40 else 0), total >= 16
    gutter = _gutter_width(digits, sign)
    columns = pages = 1
    if shape.stacked:
        narrowest = gutter + TAG + (shape.measure or NARROWEST_PAGE) + RULE
        pages = max(1, (total - 1 + RULE) // narrowest)
        room = (total - 1 + RULE) // pages - RULE - gutter - TAG
    else:
        room = total - 1 - gutter
        fits = (room + RULE) // ((shape.measure or NARROWEST) + RULE)
        columns = max(1, min(shape.versions, fits))
        room = (room + RULE) // columns - RULE
    width = min(shape.measure or MEASURE, max(2, room))
    made = Geometry(total, 0, digits, sign, columns, width, shape.stacked, pages)
    return replace(made, left=max(0, (total - 1 - made.used) // 2))
