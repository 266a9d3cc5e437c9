"""The parallel view: versions side by side, level row by row; only what is in sight is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingsMap
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.printable import beginning
from reader.tui.geometry import Geometry
from reader.tui.keys import KEYS, KeyTable, Mode, bindings, is_available
from reader.tui.layout import Line
from reader.tui.loose import beside
from reader.tui.moves import DIGITS, LOOKS, MOVES, PICKS, Pick
from reader.tui.paint import BAR, CORRECTING_BAR, RowLine, header_line, row_line, scroll_mark
from reader.tui.reading import Reading
from reader.tui.selecting import Selection
from reader.tui.status import titles
from reader.tui.steps import point, scroll
from reader.tui.unscrolled import Unscrolled
from reader.tui.wrapping import wrap

MAX_COUNT = 10**9
TYPED = ("app.search", "app.filter", "app.goto", "app.note", "pick(")
"""Beginnings of actions that take the next keys as text."""
WHEEL = 3
"""Lines that a notch of the mouse wheel scrolls."""
MATCH = Style(reverse=True, bold=True)
"""Seen in every theme, and where there are no colours."""
QUOTED = 40
"""Most characters of a copied text that is quoted in the notice."""
SENTENCE = 60
"""Widest line of the message that is shown instead of a text."""

_PARTS = (
    *("heading", "pivot", "fold", "skipped", "missing", "covered", "tag", "rule", "mark"),
    *("bar", "number", "current", "sign", "doubtful", "differs", "unshared", "note"),
    "selected",
    *("header", "header-focus", "cursor", "focus"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is needed to draw the lines of a window."""

    frame: list[tuple[int, int]]
    """(row, line of the row) for each line of the window that shows one."""
    beside: tuple[int, list[Line | None]] | None
    place: Geometry
    row: int
    focus: int


def _seen(reading: Reading) -> Seen:
    """Return what is needed to draw a reading that has rows."""
    frame, unlocked = reading.frame(), beside(reading)
    if unlocked:  # it may be longer than the rows: blank lines of the last one follow
        last = frame[-1][0]
        beyond = last, reading.block(last).height
        frame += [beyond] * (len(unlocked[1]) - len(frame))
    return Seen(frame, unlocked, reading.geometry, reading.row, reading.column)


