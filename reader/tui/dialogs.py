"""Dialogs over the reading screen: prompt, export, explanation, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.model import Confidence, one_line
from reader.tui.keys import Key, KeyTable, Mode
from reader.tui.layout import DIFFERS, FOLDED, MISSING, MOVED, NOTE
from reader.tui.paint import STAR
from reader.tui.wrapped import Wrapped
from reader.tui.wrapping import hang

PLACEHOLDERS = {
    "/": "words in any version or in its English; /expression",
    "&": "rows that hold these words; /expression; nothing: all rows",
    ":": "row, 50%, or words of a heading; q quits",
    NOTE: "a note on this row; nothing: none",
}
"""What may be typed after a sign."""

SIGNS = {
    STAR: "starred row",
    NOTE: "note",
    DIFFERS: "the versions' numbers differ here",
    MISSING: "a version lacks this",
    MOVED: "stands elsewhere in its version",
    FOLDED: "skipped, see f",
    "1:2:1": "how many sentences each version has in the row",
}
"""Sign on the screen -> its meaning; those of `Confidence` come besides."""


class TypedLine(Input):
    """An input line into which several lines can be pasted."""

    def on_paste(self, event: events.Paste) -> None:
        """Join pasted lines to one; Textual 8.2 takes the first and drops the rest."""
        event.text = one_line(event.text)


class Prompt(Horizontal):
    """An input line in place of the status line: for search, filter, go-to and notes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]
    DEFAULT_CSS = """
    Prompt { height: 1; display: none; }
    Prompt > Static { width: auto; }
    Prompt > Input { width: 1fr; }
    """

    class Answered(Message):
        """The reader pressed Enter, or gave up."""

        def __init__(self, sign: str, answer: str | None) -> None:
            super().__init__()
            self.sign = sign
            """"/" for a search, "&" for a filter, ":" for a place, `NOTE` for a note."""
            self.answer = answer
            """None if the reader gave up."""

    def __init__(self) -> None:
        super().__init__()
        self.sign = ""

    def compose(self) -> ComposeResult:
        """Lay out the sign and the line."""
        yield Static(markup=False)
        line = TypedLine(compact=True, select_on_focus=False)
        line.cursor_blink = False
        yield line

    def ask(self, sign: str, text: str = "") -> None:
        """Open with a text, which typing replaces unless it is a note."""
        self.sign = sign
        self.query_one(Static).update(sign)
        self.display = True
        line = self.query_one(Input)
        line.value = text
        line.placeholder = PLACEHOLDERS.get(sign, "")
        self.screen.set_focus(line)  # at once: the reader may be typing already
        if sign == NOTE:
            line.action_end()
        else:
            line.select_all()

    def action_close(self) -> None:
        """Give up."""
        self._answer(None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._answer(event.value)

    def _answer(self, answer: str | None) -> None:
        self.display = False
        self.post_message(self.Answered(self.sign, answer))


class Frame(VerticalScroll):
    """A frame that scrolls by the keys of the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,о", "scroll_down", show=False),
        Binding("k,л", "scroll_up", show=False),
        Binding("space", "page_down", show=False),
        Binding("b,и", "page_up", show=False),
        Binding("g,п", "scroll_home", show=False),
        Binding("G,П", "scroll_end", show=False),
    ]


class Page(ModalScreen[None]):
    """A page to read over the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,e,enter", "dismiss", "close", key_display="esc")
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the text in a frame that scrolls."""
        with Frame(classes="dialog") as frame:
            frame.border_title = self._title
            frame.border_subtitle = "esc closes"
            yield Wrapped(self._text, hang)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(Frame).focus()


def help_text(table: KeyTable, shown: Callable[[Key], list[str]], mode: Mode = "read") -> str:
    """Return the help: all keys, those of a mode first, and the signs.

    Args:
        table: the keys as they are bound.
        shown: returns how the keys of an entry are written.
        mode: the mode that the reader is in.
    """
    lines: list[str] = []
    for group, members in sorted(table.items(), key=lambda item: item[1][0].mode != mode):
        lines += [*([""] if lines else []), group]
        lines += [f"  {' '.join(shown(entry)):<18} {entry.help}" for entry in members]
    levels = {str(level): f"{level.word} row" for level in Confidence if level.strip()}
    lines += [
        "",
        "Signs",
        *(f"  {sign:<18} {sense}" for sign, sense in {**levels, **SIGNS}.items()),
    ]
    return "\n".join(lines)
