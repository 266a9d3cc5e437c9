"""Rows to lines: what is written in each cell (`compose`), wrapped to a width (`fit`).

Widths are counted in terminal cells, offsets in characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from rich.cells import cell_len

from reader.model import ParallelText, Skip
from reader.printable import printable
from reader.tui.bidi import visual
from reader.tui.differences import Mark, Marks, number_marks, word_marks
from reader.tui.search import Query
from reader.tui.wrapping import Unit, units, wrap
from reader.verses import line_starts

Role = Literal["text", "heading", "pivot", "fold", "skipped", "missing", "covered", "note"]

MEASURE = 76
"""Widest column. Long lines are hard to return from (Bringhurst 1992: 45 to 75 characters)."""
NARROWEST = 20
"""Least width of a column; if not all columns fit, the screen pages sideways."""
RULE = 3
"""Cells between two columns."""
TAG = 5
"""Cells for the tag of a version in the stacked layout."""

MISSING = "·"
MOVED = "↷ "
FOLDED = "⋯ "
BOUND = "¦ "
"""Between the sentences of a cell in the correcting mode."""
COVER = "░"
DIFFERS = "≠"
NOTE = "※ "


@dataclass(frozen=True, slots=True)
class Line:
    """One screen line of one version."""

    document: int
    role: Role
    text: str
    marks: tuple[Mark, ...] = ()
    """Spans of `text`; they may overlap."""
    rtl: bool = False
    """Whether the line is right-to-left."""
    origins: Sequence[int] = ()
    """Offset of each character in the text of the cell, negative for our own signs; () if the line
    is not of that text."""


class Selected(NamedTuple):
    """A span of the text of a cell."""

    document: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a row is laid out, besides the row itself."""

    documents: tuple[int, ...]
    """Versions shown, in order."""
    width: int
    """Cells of the text of a version."""
    tags: tuple[str, ...]
    """Label of each document, shown or not."""
    stacked: bool = False
    pivot: bool = False
    unfolded: bool = False
    query: Query | None = None
    bounds: bool = False
    """Mark the bounds between the sentences of a cell."""
    pivot_language: str = "en"
    compared: tuple[int, ...] = ()
    """Versions whose numbers and words are compared, shown or not."""
    differences: bool = False
    """Mark the words of the machine translation that no other version has."""
    bidi: bool = False
    """Put right-to-left text into visual order."""
    loose: int | None = None
    """A version that is unlocked from the rows: its place is left free."""
    note: str = ""
    """The note on the row."""
    selected: Selected | None = None
    """What is selected with the mouse."""
    verses: frozenset[int] = frozenset()
    """Versions that are poems, whose lines are kept."""
    covered: frozenset[int] = frozenset()
    """Versions whose text is covered; it takes the same room."""


@dataclass(frozen=True, slots=True)
class Block:
    """A row as it is drawn."""

    lines: tuple[tuple[Line | None, ...], ...]
    """Per screen line the line of each column, None for a blank one."""
    above: int
    """Blank lines above the text; one more always follows below it."""
    tags: tuple[str, ...] = ()
    """In the stacked layout, per line the tag of the version that begins there, else ""."""

    @property
    def height(self) -> int:
        """Screen lines, blank ones included."""
        return self.above + len(self.lines) + 1

    def at(self, line: int) -> tuple[Line | None, ...]:
        """Return the columns of a screen line; () for a blank one."""
        inside = 0 <= line - self.above < len(self.lines)
        return self.lines[line - self.above] if inside else ()

    def tag(self, line: int) -> str:
        """Return the tag of the version that begins on a screen line, or ""."""
        return self.tags[line - self.above] if self.tags and self.at(line) else ""


def reads_from_right(text: str) -> bool:
    """Tell whether the first letter with a direction is of a script read from the right.

    Unicode Standard Annex 9, rules P2 and P3.
    """
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


@dataclass(frozen=True, slots=True)
class Part:
    """The content of a cell in one role, before it is wrapped."""

    document: int
    role: Role
    text: str
    marks: Marks = ()
    origins: Sequence[int] = ()
    """See `Line.origins`."""
    rtl: bool = False
    units: tuple[Unit, ...] | None = None
    """The units that lines are broken between; None for what stands on one line."""


