"""The `Look` of rows, from all that the reader has chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations import note_on
from reader.tui.layout import Look

if TYPE_CHECKING:
    from reader.tui.reading import Reading


def look(reading: Reading, row: int) -> Look:
    """Return the look of a row."""
    lens, opened, documents = reading.lens, reading.is_open(row), reading.columns
    if opened and reading.panes.layout == "single":
        documents = (reading.column, *(d for d in reading.shown if d != reading.column))
    return replace(
        plain_look(reading),
        documents=documents,
        pivot=lens.pivot or lens.opens(row, "pivot"),
        unfolded=lens.unfolded or lens.opens(row, "skipped"),
        bounds=lens.correcting,
        compared=reading.shown,
        note=note_on(reading.parallel, row, reading.annotations) if reading.parallel else "",
        selected=reading.selected.get(row),
        covered=lens.covers(reading.rows[row], opened=opened),
    )


def plain_look(reading: Reading) -> Look:
    """Return what the looks of all rows have in common; also that of an unlocked version."""
    lens = reading.lens
    return Look(
        documents=reading.columns,
        width=reading.geometry.width,
        tags=reading.tags,
        stacked=reading.panes.layout != "columns",
        query=lens.query,
        pivot_language=lens.pivot_language,
        bidi=lens.bidi,
        differences=lens.differences,
        verses=reading.verses,
        loose=reading.loose.document if reading.loose else None,
    )
