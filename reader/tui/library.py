"""The library: a list of what was read lately, to open again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from reader.errors import ReaderError
from reader.printable import printable
from reader.tui.choice import Lines

DEMO = -1
"""The result that stands for the demonstration."""
_WELCOME = """\
Nothing was read yet.

  reader novel.txt roman.epub   opens versions of one text
  reader --help                 says what else there is

Enter shows three reports of one event as an example."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A set of files that was read before."""

    names: tuple[str, ...]
    languages: tuple[str, ...]
    """Codes; () where they are not known yet."""
    progress: int
    """How far it was read, in percent."""
    opened: float
    """In seconds since 1970."""
    folder: str = ""
    """The folder of the files; "" if they are not all in one."""
    missing: tuple[str, ...] = ()
    """Files that no longer exist."""


def when(opened: float, now: float) -> str:
    """Return the day of a time in words, relative to now."""
    day = date.fromtimestamp(opened)
    days = (date.fromtimestamp(now) - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago" if 0 < days < 7 else str(day))


class Library(App[int]):
    """Lists volumes; its result is the index of the one to open, `DEMO`, or None."""

    CSS_PATH = "app.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "demo", "open"),  # where there is no list to take it
        Binding("d,в", "demo", "demo"),
        Binding("delete,x,ч", "forget", "take off the list", key_display="x"),
        Binding("q,й,escape", "quit", "quit"),
    ]

    def __init__(
        self,
        volumes: Sequence[Volume],
        *,
        forget: Callable[[int], None],
        theme: str = "",
        now: float | None = None,
    ) -> None:
        """List volumes; `forget` is called with the index of one to take off the list for good."""
        super().__init__()
        self._volumes = dict(enumerate(volumes))
        """By index: those that are still listed."""
        self._forget = forget
        self._now = time.time() if now is None else now
        if theme in self.available_themes:
            self.theme = theme

    def compose(self) -> ComposeResult:
        """Lay out the list, or how to begin."""
        with Vertical(id="library"):
            if self._volumes:
                yield Lines(*(self._option(index) for index in self._volumes))
                self._trouble = Static("", id="trouble", markup=False)
                yield self._trouble
            else:
                yield Static(_WELCOME, markup=False)
        yield Footer(show_command_palette=False)

    def _option(self, index: int) -> Option:
        """Lay out an entry: title, languages, progress, day, folder, and missing files."""
        volume = self._volumes[index]
        title = printable(", ".join(volume.names))
        languages = " ".join(code.upper() or "??" for code in volume.languages)
        about = [
            languages,
            f"{volume.progress}%" if volume.languages else "",
            when(volume.opened, self._now),
            printable(volume.folder),
        ]
        if volume.missing:
            about.append(f"missing: {printable(', '.join(volume.missing))}")
        facts = Content.styled(" · ".join(word for word in about if word), "dim")
        lines = Content.assemble(Content.styled(title, "bold"), "\n", facts, "\n")
        return Option(lines, id=str(index))

    def action_demo(self) -> None:
        """Show the demonstration."""
        self.exit(DEMO)

    async def action_forget(self) -> None:
        """Take the volume at the cursor off the list; its files, corrections and stars stay."""
        if not self._volumes or (option := self.query_one(Lines).highlighted_option) is None:
            return
        index = int(option.id or DEMO)
        try:
            self._forget(index)
        except ReaderError as error:
            self._trouble.update(printable(str(error)))
            return
        del self._volumes[index]
        self.query_one(Lines).remove_option(str(index))
        if not self._volumes:
            await self.recompose()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        index = int(event.option_id or DEMO)
        missing = self._volumes[index].missing
        if missing:
            self._trouble.update(f"not there any more: {printable(', '.join(missing))}")
        else:
            self.exit(index)