Parts = tuple[tuple[Part, ...], ...]
"""The content of a row: per document of a look its parts."""


def compose(parallel: ParallelText, row: int, look: Look) -> Parts:
    """Return the content of a row, which does not depend on the width of the columns."""
    numbers = number_marks(parallel, row, look.compared, look.pivot_language)
    words = word_marks(parallel, row, look.compared) if look.differences else {}
    cells = [
        tuple(_cell(parallel, row, d, look, (numbers.get(d, ()), words.get(d, ()))))
        if d != look.loose
        else ()
        for d in look.documents
    ]
    if look.note:
        cells[0] += (_part(Words(look.note, NOTE), look, look.documents[0], "note"),)
    return tuple(cells)


def fit(parts: Parts, row: int, look: Look) -> Block:
    """Wrap the content of a row, and put it side by side or one under another."""
    above = int(row > 0 and any(cell and cell[0].role == "heading" for cell in parts))
    cells = [tuple(line for part in cell for line in _wrapped(part, look)) for cell in parts]
    if not look.stacked:
        return Block(tuple(zip_longest(*cells)), above)
    lines: list[Line] = []
    names: list[str] = []
    for cell in cells:
        present = [line for line in cell if line.role != "missing"]
        lines += present
        names += [look.tags[line.document] if i == 0 else "" for i, line in enumerate(present)]
    absent = [look.tags[cell[0].document] for cell in cells if cell[0].role == "missing"]
    # Where one of many versions stands alone, its tag says so; a list of all others would be noise.
    if len(absent) == 1 or 0 < len(absent) < len(cells) - 1:
        lead = Words("", " ".join((MISSING, *absent)))
        lines += _wrapped(_part(lead, look, look.documents[0], "missing"), look)
    names += [""] * (len(lines) - len(names))
    return Block(tuple((line,) for line in lines), above, tuple(names))


def flow(
    parallel: ParallelText, document: int, segments: Iterable[int], look: Look
) -> Iterator[Line | None]:
    """Yield the lines of segments of a version as running text, None between two paragraphs."""
    of, before = parallel.documents[document], None
    for i in segments:
        segment = of.segments[i]
        if before not in (None, segment.paragraph):
            yield None
        before = segment.paragraph
        role: Role = "heading" if segment.kind == "heading" else "text"
        lines = frozenset(line_starts(of, (i,), (), verse=document in look.verses))
        yield from _wrapped(_part(Words(of.sentence(i), lines=lines), look, document, role), look)


def _cell(
    parallel: ParallelText, row: int, d: int, look: Look, marked: tuple[Marks, Marks]
) -> Iterator[Part]:
    """Yield the parts of a cell, at least one; `marked` are marks of numbers and of pivot words."""
    numbers, words = marked
    document, indices = parallel.documents[d], parallel.rows[row].segments[d]
    if indices:
        role: Role = "heading" if document.segments[indices[0]].kind == "heading" else "text"
        lead = MOVED if d in parallel.rows[row].moved else ""
        text, pivot = parallel.text(row, d), parallel.pivot(row, d)
        marks = numbers + words if pivot == text else numbers
        starts = _sentence_starts(parallel, row, d)
        lines = frozenset(line_starts(document, indices, starts, verse=d in look.verses))
        yield _part(Words(text, lead, marks, starts if look.bounds else (), lines), look, d, role)
        if (look.pivot or look.differences) and pivot and pivot != text:
            yield _pivot_part(parallel, row, d, look, words)
    else:
        yield Part(d, "missing", MISSING)
    yield from _folds(parallel, row, d, look)


def _sentence_starts(parallel: ParallelText, row: int, d: int) -> tuple[int, ...]:
    """Return the offsets of the sentences of a cell in its text, the first left out."""
    sizes = [len(parallel.documents[d].sentences[i]) for i in parallel.rows[row].segments[d]]
    between = (len(parallel.text(row, d)) - sum(sizes)) // max(1, len(sizes) - 1)
    return tuple(sum(sizes[:k]) + k * between for k in range(1, len(sizes)))


def _pivot_part(parallel: ParallelText, row: int, d: int, look: Look, marks: Marks) -> Part:
    """Return the machine translation of a cell, marked as such."""
    pivots = (parallel.pivots[d][i] for i in parallel.rows[row].segments[d])
    suspects = dict.fromkeys(pivot.suspect for pivot in pivots if pivot.suspect)
    lead = ", ".join((f"≈ {look.pivot_language}", *suspects))
    return _part(Words(parallel.pivot(row, d), f"{lead}: ", marks), look, d, "pivot")


