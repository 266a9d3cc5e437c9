"""Files that hold several aligned versions, among other files.

Only one version of each such corpus takes part in alignment (`reduce`); the rows of the file then
bring the others along (`expand`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reader.model import Document, Given, ParallelText, Row
from reader.pipeline.aligning import Material
from reader.pipeline.request import Request

# A version in the pivot language, which needs no translation, is preferred if it has at least this
# share of the segments of the longest version.
_NEARLY = 0.9

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reduced:
    """The documents to align: one of each corpus, and all that came alone."""

    whole: ParallelText
    places: tuple[int, ...]
    """Their indices among all documents."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents to align."""
        return self.of(self.whole.documents)

    @property
    def hub(self) -> int:
        """Index in `documents` of the hub, or of the document that represents its corpus."""
        hub = self.whole.hub
        group = next((a.documents for a in self.whole.given if hub in a.documents), (hub,))
        return next(k for k, d in enumerate(self.places) if d in group)

    @property
    def rows(self) -> tuple[Row, ...] | None:
        """The rows of the file if all documents came from one corpus, so that none is aligned."""
        return self.whole.given[0].rows if self._is_corpus else None

    @property
    def _is_corpus(self) -> bool:
        return len(self.places) == len(self.whole.given) == 1

    def material(self, request: Request) -> Material:
        """Return the input of their alignment."""
        small = replace(request, hub=self.hub)
        return Material(small, self.documents, self.of(self.whole.pivots))

    def of(self, each: Sequence[T]) -> tuple[T, ...]:
        """Return the items for these documents from a sequence with one for each of all."""
        return tuple(each[d] for d in self.places)

    def wanted(self, machine: bool) -> list[Sequence[int]]:
        """Return per document the indices of the segments to translate.

        With `machine` these are all kept ones, otherwise those that alignment needs.
        """
        aligned = () if self._is_corpus else self.places
        return [
            document.kept if machine or d in aligned else ()
            for d, document in enumerate(self.whole.documents)
        ]


def merge_corpora(text: ParallelText) -> ParallelText:
    """Merge corpora that pair one and the same text with others, as the files of one export do.

    That text must be the first document of each, and nothing may be moved.
    """
    documents = list(text.documents)
    found: dict[object, Given] = {}
    twin: dict[int, int] = {}
    """Document -> the same one in an earlier corpus."""
    for corpus in text.given:
        first = corpus.documents[0]
        key = first if any(row.moved for row in corpus.rows) else text.documents[first].id
        if key in found:
            twin[first] = found[key].documents[0]
            heir = next(iter(corpus.documents[1:]), twin[first])
            notes = (*documents[first].notes, *documents[heir].notes)
            documents[heir] = replace(documents[heir], notes=tuple(dict.fromkeys(notes)))
            corpus = _side_by_side(found[key], corpus)
        found[key] = corpus
    kept = [d for d in range(len(text.documents)) if d not in twin]
    place = {d: k for k, d in enumerate(kept)}
    return replace(
        text,
        documents=tuple(documents[d] for d in kept),
        hub=place[twin.get(text.hub, text.hub)],
        given=tuple(
            replace(corpus, documents=tuple(place[d] for d in corpus.documents))
            for corpus in found.values()
        ),
    )


def _side_by_side(corpus: Given, other: Given) -> Given:
    """Add the other documents of a corpus to one that shares its first document, row by row."""
    blank, beyond = ((),) * len(corpus.documents), ((),) * (len(other.documents) - 1)
    beside = _following(other.rows)
    rows: list[Row] = []
    for first, own in _following(corpus.rows).items():
        more = beside[first]
        if first:
            rows.append(_with(own.pop(0), more.pop(0)))
        rows += (replace(row, segments=row.segments + beyond) for row in own)
        rows += (replace(row, segments=blank + row.segments[1:]) for row in more)
    return replace(corpus, documents=corpus.documents + other.documents[1:], rows=tuple(rows))


def _following(rows: Sequence[Row]) -> dict[tuple[int, ...], list[Row]]:
    """Cell of the first document -> its row and those behind it that lack that document.

    Those before all others are under the empty cell.
    """
    groups: dict[tuple[int, ...], list[Row]] = {(): []}
    first: tuple[int, ...] = ()
    for row in rows:
        first = row.segments[0] or first
        groups.setdefault(first, []).append(row)
    return groups


def _with(row: Row, more: Row) -> Row:
    """Return a row with what another one has beside the same segments of the first document."""
    pairs = [each for each in (row, more) if len(each.present) > 1] or [row]
    statuses = {each.status for each in pairs}
    return Row(
        row.segments + more.segments[1:],
        min(each.score for each in pairs),
        statuses.pop() if len(statuses) == 1 else "auto",
    )


def reduce(text: ParallelText, pivot: str) -> Reduced:
    """Choose a version of each corpus to align: a long one, preferably in the pivot language."""
    size = [len(document.segments) for document in text.documents]
    out: set[int] = set()
    for corpus in text.given:
        longest = max(size[d] for d in corpus.documents)
        chosen = max(
            corpus.documents,
            key=lambda d: (
                text.documents[d].language == pivot and size[d] >= _NEARLY * longest,
                size[d],
                -d,
            ),
        )
        out |= set(corpus.documents) - {chosen}
    return Reduced(text, tuple(d for d in range(len(size)) if d not in out))


def expand(reduced: Reduced, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows of all documents from the rows of those that were aligned.

    A row of a corpus that nothing was paired with stays as it is in the file. A row that lacks the
    version that was aligned follows the row before it in the file.
    """
    if not reduced.whole.given:
        return tuple(rows)
    count = len(reduced.whole.documents)
    units: dict[tuple[int, int], Row] = {}
    """(document, segment) of an aligned version -> the row of its corpus."""
    following: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    """(document, segment) of an aligned version -> the rows without it that follow in the file."""
    for corpus in reduced.whole.given:
        by = next(d for d in corpus.documents if d in reduced.places)
        last = -1
        for row in _widened(corpus, count):
            if cell := row.segments[by]:
                last = cell[-1]
                units[by, last] = row
            else:
                following[by, last].append(row)
    found = [row for d in reduced.places for row in following[d, -1]]
    for row in rows:
        places = [
            (d, i) for d, cell in zip(reduced.places, row.segments, strict=True) for i in cell
        ]
        parts = [units[place] for place in places if place in units]
        if len(parts) == len(places) == 1:
            found += parts
        else:
            found.append(_joined(row, reduced.places, parts, count))
        found += [each for place in places for each in following[place]]
    return tuple(found)


def _widened(corpus: Given, count: int) -> list[Row]:
    """Return the rows of a corpus with a cell for every document."""
    return [
        replace(row, segments=_spread(corpus.documents, row.segments, count)) for row in corpus.rows
    ]


def _joined(row: Row, places: Sequence[int], parts: Sequence[Row], count: int) -> Row:
    """Return a row together with the rows of corpora that it holds a part of."""
    cells = [set(cell) for cell in _spread(places, row.segments, count)]
    for part in parts:
        for cell, more in zip(cells, part.segments, strict=True):
            cell.update(more)
    moved = tuple(places[k] for k in row.moved)
    return replace(row, segments=tuple(tuple(sorted(cell)) for cell in cells), moved=moved)


def _spread(
    places: Sequence[int], cells: Sequence[tuple[int, ...]], count: int
) -> tuple[tuple[int, ...], ...]:
    """Return cells put at their places among `count`, the others empty."""
    of = dict(zip(places, cells, strict=True))
    return tuple(of.get(d, ()) for d in range(count))
