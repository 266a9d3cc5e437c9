"""How a row is to be laid out, by all that the reader has chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotations import annotated
from reader.tui.layout import Look

if TYPE_CHECKING:
    from reader.tui.reading import Reading


def look(reading: Reading, row: int) -> Look:
    """Return what decides the look of a row."""
    lens, opened, documents = reading.lens, reading.is_open(row), reading.columns
    if opened and reading.panes.layout == "single":
        documents = (reading.column, *(d for d in reading.shown if d != reading.column))
    said = annotated(reading.parallel, row, reading.annotations) if reading.parallel else []
    return Look(
        documents=documents,
        width=reading.geometry.width,
        tags=reading.tags,
        stacked=reading.panes.layout != "columns",
        pivot=lens.pivot or lens.opens(row, "pivot"),
        unfolded=lens.unfolded or lens.opens(row, "skipped"),
        query=lens.query,
        bounds=lens.correcting,
        pivot_language=lens.pivot_language,
        bidi=lens.bidi,
        compared=reading.shown,
        differences=lens.differences,
        note=" · ".join(
            reading.annotations[at].note for at in said if reading.annotations[at].note
        ),
        selected=reading.selected.get(row),
        covered=lens.covers(reading.rows[row], opened=opened),
    )