class ParallelView(Unscrolled, can_focus=True):
    """Draws a `Reading` and moves it by keys and mouse."""

    ALLOW_SELECT = False  # we do it: Textual knows what is drawn, not what is written
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"view--{part}" for part in _PARTS}

    class Moved(Message):
        """The cursor, a count, or what is shown has changed."""

    class Notice(Message):
        """A notice to show until the next key; "" removes it."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, reading: Reading, *, keys: KeyTable = KEYS) -> None:
        super().__init__()
        # Not by Textual's keymap: it takes for a clash that a mode gives a key another sense.
        self._bindings = BindingsMap(bindings(keys))
        self.reading = reading
        self._selection = Selection(reading)
        self.count = 0
        """Digits typed before a key; 0 for none."""
        self.pressed = 0
        """Number of keys pressed so far."""
        self.waiting = ""
        """The message while there are no rows."""
        self.mode: Mode = "read"
        self._pick: Pick | None = None
        """What takes the next key; None for its own action."""
        self._laid_out = Size()
        """The size that the reading is laid out for."""
        self._seen: Seen | None = None
        """What is drawn; None if it must be made anew."""
        self._styles: dict[str, Style] = {}

    def update(self) -> None:
        """Redraw the reading."""
        self._seen = None
        self.refresh()
        self.post_message(self.Moved())

    def say(self, notice: str) -> None:
        """Show a notice; "" removes it."""
        self.post_message(self.Notice(notice))

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Collect the digits of a count, or give the key to a `Pick` that waits for it.

        Bindings are looked up only after a key has bubbled through the queues of the screen and the
        application. Actions that take the next keys as text (`TYPED`) are run here at once, or keys
        typed ahead would have their own actions. Keys that arrive after the focus has moved to an
        input line are handed on to it.
        """
        self.pressed += 1
        focused = self.screen.focused
        if focused is not self:
            if focused:
                focused.post_message(copy(event))
            event.stop()
            return
        self.say("")
        if self._pick:
            pick, self._pick = self._pick, None
            if event.is_printable and event.character:
                event.stop()
                notice = pick.take(self.reading, event.character)
                self.reading.changed()
                self._done(notice)
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound and bound.binding.action.startswith(TYPED):
            event.stop()
            self.call_next(self.run_action, bound.binding.action)
        elif event.key in DIGITS:
            event.stop()
            self.count = min(self.count * 10 + int(event.key), MAX_COUNT)
            self.post_message(self.Moved())

    def take_count(self) -> int:
        """Return the count typed before a key, 0 for none, and forget it."""
        count, self.count = self.count, 0
        return count

    def _times(self, by: int) -> int:
        return by * max(1, self.take_count())

    def action_move(self, name: str, by: int) -> None:
        """Make a move of `MOVES`, as often as the count says."""
        self._done(MOVES[name](self.reading, self._times(by)))

    def action_first(self) -> None:
        """Go to the first row, or to the row of the count."""
        self.reading.go_to(self._times(1) - 1)
        self.update()

    def action_last(self) -> None:
        """Go to the last row, or to the row of the count."""
        self.reading.go_to((self.take_count() or len(self.reading.rows)) - 1)
        self.update()

    def action_percent(self) -> None:
        """Go to the percentage of the count."""
        if count := self.take_count():
            self.reading.go_to_percent(count)
        self._done("" if count else "type a number first: 50% is the middle")

    def action_look(self, name: str) -> None:
        """Change what is shown by a function of `LOOKS`."""
        notice = LOOKS[name](self.reading)
        self.reading.changed()
        self._done(notice)

    def action_pick(self, name: str) -> None:
        """Wait for the next key, see `PICKS`."""
        self._pick = PICKS[name]
        self.say(self._pick.prompt(self.reading))

    def _done(self, notice: str | None) -> None:
        """Redraw, and show the notice or none."""
        self.update()
        self.say(notice or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow the actions of the mode only."""
        return is_available(action, self.mode)

    # Mouse and size

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        scroll(self.reading, WHEEL)
        self.update()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        scroll(self.reading, -WHEEL)
        self.update()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the row and version under the mouse; a selection may begin there."""
        if event.y > 0:
            point(self.reading, *self._at(event))
            self._selection.begin(*self._at(event))
            self.capture_mouse()
            self.update()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to where the mouse is."""
        if self.app.mouse_captured is self:
            self._selection.extend(*self._at(event))
            self.update()

    def _at(self, event: events.MouseEvent) -> tuple[int, int]:
        """Return the cell and line of the reading under the mouse."""
        return self.reading.geometry.on_first(event.x, event.y - 1, self.size.height - 1)

    def on_mouse_up(self) -> None:
        """Copy what was selected."""
        self.release_mouse()
        if text := self._selection.end():
            self.app.copy_to_clipboard(text)
            self.say(f"copied {beginning(text, QUOTED)}")

    def on_resize(self) -> None:
        """Redraw, unless that was done already: Textual may draw before it sends this event."""
        if self._fit():
            self.update()

    def _fit(self) -> bool:
        """Lay out for the size of the widget; return whether it is a new one. The cursor row stays.

        The first line is that of the header, the last cell that of the scroll mark.
        """
        if self.size == self._laid_out:
            return False
        self._laid_out, self._seen = self.size, None
        self.reading.resize(self.size.width, self.size.height - 1)
        return True

    # Drawing

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._styles = {}

    def render_line(self, y: int) -> Strip:
        """Draw a line of the widget: the header, a line of a row, or the message without rows."""
        if not self.reading.rows:
            return self._waiting_line(y)
        self._fit()
        width, styles = self.size.width, self._look_up()
        if self._seen is None:
            self._seen = _seen(self.reading)
        seen = self._seen
        if y == 0:
            line = header_line(seen.place, styles, titles(self.reading), self.reading.beyond)
            return Strip(line).adjust_cell_length(width, styles["header"])
        text = Strip(self._text_line(seen, y - 1)).adjust_cell_length(width - 1, styles["text"])
        (first, _), (last, _) = seen.frame[0], seen.frame[-1]
        marked = scroll_mark(first, last, len(self.reading.rows), self.size.height - 1)
        return Strip([*text, Segment("▐" if y - 1 in marked else " ", styles["mark"])], width)

    def _text_line(self, seen: Seen, line: int) -> Iterator[Segment]:
        """Draw a line across all pages."""
        styles = self._look_up()
        yield Segment(" " * seen.place.left, styles["text"])
        for y in range(line, len(seen.frame), max(1, self.size.height - 1)):
            if y > line:
                yield Segment(" │ ", styles["rule"])
            yield from self._row_line(seen, y)

    def _row_line(self, seen: Seen, y: int) -> list[Segment]:
        reading, (row, line) = self.reading, seen.frame[y]
        block = reading.block(row)
        cursor = row == seen.row and block.at(line) != ()
        bar = CORRECTING_BAR if reading.lens.correcting else BAR
        loose = None
        if seen.beside:
            column, lines = seen.beside
            loose = column, lines[y] if y < len(lines) else None
        told = reading.confidence(row), reading.starred(row)
        shown = RowLine(row, line, block, cursor, seen.focus, *told, bar, loose)
        return row_line(seen.place, self._look_up(), shown)

    def _waiting_line(self, y: int) -> Strip:
        width, style = self.size.width, self.rich_style
        spans = wrap(self.waiting, max(2, min(SENTENCE, width - 4)))
        at = y - (self.size.height - len(spans)) // 2
        if not 0 <= at < len(spans):
            return Strip.blank(width, style)
        line = self.waiting[slice(*spans[at])]
        indent = " " * ((width - cell_len(line)) // 2)
        return Strip([Segment(indent + line, style)]).adjust_cell_length(width, style)

    def _look_up(self) -> dict[str, Style]:
        """Return part -> style of the theme."""
        if not self._styles:
            parts = {part: self.get_component_rich_style(f"view--{part}") for part in _PARTS}
            grounds = {part: Style(bgcolor=parts[part].bgcolor) for part in ("cursor", "focus")}
            self._styles = {**parts, **grounds, "text": self.rich_style, "match": MATCH}
        return self._styles
