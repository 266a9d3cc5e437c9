"""The state of reading: a text, a cursor, how the text is looked at, a window. No screen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.annotations import Annotations, annotated_segments
from reader.model import Confidence, ParallelText, Place, Row, labels
from reader.tui.blocks import Blocks
from reader.tui.geometry import Geometry
from reader.tui.layout import Block, Selected
from reader.tui.lens import Lens
from reader.tui.panes import Panes
from reader.tui.placing import beginning, place_of, relocated
from reader.tui.scroll import Top, Window
from reader.tui.search import Hit, Query
from reader.verses import is_verse

if TYPE_CHECKING:
    from reader.tui.loose import Loose

MOST_COLUMNS = 3
"""Most reports that open side by side: more share so little that columns would be mostly empty."""
BACK = "'"
"""The mark at which the last jump began."""


class Reading:
    """Shows a `ParallelText`; the cursor is on a row and, in it, on a version: the one in focus.

    Every method that changes something leaves the cursor row in sight. Those that return a string
    return a notice for the user, "" for none.
    """

    def __init__(self, place: Place, *, pivot_language: str = "en", bidi: bool = False) -> None:
        self.parallel: ParallelText | None = None
        self.sieve: Sequence[int] = ()
        """The rows that are shown, ascending: of the filter, those that a version shown is in."""
        self.filter: Sequence[int] | None = None
        """The rows that match the filter, ascending; None without a filter."""
        self.panes = Panes(place)
        self.lens = Lens(place, pivot_language, bidi=bidi)
        self.hub = place.hub
        """The document that the rows are to follow; None for that of the request."""
        self.marks: dict[str, tuple[int, int]] = {}
        """Name -> (document, segment)."""
        self.dismissed = place.dismissed
        """Notes on the texts that the reader dismissed."""
        self.annotations: Annotations = {}
        self.verses: frozenset[int] = frozenset()
        """The documents that are poems."""
        self.selected: Mapping[int, Selected] = {}
        """What is selected with the mouse, by row."""
        self.loose: Loose | None = None
        """The version that is unlocked from the rows, None for none."""
        self.top = Top()
        """The top of the window; its rows are indices in `sieve`."""
        self.blocks = Blocks(self)
        """The rows as they are drawn."""
        self._made_of: tuple[object, ...] = (None, None, None)
        """The values that `sieve` was made of."""
        self.at = 0
        """Index of the cursor row in `sieve`."""
        self._place = place
        self._width, self._height = 80, 24
        """Cells and lines of the window."""
        self.line = 0
        """The line of the window where the cursor row starts."""

    # What is read

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows; () while there is no text."""
        return self.parallel.rows if self.parallel else ()

    @property
    def row(self) -> int:
        """The row of the cursor."""
        return self.sieve[self.at] if self.sieve else 0

    @property
    def column(self) -> int:
        """The document in focus; if versions are stacked, one that the row has."""
        here = self._in_reach
        return self.panes.focus if self.panes.focus in here or not here else here[0]

    @property
    def _in_reach(self) -> tuple[int, ...]:
        """The documents that can have the focus: a stacked row shows only those that it has."""
        if self.panes.layout != "stacked" or self.lens.correcting or not self.rows:
            return self.shown
        cells = self.rows[self.row].segments
        return tuple(d for d in self.shown if cells[d])

    @property
    def order(self) -> tuple[int, ...]:
        """All documents from left to right."""
        return self.panes.order if self.parallel else ()

    @property
    def shown(self) -> tuple[int, ...]:
        """The documents that are not hidden, in order."""
        return self.panes.shown if self.parallel else ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The label of each document."""
        return labels(self.parallel.documents) if self.parallel else ()

    def names(self, documents: Container[int]) -> str:
        """Return the labels of some documents, from left to right."""
        return " ".join(self.tags[d] for d in self.order if d in documents)

    @property
    def place(self) -> Place:
        """Where the reader is; the place given at the start while there are no rows."""
        if self.parallel is None or not self.rows:
            return self._place
        return place_of(self)

    def segment(self, row: int) -> tuple[int, int]:
        """Return (document, segment) by which a row is found again after a new alignment."""
        cells = self.rows[row].segments
        document = next(d for d in self.natural_order if cells[d])
        return document, cells[document][0]

    @property
    def natural_order(self) -> tuple[int, ...]:
        """The hub, then the others as they were named."""
        assert self.parallel is not None
        hub = self.parallel.hub
        return (hub, *(d for d in range(len(self.parallel.documents)) if d != hub))

    # Another text, another view of it

    def show(self, parallel: ParallelText) -> None:
        """Show a text, or a newer state of it, with all its rows.

        The cursor stays on its segment; if it waits at the start for provisional rows, it goes to
        where the text opens.
        """
        place, old, begun = self.place, self.parallel, self.parallel is not None
        if not begun:
            place = relocated(place, parallel)
            self.marks = {name: (document, segment) for name, document, segment in place.marks}
        waits = old is not None and old.provisional and self.at == 0
        at_start = waits or (not begun and (place.document, place.segment) == (0, 0))
        if begun and not place.order:
            self.panes.order = ()
        self.parallel, self.filter, self.sieve = parallel, None, range(len(parallel.rows))
        self.verses = frozenset(d for d, each in enumerate(parallel.documents) if is_verse(each))
        fresh = place == Place() and not begun
        if fresh:
            self.panes.focus = parallel.hub
            if parallel.mode == "comparable" and len(parallel.documents) > MOST_COLUMNS:
                self.panes.layout = "stacked"
        self.panes.fit(len(parallel.documents), parallel.hub)
        at = beginning(parallel) if at_start else self.row_of(place.document, place.segment)
        self.at = at or 0
        self.lens.hit = self.loose = None
        self.changed()

    def edited(self, parallel: ParallelText, row: int) -> None:
        """Show the text after a correction, with the cursor on a row and the window where it was.

        The cost depends on the window, not on the length of the text.
        """
        if self.filter is not None:
            self.filter = _carried(self.filter, self.rows, parallel.rows)
        self.parallel = parallel
        self.sieve = range(len(parallel.rows)) if self.filter is None else self.filter
        self.lens.hit = self.loose = None
        self.put(self._nearest(row))
        self.changed()

    def following(self, count: int) -> Sequence[int]:
        """Return the cursor row and those after it that are shown, at most so many in all."""
        return self.sieve[self.at : self.at + count]

    def row_of(self, document: int, segment: int) -> int | None:
        """Return the row of a segment, or if it is in none, of the nearest segment before it."""
        if self.parallel is None or not 0 <= document < len(self.parallel.documents):
            return None
        rows = self.parallel.row_of[document]
        return next((rows[i] for i in range(segment, -1, -1) if i in rows), None)

    def _sift(self) -> None:
        """Make `sieve` anew if need be; the cursor stays, or goes to the next row shown."""
        row, wanted = self.row, self.filter
        seen = (self.column,) if self.panes.layout == "single" and self.rows else self.shown
        before = self._made_of
        if seen == before[0] and wanted is before[1] and self.parallel is before[2]:
            return
        self._made_of = seen, wanted, self.parallel
        rows = range(len(self.rows)) if wanted is None else wanted
        if len(seen) < len(self.order):
            rows = [r for r in rows if any(self.rows[r].segments[d] for d in seen)] or rows
        self.sieve = rows
        self.at = self._nearest(row)

    def _nearest(self, row: int) -> int:
        """Return the index in `sieve` of a row, or of the next one that is shown."""
        return max(0, min(bisect_left(self.sieve, row), len(self.sieve) - 1))

    def resize(self, width: int, lines: int) -> None:
        """Take the size of the window in cells and lines; the cursor row stays."""
        columns = self.geometry.columns
        self._width, self._height = max(1, width), max(1, lines)
        if self.geometry.columns == columns:
            self.blocks.wrap_anew()
            self._arrange()
        else:
            self.changed()

    def find(self, query: Query | None) -> None:
        """Mark the matches of a query, None for no marks."""
        self.lens.query, self.lens.hit = query, None
        self.changed()

    def focus(self, by: int) -> None:
        """Move the focus by so many versions, from the last on to the first."""
        self.panes.turn(by, self.column, self._in_reach)
        self.changed()

    def select(self, selected: Mapping[int, Selected]) -> None:
        """Mark what is selected; only the rows concerned are laid out again."""
        self.blocks.forget({*self.selected, *selected})
        self.selected = selected

    # Moving

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, with some lines above it if it was out of sight."""
        if self.rows:
            self.marks[BACK] = self.segment(self.row)
        self.go(self._nearest(row), context=self.lines // 3)

    def go_to_percent(self, percent: int) -> None:
        """Put the cursor at a percentage of the rows that are shown."""
        if self.sieve:
            at = max(0, min(percent * (len(self.sieve) - 1) // 100, len(self.sieve) - 1))
            self.go_to(self.sieve[at])

    def go_to_hit(self, found: Hit) -> None:
        """Put the cursor on a row that matches, and show there what hides the match.

        Only this row and that of the last match are laid out again, unless other versions come into
        sight.
        """
        self.blocks.forget(hit.row for hit in (self.lens.hit, found) if hit)
        self.lens.hit = found
        seen = self.columns
        if found.document in self.shown:
            self.panes.focus = found.document
            self.panes.slide(self.geometry.columns)
        if self.columns != seen:
            self.changed()
        elif self.sieve:
            self.top = self.window.clamp(self.top)
        self.go_to(found.row)
        self.uncover()

    def seek(self, by: int, wanted: Callable[[int], bool], name: str) -> str:
        """Go to the `by`-th wanted row below, or above if negative, or to the last there is."""
        found, step = self.at, 1 if by > 0 else -1
        for _ in range(abs(by)):
            beyond = range(found + step, len(self.sieve) if by > 0 else -1, step)
            nearest = next((at for at in beyond if wanted(self.sieve[at])), None)
            if nearest is None:
                break
            found = nearest
        if found == self.at:
            return f"no {name} {'below' if by > 0 else 'above'}"
        self.go_to(self.sieve[found])
        return ""

    def go(self, at: int, context: int = 0) -> None:
        """Put the cursor at an index in `sieve` and scroll it into sight, see `Window.reveal`."""
        if self.sieve:
            self.put(max(0, min(at, len(self.sieve) - 1)))
            self.top = self.window.reveal(self.top, self.at, context)
            self.settled()

    def put(self, at: int) -> None:
        """Put the cursor at an index in `sieve`; a row that it leaves is covered again."""
        if at != self.at:
            self.at, self.lens.opened = at, False

    def uncover(self) -> None:
        """Uncover the cursor row."""
        self.lens.opened = True
        if self.sieve:
            self.top = self.window.reveal(self.top, self.at)
        self.settled()

    # Layout

    @property
    def geometry(self) -> Geometry:
        """The parts of a line of the window."""
        return self.panes.geometry(self._width, len(self.rows))

    @property
    def lines(self) -> int:
        """Lines of the window, of all pages together."""
        return self._height * self.geometry.pages

    @property
    def columns(self) -> tuple[int, ...]:
        """The documents in sight; if not all fit, the first one and a page of the others."""
        return self.panes.visible(self.geometry.columns) if self.parallel else ()

    @property
    def beyond(self) -> tuple[int, int]:
        """The number of versions beyond the left and the right edge."""
        return self.panes.beyond(self.geometry.columns)

    def starred(self, row: int) -> bool:
        """Tell whether a row has a star."""
        here = annotated_segments(self.parallel, row, self.annotations) if self.parallel else []
        return any(self.annotations[at].star for at in here)

    def confidence(self, row: int) -> Confidence:
        """Return the confidence of a row; ALONE, which has no sign, while rows are provisional."""
        provisional = self.parallel is not None and self.parallel.provisional
        return Confidence.ALONE if provisional else self.rows[row].confidence

    def frame(self) -> list[tuple[int, int]]:
        """Return (row, line of the row) for each line of the window that shows one."""
        if not self.sieve:
            return []
        return [(self.sieve[at], line) for at, line in self.window.lines_seen(self.top)]

    def block(self, row: int) -> Block:
        """Return a row as it is drawn; laid out when it is first needed."""
        return self.blocks.of(row)

    @property
    def window(self) -> Window:
        """The window on the rows that are shown."""
        sieve = self.sieve
        return Window(len(sieve), self.lines, lambda at: self.block(sieve[at]).height)

    def is_open(self, row: int) -> bool:
        """Tell whether a row is uncovered while others are covered."""
        if row != self.row:
            return False
        return self.lens.opened or (self.lens.reveal == "row" and self.panes.layout != "single")

    def changed(self) -> None:
        """Lay out anew, with the cursor row kept on its line of the window."""
        self.blocks.clear()
        self._arrange()

    def _arrange(self) -> None:
        """Put the rows into the window, the cursor row on the line where it was."""
        self._sift()
        if self.loose and not self.loose.has_room(self.panes, self.geometry.columns):
            self.loose = None
        self.panes.slide(self.geometry.columns)
        if self.sieve:
            top = self.window.clamp(self.window.back(self.at, max(0, self.line)))
            self.top = self.window.reveal(top, self.at)
        self.settled()

    def settled(self) -> None:
        """Bring the cursor row into sight after a move, and note its line of the window.

        A move may leave only its blank line in sight, and rows below a row that is covered again
        move up.
        """
        if self.sieve:
            window, block = self.window, self.block(self.row)
            if not any(at == self.at and block.at(i) for at, i in window.lines_seen(self.top)):
                self.top = window.reveal(self.top, self.at)
            self.line = window.offset(self.top, self.at) or 0


def _carried(wanted: Sequence[int], old: Sequence[Row], new: Sequence[Row]) -> list[int]:
    """Return the indices of wanted rows after some rows have changed; these are all wanted."""
    same = min(len(old), len(new))
    first = next((r for r in range(same) if old[r] is not new[r]), same)
    end = next((k for k in range(same - first) if old[-1 - k] is not new[-1 - k]), same - first)
    shift = len(new) - len(old)
    return [
        *(row for row in wanted if row < first),
        *range(first, len(new) - end),
        *(row + shift for row in wanted if row >= len(old) - end),
    ]
