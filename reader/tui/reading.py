"""The state of reading without a screen: a text, a cursor, a way to look at it, a window."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.annotations import Annotations, annotated
from reader.model import Confidence, ParallelText, Place, Row, labels
from reader.tui.blocks import Blocks
from reader.tui.geometry import Geometry
from reader.tui.layout import Block, Selected
from reader.tui.lens import Lens
from reader.tui.panes import Panes
from reader.tui.placing import moved, place_of
from reader.tui.scroll import Top, Window
from reader.tui.search import Hit, Query
from reader.verses import is_verse

if TYPE_CHECKING:
    from reader.tui.loose import Loose

MOST_COLUMNS = 3
"""Reports that open side by side; more share so little that most of the screen would be empty."""
BACK = "'"
"""The mark of where the last jump began."""


class Reading:
    """Shows a `ParallelText`; the cursor is a row and, in it, a version.

    Every method that changes something leaves the cursor row in sight. Those that return a string
    say why they did nothing, or what they did; "" if there is nothing to say.
    """

    def __init__(self, place: Place, *, pivot_language: str = "en", bidi: bool = False) -> None:
        self.parallel: ParallelText | None = None
        self.sieve: Sequence[int] = ()
        """The rows that are shown, in order: those in which a version that is shown has part."""
        self.filter: Sequence[int] | None = None
        """The rows that the reader wants to see; None for all of them."""
        self.panes = Panes(place)
        self.lens = Lens(place, pivot_language, bidi=bidi)
        self.hub = place.hub
        """The document that the rows are to follow; None for the one that was asked for."""
        self.marks: dict[str, tuple[int, int]] = {}
        """Name -> document and segment to return to."""
        self.hushed = place.hushed
        """Notes on the texts that the reader put away."""
        self.annotations: Annotations = {}
        self.verses: frozenset[int] = frozenset()
        """The documents that are poems."""
        self.selected: Mapping[int, Selected] = {}
        """What is selected with the mouse, by row."""
        self.loose: Loose | None = None
        """The version that is unlocked from the rows."""
        self.top = Top()
        """Counts along `sieve`."""
        self.blocks = Blocks(self)
        """The rows as they are drawn."""
        self._made_of: tuple[object, ...] = (None, None, None)
        """What `sieve` was made of."""
        self.at = 0
        """Where the cursor stands in `sieve`."""
        self._place = place
        self._width, self._height = 80, 24
        """Cells and lines of the window."""
        self.line = 0
        """The line of the window where the cursor row starts."""

    # What there is

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
        """The document in focus; of stacked versions one that the row has."""
        here = self._in_reach
        return self.panes.focus if self.panes.focus in here or not here else here[0]

    @property
    def _in_reach(self) -> tuple[int, ...]:
        """The documents that can come into focus: what a stacked row lacks is not to be seen."""
        if self.panes.layout != "stacked" or self.lens.correcting or not self.rows:
            return self.shown
        cells = self.rows[self.row].segments
        return tuple(d for d in self.shown if cells[d])

    @property
    def order(self) -> tuple[int, ...]:
        """All documents as they stand from left to right."""
        return self.panes.order if self.parallel else ()

    @property
    def shown(self) -> tuple[int, ...]:
        """The documents that are not hidden, in order."""
        return self.panes.shown if self.parallel else ()

    @property
    def tags(self) -> tuple[str, ...]:
        """A short name for each document."""
        return labels(self.parallel.documents) if self.parallel else ()

    def names(self, documents: Container[int]) -> str:
        """Return the short names of some documents, from left to right."""
        return " ".join(self.tags[d] for d in self.order if d in documents)

    @property
    def place(self) -> Place:
        """Where the reader is; the place given at the start while there is nothing to see."""
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

    # Another text, another look

    def show(self, parallel: ParallelText) -> None:
        """Show a text, or a newer state of it, with all of its rows.

        The cursor stays on its segment; one that waits at the start for rows to come stays there.
        """
        place, old, begun = self.place, self.parallel, self.parallel is not None
        if not begun:
            place = moved(place, parallel)
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
        at = 0 if at_start else self.row_of(place.document, place.segment)
        self.at = at or 0
        self.lens.hit = self.loose = None
        self.changed()

    def edited(self, parallel: ParallelText, row: int) -> None:
        """Show the text after a correction, with the cursor on a row and the window where it was.

        It costs what the window shows, however long the text is.
        """
        if self.filter is not None:
            self.filter = _carried(self.filter, self.rows, parallel.rows)
        self.parallel = parallel
        self.sieve = range(len(parallel.rows)) if self.filter is None else self.filter
        self.lens.hit = self.loose = None
        self.put(self._nearest(row))
        self.changed()

    def following(self, count: int) -> Sequence[int]:
        """Return so many rows from that of the cursor on, as far as there are any."""
        return self.sieve[self.at : self.at + count]

    def row_of(self, document: int, segment: int) -> int | None:
        """Return the row of a segment; of a skipped or vanished one, that of the one before it."""
        if self.parallel is None or not 0 <= document < len(self.parallel.documents):
            return None
        rows = self.parallel.row_of[document]
        return next((rows[i] for i in range(segment, -1, -1) if i in rows), None)

    def _sift(self) -> None:
        """Find which rows are shown; the cursor stays, or goes to the next one that is."""
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
        """Return where in `sieve` a row stands, or else the next one that is shown."""
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
        """Mark the matches of a query; None marks nothing."""
        self.lens.query, self.lens.hit = query, None
        self.changed()

    def focus(self, by: int) -> None:
        """Focus the next version that is shown, round from the last to the first."""
        self.panes.turn(by, self.column, self._in_reach)
        self.changed()

    def select(self, selected: Mapping[int, Selected]) -> None:
        """Mark what is selected; only the rows that this concerns are laid out again."""
        self.blocks.forget({*self.selected, *selected})
        self.selected = selected

    # Moving

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, with some lines above it if it was out of sight."""
        if self.rows:
            self.marks[BACK] = self.segment(self.row)
        self.go(self._nearest(row), context=self.lines // 3)

    def go_to_percent(self, percent: int) -> None:
        """Put the cursor at so many hundredths of the rows that are shown."""
        if self.sieve:
            at = max(0, min(percent * (len(self.sieve) - 1) // 100, len(self.sieve) - 1))
            self.go_to(self.sieve[at])

    def go_to_hit(self, found: Hit) -> None:
        """Put the cursor on a row that matches, and open there what hides the match.

        Only this row and that of the match before are laid out again, unless the version of the
        match has to come into sight.
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
        """Go to the `by`-th such row below, above if negative; as far as there are any."""
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
        """Put the cursor somewhere in `sieve` and scroll it into sight, see `Window.reveal`."""
        if self.sieve:
            self.put(max(0, min(at, len(self.sieve) - 1)))
            self.top = self.window.reveal(self.top, self.at, context)
            self.settled()

    def put(self, at: int) -> None:
        """Put the cursor somewhere in `sieve`; what it had opened is closed again."""
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
        """Where the parts of a line stand."""
        return self.panes.geometry(self._width, len(self.rows))

    @property
    def lines(self) -> int:
        """Lines of the window, of all pages together."""
        return self._height * self.geometry.pages

    @property
    def columns(self) -> tuple[int, ...]:
        """The documents in sight: where not all fit, the first one and a page of the others."""
        return self.panes.visible(self.geometry.columns) if self.parallel else ()

    @property
    def beyond(self) -> tuple[int, int]:
        """How many versions are beyond the left and the right edge."""
        return self.panes.beyond(self.geometry.columns)

    def starred(self, row: int) -> bool:
        """Tell whether a row has a star."""
        said = annotated(self.parallel, row, self.annotations) if self.parallel else []
        return any(self.annotations[at].star for at in said)

    def confidence(self, row: int) -> Confidence:
        """Return how sure a row is; nothing is said of it while rows are to change."""
        provisional = self.parallel is not None and self.parallel.provisional
        return Confidence.ALONE if provisional else self.rows[row].confidence

    def frame(self) -> list[tuple[int, int]]:
        """Return (row, line of it) for each line that shows something, page after page."""
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
        """Tell whether what is covered elsewhere is seen in a row."""
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
        """Note where in the window the cursor row stands now, and see that it is in sight.

        A move may have left it there with its blank line only, and a row that is covered again
        makes those below it move up.
        """
        if self.sieve:
            window, block = self.window, self.block(self.row)
            if not any(at == self.at and block.at(i) for at, i in window.lines_seen(self.top)):
                self.top = window.reveal(self.top, self.at)
            self.line = window.offset(self.top, self.at) or 0


def _carried(wanted: Sequence[int], old: Sequence[Row], new: Sequence[Row]) -> list[int]:
    """Return where rows stand in a text of which a part has changed; what has changed is wanted."""
    same = min(len(old), len(new))
    first = next((r for r in range(same) if old[r] is not new[r]), same)
    end = next((k for k in range(same - first) if old[-1 - k] is not new[-1 - k]), same - first)
    shift = len(new) - len(old)
    return [
        *(row for row in wanted if row < first),
        *range(first, len(new) - end),
        *(row + shift for row in wanted if row >= len(old) - end),
    ]
