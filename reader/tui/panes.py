"""Which versions are shown, in what order and how wide."""

from __future__ import annotations

from reader.model import Layout, Place
from reader.tui.geometry import Geometry, Shape, geometry
from reader.tui.layout import MEASURE, NARROWEST

WIDER = 4
"""Cells by which a key makes a column wider."""

_NEXT: dict[Layout, Layout] = {"columns": "stacked", "stacked": "single", "single": "columns"}


class Panes:
    """The versions from left to right and the one in focus.

    Methods that return a string say why they did nothing; "" if they did something.
    """

    def __init__(self, place: Place) -> None:
        self.focus = place.column
        """The document in focus."""
        self.layout: Layout = place.layout
        self.order: tuple[int, ...] = place.order
        """All documents from left to right, hidden ones included."""
        self.hidden = frozenset(place.hidden)
        self.measure = place.measure
        """Width of a column in cells, set by the reader; 0 for what suits the screen."""
        self._left = 0
        """Number of versions after the first that are beyond the left edge."""

    def fit(self, documents: int, hub: int) -> None:
        """Adapt to the documents of a text: all are in the order, at least one is shown."""
        if sorted(self.order) != list(range(documents)):
            self.order = (hub, *(d for d in range(documents) if d != hub))
        self.hidden &= frozenset(self.order)
        if not self.shown:
            self.hidden = frozenset()
        if self.focus not in self.shown:
            self.focus = self.shown[0] if self.shown else 0

    @property
    def shown(self) -> tuple[int, ...]:
        """The documents that are not hidden, in order."""
        return tuple(d for d in self.order if d not in self.hidden)

    def toggle(self, number: int) -> str:
        """Hide or show the n-th version, counted from 1; 0 shows all."""
        if number > len(self.order):
            return f"there are only {len(self.order)} versions"
        hidden = self.hidden ^ {self.order[number - 1]} if number else frozenset[int]()
        if len(hidden) == len(self.order):
            return "the last version stays"
        self.hidden = hidden
        if self.focus in self.hidden:
            self.focus = self.shown[0]
        return ""

    def turn(self, by: int, focus: int, among: tuple[int, ...]) -> None:
        """Focus the version `by` places after `focus`, from the last on to the first."""
        if among:
            self.focus = among[(among.index(focus) + by) % len(among)]

    def move(self, by: int) -> str:
        """Move the version in focus among those that are shown."""
        shown = self.shown
        if not shown:
            return ""
        at = shown.index(self.focus)
        to = max(0, min(at + by, len(shown) - 1))
        if at == to:
            return f"it stands {'first' if by < 0 else 'last'}"
        others = [d for d in self.order if d != self.focus]
        place = others.index(shown[to]) + (to > at)
        self.order = (*others[:place], self.focus, *others[place:])
        return ""

    def next_layout(self) -> None:
        """Change from columns to stacked versions, to a single version, and back to columns."""
        self.layout = _NEXT[self.layout]

    def widen(self, by: int, shape: Geometry) -> str:
        """Make the columns wider or narrower by steps; 0 for what suits the screen."""
        wanted = shape.width + WIDER * by
        if by and not (NARROWEST <= wanted <= max(MEASURE, shape.total)):
            return "no wider" if by > 0 else "no narrower"
        self.measure = wanted if by else 0
        return ""

    def geometry(self, width: int, rows: int) -> Geometry:
        """Return the geometry of a line of `width` cells, with row numbers up to `rows`."""
        shape = Shape(len(self.shown), rows, self.layout != "columns", self.measure)
        return geometry(width, shape)

    def visible(self, fits: int) -> tuple[int, ...]:
        """Return the documents in sight; if not all fit, the first and a page of the others."""
        shown = self.shown
        if self.layout == "single":
            return (self.focus,) if shown else ()
        if self.layout == "stacked" or len(shown) <= fits:
            return shown
        fixed = min(1, fits - 1)
        return shown[:fixed] + shown[fixed + self._left : self._left + fits]

    def beyond(self, fits: int) -> tuple[int, int]:
        """Return the number of versions beyond the left and the right edge."""
        shown, seen = self.shown, self.visible(fits)
        if self.layout == "single" and shown:
            at = shown.index(self.focus)
            return at, len(shown) - at - 1
        out = len(shown) - len(seen)
        return (self._left, out - self._left) if out else (0, 0)

    def slide(self, fits: int) -> None:
        """Page sideways just so far that the version in focus is in sight."""
        shown = self.shown
        fixed = min(1, fits - 1)
        at = shown.index(self.focus) - fixed if self.focus in shown else 0
        if at >= 0:
            self._left = max(at - (fits - fixed) + 1, min(self._left, at))
        self._left = max(0, min(self._left, len(shown) - fits))
