"""Selecting with the mouse: the text in its logical order, not as it is drawn."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from reader.tui.layout import Line, Selected
from reader.tui.reading import Reading


class Caret(NamedTuple):
    """A character in the text of a cell."""

    row: int
    offset: int
    document: int


class Selection:
    """A selection from one character of a version to another, across rows."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._from: Caret | None = None
        self._to: Caret | None = None

    def begin(self, x: int, line: int) -> None:
        """Begin at a cell of the window; drop what was selected before."""
        self._from, self._to = self._caret(x, line), None
        self._reading.select({})

    def extend(self, x: int, line: int) -> None:
        """Select up to a cell of the window, in the version that the selection began in."""
        if self._from:
            caret = self._caret(x, line, self._from.document)
            if self._to or caret != self._from:  # else a hand that is not quite still
                self._to = caret
            self._reading.select(self._spans())

    def end(self) -> str:
        """Stop selecting; return the selected text, one row a line, "" for none."""
        parallel, spans = self._reading.parallel, self._spans()
        self._from = None
        if parallel is None:
            return ""
        texts = [parallel.text(row, d)[start:stop] for row, (d, start, stop) in spans.items()]
        return "\n".join(filter(None, texts))

    def _caret(self, x: int, line: int, document: int | None = None) -> Caret | None:
        """Return the character at a cell of the window, or the nearest one in a version."""
        reading, frame = self._reading, self._reading.frame()
        if not frame or reading.parallel is None:
            return None
        row, at = frame[max(0, min(line, len(frame) - 1))]
        geometry, cells = reading.geometry, reading.block(row).at(at)
        under = geometry.column_at(x)
        for column, cell in enumerate(cells):
            if cell and (cell.document == document or (document is None and column == under)):
                offset = _offset(cell, x - geometry.start(column), geometry.width)
                if offset is not None:
                    return Caret(row, offset, cell.document)
        if document is None:
            return None
        return Caret(row, len(reading.parallel.text(row, document)), document)

    def _spans(self) -> dict[int, Selected]:
        """Return row -> what is selected of it."""
        parallel = self._reading.parallel
        if not (self._from and self._to and parallel):
            return {}
        first, last = sorted((self._from, self._to))
        document, spans = first.document, {}
        for row in range(first.row, last.row + 1):
            whole = len(parallel.text(row, document))
            start = first.offset if row == first.row else 0
            stop = min(last.offset + 1, whole) if row == last.row else whole
            spans[row] = Selected(document, start, stop)
        return spans


def _offset(line: Line, x: int, width: int) -> int | None:
    """Return the offset of the character `x` cells into a column; None if the line has no text."""
    used = width - cell_len(line.text) if line.rtl else 0
    nearest = None
    for character, origin in zip(line.text, line.origins, strict=False):
        used += cell_len(character)
        if origin >= 0:
            nearest = origin
            if used > x:
                break
    return nearest