def _folds(parallel: ParallelText, row: int, d: int, look: Look) -> Iterator[Part]:
    """Yield the skipped segments under a cell: counted on one line, or each with its reason."""
    indices = parallel.folded(row, d)
    document = parallel.documents[d]
    skips = [(i, skip) for i in indices if (skip := document.segments[i].skip)]
    if look.unfolded:
        for i, skip in skips:
            lead = f"{FOLDED}{_reason(parallel, d, skip)}: "
            yield _part(Words(document.sentence(i), lead), look, d, "skipped")
    elif skips:
        kinds = ", ".join(dict.fromkeys(_kind(skip) for _, skip in skips))
        lead = f"{FOLDED}{len(indices)} skipped: {kinds}"
        yield _part(Words("", lead), look, d, "fold")


def _kind(skip: Skip) -> str:
    return "repeat" if skip.reason == "repeat" else skip.detail or skip.reason


def _reason(parallel: ParallelText, d: int, skip: Skip) -> str:
    """Return in a few words why a segment was skipped."""
    row = None if skip.of is None else parallel.row_of[d].get(skip.of)
    return _kind(skip) if row is None else f"repeat of row {row + 1}"


@dataclass(frozen=True, slots=True)
class Words:
    """A text to write in a cell, with a lead of ours before it and marks in it."""

    text: str
    lead: str = ""
    marks: Marks = ()
    starts: tuple[int, ...] = ()
    """Offsets of sentences that are marked off from the one before."""
    lines: frozenset[int] = frozenset()
    """Offsets at which a line begins."""


def _part(words: Words, look: Look, d: int, role: Role) -> Part:
    """Return a part: signs are put before numbers that differ and before marked sentences."""
    text = words.text
    marks = [*words.marks, *(Mark(*span, "match") for span in _matches(text, look))]
    original = role in {"text", "heading"}
    if original and look.selected and look.selected.document == d:
        marks.append(Mark(look.selected.start, look.selected.stop, "selected"))
    signs = [(mark.start, DIFFERS) for mark in marks if mark.kind == "differs"]
    signs = sorted([*signs, *((start, BOUND) for start in words.starts)])
    shown, origins = printable(text), list(range(len(text)))
    for start, sign in reversed(signs):
        shown = f"{shown[:start]}{sign}{shown[start:]}"
        origins[start:start] = [-1] * len(sign)
    shown, origins = words.lead + shown, [-1] * len(words.lead) + origins

    def place(offset: int) -> int:
        return len(words.lead) + offset + sum(len(sign) for at, sign in signs if at < offset)

    placed = tuple(Mark(place(mark.start), place(mark.stop), mark.kind) for mark in marks)
    at, lines = origins if original else (), {place(start) for start in words.lines}
    return Part(d, role, shown, placed, at, reads_from_right(text), units(shown, lines))


def _wrapped(part: Part, look: Look) -> Iterator[Line]:
    """Yield the lines of a part, in visual order, or covered."""
    text = part.text
    spans = [(0, len(text))] if part.units is None else wrap(text, look.width, part.units)
    for start, stop in spans:
        line, inside = text[start:stop], tuple(_within(part.marks, start, stop))
        order: Sequence[int] = range(stop - start)
        if look.bidi:
            line, inside, order = visual(line, inside, rtl=part.rtl)
        if part.document in look.covered and part.role != "missing":
            yield Line(part.document, "covered", COVER * cell_len(line), rtl=part.rtl)
        else:
            at = [part.origins[start + k] for k in order] if part.origins else ()
            yield Line(part.document, part.role, line, inside, part.rtl, at)


def _matches(text: str, look: Look) -> tuple[tuple[int, int], ...]:
    return look.query.spans(text) if look.query else ()


def _within(marks: Iterable[Mark], start: int, stop: int) -> Iterator[Mark]:
    """Yield the marks within a line, with offsets from its start."""
    for mark in marks:
        if mark.start < stop and mark.stop > start:
            yield Mark(max(mark.start, start) - start, min(mark.stop, stop) - start, mark.kind)
