"""Stars and notes on the screen: what is said of the cursor row, and a list of all of it."""

from __future__ import annotations

from dataclasses import replace

from reader.annotations import Annotation, Annotations, annotated
from reader.tui.choice import Entry
from reader.tui.layout import NOTE
from reader.tui.paint import STAR
from reader.tui.reading import BACK, Reading


def toggle_star(reading: Reading) -> Annotations:
    """Return what changes: the row loses its stars, or its first sentence gets one."""
    assert reading.parallel is not None
    said = annotated(reading.parallel, reading.row, reading.annotations)
    starred = [at for at in said if reading.annotations[at].star]
    if starred:
        return {at: replace(reading.annotations[at], star=False) for at in starred}
    at = reading.segment(reading.row)
    return {at: replace(reading.annotations.get(at, Annotation()), star=True)}


def note_of(reading: Reading) -> str:
    """Return the note of the cursor row, "" for none."""
    at = _noted(reading)
    return reading.annotations[at].note if at in reading.annotations else ""


def write_note(reading: Reading, note: str) -> Annotations:
    """Return what changes: the row has this note; "" for none."""
    at = _noted(reading)
    return {at: replace(reading.annotations.get(at, Annotation()), note=note.strip())}


def _noted(reading: Reading) -> tuple[int, int]:
    """Return the sentence of the cursor row that has a note, or else the one that would get it."""
    assert reading.parallel is not None
    said = annotated(reading.parallel, reading.row, reading.annotations)
    noted = (at for at in said if reading.annotations[at].note)
    return next(noted, reading.segment(reading.row))


def listed(reading: Reading) -> list[Entry]:
    """List what is starred, noted or marked, in the order of the rows."""
    signs: dict[int, list[str]] = {}
    for at, said in reading.annotations.items():
        row = reading.row_of(*at)
        if row is not None:
            star, note = STAR if said.star else "", f"{NOTE}{said.note}" if said.note else ""
            signs.setdefault(row, []).extend(sign for sign in (star, note) if sign)
    for name, at in reading.marks.items():
        row = reading.row_of(*at)
        if row is not None and name != BACK:
            signs.setdefault(row, []).append(f"'{name}")
    return [Entry(row, f"{' '.join(signs[row])}  {_said(reading, row)}") for row in sorted(signs)]


def _said(reading: Reading, row: int) -> str:
    """Return what a row says, in the version in focus where it has part."""
    assert reading.parallel is not None
    texts = dict(reading.parallel.cells(row))
    return texts.get(reading.column) or next(iter(texts.values()))
