"""Texts that were edited after they were corrected: where their sentences stand now.

What did not change is told from what did by comparing the two states of the text piece by piece;
a sentence in between is known by its words.
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

from reader.corrections.operations import Cell, Cells
from reader.model import Document, Status, one_line

# A sentence by its looks, whatever its language; white space inside it may change.
_PIECE = re.compile(r"\S.*?(?:[.!?…]+(?=\s)|[。！？]|(?=\n\s*\n)|\Z)", re.DOTALL)
_KEPT = 0.5
"""The least share of the pieces of the shorter state that both have; else it is another text."""

Place = tuple[int, int]
"""Start and stop in a text."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A text as it was when it was corrected."""

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
    def is_one(self) -> bool:
        """Tell whether it is an edition of the same text, and no other one."""
        common = sum(size for _, _, size in self._blocks)
        return common > 0 and common >= _KEPT * min(len(self._before), len(self._after))

    def place(self, place: Place) -> Place | None:
        """Return where a sentence stands now; None where it is not there, or not for sure."""
        here = self._by_words[one_line(self._old[slice(*place)])]
        low, high = self._bounds(place)
        near = [found for found in here if low <= found[0] and found[1] <= high]
        found = near or (here if self._is_single(place) else [])
        return found[0] if len(found) == 1 else None

    def _is_single(self, place: Place) -> bool:
        """Tell whether the words of a place were nowhere else."""
        return self._old.count(self._old[slice(*place)]) == 1

    def _bounds(self, place: Place) -> Place:
        """Return between which places of the new text something of the old one must stand."""
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
        """The sentences of the new text that take part -> where they stand."""
        found: defaultdict[str, list[Place]] = defaultdict(list)
        segments = self._document.segments
        for i in self._document.kept:
            found[self._document.sentence(i)].append((segments.starts[i], segments.stops[i]))
        return found


def _pieces(text: str) -> list[Place]:
    return [piece.span() for piece in _PIECE.finditer(text)]


def _common(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Return runs of what both lists have, as (start in one, start in the other, size)."""
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


def revised(
    said: Mapping[Cells, Status],
    versions: Collection[str],
    revisions: Mapping[str, tuple[str, Revision]],
) -> tuple[dict[Cells, Status], dict[Cells, Status]]:
    """Return rows as they stand in the texts of today, and those that are not there any more.

    Args:
        said: the rows and what was said of them.
        versions: keys of the texts that were corrected; what is said of another is of an edition
            before these.
        revisions: key of an earlier text -> key of its document now, and how they compare.
    """
    there: dict[Cells, Status] = {}
    gone: dict[Cells, Status] = {}
    for cells, status in said.items():
        now = [
            _now(cell, *revisions[cell.version]) if cell.version in revisions else cell
            for cell in cells
            if cell.version in revisions or cell.version in versions
        ]
        found = tuple(sorted(cell for cell in now if cell))
        if len(found) == len(cells):
            there[found] = status
        else:
            gone[cells] = status
    return there, gone


def _now(cell: Cell, key: str, revision: Revision) -> Cell | None:
    """Return where a cell stands now; None where part of it is not there."""
    places = [revision.place(span) for span in cell.spans]
    found = tuple(sorted({place for place in places if place}))
    return Cell(key, found) if len(found) == len(places) else None
