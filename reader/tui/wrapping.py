"""Wrap texts to lines, at words, wide characters and dashes.

Widths are counted in terminal cells, offsets in characters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

# Where a line may break besides after white space: around characters of scripts without blanks
# (kinsoku: no closing mark begins a line, no opening one ends it), after a dash between words and
# after the hyphen of a compound.
_WIDE = r"\u2e80-\u2fff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = r"\u3008\u300a\u300c\u300e\u3010\u3014\u3016\uff08\uff3b\uff5b"
_CLOSING = (
    r"\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017\uff01\uff09\uff0c\uff0e\uff1a\uff1b"
    r"\uff1f\uff3d\uff5d\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30fc\u30a1\u30a3"
    r"\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u3099\u309a\u0300-\u036f\ufe00-\ufe0f\u200d"
    r"\u3005\u309d\u309e\u30fb\u30fd\u30fe\u301c\uff05\uff5e—…”’"
)
# Vowels and signs of Thai and Lao that no line ends with, and those that none begins with.
_LEADING = frozenset("เแโใไເແໂໃໄ")
_TRAILING = frozenset("ะาำๅๆฯະາຳໆຯ")
_UNIT = re.compile(
    rf"""
    (                                             # What stays together:
        [{_OPENING}“‘]* [{_WIDE}] [{_CLOSING}]*   # a wide character with its punctuation,
      | [{_OPENING}]* [^\s{_WIDE}{_OPENING}]+?    # or a word, up to
        (?: —+ (?=\w)                             #   a dash before a word,
          | (?<=[^\W\d]) - (?=[^\W\d])            #   a hyphen between letters,
          | (?=[\s{_OPENING}]|[“‘]*[{_WIDE}]) | $ )  # or what another unit begins with,
      | [{_OPENING}]+                             # or brackets that open nothing.
    ) (\s*)                                       # The blanks after it may fall away.
    """,
    re.VERBOSE,
)


LONG = 1 << 20
"""More cells than any line has."""


# The first column of a table, with the blanks before the second.
_COLUMN = re.compile(r" *\S+(?: \S+)*  +")


class Unit(NamedTuple):
    """A piece of text that stays on one line if it fits."""

    start: int
    stop: int
    cells: int
    blank: int
    """Cells of the white space that follows; `LONG` if the line ends there."""


def units(text: str, lines: Collection[int] = ()) -> tuple[Unit, ...]:
    """Return the units of a text; lines begin at the offsets in `lines`, whatever the width."""
    begin = len(text) - len(text.lstrip())
    return tuple(
        Unit(*unit.span(1), cell_len(unit[1]), LONG if unit.end() in lines else cell_len(unit[2]))
        for unit in _UNIT.finditer(text, begin)
    )


def wrap(text: str, width: int, parts: Sequence[Unit] | None = None) -> list[tuple[int, int]]:
    """Return the spans of lines of at most `width` cells; only white space is between them.

    A unit that is longer than a line is cut. A character of two cells needs a width of two.

    Args:
        text: the text to wrap.
        width: cells of a line.
        parts: the `units` of the text, if they are known.
    """
    spans: list[tuple[int, int]] = []
    parts = units(text) if parts is None else parts
    start = stop = parts[0].start if parts else 0
    used = 0
    for first, last, cells, blank in parts:
        if used + cells > width and stop > start:
            spans.append((start, stop))
            start, used = first, 0
        if cells > width:
            *full, (start, stop) = _chop(text, first, last, width)
            spans += full
            used = cell_len(text[start:stop])
        else:
            stop = last
            used += cells
        used += blank
    return [*spans, (start, stop)] if stop > start else spans


def hang(text: str, width: int) -> list[str]:
    """Return a page wrapped to a width, with a hanging indent.

    A line of a table continues under its second column, if there is room for both.
    """
    return [part for line in text.split("\n") for part in _hung(line, width)]


def _hung(line: str, width: int) -> list[str]:
    if cell_len(line) <= width:
        return [line]
    head = _COLUMN.match(line)
    if head and head.end() <= width // 2:
        at = margin = head.end()
    else:
        at = min(len(line) - len(line.lstrip()), width // 4)
        margin = 2 * at
    rest = line[at:]
    first, *others = [rest[slice(*span)] for span in wrap(rest, width - margin)] or [""]
    return [line[:at] + first, *(" " * margin + other for other in others)]


def _chop(text: str, start: int, stop: int, width: int) -> Iterator[tuple[int, int]]:
    """Cut a word that no line can hold, between clusters of characters."""
    begin, used = start, 0
    for left, cells in _clusters(text[start:stop], width):
        if used and used + cells > width:
            yield begin, start + left
            begin, used = start + left, 0
        used += cells
    yield begin, stop


def _clusters(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where the clusters of a word begin, and their cells, at most `width` where possible.

    These are grapheme clusters, in Thai and Lao with the vowels that stand before and after.
    """
    begin = used = 0
    for left, _, cells in split_graphemes(text)[0]:
        bound = text[left] in _TRAILING or text[left - 1] in _LEADING
        if used and (not bound or used + cells > width):
            yield begin, used
            begin, used = left, 0
        used += cells
    yield begin, used
