"""The frozen values that flow from files to the screen.

    Source ─ segment ─▶ Document ─ translate ─▶ Pivots ─ align ─▶ ParallelText

Nothing here reads a file, a clock or a model. All offsets are counted in characters of
`Document.text`, all indices are 0-based, all spans are half-open.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import count
from typing import Literal, NamedTuple

from reader.columns import Pivot as Pivot
from reader.columns import Pivots as Pivots
from reader.columns import Segment as Segment
from reader.columns import Segments as Segments
from reader.columns import Sentences as Sentences
from reader.columns import Skip as Skip
from reader.columns import Texts as Texts
from reader.columns import one_line as one_line

Mode = Literal["parallel", "comparable"]
Status = Literal["auto", "confirmed", "edited"]
Layout = Literal["columns", "stacked", "single"]
Reveal = Literal["all", "row", "asked"]
"""Where covered versions are shown: in every row, in the cursor row, or only on demand."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a source, as its format marks it."""

    start: int
    stop: int
    kind: Literal["text", "heading"] = "text"
    aside: str = ""
    """"" for a paragraph of the text itself; else what it is and is set aside for: "contents"."""


class Cue(NamedTuple):
    """A piece of the text of subtitles, and when it is on the screen."""

    start: int
    stop: int
    begins: int
    """In milliseconds, as `ends`."""
    ends: int


@dataclass(frozen=True, slots=True)
class Source:
    """What a parser found in a file of one text: the text and its paragraphs, no sentences yet."""

    text: str
    """NFC, line ends as one newline."""
    paragraphs: tuple[Paragraph, ...]
    """Ordered, disjoint, none blank; together they cover every non-space character of `text`."""
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    """What had to be guessed or repaired, one line each, for the user."""
    language: str = ""
    """Code of the language that the file says it is in; "" where it does not say."""
    cues: tuple[Cue, ...] = ()
    """Of subtitles: ordered and disjoint; together they cover every non-space character."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of a file that holds aligned versions: texts that the file pairs."""

    texts: tuple[str, ...]
    """One line per version, "" where it has nothing; at least one has something."""
    score: float = 1.0
    status: Status = "auto"
    places: tuple[int, ...] = ()
    """Per version a key to sort its texts by; () if they are in the order of the units."""
    moved: tuple[int, ...] = ()
    """Versions whose texts stand elsewhere in their own order."""
    heading: bool = False
    times: tuple[tuple[int, int] | None, ...] = ()
    """Per version its begin and end in milliseconds, None if unknown; () if none is known."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a parser found in a file of several aligned versions: a translation memory, a table."""

    languages: tuple[str, ...]
    """Per version the code of its language, see `reader.languages`; "" if unknown."""
    names: tuple[str, ...]
    """Per version its name in the file, "" if it has none."""
    units: tuple[Unit, ...]
    notes: tuple[str, ...] = ()
    mode: Mode = "parallel"
    hub: int = 0
    """Index of the version whose order the units follow."""


@dataclass(frozen=True)
class Document:
    """A text in one language and its segments.

    The segments are ordered, disjoint and never blank, and cover every non-space character.
    """

    id: str
    """Digest of text, language and segments: equal documents have equal ids."""
    name: str
    language: str
    """Code of the main language, see `reader.languages`; "" if it could not be told."""
    text: str
    segments: Segments
    notes: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    """See `Source.cues`."""

    @cached_property
    def digest(self) -> str:
        """A digest of the text alone, not of name, language or segments."""
        text = self.text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, digest_size=8).hexdigest()

    def sentence(self, index: int) -> str:
        """Return the text of a segment on one line."""
        return self.sentences[index]

    @cached_property
    def sentences(self) -> Sentences:
        """The text of every segment, on one line each."""
        return Sentences(self.text, self.segments.starts, self.segments.stops)

    @cached_property
    def kept(self) -> Sequence[int]:
        """Indices of the segments that are not skipped, ascending."""
        every, skips = range(len(self.segments)), self.segments.skips
        return tuple(i for i in every if i not in skips) if skips else every

    @cached_property
    def folds(self) -> dict[int, tuple[int, ...]]:
        """Kept segment -> the skipped segments that are shown folded under it, in order.

        A skipped segment belongs to the nearest kept one before it; those at the very beginning, to
        the first kept one. If nothing is kept, all belong to -1.
        """
        found: dict[int, list[int]] = {}
        over = {-1: self.kept[0] if self.kept else -1}
        for i in self.segments.skips:
            over[i] = over.get(i - 1, i - 1)
            found.setdefault(over[i], []).append(i)
        return {over: tuple(indices) for over, indices in found.items()}


