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
"""Where the covered versions are seen: in every row, in that of the cursor, or only on demand."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a source, as its format marks it."""

    start: int
    stop: int
    kind: Literal["text", "heading"] = "text"
    aside: str = ""
    """What part of a book or page it is, of one that is not the text itself: contents, cover."""


class Cue(NamedTuple):
    """A piece of a text, and when it is on the screen."""

    start: int
    stop: int
    begins: int
    """In milliseconds."""
    ends: int


@dataclass(frozen=True, slots=True)
class Source:
    """What a parser found in a file: text and blocks, no sentences yet."""

    text: str
    """NFC, line ends as one newline."""
    paragraphs: tuple[Paragraph, ...]
    """Ordered, disjoint, none blank; together they cover every non-space character of `text`."""
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    """What had to be guessed or repaired, one line each, for stderr."""
    language: str = ""
    """Code of the language that the file says it is in; "" where it does not say."""
    cues: tuple[Cue, ...] = ()
    """Of subtitles: ordered and disjoint; together they cover every non-space character."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A row as a file has it: what its versions say, paired already."""

    texts: tuple[str, ...]
    """One line for each version, "" where it has nothing; not all are."""
    score: float = 1.0
    status: Status = "auto"
    places: tuple[int, ...] = ()
    """Per version what its texts are to be sorted by; () for the order of the units."""
    moved: tuple[int, ...] = ()
    """Versions whose texts stand elsewhere in their own order."""
    heading: bool = False
    times: tuple[tuple[int, int] | None, ...] = ()
    """Per version begin and end of what it says, in milliseconds; () where none are known."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a parser found in a file of several versions: a translation memory, a table."""

    languages: tuple[str, ...]
    """For each version its code, as Argos writes it where that knows the language; "" unknown."""
    names: tuple[str, ...]
    """For each version what the file calls it, "" where it does not."""
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
    """Code of the main language, as Argos writes it; "" where it could not be told."""
    text: str
    segments: Segments
    notes: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    """See `Source.cues`."""

    @cached_property
    def digest(self) -> str:
        """A digest of the text alone, whatever its name and however it is split."""
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
        """Indices of the segments that take part in alignment, ascending."""
        every, skips = range(len(self.segments)), self.segments.skips
        return tuple(i for i in every if i not in skips) if skips else every

    @cached_property
    def folds(self) -> dict[int, tuple[int, ...]]:
        """Kept segment -> the skipped ones shown folded under it, in order.

        They stand under the nearest kept segment before them, before the first one under that.
        Where nothing is kept they are all under -1.
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
    """Half-open range of segment indices; unlike `range`, an empty one keeps its place."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Bead:
    """One step of a bitext (Gale & Church 1993): spans that say the same; one empty = null bead."""

    spans: tuple[Span, Span]
    score: float
    """Probability that the two spans are exactly a translation of each other, in [0, 1]; 0 for a
    null bead."""

    @property
    def type(self) -> tuple[int, int]:
        """How many segments each side has: (1, 1), (2, 1), (1, 0) ..."""
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
        """The level in a word."""
        return self.name.lower()


SURE_FROM = 0.9
DOUBTFUL_BELOW = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """Segments of all versions that say the same: a row on the screen, a unit of a memory."""

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
        """How many segments each document has: the bead type, over all documents."""
        return tuple(len(s) for s in self.segments)

    @property
    def confidence(self) -> Confidence:
        """The status, or else the score as a level."""
        if self.status != "auto":
            return Confidence[self.status.upper()]
        if len(self.present) < 2:
            return Confidence.ALONE
        if self.score >= SURE_FROM:
            return Confidence.SURE
        return Confidence.DOUBTFUL if self.score < DOUBTFUL_BELOW else Confidence.LIKELY


