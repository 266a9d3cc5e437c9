"""Where lines begin in a row that are no accident of the width: paragraphs, the lines of poems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.model import Document

# The first letter of a line that follows another.
_FIRST = re.compile(r"(?<=[^\n])\n[^\w\n]*([^\W\d_])")
_SPACE = re.compile(r"\s+")
CAPITALS = 0.85
"""Least share of lines that begin with a capital in a poem; of those that are wrapped in prose
about .15 do, in German .4."""
LEAST = 4
"""Fewer lines tell nothing."""
LOOKED_AT = 200_000
"""Characters from which it is told."""


def is_verse(document: Document) -> bool:
    """Tell whether the line breaks within paragraphs are those of poems."""
    firsts = _FIRST.findall(document.text, 0, LOOKED_AT)
    capitals, small = (sum(map(case, firsts)) for case in (str.isupper, str.islower))
    return capitals >= max(LEAST, CAPITALS * (capitals + small))


def begins_line(document: Document, before: int, index: int, *, verse: bool) -> bool:
    """Tell whether a sentence begins a line, after another one in its cell; see `line_starts`."""
    segments = document.segments
    if segments.paragraphs[before] != segments.paragraphs[index]:
        return True
    return verse and "\n" in document.text[segments.stops[before] : segments.starts[index]]


def line_starts(
    document: Document, indices: Sequence[int], starts: Sequence[int], *, verse: bool
) -> Iterator[int]:
    """Yield where lines begin in a cell, in any order; its first one does so anyway.

    Offsets are those of what a version says in a row, on one line.

    Args:
        document: what the version says.
        indices: of the sentences of the cell.
        starts: of each of them but for the first.
        verse: whether the line breaks within paragraphs are those of a poem.
    """
    for start, (before, index) in zip(starts, pairwise(indices), strict=True):
        if begins_line(document, before, index, verse=verse):
            yield start
    if verse:
        for start, index in zip((0, *starts), indices, strict=True):
            yield from (start + line for line in _lines(document, index))


def _lines(document: Document, index: int) -> Iterator[int]:
    """Yield where the further lines of a sentence begin in it, once it is on one line."""
    segment, removed = document.segments[index], 0
    for space in _SPACE.finditer(document.text, segment.start, segment.stop):
        removed += len(space[0]) - 1
        if "\n" in space[0]:
            yield space.end() - segment.start - removed
