"""What the versions of a row say differently: numbers by value, words through the pivot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from reader.facts import differing_in_row
from reader.model import ParallelText
from reader.tui.search import fold

STEM = 6
"""Letters of a word that count: a stemmer that knows no language (ALIGNMENT.md, 2)."""
LEAST = 4
"""Letters of a word that says something; the shorter ones are mostly grammar."""
_GRAMMAR = (
    "about after also been before being could does from have having here into just more most only "
    "other over said should since some such than that their them then there these they this those "
    "under very were what when where which while will with would your"
)
"""Longer words that are grammar as well."""
_SAYS_LITTLE = frozenset(_GRAMMAR.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Mark(NamedTuple):
    """Characters of a text that are drawn otherwise than the rest."""

    start: int
    stop: int
    kind: Literal["match", "differs", "unshared", "selected"]
    """What a search found; a number that differs; a word that no other version has; what is
    selected with the mouse."""


Marks = tuple[Mark, ...]


def number_marks(
    parallel: ParallelText, row: int, documents: Sequence[int], pivot_language: str = "en"
) -> dict[int, Marks]:
    """Mark the numbers on which versions differ, by document."""
    return {
        d: tuple(Mark(start, stop, "differs") for start, stop in spans)
        for d, spans in differing_in_row(parallel, row, documents, pivot_language).items()
    }


def word_marks(parallel: ParallelText, row: int, documents: Sequence[int]) -> dict[int, Marks]:
    """Mark in the machine's text of each document the words that no other one has."""
    present = [d for d in documents if parallel.pivot(row, d)]
    words = {d: _stems(parallel.pivot(row, d)) for d in present}
    return {
        d: tuple(
            Mark(start, stop, "unshared")
            for start, stop, stem in words[d]
            if not any(stem == other for e in present if e != d for *_, other in words[e])
        )
        for d in present
        if len(present) > 1
    }


def _stems(text: str) -> list[tuple[int, int, str]]:
    """Return (start, stop, stem) of the words that say something."""
    found = []
    for word in _WORD.finditer(text):
        folded = fold(word[0])
        if len(folded) >= LEAST and folded not in _SAYS_LITTLE:
            found.append((*word.span(), folded[:STEM]))
    return found
