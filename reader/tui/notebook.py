"""Stars and notes on the screen: what is said of the cursor row, and a list of all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations import Annotation, Annotations, annotated
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
    """Keeps what the reader says of rows, and shows it in a view."""

    def __init__(self, view: ParallelView, desk: Desk) -> None:
        self._view = view
        self._reading = view.reading
        self._desk = desk

    def open(self, parallel: ParallelText) -> None:
        """Find what was said of a text that is about to be shown."""
        try:
            self._reading.annotations = self._desk.annotations(parallel)
        except ReaderError as error:
            self._view.say(str(error))

    def star(self) -> None:
        """Take the stars of the row away; or give its first sentence one."""
        if self._reading.rows:
            said = self._reading.annotations
            starred = [at for at in self._said if said[at].star]
            first = self._reading.segment(self._reading.row)
            self._keep(
                {at: replace(said[at], star=False) for at in starred}
                or {first: replace(said.get(first, Annotation()), star=True)}
            )

    @property
    def note(self) -> str:
        """What is noted of the row; "" for nothing."""
        return self._reading.annotations.get(self._noted, Annotation()).note

    def write(self, note: str) -> None:
        """Note something of the row, in place of what was noted; "" for nothing."""
        if self._reading.rows:
            at = self._noted
            said = self._reading.annotations.get(at, Annotation())
            self._keep({at: replace(said, note=note.strip())})

    @property
    def entries(self) -> list[Entry]:
        """What is starred, noted or marked, in the order of the rows."""
        reading, signs = self._reading, dict[int, list[str]]()
        for at, said in reading.annotations.items():
            row = reading.row_of(*at)
            if row is not None:
                words = STAR if said.star else "", f"{NOTE}{said.note}" if said.note else ""
                signs.setdefault(row, []).extend(word for word in words if word)
        for name, at in reading.marks.items():
            row = reading.row_of(*at)
            if row is not None and name != BACK:
                signs.setdefault(row, []).append(f"'{name}")
        return [Entry(row, f"{' '.join(signs[row])}  {self._text(row)}") for row in sorted(signs)]

    def _text(self, row: int) -> str:
        """Return what a row says, in the version in focus where it has part."""
        assert self._reading.parallel is not None
        texts = dict(self._reading.parallel.cells(row))
        return texts.get(self._reading.column) or next(iter(texts.values()))

    @property
    def _said(self) -> list[tuple[int, int]]:
        """The sentences of the row of which something is said."""
        reading = self._reading
        if reading.parallel is None or not reading.rows:
            return []
        return annotated(reading.parallel, reading.row, reading.annotations)

    @property
    def _noted(self) -> tuple[int, int]:
        """The sentence of the row that has a note, or else the one that would get it."""
        noted = (at for at in self._said if self._reading.annotations[at].note)
        here = self._reading.segment(self._reading.row) if self._reading.rows else (0, 0)
        return next(noted, here)

    def _keep(self, said: Annotations) -> None:
        parallel = self._reading.parallel
        assert parallel is not None
        try:
            self._desk.annotate(parallel, said)
        except ReaderError as error:
            self._view.say(str(error))
        self.open(parallel)
        self._reading.changed()
        self._view.update()