def numbered(names: Sequence[str], mark: str = "") -> tuple[str, ...]:
    """Add a number to names that come more than once: `a, b, b` becomes `a, b1, b2`."""
    total = Counter(names)
    numbers = {name: count(1) for name in total}
    return tuple(
        name if total[name] == 1 else f"{name}{mark}{next(numbers[name])}" for name in names
    )


def labels(documents: Sequence[Document]) -> tuple[str, ...]:
    """Name each document by its language; those of one language are numbered."""
    return numbered([document.language.upper() or "??" for document in documents])


class Span(NamedTuple):
    """Half-open range of segment indices; an empty one still has a position."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Bead:
    """Two spans that say the same (Gale & Church 1993); a null bead if one of them is empty."""

    spans: tuple[Span, Span]
    score: float
    """Probability that the two spans are exactly a translation of each other, in [0, 1]; 0 for a
    null bead."""

    @property
    def type(self) -> tuple[int, int]:
        """The number of segments on each side: (1, 1), (2, 1), (1, 0) ..."""
        (a, b), (c, d) = self.spans
        return b - a, d - c


class Confidence(StrEnum):
    """How far to trust a row, with the sign that shows it where there is no colour."""

    CONFIRMED = "✓"
    EDITED = "✎"
    SURE = "="
    LIKELY = "≈"
    DOUBTFUL = "?"
    ALONE = " "

    @property
    def word(self) -> str:
        """The level as a word."""
        return self.name.lower()


SURE_FROM = 0.9
DOUBTFUL_BELOW = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """Segments that say the same in all versions: a row on the screen, a translation unit."""

    segments: tuple[tuple[int, ...], ...]
    """Per document the ascending indices of its segments; () where it has nothing."""
    score: float
    """Probability that all of them belong together, in [0, 1]; 0 if only one document is there."""
    status: Status = "auto"
    moved: tuple[int, ...] = ()
    """Documents whose segments stand elsewhere in their own order than this row does."""

    @property
    def present(self) -> tuple[int, ...]:
        """Indices of the documents that have something here."""
        return tuple(d for d, s in enumerate(self.segments) if s)

    @property
    def type(self) -> tuple[int, ...]:
        """The number of segments of each document, as `Bead.type` has it for two."""
        return tuple(len(s) for s in self.segments)

    @property
    def confidence(self) -> Confidence:
        """The status of a corrected row, or else the level of the score."""
        if self.status != "auto":
            return Confidence[self.status.upper()]
        if len(self.present) < 2:
            return Confidence.ALONE
        if self.score >= SURE_FROM:
            return Confidence.SURE
        return Confidence.DOUBTFUL if self.score < DOUBTFUL_BELOW else Confidence.LIKELY


@dataclass(frozen=True, slots=True)
class Given:
    """Documents that came aligned in their files: translation memories, tables, Moses files."""

    documents: tuple[int, ...]
    """Their indices in `ParallelText.documents`."""
    rows: tuple[Row, ...]
    """The rows of the files; each has a cell for each of these documents."""
    mode: Mode = "parallel"
    hub: int = 0
    """Which of these documents the rows follow."""


@dataclass(frozen=True)
class ParallelText:
    """Documents and the rows that pair them.

    Every segment that is not skipped is in exactly one row. Rows follow the hub document; other
    documents keep their order too, except where a row says `moved`.
    """

    documents: tuple[Document, ...]
    pivots: tuple[Pivots, ...]
    """Parallel to `documents` and their segments."""
    rows: tuple[Row, ...]
    hub: int = 0
    mode: Mode = "parallel"
    provisional: bool = False
    """True while translation still runs: rows will change."""
    notes: tuple[str, ...] = ()
    """What the user should know of how this was made, one line each."""
    given: tuple[Given, ...] = ()
    """The documents that came aligned in their files."""
    models: tuple[str, ...] = ()
    """Per document the key of the translator of its pivots, "" for none; () if unknown."""

    def text(self, row: int, document: int) -> str:
        """Return the text of a cell on one line; "" for an empty one."""
        doc = self.documents[document]
        return self.join(doc, [doc.sentence(i) for i in self.rows[row].segments[document]])

    def pivot(self, row: int, document: int) -> str:
        """Return the machine translation of a cell into the pivot language, on one line."""
        texts = self.pivots[document].texts
        return " ".join(filter(None, (texts[i] for i in self.rows[row].segments[document])))

    @staticmethod
    def join(document: Document, sentences: list[str]) -> str:
        """Join sentences of a document as its language does: with blanks or without."""
        return ("" if document.language in {"zh", "zt", "ja"} else " ").join(sentences)

    @cached_property
    def row_of(self) -> tuple[dict[int, int], ...]:
        """Per document: segment -> index of its row; skipped segments are not in it."""
        found: tuple[dict[int, int], ...] = tuple({} for _ in self.documents)
        for r, row in enumerate(self.rows):
            for rows, cell in zip(found, row.segments, strict=True):
                for i in cell:
                    rows[i] = r
        return found

    def folded(self, row: int, document: int) -> tuple[int, ...]:
        """Return the skipped segments shown folded under a cell, in order, see `Document.folds`.

        Those of a document that has no kept segments are under row 0, even if there are no rows.
        """
        folds = self.documents[document].folds
        if not folds:
            return ()
        over = self.rows[row].segments[document] if self.rows else ()
        found = [i for kept in over for i in folds.get(kept, ())]
        return (*(folds.get(-1, ()) if row == 0 else ()), *found)

    @cached_property
    def headings(self) -> dict[int, tuple[int, ...]]:
        """Row -> the documents that have a heading in it; in order, rows without one left out."""
        found: dict[int, list[int]] = {}
        for d, headings in enumerate(self.headings_of):
            for i in headings:
                members = found.setdefault(self.row_of[d][i], [])
                if d not in members:
                    members.append(d)
        return {row: tuple(found[row]) for row in sorted(found)}

    @cached_property
    def headings_of(self) -> tuple[tuple[int, ...], ...]:
        """Per document the indices of its headings that are in a row, ascending."""
        return tuple(
            tuple(i for i in document.segments.headings if i in rows)
            for document, rows in zip(self.documents, self.row_of, strict=True)
        )

    def cells(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield (document, text) of the nonempty cells of a row."""
        for d in self.rows[row].present:
            yield d, self.text(row, d)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left a text and how the screen looked."""

    document: int = 0
    segment: int = 0
    """A segment of the cursor row, by which it is found again after a new alignment."""
    column: int = 0
    """The document in focus."""
    layout: Layout = "columns"
    hidden: tuple[int, ...] = ()
    pivot: bool = False
    unfolded: bool = False
    order: tuple[int, ...] = ()
    """The documents from left to right; () for the hub and then as they were named."""
    hub: int | None = None
    """The document whose order the rows follow; None for that of the request."""
    measure: int = 0
    """Width of a column in cells; 0 for what suits the screen."""
    reveal: Reveal = "all"
    covered: tuple[int, ...] = ()
    """Documents that `reveal` covers."""
    marks: tuple[tuple[str, int, int], ...] = ()
    """Name, document and segment of each mark."""
    sentences: tuple[str, ...] = ()
    """The sentences at `segment` and at `marks`, by which these are found again in an edited text;
    () if they are not known."""
    dismissed: tuple[str, ...] = ()
    """Notes on the texts that the reader has seen and put away."""
    progress: int = 0
    """Hundredths of the rows down to this place."""
    languages: tuple[str, ...] = ()
    """Codes of the languages of the documents, "" for an unknown one."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; passed to a callback, which draws it."""

    stage: Literal["load", "translate", "align", "download"]
    done: int
    total: int
    unit: Literal["documents", "sentences", "pairs", "bytes"]
    name: str = ""
    """What the job works on: a file name, a pair of languages."""


Advanced = Callable[[int, int], object]
"""A callback for (done, total) of a stage; an exception from it ends the stage."""


def ignore(*_: object) -> None:
    """Do nothing: the default of a callback."""
