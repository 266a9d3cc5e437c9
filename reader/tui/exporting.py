"""The dialog that writes the pairs to a file: which format, which rows, which versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Static
from textual.worker import get_current_worker

from reader.annotations import notes_by_row, starred_rows
from reader.errors import ExistsError, ExportError, ReaderError
from reader.export import EXPORTERS, Options, Selection, format_of, select
from reader.export.selection import pairs_of, rows_of, score_of, types_of
from reader.printable import printable
from reader.tui.reading import Reading

Write = Callable[[Path, Options, bool], tuple[str, ...]]
"""(path, options, whether a file may be overwritten) -> lines to show once it is written."""

LISTS = {
    "rows": ("rows", "all, or 10-200"),
    "pairs": ("pairs", "all versions, or pt-en,ru-en"),
    "types": ("sentences", "any number, or 1-1,2-1"),
    "min_score": ("least score", "any, or 0.9"),
}
"""Field of `Selection` -> its name and what may be typed there."""
Answers = dict[str, str | bool]
"""Field -> what was typed, or whether it was ticked."""

NO_FORMAT = "no format has this end; ↑↓ go through those there are"

BOXES = {
    "complete": "in every version",
    "confirmed": "confirmed",
    "starred": "starred",
    "shown": "shown now",
    "pivot": "with the machine's English, marked",
    "noted": "with my notes",
}


class Box(Checkbox):
    """A box to tick with the space bar; its state shows without colours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_button", show=False),
        Binding("enter", "screen.write", show=False),
    ]

    def render(self) -> Content:
        """Draw the box."""
        return Content(f"[{'x' if self.value else ' '}] {self.label.plain}")


