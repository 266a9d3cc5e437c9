"""Rows as lines of cells: wrapping, marks and folds, without a screen.

Widths are counted in terminal cells, offsets in characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from rich.cells import cell_len, split_graphemes

from reader.model import ParallelText, Skip
from reader.printable import printable
from reader.tui.bidi import visual
from reader.tui.differences import Mark, Marks, number_marks, word_marks
from reader.tui.search import Query

Role = Literal["text", "heading", "pivot", "fold", "skipped", "missing", "covered", "note"]

MEASURE = 76
"""Widest column. Long lines are hard to return from (Bringhurst 1992: 45 to 75 characters)."""
NARROWEST = 20
"""Below this a column breaks a line every other word: the screen then pages sideways instead."""
RULE = 3
"""Cells between two columns."""
TAG = 5
"""Cells for the tag of a version in the stacked layout."""

MISSING = "·"
MOVED = "↷ "
FOLDED = "⋯ "
BOUND = "¦ "
"""Between the sentences of a cell, where rows are corrected."""
COVER = "░"
DIFFERS = "≠"
NOTE = "※ "

# Where a line may break besides after white space: around characters of scripts without blanks
# (kinsoku: no closing mark begins a line, no opening one ends it), after a dash between words and
# after the hyphen of a compound.
_WIDE = r"\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = r"\u3008\u300a\u300c\u300e\u3010\u3014\u3016\uff08\uff3b\uff5b"
_CLOSING = (
    r"\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017\uff01\uff09\uff0c\uff0e\uff1a\uff1b"
    r"\uff1f\uff3d\uff5d\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30fc\u30a1\u30a3"
    r"\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u3099\u309a\u0300-\u036f\ufe00-\ufe0f\u200d"
)
_UNIT = re.compile(
    rf"""
    (                                             # What stays together:
        [{_OPENING}]* [{_WIDE}] [{_CLOSING}]*     # a wide character with its punctuation,
      | [{_OPENING}]* [^\s{_WIDE}{_OPENING}]+?    # or a word, up to
        (?: —+ (?=\w)                             #   a dash before a word,
          | (?<=[^\W\d]) - (?=[^\W\d])            #   a hyphen between letters,
          | (?=[\s{_WIDE}{_OPENING}]) | $ )       #   or what another unit begins with,
      | [{_OPENING}]+                             # or brackets that open nothing.
    ) (\s*)                                       # The blanks after it may fall away.
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One screen line of one version."""

    document: int
    role: Role
    text: str
    marks: tuple[Mark, ...] = ()
    """Spans of `text`; they may overlap."""
    rtl: bool = False
    """The line is read from the right."""
    origins: Sequence[int] = ()
    """Where each character of `text` stands in what the version says; negative for our own signs.
    () where nothing is said."""


class Selected(NamedTuple):
    """Characters of what a version says in a row."""

    document: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how a row is laid out, besides the row."""

    documents: tuple[int, ...]
    """Versions shown, in order."""
    width: int
    """Cells for the text of a version."""
    tags: tuple[str, ...]
    """Name of each document of the text in a few letters, shown or not."""
    stacked: bool = False
    pivot: bool = False
    unfolded: bool = False
    query: Query | None = None
    bounds: bool = False
    """The bounds between the sentences of a cell are marked."""
    pivot_language: str = "en"
    compared: tuple[int, ...] = ()
    """Versions whose numbers and words are compared, shown or not."""
    differences: bool = False
    """Mark the words that a version does not share with the others, in the machine's text."""
    bidi: bool = False
    """Put right-to-left text in the order in which it is seen."""
    loose: int | None = None
    """A version that does not follow the rows: its place is left free."""
    note: str = ""
    """What the reader noted of the row."""
    selected: Selected | None = None
    """What is selected with the mouse."""
    covered: frozenset[int] = frozenset()
    """Versions whose text is covered, without a change to what takes how much room."""


