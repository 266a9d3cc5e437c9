"""Stars and notes on the screen: those of the cursor row, and a list of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations import Annotation, Annotations, annotated_segments
from reader.errors import ReaderError
from reader.model import ParallelText
from reader.tui.choice import Entry
from reader.tui.layout import NOTE
from reader.tui.paint import STAR
from reader.tui.reading import BACK

if TYPE_CHECKING:
    from reader.tui.desk import Desk
    from reader.tui.view import ParallelView


class Notebook:
    """Keeps the stars and notes of the reader, and shows them in a view."""

    def __init__(self, view: ParallelView, desk: Desk) -> None:
        self._view = view
        self._reading = view.reading
        self._desk = desk

    def open(self, parallel: ParallelText) -> None:
        """Load the stars and notes of a text that is about to be shown."""
        try:
            self._reading.annotations = self._desk.annotations(parallel)
        except ReaderError as error:
            self._view.say(str(error))

    def star(self) -> None:
        """Remove the stars of the row, or else star its first sentence."""
        if self._reading.rows:
            annotations = self._reading.annotations
            starred = [at for at in self._annotated if annotations[at].star]
            first = self._reading.segment(self._reading.row)
            self._keep(
                {at: replace(annotations[at], star=False) for at in starred}
                or {first: replace(annotations.get(first, Annotation()), star=True)}
            )

    @property
    def note(self) -> str:
        """The note on the row; "" for none."""
        return self._reading.annotations.get(self._noted, Annotation()).note

    def write(self, note: str) -> None:
        """Replace the note on the row; "" removes it."""
        if self._reading.rows:
            at = self._noted
            before = self._reading.annotations.get(at, Annotation())
            self._keep({at: replace(before, note=note.strip())})

    @property
    def entries(self) -> list[Entry]:
        """A list of all rows with stars, notes and marks."""
        reading, signs = self._reading, dict[int, list[str]]()
        for at, each in reading.annotations.items():
            row = reading.row_of(*at)
            if row is not None:
                words = STAR if each.star else "", f"{NOTE}{each.note}" if each.note else ""
                signs.setdefault(row, []).extend(word for word in words if word)
        for name, at in reading.marks.items():
            row = reading.row_of(*at)
            if row is not None and name != BACK:
                signs.setdefault(row, []).append(f"'{name}")
        return [Entry(row, f"{' '.join(signs[row])}  {self._text(row)}") for row in sorted(signs)]

    def _text(self, row: int) -> str:
        """Return the text of a row in the version in focus, or else in the first one."""
        assert self._reading.parallel is not None
        texts = dict(self._reading.parallel.cells(row))
        text = texts.get(self._reading.column) or next(iter(texts.values()))
        return self._reading.lens.drawn(text)

    @property
    def _annotated(self) -> list[tuple[int, int]]:
        """The (document, segment) of the row that have a star or a note."""
        reading = self._reading
        if reading.parallel is None or not reading.rows:
            return []
        return annotated_segments(reading.parallel, reading.row, reading.annotations)

    @property
    def _noted(self) -> tuple[int, int]:
        """The (document, segment) of the row that has a note, or else the one to get it."""
        noted = (at for at in self._annotated if self._reading.annotations[at].note)
        here = self._reading.segment(self._reading.row) if self._reading.rows else (0, 0)
        return next(noted, here)

    def _keep(self, annotations: Annotations) -> None:
        parallel = self._reading.parallel
        assert parallel is not None
        try:
            self._desk.annotate(parallel, annotations)
        except ReaderError as error:
            self._view.say(str(error))
        self.open(parallel)
        self._reading.changed()
        self._view.update()
