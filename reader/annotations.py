"""Stars and notes of a reader: they belong to sentences, whatever row these stand in.

A sentence is found again by the name of its file and its words, so that stars outlive another
alignment, another set of files and changes elsewhere in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from reader.model import Document, ParallelText, one_line


class Anchor(NamedTuple):
    """Names a sentence by what it says."""

    name: str
    """Of the file, without its folder."""
    text: str
    nth: int
    """How many sentences before it in the document say the same."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a reader thought of a sentence."""

    star: bool = False
    note: str = ""


Annotations = Mapping[tuple[int, int], Annotation]
"""(document, segment) -> what is said of it."""


def anchor(document: Document, segment: int) -> Anchor:
    """Return what names a segment."""
    text = document.sentence(segment)
    return Anchor(
        document.name, text, sum(said == text for said in islice(document.sentences, segment))
    )


def locate(parallel: ParallelText, kept: Mapping[Anchor, Annotation]) -> Annotations:
    """Find the sentences that are annotated."""
    wanted = {a.text for a in kept}
    names = {a.name for a in kept}
    found = {}
    for d, document in enumerate(parallel.documents):
        if document.name not in names:
            continue
        met: dict[str, int] = {}
        for i, text in enumerate(document.sentences):
            if text in wanted:
                nth = met.get(text, 0)
                met[text] = nth + 1
                if annotation := kept.get(Anchor(document.name, text, nth)):
                    found[d, i] = annotation
    return found


def annotated(parallel: ParallelText, row: int, annotations: Annotations) -> list[tuple[int, int]]:
    """Return the segments of a row about which something is said."""
    cells = parallel.rows[row].segments if annotations else ()
    return [(d, i) for d, cell in enumerate(cells) for i in cell if (d, i) in annotations]


def note_on(parallel: ParallelText, row: int, annotations: Annotations) -> str:
    """Return what is noted on a row, "" for nothing."""
    notes = (annotations[at].note for at in annotated(parallel, row, annotations))
    return " · ".join(note for note in notes if note)


def starred(parallel: ParallelText, annotations: Annotations) -> frozenset[int]:
    """Return the rows with a star."""
    return frozenset(_rows(parallel, (at for at, said in annotations.items() if said.star)))


def noted(parallel: ParallelText, annotations: Annotations) -> dict[int, str]:
    """Return what is noted on each row, on one line."""
    rows = sorted(set(_rows(parallel, (at for at, said in annotations.items() if said.note))))
    return {row: one_line(note_on(parallel, row, annotations)) for row in rows}


def _rows(parallel: ParallelText, segments: Iterable[tuple[int, int]]) -> Iterable[int]:
    return (parallel.row_of[d][i] for d, i in segments if i in parallel.row_of[d])