@dataclass(frozen=True, slots=True)
class Block:
    """A row as it is drawn."""

    lines: tuple[tuple[Line | None, ...], ...]
    """Per screen line what stands in each column, None where nothing does."""
    above: int
    """Blank lines above the text; one more always follows below it."""
    tags: tuple[str, ...] = ()
    """In the stacked layout, per line the tag of the version that begins there, or ""."""

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


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Return the spans of lines of at most `width` cells; only white space falls between them.

    Whole words stay together where they fit. A character of two cells needs a width of two.
    """
    spans: list[tuple[int, int]] = []
    start = stop = len(text) - len(text.lstrip())
    used = 0
    for unit in _UNIT.finditer(text, start):
        size = cell_len(unit[1])
        if used + size > width and stop > start:
            spans.append((start, stop))
            start, used = unit.start(), 0
        if size > width:
            *full, (start, stop) = _chop(text, *unit.span(1), width)
            spans += full
            used = cell_len(text[start:stop])
        else:
            stop = unit.end(1)
            used += size
        used += cell_len(unit[2])
    return [*spans, (start, stop)] if stop > start else spans


def _chop(text: str, start: int, stop: int, width: int) -> Iterator[tuple[int, int]]:
    """Cut a word that no line can hold, between what a reader sees as characters."""
    begin, used = start, 0
    for left, right, cells in split_graphemes(text[start:stop])[0]:
        if used and used + cells > width:
            yield begin, start + left
            begin, used = start + left, 0
        used += cells
        end = start + right
    yield begin, end


def reads_from_right(text: str) -> bool:
    """Tell whether the first letter with a direction is of a script read from the right.

    Unicode Standard Annex 9, rules P2 and P3.
    """
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def lay_out(parallel: ParallelText, row: int, look: Look) -> Block:
    """Wrap what the versions say in a row, side by side or one under another."""
    numbers = number_marks(parallel, row, look.compared, look.pivot_language)
    words = word_marks(parallel, row, look.compared) if look.differences else {}
    cells = [
        tuple(_covered(_cell(parallel, row, d, look, (numbers.get(d, ()), words.get(d, ()))), look))
        if d != look.loose
        else ()
        for d in look.documents
    ]
    if look.note:
        cells[0] += tuple(_lines(Words(look.note, NOTE), look, look.documents[0], "note"))
    above = int(row > 0 and any(cell and cell[0].role == "heading" for cell in cells))
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
        lead = " ".join((MISSING, *absent))
        lines += _lines(Words("", lead), look, look.documents[0], "missing")
    names += [""] * (len(lines) - len(names))
    return Block(tuple((line,) for line in lines), above, tuple(names))


def flow(
    parallel: ParallelText, document: int, segments: Iterable[int], look: Look
) -> Iterator[Line | None]:
    """Yield the lines of a version as it runs on, None between two paragraphs."""
    of, before = parallel.documents[document], None
    for i in segments:
        segment = of.segments[i]
        if before not in (None, segment.paragraph):
            yield None
        before = segment.paragraph
        role: Role = "heading" if segment.kind == "heading" else "text"
        yield from _lines(Words(of.sentence(i)), look, document, role)


def _cell(
    parallel: ParallelText, row: int, d: int, look: Look, marked: tuple[Marks, Marks]
) -> Iterator[Line]:
    """Yield the lines of one version, at least one; `marked` are numbers and words of the pivot."""
    numbers, words = marked
    document, indices = parallel.documents[d], parallel.rows[row].segments[d]
    if indices:
        role: Role = "heading" if document.segments[indices[0]].kind == "heading" else "text"
        lead = MOVED if d in parallel.rows[row].moved else ""
        text, pivot = parallel.text(row, d), parallel.pivot(row, d)
        marks = numbers + words if pivot == text else numbers
        starts = _sentence_starts(parallel, row, d) if look.bounds else ()
        yield from _lines(Words(text, lead, marks, starts), look, d, role)
        if (look.pivot or look.differences) and pivot and pivot != text:
            yield from _pivot_lines(parallel, row, d, look, words)
    else:
        yield Line(d, "missing", MISSING)
    yield from _fold_lines(parallel, row, d, look)


def _sentence_starts(parallel: ParallelText, row: int, d: int) -> tuple[int, ...]:
    """Return where the sentences of a cell begin in its text, but for the first."""
    sizes = [len(parallel.documents[d].sentences[i]) for i in parallel.rows[row].segments[d]]
    between = (len(parallel.text(row, d)) - sum(sizes)) // max(1, len(sizes) - 1)
    return tuple(sum(sizes[:k]) + k * between for k in range(1, len(sizes)))


def _covered(lines: Iterable[Line], look: Look) -> Iterator[Line]:
    """Cover the lines that the reader does not want to see yet."""
    for line in lines:
        if line.document in look.covered and line.role != "missing":
            yield Line(line.document, "covered", COVER * cell_len(line.text), rtl=line.rtl)
        else:
            yield line


def _pivot_lines(parallel: ParallelText, row: int, d: int, look: Look, marks: Marks) -> list[Line]:
    """Return the machine's text, marked as such."""
    pivots = (parallel.pivots[d][i] for i in parallel.rows[row].segments[d])
    suspects = dict.fromkeys(pivot.suspect for pivot in pivots if pivot.suspect)
    lead = ", ".join((f"≈ {look.pivot_language}", *suspects))
    return _lines(Words(parallel.pivot(row, d), f"{lead}: ", marks), look, d, "pivot")


