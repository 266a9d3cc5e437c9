"""The state of reading without a screen: a text, a cursor, a way to look at it, a window."""

from __future__ import annotations

from collections.abc import Callable

from reader.model import ParallelText, Place, Row, labels
from reader.printable import printable
from reader.tui.layout import Block, Look, lay_out
from reader.tui.paint import Geometry, Title, geometry
from reader.tui.scroll import Top, Window
from reader.tui.search import Hit, Query

MOST_COLUMNS = 3
"""Reports that open side by side; more share so little that most of the screen would be empty."""
KEPT_BLOCKS = 1024
"""Rows whose layout is kept; more than any window shows."""


class Reading:
    """Shows a `ParallelText`; the cursor is a row and, in it, a version.

    Every method that changes something leaves the cursor row in sight. Those that return a string
    say why they did nothing; "" if they did.
    """

    def __init__(self, place: Place, *, pivot_language: str = "en") -> None:
        self.parallel: ParallelText | None = None
        self.row = 0
        self.column = place.column
        """The document in focus."""
        self.stacked = place.layout == "stacked"
        self.hidden = frozenset(place.hidden)
        self.pivot = place.pivot
        self.unfolded = place.unfolded
        self.top = Top()
        self.layouts = 0
        """Rows laid out so far: what a key costs."""
        self._place = place
        self._pivot_language = pivot_language
        self._width, self._lines = 80, 24
        self._hit: Hit | None = None
        self._query: Query | None = None
        self._blocks: dict[int, Block] = {}
        self._at = 0
        """The line of the window where the cursor row starts."""
        self._left = 0
        """How many of the versions after the first are beyond the left edge."""

    # What there is

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows; () while there is no text."""
        return self.parallel.rows if self.parallel else ()

    @property
    def order(self) -> tuple[int, ...]:
        """All documents as they stand from left to right: the hub, then the others."""
        if self.parallel is None:
            return ()
        hub = self.parallel.hub
        return (hub, *(d for d in range(len(self.parallel.documents)) if d != hub))

    @property
    def shown(self) -> tuple[int, ...]:
        """The documents that are not hidden, in order."""
        return tuple(d for d in self.order if d not in self.hidden)

    @property
    def tags(self) -> tuple[str, ...]:
        """A short name for each document."""
        return labels(self.parallel.documents) if self.parallel else ()

    @property
    def place(self) -> Place:
        """Where the reader is; the place given at the start while there is nothing to see."""
        if self.parallel is None or not self.rows:
            return self._place
        cells = self.rows[self.row].segments
        document = next(d for d in self.order if cells[d])
        return Place(
            document=document,
            segment=cells[document][0],
            column=self.column,
            layout="stacked" if self.stacked else "columns",
            hidden=tuple(sorted(self.hidden)),
            pivot=self.pivot,
            unfolded=self.unfolded,
        )

    # Another text, another look

    def show(self, parallel: ParallelText) -> None:
        """Show a text, or a newer state of it.

        The cursor stays on its segment; one that waits at the start stays at the start.
        """
        place, begun = self.place, self.parallel is not None
        at_start = self.row == 0 if begun else (place.document, place.segment) == (0, 0)
        self.parallel = parallel
        self.hidden &= frozenset(range(len(parallel.documents)))
        if not self.shown:
            self.hidden = frozenset()
        fresh = place == Place() and not begun
        if self.column not in self.shown or fresh:
            self.column = self.shown[0] if self.shown else 0
        if fresh and parallel.mode == "comparable" and len(parallel.documents) > MOST_COLUMNS:
            self.stacked = True
        self.row = 0 if at_start else _row_at(parallel, place)
        self._hit = None
        self._changed()

    def resize(self, width: int, lines: int) -> None:
        """Take the size of the window in cells and lines; the cursor row stays."""
        self._width, self._lines = max(1, width), max(1, lines)
        self._changed()

    def find(self, query: Query | None) -> None:
        """Mark the matches of a query; None marks nothing."""
        self._query, self._hit = query, None
        self._changed()

    def toggle_pivot(self) -> None:
        """Show or hide the machine translation."""
        self.pivot = not self.pivot
        self._changed()

    def toggle_layout(self) -> None:
        """Change between columns and stacked versions."""
        self.stacked = not self.stacked
        self._changed()

    def toggle_folds(self) -> None:
        """Show or fold what was skipped."""
        self.unfolded = not self.unfolded
        self._changed()

    def toggle_version(self, number: int) -> str:
        """Hide or show the n-th version, counted from 1; 0 shows all."""
        if number > len(self.order):
            return f"there are only {len(self.order)} versions"
        hidden = self.hidden ^ {self.order[number - 1]} if number else frozenset[int]()
        if len(hidden) == len(self.order):
            return "the last version stays"
        self.hidden = hidden
        if self.column in self.hidden:
            self.column = self.shown[0]
        self._changed()
        return ""

    # Moving

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, with some lines above it if it was out of sight."""
        self._go(row, context=self._lines // 3)

    def go_to_percent(self, percent: int) -> None:
        """Put the cursor at so many hundredths of the rows."""
        self.go_to(percent * (len(self.rows) - 1) // 100)

    def go_to_hit(self, found: Hit) -> None:
        """Put the cursor on a row that matches, and open there what hides the match."""
        self._hit = found
        if found.document in self.shown:
            self.column = found.document
        self._changed()
        self.go_to(found.row)

    def step(self, by: int) -> None:
        """Move by rows; by one, first through the lines of a row taller than the window."""
        if not self.rows:
            return
        window = self._window
        at, height = window.offset(self.top, self.row), window.height(self.row) - 1
        if abs(by) == 1 and at is not None and height > self._lines:
            unread = at + height > self._lines if by > 0 else at < 0
            if unread:
                self.top = window.shift(self.top, by)
                self._settled()
                return
        self._go(self.row + by)

    def page(self, by: int) -> None:
        """Move by pages; at the end of the text to its last row."""
        for _ in range(abs(by) if self.rows else 0):
            before = self.top, self.row
            if by > 0:
                self.top, self.row = self._window.next_page(self.top)
            else:
                self.top = self._window.previous_page(self.top)
                self.row = self.top.row
            if before == (self.top, self.row):
                break
        self._settled()

    def half(self, by: int) -> None:
        """Move by half windows; the cursor keeps its line of the window."""
        if not self.rows:
            return
        top = self._window.shift(self.top, by * max(1, self._lines // 2))
        if top == self.top:
            self.row = len(self.rows) - 1 if by > 0 else 0
        else:
            self.row = self._window.at(top, max(0, self._at))
        self.top = top
        self._settled()

    def scroll(self, lines: int) -> None:
        """Scroll by lines; the cursor stays unless it would leave the window."""
        if not self.rows:
            return
        self.top = self._window.shift(self.top, lines)
        seen = list(self._window.visible(self.top))
        begun = [row for row, line in seen if line == 0] or [seen[0][0]]
        self.row = max(begun[0], min(self.row, begun[-1]))
        self._settled()

    def point(self, x: int, line: int) -> None:
        """Put the cursor on what stands at a cell of the window."""
        if not self.rows:
            return
        self.row = self._window.at(self.top, line)
        self._settled()
        cells = self.block(self.row).at(line - self._at)
        if not self.stacked:
            self.column = self.columns[self.geometry.column_at(x)]
        elif cells and cells[0]:
            self.column = cells[0].document

    def focus(self, by: int) -> None:
        """Focus the next version that is shown, round from the last to the first."""
        if shown := self.shown:
            self.column = shown[(shown.index(self.column) + by) % len(shown)]
            self._changed()

    def seek(self, by: int, wanted: Callable[[int], bool], name: str) -> str:
        """Go to the `by`-th such row below, above if negative; as far as there are any."""
        found, step = self.row, 1 if by > 0 else -1
        for _ in range(abs(by)):
            beyond = range(found + step, len(self.rows) if by > 0 else -1, step)
            nearest = next((r for r in beyond if wanted(r)), None)
            if nearest is None:
                break
            found = nearest
        if found == self.row:
            return f"no {name} {'below' if by > 0 else 'above'}"
        self.go_to(found)
        return ""

    def _go(self, row: int, context: int = 0) -> None:
        if self.rows:
            self.row = max(0, min(row, len(self.rows) - 1))
            self.top = self._window.reveal(self.top, self.row, context)
            self._settled()

    # Layout

    @property
    def geometry(self) -> Geometry:
        """Where the parts of a line stand."""
        return geometry(self._width, len(self.shown), len(self.rows), stacked=self.stacked)

    @property
    def columns(self) -> tuple[int, ...]:
        """The documents in sight: where not all fit, the first one and a page of the others."""
        shown, fits = self.shown, self.geometry.columns
        if self.stacked or len(shown) <= fits:
            return shown
        fixed = min(1, fits - 1)
        return shown[:fixed] + shown[fixed + self._left : self._left + fits]

    @property
    def beyond(self) -> tuple[int, int]:
        """How many versions are beyond the left and the right edge."""
        out = len(self.shown) - len(self.columns)
        return (self._left, out - self._left) if out else (0, 0)

    @property
    def titles(self) -> list[Title]:
        """What the header says of each column."""
        if self.parallel is None or not self.rows:
            return []
        titles, names = [], self.tags
        for d in self.columns:
            document, indices = self.parallel.documents[d], self.rows[self.row].segments[d]
            position = f"{indices[0] + 1}/{len(document.segments)}" if indices else ""
            titles.append(Title(names[d], printable(document.name), position, d == self.column))
        return titles

    def frame(self) -> list[tuple[int, int]]:
        """Return (row, line of it) for each line of the window that shows something."""
        return list(self._window.lines_seen(self.top)) if self.rows else []

    def block(self, row: int) -> Block:
        """Return a row as it is drawn; laid out when it is first needed."""
        block = self._blocks.get(row)
        if block is None:
            assert self.parallel is not None
            if len(self._blocks) >= KEPT_BLOCKS:
                self._blocks.clear()
            self.layouts += 1
            block = self._blocks[row] = lay_out(self.parallel, row, self._look(row))
        return block

    @property
    def _window(self) -> Window:
        return Window(len(self.rows), self._lines, lambda row: self.block(row).height)

    def _look(self, row: int) -> Look:
        opened = self._hit.where if self._hit and self._hit.row == row else ""
        return Look(
            documents=self.columns,
            width=self.geometry.width,
            tags=self.tags,
            stacked=self.stacked,
            pivot=self.pivot or opened == "pivot",
            unfolded=self.unfolded or opened == "skipped",
            query=self._query,
            pivot_language=self._pivot_language,
        )

    def _changed(self) -> None:
        """Lay out anew, with the cursor row kept on its line of the window."""
        self._blocks.clear()
        self._slide()
        if self.rows:
            top = self._window.clamp(self._window.back(self.row, max(0, self._at)))
            self.top = self._window.reveal(top, self.row)
        self._settled()

    def _settled(self) -> None:
        if self.rows:
            self._at = self._window.offset(self.top, self.row) or 0

    def _slide(self) -> None:
        """Page sideways as little as brings the version in focus into sight."""
        shown, fits = self.shown, self.geometry.columns
        fixed = min(1, fits - 1)
        at = shown.index(self.column) - fixed if self.column in shown else 0
        if at >= 0:
            self._left = max(at - (fits - fixed) + 1, min(self._left, at))
        self._left = max(0, min(self._left, len(shown) - fits))


def _row_at(parallel: ParallelText, place: Place) -> int:
    """Return the row of a place; of a skipped or vanished segment, that of the one before it."""
    if not 0 <= place.document < len(parallel.documents):
        return 0
    rows = parallel.row_of[place.document]
    return next((rows[i] for i in range(place.segment, -1, -1) if i in rows), 0)
