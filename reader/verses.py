"""Where the lines of a cell begin: at paragraphs, and at the lines of a poem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.model import Document

# The first letter of a line that follows another.
_FIRST = re.compile(r"(?<=[^\n])\n[^\w\n]*([^\W\d_])")
_SPACE = re.compile(r"\s+")
CAPITALS = 0.85
"""Least share of lines that begin with a capital in a poem; in hard-wrapped prose it is about .15,
in German .4."""
LEAST = 4
"""Least number of such lines."""
LOOKED_AT = 200_000
"""Characters at the beginning that are looked at."""


def is_verse(document: Document) -> bool:
    """Tell whether the line breaks within paragraphs are the lines of poems."""
    firsts = _FIRST.findall(document.text, 0, LOOKED_AT)
    capitals, small = (sum(map(case, firsts)) for case in (str.isupper, str.islower))
    return capitals >= max(LEAST, CAPITALS * (capitals + small))


def begins_line(document: Document, before: int, index: int, *, verse: bool) -> bool:
    """Tell whether a sentence begins a line, given the sentence `before` it in its cell."""
    segments = document.segments
    if segments.paragraphs[before] != segments.paragraphs[index]:
        return True
    return verse and "\n" in document.text[segments.stops[before] : segments.starts[index]]


def line_starts(
    document: Document, indices: Sequence[int], starts: Sequence[int], *, verse: bool
) -> Iterator[int]:
    """Yield the offsets in the text of a cell at which lines begin, in any order; 0 is left out.

    Args:
        document: the version.
        indices: segments of the cell.
        starts: offset of each of them in the text of the cell, the first left out.
        verse: whether the document `is_verse`.
    """
    for start, (before, index) in zip(starts, pairwise(indices), strict=True):
        if begins_line(document, before, index, verse=verse):
            yield start
    if verse:
        for start, index in zip((0, *starts), indices, strict=True):
            yield from (start + line for line in _lines(document, index))


def _lines(document: Document, index: int) -> Iterator[int]:
    """Yield the offsets in a sentence, as it is on one line, at which its further lines begin."""
    segment, removed = document.segments[index], 0
    for space in _SPACE.finditer(document.text, segment.start, segment.stop):
        removed += len(space[0]) - 1
        if "\n" in space[0]:
            yield space.end() - segment.start - removed
