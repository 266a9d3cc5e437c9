"""The application: it runs the job, feeds the view and opens dialogs."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import ClassVar

from textual import events, on
from textual.app import App, ComposeResult, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import Worker, WorkerState

from reader.errors import Interrupted, ReaderError
from reader.model import ParallelText, Place, Progress
from reader.pace import Pace
from reader.printable import printable
from reader.tui.copying import copy_text
from reader.tui.correcting import CorrectingView
from reader.tui.desk import Desk
from reader.tui.dialogs import Prompt
from reader.tui.finder import Finder
from reader.tui.geometry import stacks
from reader.tui.keys import KEYS, KeyTable, entries, key_for
from reader.tui.layout import NOTE
from reader.tui.leaving import on_signals
from reader.tui.notebook import Notebook
from reader.tui.notes import in_few_lines
from reader.tui.pages import PAGES, Pages
from reader.tui.status import Status, welcome, where
from reader.tui.unscrolled import UnscrolledFooter, UnscrolledScreen
from reader.tui.view import ParallelView
from reader.tui.wrapped import Wrapped

QUIT = ("q", "q!", "quit", "wq")
"""Answers to ":" that quit, as in vi."""
MAY_BE_EMPTY = ("&", NOTE)
"""Signs of the prompts that take an empty answer."""
HIDES = "  (Esc hides this)"
KEEP_EVERY = 20
"""Seconds between two times the place is kept, in case the program is killed."""


def collect_later() -> None:
    """Collect garbage from now on, but never look at the objects that are there already.

    To walk a hundred thousand rows, which are no garbage, would delay a key by a tenth of a second.
    """
    gc.freeze()
    gc.enable()


class ReaderApp(App[int]):
    """The reading screen. Its result is the exit code of the program."""

    CSS_PATH = "app.tcss"
    TITLE = "reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", id="quit.anywhere", show=False, priority=True),
        Binding("ctrl+c", "stop", "stop", id="stop.anywhere", show=False),
        Binding("escape", "clear", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (10, "-tall")]  # noqa: RUF012 - no ClassVar in Textual

    def __init__(
        self,
        desk: Desk,
        *,
        keys: KeyTable = KEYS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # no-color.org: any value but the empty one. Textual would draw greys; the terminal's own
        # two colours are what was asked for.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.crash: BaseException | None = None
        """A programming mistake in the job, to be raised once the screen is restored."""
        self._desk = desk
        self._clock = clock
        self._stop = Event()
        self._pace: Pace | None = None
        self._job: Worker[ParallelText] | None = None
        self._notice = ""
        self._failed = 0
        """The exit code of the error that ended the job; 0 for none."""
        self._unfinished = False
        """Whether the job was stopped or failed, and can be resumed."""
        self._kept = desk.place
        self._keys = keys

    def get_default_screen(self) -> Screen[None]:
        """Return the screen under the dialogs."""
        return UnscrolledScreen(id="_default")

    def compose(self) -> ComposeResult:
        """Lay out view, notes, status, prompt and footer."""
        self.view = CorrectingView(self._desk, self._keys)
        self.reading = self.view.reading
        self._finder = Finder(self.view)
        self._notebook = Notebook(self.view, self._desk)
        self._pages = Pages(self.view, self._desk, self._keys)
        self.view.waiting = f"Opening {printable(self._desk.title)} …"
        yield self.view
        rest = f"… {key_for('about', self._keys)} tells the rest{HIDES}"
        self._notes = Wrapped("", partial(in_few_lines, rest=rest), id="notes")
        yield self._notes
        self._status, self._prompt = Status(), Prompt()
        # One over the other: Textual 8.2 may leave a layout unpainted if what it hides has changed.
        with Container(id="line"):
            yield self._status
            yield self._prompt
        yield UnscrolledFooter(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Start the job."""
        if self._desk.theme in self.available_themes:
            self.theme = self._desk.theme
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        if self._desk.place == Place() and stacks(self.size.width):  # read for the first time
            self.reading.panes.layout = "stacked"
        self.view.focus()
        self._start()
        self.set_interval(KEEP_EVERY, self._keep_place)
        # Textual 8.2 takes the terminal back after a stop, and paints nothing.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        on_signals(self._ended)

    def on_unmount(self) -> None:
        """Stop the job, for whatever reason the screen closes."""
        self._stop.set()

    # The job

    def _start(self) -> None:
        self._job = self.run_worker(self._run_job, thread=True, exit_on_error=False)

    def _run_job(self) -> ParallelText:
        def advanced(progress: Progress) -> None:
            self.call_later(self._advanced, progress)

        def arrived(parallel: ParallelText) -> None:
            self.call_later(self._show, parallel)

        return self._desk.job(advanced, arrived, self._stop.is_set)

    def _advanced(self, progress: Progress) -> None:
        now = self._clock()
        pace = self._pace or Pace(progress, now, progress, now)
        self._pace = pace.then(progress, now)
        self._show_status()

    @on(Worker.StateChanged)
    def _job_changed(self, event: Worker.StateChanged) -> None:
        worker = event.worker
        if worker is not self._job or not worker.is_finished:
            return
        self._pace = None
        collect_later()
        if worker.result is not None:
            self._show(worker.result)
        error, whole = worker.error, worker.result is not None and not worker.result.provisional
        if self._stop.is_set() and (error is None or isinstance(error, Interrupted)):
            # It may have been ready before it saw that it was to stop.
            self._unfinished = not whole
            self.view.say("" if whole else "stopped; what is there stays; Ctrl-r goes on")
        elif isinstance(error, ReaderError):
            self._fail(error)
        elif event.state == WorkerState.ERROR:
            self.crash = error
            self.exit(1)
        self._show_status()

    def _show(self, parallel: ParallelText) -> None:
        skipped = sum(len(d.segments) - len(d.kept) for d in parallel.documents)
        self.view.waiting = "There is no sentence in these files." + (
            f" All {skipped} were skipped as repeats or page furniture." if skipped else ""
        )
        hub, before = self.reading.hub, self.reading.parallel
        if hub is not None and hub != parallel.hub and hub < len(parallel.documents):
            parallel = self._desk.follow(parallel, hub)
        collect_later()
        self._notebook.open(parallel)
        self.reading.show(parallel)
        new = before is None or (before.provisional and not parallel.provisional)
        if new and (greeting := welcome(self.reading, key_for("next-pair", self._keys))):
            self.view.say(greeting)
        self._finder.text_changed()
        self._tell(tuple(note for note in parallel.notes if note not in self.reading.dismissed))
        self.view.update()

    def _tell(self, notes: tuple[str, ...]) -> None:
        if notes:
            self._notes.update("\n".join(map(printable, notes)) + HIDES)
        self._notes.set_class(bool(notes), "-told")

    def _fail(self, error: ReaderError) -> None:
        """Show the message of a job that failed, with the rows it has made so far."""
        self._failed, self._unfinished = error.exit_code, True
        line = printable(str(error))
        if self.reading.parallel is None:
            self.view.waiting = line
            self.view.update()
        else:
            self._notes.update(line)
            self._notes.add_class("-told", "-error")

    def action_stop(self) -> None:
        """Stop the search or the job, and keep its rows; without either, say how to quit."""
        if self._finder.stop():
            self.view.say("stopped")
        elif self._job is None or self._job.is_finished:
            self.view.say("q quits")
        else:
            self._stop.set()
            self.view.say("stopping …")

    def action_resume(self) -> None:
        """Resume a job that was stopped or has failed; what it has done is not done again."""
        if not self._unfinished:
            self.view.say("nothing was stopped")
            return
        self._failed, self._unfinished = 0, False
        self._stop.clear()
        self._notes.remove_class("-error")
        self._tell(())
        self._start()

    # Status

    @on(ParallelView.Moved)
    def _show_status(self) -> None:
        self._status.says = self._notice or (str(self._pace) if self._pace else "")
        self._status.where = where(self.reading, self.view.count)

    @on(ParallelView.Notice)
    def _noticed(self, message: ParallelView.Notice) -> None:
        self._notice = message.text
        self._show_status()

    def action_clear(self) -> None:
        """Dismiss the notes, the marks of a search, the filter and a half-typed count."""
        told = self._notes.display and not self._notes.has_class("-error")
        if told and self.reading.parallel is not None:
            self.reading.dismissed = self.reading.parallel.notes
        self._notes.remove_class("-told")
        self.view.take_count()
        self._finder.clear()
        self.view.update()

    # Search and go-to

    def action_search(self) -> None:
        """Ask what to look for."""
        self._ask("/", self._finder.query.text if self._finder.query else "")

    def action_filter(self) -> None:
        """Ask which rows to show."""
        self._ask("&")

    def action_goto(self) -> None:
        """Ask where to go."""
        self._ask(":")

    def _ask(self, sign: str, text: str = "") -> None:
        self._prompt.ask(sign, text)

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
        self.view.focus()
        if message.answer or (message.answer == "" and message.sign in MAY_BE_EMPTY):
            answered = {
                ":": self._go,
                "/": self._finder.search,
                "&": self._finder.sift,
                NOTE: self._notebook.write,
            }
            answered[message.sign](message.answer)
            self.view.update()

    def _go(self, answer: str) -> None:
        if answer.strip() in QUIT:
            self.call_later(self.action_quit)
        else:
            self._finder.go(answer)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Close the prompt when the focus returns to the text without an answer."""
        if event.widget is self.view:
            self._prompt.display = False

    def action_again(self, by: int) -> None:
        """Go to the next match of the last search."""
        self._finder.again(by)

    def action_differing(self, by: int) -> None:
        """Go to the next row whose numbers differ."""
        self._finder.differing(by)

    def action_follow(self) -> None:
        """Let the rows follow the version in focus."""
        if (parallel := self.reading.parallel) is not None and self.reading.rows:
            self.reading.hub = self.reading.column
            self._show(parallel)
            self.view.say(f"the rows follow {self.reading.tags[self.reading.hub]}")

    # What opens over the text

    def action_open(self, name: str) -> None:
        """Open a page or a list over the text, see `PAGES`."""
        PAGES[name](self._pages)

    def action_star(self) -> None:
        """Give the row a star, or take it away."""
        self._notebook.star()

    def action_note(self) -> None:
        """Ask what to note of the row."""
        self._ask(NOTE, self._notebook.note)

    def action_annotations(self) -> None:
        """List stars, notes and marks."""
        nothing = "nothing is starred; s stars a row"
        self._pages.choose("stars, notes, marks", self._notebook.entries, nothing)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen over the text; ignore a second key that comes before it is gone."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """List in the palette what the keys do in this mode."""
        for entry in entries(self._keys):
            if entry.mode in {"read", self.view.mode}:
                run = partial(self.run_action, entry.action, self.view)
                yield SystemCommand(entry.help, " ".join(entry.keys), run)

    # Copying

    def action_copy(self) -> None:
        """Copy the row's text in the version in focus."""
        self._copy((self.reading.column,))

    def action_copy_all(self) -> None:
        """Copy the row's texts in all versions that are shown, one a line."""
        self._copy(self.reading.shown)

    def _copy(self, documents: tuple[int, ...]) -> None:
        """Put the text in its logical order on the clipboard of the terminal (OSC 52)."""
        if self.reading.rows:
            text, names = copy_text(self.reading, documents)
            if text:
                self.copy_to_clipboard(text)
            self.view.say(f"copied {names}" if text else "nothing to copy here")

    # Leaving

    def _keep_theme(self, theme: Theme) -> None:
        with suppress(ReaderError):
            self._desk.keep_theme(theme.name)

    def _keep_place(self) -> None:
        if self.reading.place != self._kept:
            self._kept = self.reading.place
            try:
                self._desk.keep_place(self._kept)
            except ReaderError as error:
                self.view.say(str(error))

    def _ended(self, code: int) -> None:
        """Quit on a signal, so that the terminal is left clean."""
        self._keep_place()
        self.exit(code)

    async def action_quit(self) -> None:
        """Keep the place and leave."""
        self._keep_place()
        self.exit(self._failed)
