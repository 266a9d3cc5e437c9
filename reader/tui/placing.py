"""The state of reading as it is kept: made into a `Place`, and found again in an edited text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model import ParallelText, Place

if TYPE_CHECKING:
    from reader.tui.reading import Reading

FAR = 40
"""Rows before the first that pairs versions from which a text opens at that one."""


def place_of(reading: Reading) -> Place:
    """Return the place of a reading, which must have rows."""
    assert reading.parallel is not None
    panes, natural = reading.panes, reading.natural_order
    document, segment = here = reading.segment(reading.row)
    marks = sorted(reading.marks.items())
    documents = reading.parallel.documents
    return Place(
        document=document,
        segment=segment,
        column=panes.focus,
        layout=panes.layout,
        hidden=tuple(sorted(panes.hidden)),
        pivot=reading.lens.pivot,
        unfolded=reading.lens.unfolded,
        order=() if panes.order == natural else panes.order,
        hub=reading.hub,
        measure=panes.measure,
        reveal=reading.lens.reveal,
        covered=tuple(sorted(reading.lens.covered)),
        dismissed=reading.dismissed,
        progress=100 * (reading.row + 1) // len(reading.rows),
        languages=tuple(document.language for document in documents),
        marks=tuple((name, *at) for name, at in marks),
        sentences=tuple(_text_at(reading.parallel, at) for at in (here, *(at for _, at in marks))),
    )


def relocated(place: Place, parallel: ParallelText) -> Place:
    """Return a place in a text that may have been edited since: segments are found by their text.

    A segment whose text is gone keeps its number.
    """
    segments = [(place.document, place.segment), *((d, i) for _, d, i in place.marks)]
    if len(segments) != len(place.sentences):
        return place
    found = zip(segments, place.sentences, strict=True)
    here, *there = (_segment_of(parallel, *at) for at in found)
    marks = tuple((name, d, i) for (name, d, _), i in zip(place.marks, there, strict=True))
    return replace(place, segment=here, marks=marks)


def beginning(parallel: ParallelText) -> int:
    """Return the row that a text opens at: 0, or where an excerpt begins in the whole.

    That is the first row that pairs versions of one text, if it is far down.
    """
    if parallel.mode == "comparable":
        return 0
    first = next((r for r, row in enumerate(parallel.rows) if len(row.present) > 1), 0)
    return first if first >= FAR else 0


def _segment_of(parallel: ParallelText, there: tuple[int, int], wanted: str) -> int:
    """Return the nearest segment with the wanted text."""
    document, segment = there
    if _text_at(parallel, there) == wanted:
        return segment
    same = (i for i, text in enumerate(_sentences(parallel, document)) if text == wanted)
    return min(same, key=lambda i: abs(i - segment), default=segment)


def _text_at(parallel: ParallelText, there: tuple[int, int]) -> str:
    """Return the text of a segment, "" if there is none."""
    document, segment = there
    sentences = _sentences(parallel, document)
    return sentences[segment] if segment < len(sentences) else ""


def _sentences(parallel: ParallelText, document: int) -> Sequence[str]:
    documents = parallel.documents
    return documents[document].sentences if document < len(documents) else ()
