"""Screens that open over the text: lists of places, pages to read, the export dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.binding import Binding

from reader.errors import ReaderError
from reader.printable import printable
from reader.tui.about import about
from reader.tui.choice import Choice, Entry, contents
from reader.tui.dialogs import Page, help_text
from reader.tui.exporting import Answers, ExportDialog
from reader.tui.keys import Key, KeyTable, binding_keys
from reader.tui.overview import overview

if TYPE_CHECKING:
    from reader.tui.desk import Desk
    from reader.tui.view import ParallelView

MARGINS = 2
"""Cells beside what the status line says."""
FRAME = 4
"""Lines of a list's frame and of what is seen around it."""


class Pages:
    """Opens lists and pages over a view; what takes long is made in a thread."""

    def __init__(self, view: ParallelView, desk: Desk, keys: KeyTable) -> None:
        self._view = view
        self._reading = view.reading
        self._desk = desk
        self._keys = keys
        self._export_answers: Answers = {}

    # Lists

    def contents(self) -> None:
        """List the headings."""
        self.choose("contents", contents(self._reading), "there are no headings")

    def overview(self) -> None:
        """Show the overview."""
        lines = max(4, self._view.app.size.height - FRAME)
        self.choose("overview", overview(self._reading, lines), "there is nothing to see yet")

    def choose(self, title: str, entries: Sequence[Entry], none: str) -> None:
        """List places to go to; without any, show the notice `none`."""
        if entries:
            self._view.app.push_screen(Choice(title, entries, self._reading.row), self._chosen)
        else:
            self._view.say(none)

    def _chosen(self, row: int | None) -> None:
        if row is not None:
            self._reading.go_to(row)
            self._view.update()

    # Pages

    def explain(self) -> None:
        """Show why the segments of the row are paired."""
        parallel, row = self._reading.parallel, self._reading.row
        if parallel is not None and parallel.rows:
            self._read(f"why · row {row + 1}", lambda: self._desk.explain(parallel, row))

    def about(self) -> None:
        """Show the page about the texts."""
        parallel = self._reading.parallel
        if parallel is not None:
            self._read("about these texts", lambda: "\n".join(map(printable, about(parallel))))

    def _read(self, title: str, make: Callable[[], str]) -> None:
        """Make a page and open it, unless the reader has pressed another key by then."""
        later, pressed = self._view.app.call_later, self._view.pressed

        def opened(text: str) -> None:
            if self._view.pressed == pressed:
                self._view.say("")
                self._open(title, text.split("\n"))

        def work() -> None:
            try:
                text = make()
            except ReaderError as error:
                later(self._view.say, str(error))
            else:
                later(opened, text)

        self._view.say("one moment …")
        self._view.run_worker(work, thread=True, exclusive=True, group="page")

    def _open(self, title: str, lines: Iterable[str]) -> None:
        self._view.app.push_screen(Page(title, "\n".join(map(printable, lines))))

    def help(self) -> None:
        """Show the keys as they are bound now."""

        def shown(entry: Key) -> list[str]:
            bindings = Binding.make_bindings([Binding(binding_keys(entry.keys), entry.action)])
            return [self._view.app.get_key_display(binding) for binding in bindings]

        self._view.app.push_screen(Page("keys", help_text(self._keys, shown, self._view.mode)))

    def export(self) -> None:
        """Ask where to write the pairs."""
        parallel = self._reading.parallel
        if parallel is None or not parallel.rows:
            self._view.say("nothing to export yet")
            return
        if parallel.provisional:
            self._view.say("export: these rows will change; wait until all is aligned")
            return
        write = partial(self._desk.export, parallel)
        dialog = ExportDialog(self._reading, write, self._export_answers)
        self._view.app.push_screen(dialog, self._exported)

    def _exported(self, done: tuple[str, ...] | None) -> None:
        """Show what was written and left out: in the status line, or on a page if it is long."""
        line = "; ".join(done or ())
        if cell_len(line) < self._view.app.size.width - MARGINS:
            self._view.say(line)
        else:
            self._open("export", done or ())


PAGES: dict[str, Callable[[Pages], None]] = {
    "contents": Pages.contents,
    "overview": Pages.overview,
    "explain": Pages.explain,
    "about": Pages.about,
    "export": Pages.export,
    "help": Pages.help,
}
"""Name, as in the table of keys -> what opens."""
