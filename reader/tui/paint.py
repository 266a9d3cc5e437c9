"""Lines as strips of styled cells: gutter, columns, rules, header and scroll mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from reader.model import Confidence
from reader.tui.geometry import Geometry
from reader.tui.layout import RULE, TAG, Block, Line

Styles = Mapping[str, Style]
"""Name of a part of the screen, such as the role of a line -> its style."""

STAR = "★"
BAR, CORRECTING_BAR = "▌", "█"
"""The shapes of the cursor."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A line of a row, with what the gutter shows of the row."""

    row: int
    line: int
    block: Block
    cursor: bool
    """Whether the cursor is on the row."""
    focus: int
    """The document in focus."""
    confidence: Confidence = Confidence.ALONE
    star: bool = False
    bar: str = BAR

    loose: tuple[int, Line | None] | None = None
    """The column of the unlocked version, and its line here."""

    def focused(self, line: Line | None) -> bool:
        """Tell whether a line belongs to the version in focus of the cursor row."""
        return (
            self.cursor
            and line is not None
            and line.document == self.focus
            and line.role != "missing"
        )


def row_line(place: Geometry, styles: Styles, shown: RowLine) -> list[Segment]:
    """Draw a line of a row, from the gutter to the end of the last column."""
    base = styles["text"] + styles["cursor"] if shown.cursor else styles["text"]
    pieces = [*_gutter(place, styles, shown, base)]
    if place.stacked:
        tag = shown.block.tag(shown.line)
        pieces.append(Segment(tag.ljust(TAG), styles["tag"] + _ground(base)))
    cells = list(shown.block.at(shown.line) or (None,) * place.columns)
    owners = [line or first for line, first in zip(cells, shown.block.lines[0], strict=True)]
    if shown.loose:
        column, line = shown.loose
        cells[column] = owners[column] = line
    for column, (line, owner) in enumerate(zip(cells, owners, strict=True)):
        if column:
            pieces.append(Segment(" │ ", styles["rule"] + _ground(base)))
        ground = base + styles["focus"] if shown.focused(owner) else base
        pieces += _cell(styles, line, place.width, ground)
    return pieces


def _gutter(place: Geometry, styles: Styles, shown: RowLine, base: Style) -> Iterator[Segment]:
    ground = _ground(base)
    yield Segment(shown.bar if shown.cursor else " ", styles["bar"] + ground)
    opens = shown.line == shown.block.above
    number = styles["current"] if shown.cursor else styles["number"]
    if place.digits:
        star = STAR if shown.star and opens else " "
        yield Segment(f"{shown.row + 1 if opens else '':>{place.digits}}{star}", number + ground)
    if place.sign:
        style = styles["doubtful" if shown.confidence is Confidence.DOUBTFUL else "sign"]
        yield Segment(f"{shown.confidence if opens else ' '} ", style + ground)


@lru_cache(maxsize=64)
def _ground(style: Style) -> Style:
    """Return only the background of a style."""
    return Style(bgcolor=style.bgcolor)


def _cell(styles: Styles, line: Line | None, width: int, base: Style) -> Iterator[Segment]:
    if line is None:
        yield Segment(" " * width, base)
        return
    style = styles[line.role] + _ground(base)
    blank = Segment(" " * (width - cell_len(line.text)), base)
    if line.rtl:
        yield blank
    edges = sorted({0, len(line.text), *(e for mark in line.marks for e in mark[:2])})
    for start, stop in pairwise(edges):
        over = (styles[m.kind] for m in line.marks if m.start <= start and stop <= m.stop)
        yield Segment(line.text[start:stop], sum(over, style))
    if not line.rtl:
        yield blank


@dataclass(frozen=True, slots=True)
class Title:
    """The head of a column."""

    tag: str
    name: str
    position: str
    """Where the cursor is in this version: "12/340"."""
    focus: bool


def header_line(
    place: Geometry, styles: Styles, titles: Sequence[Title], more: tuple[int, int]
) -> list[Segment]:
    """Draw the heads of the columns; `more` counts the versions beyond the left and right edge."""
    before, after = (f"‹{more[0]}" if more[0] else "", f"{more[1]}›" if more[1] else "")
    plain = styles["header"]
    room = place.used - place.gutter
    width = (room + RULE) // len(titles) - RULE
    beyond = place.total - place.left - place.used
    pieces = [Segment(" " * place.left + _fit(before, place.gutter), plain)]
    for i, title in enumerate(titles):
        style = styles["header-focus"] if title.focus else plain
        last = i == len(titles) - 1 and after
        short = max(0, len(after) + 1 - beyond) if last else 0
        label = _title(title, width - short)
        pieces += [Segment(" " * RULE if i else "", plain), Segment(label, style)]
    return [*pieces, Segment(" " + after, plain)]


def _title(title: Title, width: int) -> str:
    """Fit tag, name and position into a width; the position is dropped first, the name cut then."""
    if width < len(title.tag) + 5:
        return _fit(title.tag, width)
    head = f"{title.tag}  {title.name}"
    room = width - cell_len(title.position) - 2
    if room < len(title.tag) + 8:
        return _fit(head, width)
    return _fit(head, room) + "  " + title.position


def _fit(text: str, width: int) -> str:
    """Pad a text to a width, or cut it with an ellipsis."""
    if cell_len(text) <= width or width < 2:
        return set_cell_size(text, max(0, width))
    return set_cell_size(text, width - 1) + "…"


def scroll_mark(first: int, last: int, rows: int, lines: int) -> range:
    """Return the lines of the window that the scroll mark covers; none if all rows are seen."""
    seen = last - first + 1
    if seen >= rows:
        return range(0)
    length = max(1, lines * seen // rows)
    start = min(lines - length, lines * first // rows)
    return range(start, start + length)
