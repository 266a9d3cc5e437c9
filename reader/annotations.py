"""Stars and notes: they belong to sentences, not to rows.

A sentence is found again by the name of its file and its text. So a star outlives another
alignment, another set of files, and changes elsewhere in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from reader.model import Document, ParallelText, one_line


class Anchor(NamedTuple):
    """Identifies a sentence by its file and text."""

    name: str
    """Of the file, without its folder."""
    text: str
    nth: int
    """Number of equal sentences before it in the document."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """The star and the note of a sentence."""

    star: bool = False
    note: str = ""


Annotations = Mapping[tuple[int, int], Annotation]
"""(document, segment) -> its annotation."""


def anchor(document: Document, segment: int) -> Anchor:
    """Return the anchor of a segment."""
    text = document.sentence(segment)
    before = islice(document.sentences, segment)
    return Anchor(document.name, text, sum(sentence == text for sentence in before))


def locate(parallel: ParallelText, kept: Mapping[Anchor, Annotation]) -> Annotations:
    """Find the sentences of annotations in a text; those that are not there are left out."""
    wanted = {a.text for a in kept}
    names = {a.name for a in kept}
    found = {}
    for d, document in enumerate(parallel.documents):
        if document.name not in names:
            continue
        seen: Counter[str] = Counter()
        for i, text in enumerate(document.sentences):
            if text in wanted:
                if annotation := kept.get(Anchor(document.name, text, seen[text])):
                    found[d, i] = annotation
                seen[text] += 1
    return found


def annotated_segments(
    parallel: ParallelText, row: int, annotations: Annotations
) -> list[tuple[int, int]]:
    """Return the (document, segment) of a row that have an annotation."""
    cells = parallel.rows[row].segments if annotations else ()
    return [(d, i) for d, cell in enumerate(cells) for i in cell if (d, i) in annotations]


def note_on(parallel: ParallelText, row: int, annotations: Annotations) -> str:
    """Return the notes on a row as one text, "" for none."""
    notes = (annotations[at].note for at in annotated_segments(parallel, row, annotations))
    return " · ".join(note for note in notes if note)


def starred_rows(parallel: ParallelText, annotations: Annotations) -> frozenset[int]:
    """Return the rows with a star."""
    return frozenset(_rows(parallel, (at for at, each in annotations.items() if each.star)))


def notes_by_row(parallel: ParallelText, annotations: Annotations) -> dict[int, str]:
    """Return row -> its notes on one line, for the rows that have some."""
    rows = sorted(set(_rows(parallel, (at for at, each in annotations.items() if each.note))))
    return {row: one_line(note_on(parallel, row, annotations)) for row in rows}


def _rows(parallel: ParallelText, segments: Iterable[tuple[int, int]]) -> Iterable[int]:
    return (parallel.row_of[d][i] for d, i in segments if i in parallel.row_of[d])
