"""The parallel view: N versions, level row by row, of which only what is seen is laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.model import Confidence, ParallelText, Place
from reader.printable import printable
from reader.tui.keys import bindings
from reader.tui.layout import Block, Look, lay_out, tags, wrap
from reader.tui.paint import (
    Geometry,
    Spot,
    Title,
    geometry,
    header_line,
    row_line,
    scroll_mark,
)
from reader.tui.scroll import Top, Window
from reader.tui.search import Hit, Query

MAX_COUNT = 10**9
WHEEL = 3
"""Lines that a notch of the mouse wheel scrolls."""

_PARTS = (
    "heading",
    "pivot",
    "fold",
    "skipped",
    "missing",
    "bar",
    "number",
    "current",
    "sure",
    "doubtful",
    "tag",
    "rule",
    "header",
    "header-focus",
    "mark",
    "cursor",
    "focus",
)
MATCH = Style(reverse=True, bold=True)
"""Seen in every theme, and where there are no colours."""


class ParallelView(Widget, can_focus=True):
    """Shows a `ParallelText`; the cursor is a row and, in it, a version."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"view--{part}" for part in _PARTS}
    DEFAULT_CSS = """
    ParallelView {
        height: 1fr;
        & > .view--heading { color: $text-primary; text-style: bold; }
        & > .view--pivot { color: $text-secondary; text-style: italic; }
        & > .view--fold, & > .view--skipped, & > .view--missing { text-style: dim; }
        & > .view--bar { color: $primary; }
        & > .view--number, & > .view--sure { text-style: dim; }
        & > .view--current { text-style: bold; }
        & > .view--doubtful { color: $text-warning; text-style: bold; }
        & > .view--tag { color: $text-accent; }
        & > .view--rule, & > .view--mark { color: $foreground 25%; }
        & > .view--header { background: $panel; color: $foreground; }
        & > .view--header-focus { background: $panel; color: $text-primary; text-style: bold; }
        & > .view--cursor { background: $foreground 7%; }
        & > .view--focus { background: $primary 18%; }
    }
    """

    class Moved(Message):
        """The cursor or what is shown has changed."""

    class Notice(Message):
        """Something to tell the reader."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, place: Place, *, pivot_language: str = "en") -> None:
        super().__init__()
        self.parallel: ParallelText | None = None
        self.row = 0
        self.column = place.column
        """The document in focus."""
        self.stacked = place.layout == "stacked"
        self.hidden = set(place.hidden)
        self.pivot = place.pivot
        self.unfolded = place.unfolded
        self.count = 0
        """Digits typed before a key; 0 for none."""
        self._hiding = False
        """The next digit names a version to hide or show."""
        self.waiting = ""
        """What to say while there is no text, or none in it."""
        self.layouts = 0
        """Rows laid out so far: what a key costs."""
        self._place = place
        self._pivot_language = pivot_language
        self._top = Top()
        self._hit: Hit | None = None
        self._query: Query | None = None
        self._blocks: LRUCache[int, Block] = LRUCache(1024)
        self._frame: list[tuple[int, int]] | None = None
        self._styles: dict[str, Style] = {}
        self._at = 0
        """The line of the window where the cursor row starts."""
        self._left = 0
        """How many of the versions after the first are beyond the left edge."""

    # What is shown

    def show(self, parallel: ParallelText) -> None:
        """Show a text, or a newer state of it; the cursor stays on its segment."""
        place = self.place
        fresh = self.parallel is None and place == Place()
        self.parallel = parallel
        self.hidden &= set(range(len(parallel.documents)))
        if len(self.hidden) == len(parallel.documents):
            self.hidden = set()
        self.row = 0 if fresh else _row_at(parallel, place)
        if fresh:
            self.column = parallel.hub
        self._hit = None
        self._changed()

    @property
    def place(self) -> Place:
        """Where the reader is; the place given at the start while there is nothing to see."""
        if self.parallel is None or not self.parallel.rows:
            return self._place
        segments = self.parallel.rows[self.row].segments
        document = next(d for d in (self.parallel.hub, *range(len(segments))) if segments[d])
        return Place(
            document=document,
            segment=segments[document][0],
            column=self.column,
            layout="stacked" if self.stacked else "columns",
            hidden=tuple(sorted(self.hidden)),
            pivot=self.pivot,
            unfolded=self.unfolded,
        )

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
        return tags(self.parallel.documents) if self.parallel else ()

    def find(self, query: Query | None) -> None:
        """Mark the matches of a query; None marks nothing."""
        self._query, self._hit = query, None
        self._changed()

    def go_to_hit(self, found: Hit) -> None:
        """Put the cursor on a row that matches, and open there what hides the match."""
        self._hit = found
        self._blocks.clear()
        if found.document in self.shown:
            self.column = found.document
        self.go_to(found.row)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, with some lines above it if it was out of sight."""
        self._go(row, context=self._lines // 3)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Collect the digits of a count, or take the one that names a version."""
        digit = event.key if event.key in set("0123456789") else ""
        if self._hiding:
            self._hiding = False
            if digit:
                self._toggle(int(digit))
        elif digit and (self.count or digit != "0"):
            self.count = min(self.count * 10 + int(digit), MAX_COUNT)
            self.post_message(self.Moved())
        if digit:
            event.stop()

    def take_count(self) -> int:
        """Return the count typed before a key, 0 for none, and forget it."""
        count, self.count = self.count, 0
        return count

    def action_rows(self, by: int) -> None:
        """Move by rows; one taller than the window is first scrolled through by lines."""
        count, window = self.take_count(), self._window
        if window is None:
            return
        at, height = window.offset(self._top, self.row), window.height(self.row) - 1
        if not count and at is not None and height > window.lines:
            unread = at + height > window.lines if by > 0 else at < 0
            if unread:
                self._top = window.shift(self._top, by)
                self._refreshed()
                return
        self._go(self.row + by * max(1, count))

    def action_pages(self, by: int) -> None:
        """Move by pages; at the end of the text to its last row."""
        for _ in range(max(1, self.take_count())):
            if (window := self._window) is None:
                return
            if by > 0:
                self._top, self.row = window.next_page(self._top)
            else:
                self._top = window.previous_page(self._top)
                self.row = self._top.row
        self._refreshed()

    def action_halves(self, by: int) -> None:
        """Move by half a window; the cursor keeps its line on the screen."""
        for _ in range(max(1, self.take_count())):
            if (window := self._window) is None:
                return
            at = max(0, window.offset(self._top, self.row) or 0)
            top = window.shift(self._top, by * max(1, window.lines // 2))
            edge = window.rows - 1 if by > 0 else 0
            self.row = window.at(top, at) if top != self._top else edge
            self._top = top
        self._refreshed()

    def action_first(self) -> None:
        """Go to the first row, or to the row of the count."""
        self.go_to(max(1, self.take_count()) - 1)

    def action_last(self) -> None:
        """Go to the last row, or to the row of the count."""
        count = self.take_count()
        self.go_to(count - 1 if count else self._rows - 1)

    def action_percent(self) -> None:
        """Go to so many hundredths of the rows."""
        self.go_to(self.take_count() * (self._rows - 1) // 100)

    def action_columns(self, by: int) -> None:
        """Focus the next version that is shown, round from the last to the first."""
        if shown := self.shown:
            at = shown.index(self.column) if self.column in shown else 0
            self.column = shown[(at + by * max(1, self.take_count())) % len(shown)]
            self._changed()

    def action_doubtful(self, by: int) -> None:
        """Go to the next row whose pairing is doubtful."""
        self._seek(by, lambda row: self._confidence(row) is Confidence.DOUBTFUL, "doubtful row")

    def action_gap(self, by: int) -> None:
        """Go to the next row in which a version that is shown has nothing."""
        shown = self.shown
        self._seek(by, lambda row: any(not self._segments(row)[d] for d in shown), "gap")

    def action_pivot(self) -> None:
        """Show or hide the machine translation."""
        self.pivot = not self.pivot
        self._changed()

    def action_layout(self) -> None:
        """Change between columns and stacked versions."""
        self.stacked = not self.stacked
        self._changed()

    def action_folds(self) -> None:
        """Show or fold what was skipped."""
        self.unfolded = not self.unfolded
        self._changed()

    def action_hide(self) -> None:
        """Wait for the digit of a version to hide or show."""
        self._hiding = True
        names = "  ".join(f"{i} {self.tags[d]}" for i, d in enumerate(self.order, 1))
        self.post_message(self.Notice(f"hide or show: {names}  0 all"))

    def _toggle(self, column: int) -> None:
        """Hide or show the n-th version, counted from 1; 0 shows all."""
        if column > len(self.order):
            self.post_message(self.Notice(f"there are {len(self.order)} versions"))
            return
        hidden = self.hidden ^ {self.order[column - 1]} if column else set()
        if len(hidden) == len(self.order):
            self.post_message(self.Notice("the last version stays"))
            return
        self.hidden = hidden
        if self.column in self.hidden:
            self.column = self.shown[0]
        self._changed()

    # Mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; the cursor stays unless it would leave the window."""
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll; the cursor stays unless it would leave the window."""
        self._wheel(event, -WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row and version under the mouse."""
        window = self._window
        if window is None or event.y == 0:
            return
        self.row = window.at(self._top, event.y - 1)
        cells = self._block(self.row).at(event.y - 1 - (window.offset(self._top, self.row) or 0))
        if self.stacked:
            self.column = cells[0].document if cells and cells[0] else self.column
        else:
            self.column = self._columns[self._geometry.column_at(event.x)]
        self._refreshed()

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        if (window := self._window) is not None:
            self._top = window.shift(self._top, lines)
            seen = [row for row, line in window.visible(self._top) if line == 0]
            if seen:
                self.row = max(seen[0], min(self.row, seen[-1]))
            self._refreshed()

    # Moving

    def _go(self, row: int, context: int = 0) -> None:
        if (window := self._window) is not None:
            self.row = max(0, min(row, self._rows - 1))
            self._top = window.reveal(self._top, self.row, context)
            self._refreshed()

    def _seek(self, by: int, wanted: Callable[[int], bool], name: str) -> None:
        row, count = self.row, max(1, self.take_count())
        for _ in range(count):
            beyond = range(row + by, self._rows if by > 0 else -1, by)
            found = next((r for r in beyond if wanted(r)), None)
            if found is None:
                self.post_message(self.Notice(f"no {name} {'below' if by > 0 else 'above'}"))
                break
            row = found
        if row != self.row:
            self.go_to(row)

    def _changed(self) -> None:
        """Lay out anew, with the cursor row kept on its line of the window."""
        self._blocks.clear()
        self._slide()
        if (window := self._window) is not None:
            top = window.clamp(window.back(self.row, max(0, self._at)))
            self._top = window.reveal(top, self.row)
        self._refreshed()

    def _refreshed(self) -> None:
        if (window := self._window) is not None:
            self._at = window.offset(self._top, self.row) or 0
        self._frame = None
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the row where it is."""
        self._changed()

    # Layout and painting

    @property
    def _rows(self) -> int:
        return len(self.parallel.rows) if self.parallel else 0

    @property
    def _lines(self) -> int:
        return max(1, self.size.height - 1)

    @property
    def _window(self) -> Window | None:
        """The window on the rows, None while there are none."""
        if not self._rows or not self.size.width:
            return None
        return Window(self._rows, self._lines, lambda row: self._block(row).height)

    @property
    def _geometry(self) -> Geometry:
        return geometry(self.size.width, len(self.shown), self._rows, stacked=self.stacked)

    @property
    def _columns(self) -> tuple[int, ...]:
        """The documents that have a column now: the first one always, the others by pages."""
        shown, fits = self.shown, self._geometry.columns
        if self.stacked or len(shown) <= fits:
            return shown
        fixed = min(1, fits - 1)
        return shown[:fixed] + shown[fixed + self._left : self._left + fits]

    def _slide(self) -> None:
        """Page sideways as little as brings the version in focus into sight."""
        shown, fits = self.shown, self._geometry.columns
        fixed = min(1, fits - 1)
        at = shown.index(self.column) - fixed if self.column in shown else 0
        if at >= 0:
            self._left = max(at - (fits - fixed) + 1, min(self._left, at))
        self._left = max(0, min(self._left, len(shown) - fits))

    def _block(self, row: int) -> Block:
        block = self._blocks.get(row)
        if block is None:
            assert self.parallel is not None
            self.layouts += 1
            block = self._blocks[row] = lay_out(self.parallel, row, self._look(row))
        return block

    def _look(self, row: int) -> Look:
        hit = self._hit.where if self._hit and self._hit.row == row else ""
        return Look(
            documents=self._columns,
            width=self._geometry.width,
            tags=self.tags,
            stacked=self.stacked,
            pivot=self.pivot or hit == "pivot",
            unfolded=self.unfolded or hit == "skipped",
            query=self._query,
            pivot_language=self._pivot_language,
        )

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._styles = {}

    def _style(self) -> dict[str, Style]:
        if not self._styles:
            parts = {part: self.get_component_rich_style(f"view--{part}") for part in _PARTS}
            grounds = {part: Style(bgcolor=parts[part].bgcolor) for part in ("cursor", "focus")}
            self._styles = {**parts, **grounds, "text": self.rich_style, "match": MATCH}
        return self._styles

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen: the header, a line of a row, or what to wait for."""
        if self.parallel is None or not self._rows:
            return self._waiting_line(y)
        width, styles = self.size.width, self._style()
        if y == 0:
            segments = self._header()
            return Strip(segments).adjust_cell_length(width, styles["header"])
        if self._frame is None:
            window = self._window
            self._frame = list(window.lines_seen(self._top)) if window else []
        if y > len(self._frame):
            return Strip.blank(width, styles["text"])
        row, line = self._frame[y - 1]
        block = self._block(row)
        cells = block.at(line)
        spot = Spot(row, line, block, row == self.row and cells != (), self.column)
        tag = self.tags[cells[0].document] if block.opens(line) and cells[0] else ""
        segments = row_line(self._geometry, styles, self.parallel.rows[row], spot, tag=tag)
        strip = Strip(segments).adjust_cell_length(width - 1, styles["text"])
        seen = self._frame[-1][0] - self._frame[0][0] + 1
        marked = y - 1 in scroll_mark(self._frame[0][0], seen, self._rows, self._lines)
        return Strip([*strip, Segment("▐" if marked else " ", styles["mark"])], width)

    def _header(self) -> list[Segment]:
        assert self.parallel is not None
        columns = self._columns
        titles = [self._title(d) for d in columns]
        hidden = len(self.shown) - len(columns)
        more = (self._left, hidden - self._left) if hidden else (0, 0)
        return header_line(self._geometry, self._style(), titles, more)

    def _title(self, d: int) -> Title:
        assert self.parallel is not None
        document, segments = self.parallel.documents[d], self._segments(self.row)[d]
        position = f"{segments[0] + 1}/{len(document.segments)}" if segments else ""
        return Title(self.tags[d], printable(document.name), position, d == self.column)

    def _waiting_line(self, y: int) -> Strip:
        width, style = self.size.width, self.rich_style
        spans = wrap(self.waiting, max(2, min(60, width - 4)))
        at = y - (self.size.height - len(spans)) // 2
        if not 0 <= at < len(spans):
            return Strip.blank(width, style)
        start, stop = spans[at]
        return Strip([Segment(self.waiting[start:stop], style)]).text_align(width, "center")

    def _segments(self, row: int) -> tuple[tuple[int, ...], ...]:
        assert self.parallel is not None
        return self.parallel.rows[row].segments

    def _confidence(self, row: int) -> Confidence:
        assert self.parallel is not None
        return self.parallel.rows[row].confidence


def _row_at(parallel: ParallelText, place: Place) -> int:
    """Return the row of a place; of a skipped or vanished segment, that of the one before it."""
    if not 0 <= place.document < len(parallel.documents):
        return 0
    rows = parallel.row_of[place.document]
    return next((rows[i] for i in range(place.segment, -1, -1) if i in rows), 0)
