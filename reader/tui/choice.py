"""A list over the screen from which one entry is chosen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from reader.model import labels
from reader.printable import printable
from reader.tui.reading import Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list."""

    row: int
    """The row that it leads to."""
    label: str


class Lines(OptionList):
    """A list that also has the movement keys of the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "open"),
        Binding("j,о", "cursor_down", show=False),
        Binding("k,л", "cursor_up", show=False),
        Binding("space", "page_down", show=False),
        Binding("b,и", "page_up", show=False),
        Binding("g,п", "first", show=False),
        Binding("G,П", "last", show=False),
    ]


class Choice(ModalScreen[int | None]):
    """Lists entries in the order of their rows; its result is the row of the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close"),
    ]

    def __init__(self, title: str, entries: Sequence[Entry], row: int) -> None:
        """List entries, with the highlight on the last one at or above `row`."""
        super().__init__()
        self._title = title
        self._entries = entries
        self._start = max(0, bisect_right(entries, row, key=lambda entry: entry.row) - 1)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = self._title
            frame.border_subtitle = "enter goes there · esc closes"
            digits = len(str(self._entries[-1].row + 1))
            lines = (f"{entry.row + 1:>{digits}}  {entry.label}" for entry in self._entries)
            yield Lines(*(Content(printable(line)) for line in lines))

    def on_mount(self) -> None:
        """Start where the reader is."""
        self.query_one(Lines).highlighted = self._start

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._entries[event.option_index].row)


def contents(reading: Reading) -> list[Entry]:
    """List the headings, each in the version in focus, or else in the first that has it.

    If a version lacks the row, the entry says which versions have it.
    """
    parallel = reading.parallel
    if parallel is None:
        return []
    preferred = (reading.column, *reading.order)
    names = labels(parallel.documents)
    entries = []
    for row, having in parallel.headings.items():
        text = parallel.text(row, next(d for d in preferred if d in having))
        present = parallel.rows[row].present
        whose = (
            "" if len(present) == len(names) else f" · only {', '.join(names[d] for d in present)}"
        )
        entries.append(Entry(row, reading.lens.drawn(text) + whose))
    return entries
