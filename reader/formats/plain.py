"""Plain text: lines to paragraphs, also where it is hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.formats.encoding import decode
from reader.formats.headings import mark_headings, names_part
from reader.formats.hyphens import join_broken
from reader.formats.licence import set_licence_aside
from reader.languages import CLOSING, END_MARKS
from reader.model import Paragraph, Source
from reader.printable import counted

# Columns at which texts are wrapped by hand or by program: from a narrow page to a wide screen.
_WIDTHS = range(30, 121)
# A text is hard-wrapped if at least this share of its line breaks are wraps within plain prose. A
# book of verse and prose has about half; a poem, a list or one paragraph a line hardly any.
_WRAPPED = 0.3
# A block is prose if this share of its line breaks are wraps, and plainly so from the second on,
# which needs all breaks of four lines: in many a stanza two of three are wraps by chance.
_PROSE = 0.6
_PLAINLY_PROSE = 0.7
# A line break is a wrap where the next word would have gone over this share of the width.
_FULL = 0.97

# Characters that take two columns of a screen, and before which a line may break.
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]"
)
_END_MARK = re.compile(rf"[{END_MARKS}…:;：；]{CLOSING}")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    stop: int
    """Without the blanks on either side."""
    text: str
    indented: bool

    @property
    def width(self) -> int:
        """Columns on a screen."""
        return len(self.text) + len(_WIDE.findall(self.text))

    @property
    def first_width(self) -> int:
        """Columns of the part that cannot be broken at its beginning."""
        return 2 if _WIDE.match(self.text) else len(self.text.split(maxsplit=1)[0])


def parse_plain(data: bytes) -> Source:
    """Parse plain text, hard-wrapped or not.

    A line break is a wrap if the first word of the next line would not have fitted on the line.
    Words that a wrap divides are joined; otherwise the text stays as it is.

    Raises:
        FormatError: it is empty, binary or in no encoding that is known.
    """
    decoded = decode(data)
    return lay_out(decoded.text, encoding=decoded.encoding, notes=decoded.notes)


def lay_out(text: str, *, encoding: str, notes: tuple[str, ...]) -> Source:
    """Find the paragraphs and headings of a text that is not blank."""
    blocks = [list(block) for block in _blocks(text)]
    width = _wrap_width(blocks)
    if width:
        text, count = join_broken(text)
        if count:
            words = counted(count, "word", "words")
            notes += (f"hyphens: {words} joined, broken at line ends",)
            blocks = [list(block) for block in _blocks(text)]
    paragraphs = [
        Paragraph(lines[0].start, lines[-1].stop)
        for block in blocks
        for lines in (_unwrapped(block, width) if width else [[line] for line in block])
    ]
    marked = set_licence_aside(text, mark_headings(text, paragraphs))
    return Source(text, tuple(marked), encoding, notes)


def unwrap(text: str) -> list[str]:
    """Return the paragraphs of a hard-wrapped text; [] for one that is not wrapped."""
    blocks = list(_blocks(text))
    width = _wrap_width(blocks)
    return [
        text[lines[0].start : lines[-1].stop]
        for block in blocks
        for lines in (_unwrapped(block, width) if width else ())
    ]


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield the lines between blank ones, block by block."""
    block: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            first = start + len(line) - len(line.lstrip())
            block.append(_Line(first, first + len(stripped), stripped, line[0].isspace()))
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


def _wrap_width(blocks: Sequence[Sequence[_Line]]) -> int:
    """Return the column at which the text is wrapped, 0 where it is not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not pairs:
        return 0
    widths = sorted(line.width for line, _ in pairs)
    width = widths[int(0.95 * (len(widths) - 1))]
    if width not in _WIDTHS:
        return 0
    breaks = [_Breaks.of(block, width) for block in blocks]
    wraps = sum(sum(each.wraps) for each in breaks if each.share >= _PLAINLY_PROSE)
    return width if wraps >= _WRAPPED * len(pairs) else 0


def _wraps(line: _Line, following: _Line, width: int) -> bool:
    return line.width + 1 + following.first_width > _FULL * width


@dataclass(frozen=True, slots=True)
class _Breaks:
    """The line breaks of a block, one after another."""

    wraps: list[bool]
    """Whether the next word would not have fitted on the line."""
    ends: list[bool]
    """Whether a paragraph ends there."""

    @classmethod
    def of(cls, block: Sequence[_Line], width: int) -> _Breaks:
        """Look at the line breaks of a block."""
        wraps = [_wraps(a, b, width) for a, b in pairwise(block)]
        # A chapter's name stands by itself even where no blank line says so, as in PDF.
        heads = [
            names_part(line.text) and not full
            for line, full in zip(block, [*wraps, False], strict=True)
        ]
        ends = [
            (b.indented and not a.indented)
            or (not full and bool(_END_MARK.search(a.text)))
            or any(around)
            for (a, b), full, around in zip(pairwise(block), wraps, pairwise(heads), strict=True)
        ]
        return cls(wraps, ends)

    @property
    def share(self) -> float:
        """Wraps per line break at which no paragraph ends."""
        within = len(self.wraps) - sum(self.ends)
        return sum(self.wraps) / within if within else 0.0


def _unwrapped(block: Sequence[_Line], width: int) -> Iterator[list[_Line]]:
    """Yield the lines of each paragraph of a block; in verse and lists each line is one."""
    breaks = _Breaks.of(block, width)
    prose = breaks.share >= _PROSE
    paragraph = [block[0]]
    for following, end in zip(block[1:], breaks.ends, strict=True):
        if end or not prose:
            yield paragraph
            paragraph = []
        paragraph.append(following)
    yield paragraph
