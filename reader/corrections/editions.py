"""Texts that were edited after they were corrected: where their sentences stand now.

The two states of a text are compared piece by piece. What did not change bounds where a sentence
can be; between these bounds it is found by its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile

from reader.corrections.operations import Cell, Cells, CorrectedRows
from reader.model import Document, Status, one_line

# A sentence by its looks, whatever its language; white space inside it may change.
_PIECE = re.compile(r"\S.*?(?:[.!?…]+(?=\s)|[。！？]|(?=\n\s*\n)|\Z)", re.DOTALL)
_KEPT = 0.5
"""The least share of the pieces of the shorter state that both have; else it is another text."""

Place = tuple[int, int]
"""Start and stop in a text."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The text of a document at the time it was corrected."""

    name: str
    """Of the file, without its folder."""
    text: str


class Revision:
    """An earlier edition of a document, compared with what it is now."""

    def __init__(self, earlier: Edition, document: Document) -> None:
        self._document = document
        self._old, self._new = earlier.text, document.text
        self._before, self._after = _pieces(self._old), _pieces(self._new)
        self._blocks = _common(
            [one_line(self._old[start:stop]) for start, stop in self._before],
            [one_line(self._new[start:stop]) for start, stop in self._after],
        )

    @property
    def is_same_text(self) -> bool:
        """Whether both are editions of one text: they share enough of their pieces."""
        common = sum(size for _, _, size in self._blocks)
        return common > 0 and common >= _KEPT * min(len(self._before), len(self._after))

    def place(self, place: Place) -> Place | None:
        """Return where a sentence of the earlier edition stands now; None if in doubt."""
        here = self._by_words[one_line(self._old[slice(*place)])]
        low, high = self._bounds(place)
        near = [found for found in here if low <= found[0] and found[1] <= high]
        found = near or (here if self._is_single(place) else [])
        return found[0] if len(found) == 1 else None

    def _is_single(self, place: Place) -> bool:
        """Tell whether the words of a sentence stood only once in the earlier edition."""
        return self._old.count(self._old[slice(*place)]) == 1

    def _bounds(self, place: Place) -> Place:
        """Return the start and stop in the new text between which a sentence must stand."""
        first = bisect_right(self._before, place[0], key=lambda piece: piece[0]) - 1
        last = bisect_left(self._before, place[1], key=lambda piece: piece[0]) - 1
        low, high = 0, len(self._new)
        for a, b, size in self._blocks:
            if a <= first < a + size:
                low = self._after[b + first - a][0]
            elif size and a + size <= first:
                low = self._after[b + size - 1][1]
            if a <= last < a + size:
                high = self._after[b + last - a][1]
                break
            if size and a > last:
                high = self._after[b][0]
                break
        return low, high

    @cached_property
    def _by_words(self) -> defaultdict[str, list[Place]]:
        """Sentence of the document, skipped ones left out -> its places."""
        found: defaultdict[str, list[Place]] = defaultdict(list)
        segments = self._document.segments
        for i in self._document.kept:
            found[self._document.sentence(i)].append((segments.starts[i], segments.stops[i]))
        return found


def _pieces(text: str) -> list[Place]:
    return [piece.span() for piece in _PIECE.finditer(text)]


def _common(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Return the runs that two lists have in common as (start in one, start in the other, size)."""
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    backwards = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    ends = len(old) - tail, len(new) - tail
    # What changed is most often little; without its limits the comparison would be slow.
    middle = SequenceMatcher(None, old[head : ends[0]], new[head : ends[1]], autojunk=False)
    return [
        (0, 0, head),
        *((head + a, head + b, size) for a, b, size in middle.get_matching_blocks() if size),
        (*ends, tail),
    ]


def relocate(
    corrected: CorrectedRows,
    versions: Collection[str],
    revisions: Mapping[str, tuple[str, Revision]],
) -> tuple[dict[Cells, Status], dict[Cells, Status]]:
    """Find corrected rows in the documents of today; return those found, and those that are gone.

    Args:
        corrected: the rows as they were corrected.
        versions: keys of the texts among which they were corrected; cells of any other text are of
            an edition before these, and are left out.
        revisions: key of an earlier text -> key of its document now, and how the two compare.
    """
    there: dict[Cells, Status] = {}
    gone: dict[Cells, Status] = {}
    for cells, status in corrected.items():
        now = [
            _moved_cell(cell, *revisions[cell.version]) if cell.version in revisions else cell
            for cell in cells
            if cell.version in revisions or cell.version in versions
        ]
        found = tuple(sorted(cell for cell in now if cell))
        if len(found) == len(cells):
            there[found] = status
        else:
            gone[cells] = status
    return there, gone


def _moved_cell(cell: Cell, key: str, revision: Revision) -> Cell | None:
    """Return a cell of an earlier text as one of the document now; None if part of it is gone."""
    places = [revision.place(span) for span in cell.spans]
    found = tuple(sorted({place for place in places if place}))
    return Cell(key, found) if len(found) == len(places) else None