def _fold_lines(parallel: ParallelText, row: int, d: int, look: Look) -> Iterator[Line]:
    """Yield what was skipped after this cell: counted on one line, or in full with the reason."""
    indices = parallel.folded(row, d)
    document = parallel.documents[d]
    skips = [(i, skip) for i in indices if (skip := document.segments[i].skip)]
    if look.unfolded:
        for i, skip in skips:
            lead = f"{FOLDED}{_reason(parallel, d, skip)}: "
            yield from _lines(Words(document.sentence(i), lead), look, d, "skipped")
    elif skips:
        kinds = ", ".join(dict.fromkeys(_kind(skip) for _, skip in skips))
        lead = f"{FOLDED}{len(indices)} skipped: {kinds}"
        yield from _lines(Words("", lead), look, d, "fold")


def _kind(skip: Skip) -> str:
    return "repeat" if skip.reason == "repeat" else skip.detail or skip.reason


def _reason(parallel: ParallelText, d: int, skip: Skip) -> str:
    """Say in a few words why a segment was skipped."""
    row = None if skip.of is None else parallel.row_of[d].get(skip.of)
    return _kind(skip) if row is None else f"repeat of row {row + 1}"


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in a cell: a text, what we say before it, and what is marked in it."""

    text: str
    lead: str = ""
    marks: Marks = ()
    starts: tuple[int, ...] = ()
    """Where sentences begin that are to be told from the one before."""


def _lines(words: Words, look: Look, d: int, role: Role) -> list[Line]:
    """Wrap a text; signs stand before numbers that differ and where sentences begin."""
    text = words.text
    marks = [*words.marks, *(Mark(*span, "match") for span in _matches(text, look))]
    said = role in {"text", "heading"}
    if said and look.selected and look.selected.document == d:
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

    placed = [Mark(place(mark.start), place(mark.stop), mark.kind) for mark in marks]
    rtl = reads_from_right(text)
    lines = []
    for start, stop in wrap(shown, look.width):
        line, inside = shown[start:stop], tuple(_within(placed, start, stop))
        order: Sequence[int] = range(stop - start)
        if look.bidi:
            line, inside, order = visual(line, inside, rtl=rtl)
        at = [origins[start + k] for k in order] if said else ()
        lines.append(Line(d, role, line, inside, rtl, at))
    return lines


def _matches(text: str, look: Look) -> tuple[tuple[int, int], ...]:
    return look.query.spans(text) if look.query else ()


def _within(marks: Iterable[Mark], start: int, stop: int) -> Iterator[Mark]:
    """Cut marks to a line and count them from its start."""
    for mark in marks:
        if mark.start < stop and mark.stop > start:
            yield Mark(max(mark.start, start) - start, min(mark.stop, stop) - start, mark.kind)