@dataclass(frozen=True, slots=True)
class Given:
    """Documents that came aligned: the versions of a translation memory, Moses files."""

    documents: tuple[int, ...]
    """Indices among all."""
    rows: tuple[Row, ...]
    """As their files have them; the cells are of these documents."""
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
    """What the reader should know of how this came about, one line each."""
    given: tuple[Given, ...] = ()
    """Which of the documents came aligned, and how."""
    models: tuple[str, ...] = ()
    """Per document what its pivots were made by, "" where by nothing; () where nobody knows."""

    def text(self, row: int, document: int) -> str:
        """Return what a document says in a row, on one line; "" where it has nothing."""
        doc = self.documents[document]
        return self.join(doc, [doc.sentence(i) for i in self.rows[row].segments[document]])

    def pivot(self, row: int, document: int) -> str:
        """Return the machine's text of a cell in the pivot language, on one line."""
        texts = self.pivots[document].texts
        return " ".join(filter(None, (texts[i] for i in self.rows[row].segments[document])))

    @staticmethod
    def join(document: Document, sentences: list[str]) -> str:
        """Return sentences of a document on one line, as its language sets them."""
        return ("" if document.language in {"zh", "zt", "ja"} else " ").join(sentences)

    @cached_property
    def row_of(self) -> tuple[dict[int, int], ...]:
        """Per document: segment index -> index of its row; skipped segments are absent."""
        found: tuple[dict[int, int], ...] = tuple({} for _ in self.documents)
        for r, row in enumerate(self.rows):
            for rows, cell in zip(found, row.segments, strict=True):
                for i in cell:
                    rows[i] = r
        return found

    def folded(self, row: int, document: int) -> tuple[int, ...]:
        """Return the skipped segments shown folded under a cell, in order.

        Those of a document of which nothing is kept are under the first row, whether or not there
        is any.
        """
        folds = self.documents[document].folds
        if not folds:
            return ()
        over = self.rows[row].segments[document] if self.rows else ()
        found = [i for kept in over for i in folds.get(kept, ())]
        return (*(folds.get(-1, ()) if row == 0 else ()), *found)

    @cached_property
    def headings(self) -> dict[int, tuple[int, ...]]:
        """Row -> the documents that have a heading there; rows in order, only those with one."""
        found: dict[int, list[int]] = {}
        for d, document in enumerate(self.documents):
            for i in document.segments.headings:
                if i in self.row_of[d]:
                    members = found.setdefault(self.row_of[d][i], [])
                    if d not in members:
                        members.append(d)
        return {row: tuple(found[row]) for row in sorted(found)}

    def cells(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield (document index, text) of every document that has something in a row."""
        for d in self.rows[row].present:
            yield d, self.text(row, d)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left a text and how the screen looked."""

    document: int = 0
    segment: int = 0
    """The segment that the cursor row was found by: it survives a new alignment."""
    column: int = 0
    layout: Layout = "columns"
    hidden: tuple[int, ...] = ()
    pivot: bool = False
    unfolded: bool = False
    order: tuple[int, ...] = ()
    """The documents from left to right; () for the hub and then as they were named."""
    hub: int | None = None
    """The document whose order the rows follow; None for the one that was asked for."""
    measure: int = 0
    """Width of a column; 0 for what suits the screen."""
    reveal: Reveal = "all"
    covered: tuple[int, ...] = ()
    """Documents that `reveal` covers."""
    marks: tuple[tuple[str, int, int], ...] = ()
    """Name, document and segment of the places to return to."""
    said: tuple[str, ...] = ()
    """What stands at `segment`, then at those of `marks`: what they are found by in an edited text;
    () where that is not known."""
    hushed: tuple[str, ...] = ()
    """Notes on the texts that the reader put away."""
    progress: int = 0
    """Hundredths of the rows down to this place."""
    languages: tuple[str, ...] = ()
    """Codes of the documents' languages, "" where one could not be told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: a value for a callback; the caller draws it."""

    stage: Literal["load", "translate", "align", "download"]
    done: int
    total: int
    unit: Literal["documents", "sentences", "pairs", "bytes"]
    name: str = ""
    """What it works on: a file name, a pair of languages."""


Advanced = Callable[[int, int], object]
"""A callback that gets how much of a stage is done, of how much; what it raises ends the stage."""


def ignore(*_: object) -> None:
    """Do nothing: the default of a callback."""