class ExportDialog(ModalScreen[tuple[str, ...] | None]):
    """Asks what to write and where; the result is lines to show, None if nothing was written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close"),
        Binding("down", "format(1)", show=False),
        Binding("up", "format(-1)", show=False),
    ]
    DEFAULT_CSS = """
    ExportDialog .dialog { overflow-y: auto; }
    ExportDialog .line { height: 1; }
    ExportDialog .line > Static { width: 13; }
    ExportDialog .line > Input { width: 1fr; }
    ExportDialog #about { padding-left: 13; height: auto; color: $text-muted; margin-bottom: 1; }
    ExportDialog .boxes { height: auto; }
    ExportDialog .first { margin-top: 1; }
    ExportDialog Box { margin-right: 3; }
    ExportDialog Box:focus { text-style: reverse; }
    ExportDialog #count { margin-top: 1; height: auto; }
    """

    def __init__(self, reading: Reading, write: Write, answers: Answers) -> None:
        """Offer the answers of last time, at first a file named like the hub.

        Args:
            reading: its text is written, its filter offered; it has a text.
            write: see `Write`.
            answers: those of last time; replaced by the new ones once a file is written.
        """
        super().__init__()
        assert reading.parallel is not None
        self._parallel = reading.parallel
        self._shown = None if reading.filter is None else frozenset(reading.filter)
        self._annotations = reading.annotations
        self._language = reading.lens.pivot_language
        self._write_file = write
        self._answers = answers
        self._agreed: str | None = None
        """The name of a file that the user agreed to overwrite."""

    def compose(self) -> ComposeResult:
        """Lay out the name, the filters and a line for what goes wrong."""
        name = Path(self._parallel.documents[self._parallel.hub].name).stem
        first, *_ = EXPORTERS.values()
        last: Answers = {"file": name + first.suffixes[0], **self._answers, "shown": True}
        rows = ("complete", "confirmed", "starred", *(() if self._shown is None else ("shown",)))
        with Vertical(classes="dialog") as frame:
            frame.border_title = "export"
            frame.border_subtitle = "↑↓ format · tab next · space ticks · enter writes · esc closes"
            yield from _field("file", "file", str(last["file"]), "")
            yield Static(id="about", markup=False)
            for field, (label, hint) in LISTS.items():
                yield from _field(field, label, str(last.get(field, "")), hint)
            with Horizontal(classes="boxes first"):
                for field in rows:
                    yield Box(BOXES[field], bool(last.get(field)), id=field, compact=True)
            with Horizontal(classes="boxes"):
                for field in ("pivot", "noted"):
                    yield Box(BOXES[field], bool(last.get(field)), id=field, compact=True)
            yield Static(id="count", markup=False)
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Show what would be written."""
        self._changed()

    def action_format(self, step: int) -> None:
        """Change the suffix of the name to that of the next format."""
        line = self.query_one("#file", Input)
        names = list(EXPORTERS)
        now = _format(line.value)
        if now is None:
            at, stem = (-1 if step > 0 else 0), line.value.rstrip(".")
        else:
            at = names.index(now)
            ends = [end for end in EXPORTERS[now].suffixes if line.value.lower().endswith(end)]
            stem = line.value[: -len(max(ends, key=len))]
        line.value = stem + EXPORTERS[names[(at + step) % len(names)]].suffixes[0]
        line.cursor_position = len(line.value)

    @on(Input.Changed)
    @on(Checkbox.Changed)
    def _changed(self) -> None:
        self._agreed = None
        kind = _format(self.query_one("#file", Input).value)
        self.query_one("#about", Static).update(EXPORTERS[kind].about if kind else NO_FORMAT)
        try:
            options = self._options()
        except ExportError as error:
            self._say(str(error))
            self._counted("")
        else:
            self._say("")
            self._count(options.selection)

    @work(thread=True, exclusive=True, group="count")
    def _count(self, selection: Selection) -> None:
        """Show how many rows a selection leaves, unless another was asked for by then."""
        worker, rows, trouble = get_current_worker(), 0, ""
        try:
            rows = len(select(self._parallel, selection)[0].numbers)
        except ExportError as error:
            trouble = str(error)
        if worker.is_cancelled:
            return
        if trouble:
            self.app.call_later(self._say, trouble)
        self.app.call_later(self._counted, f"{rows} of {len(self._parallel.rows)} rows")

    def _counted(self, count: str) -> None:
        if self.is_current:
            self.query_one("#count", Static).update(count)

    def _options(self) -> Options:
        """Return the options as typed and ticked.

        Raises:
            ExportError: a list or number is not written correctly.
        """
        typed = {field: self.query_one(f"#{field}", Input).value for field in LISTS}
        ticked = {str(box.id): box.value for box in self.query(Box)}
        starred = starred_rows(self._parallel, self._annotations)
        selection = Selection(
            min_score=score_of(typed["min_score"]),
            confirmed=ticked["confirmed"],
            complete=ticked["complete"],
            starred=starred if ticked["starred"] else None,
            shown=self._shown if ticked.get("shown") else None,
            pairs=pairs_of(typed["pairs"]),
            types=types_of(typed["types"]),
            rows=rows_of(typed["rows"]),
        )
        notes = notes_by_row(self._parallel, self._annotations) if ticked["noted"] else {}
        return Options(selection, ticked["pivot"], self._language, notes)

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write the file, or say what is wrong with the answers."""
        name = self.query_one("#file", Input).value.strip()
        try:
            options = self._options()
            path = Path(name).expanduser()
            usable, is_folder = name.isprintable(), path.is_dir()
        except ExportError as error:
            self._say(str(error))
            return
        except (OSError, RuntimeError):  # too long; the home of nobody
            usable = False
        if not usable:
            self._say(f"{name!r} is no name for a file")
        elif not name:
            self._say("type the name of a file")
        elif is_folder:
            self._say(f"{name!r} is a folder; add the name of a file")
        elif _format(name) is None:
            self._say(f"{name!r}: {NO_FORMAT}")
        else:
            self._write(path, options, name)

    @work(thread=True, exclusive=True, group="write")
    def _write(self, path: Path, options: Options, name: str) -> None:
        try:
            done = self._write_file(path, options, self._agreed == name)
        except ExistsError as error:
            self._agreed = name
            self.app.call_later(self._say, f"{error}; Enter again overwrites")
        except ReaderError as error:
            self.app.call_later(self._say, str(error))
        else:
            self.app.call_later(self._written, done)

    def _written(self, done: tuple[str, ...]) -> None:
        if self.is_current:
            for line in self.query(Input):
                self._answers[str(line.id)] = line.value
            for box in self.query(Box):
                self._answers[str(box.id)] = box.value
            self.dismiss(done)

    def _say(self, trouble: str) -> None:
        if self.is_current:
            self.query_one("#trouble", Static).update(printable(trouble))


def _format(name: str) -> str | None:
    """Return the format of a name's suffix, None if there is none."""
    try:
        return format_of(Path(name))
    except ExportError:
        return None


def _field(name: str, label: str, value: str, hint: str) -> Iterator[Horizontal]:
    """Yield a line with a label and an input."""
    line = Input(value, placeholder=hint, id=name, compact=True)
    line.cursor_blink = False
    yield Horizontal(Static(label, markup=False), line, classes="line")
