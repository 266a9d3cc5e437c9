"""Marks on what differs between the versions of a row: numbers by value, words by the pivot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from reader.facts import differing_numbers
from reader.model import ParallelText
from reader.tui.search import fold

STEM = 6
"""Letters of a word that are compared: a stemmer that needs no language."""
LEAST = 4
"""Least letters of a word that is compared; shorter ones are mostly grammar."""
_GRAMMAR = (
    "about after also been before being could does from have having here into just more most only "
    "other over said should since some such than that their them then there these they this those "
    "under very were what when where which while will with would your"
)
_STOP_WORDS = frozenset(_GRAMMAR.split())
"""Longer words that are not compared either."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Mark(NamedTuple):
    """A span of a text that is drawn differently."""

    start: int
    stop: int
    kind: Literal["match", "differs", "unshared", "selected"]
    """Match of a search; number that differs; word that no other version has; selected text."""


Marks = tuple[Mark, ...]


def number_marks(
    parallel: ParallelText, row: int, documents: Sequence[int], pivot_language: str = "en"
) -> dict[int, Marks]:
    """Mark the numbers on which versions differ, by document."""
    return {
        d: tuple(Mark(start, stop, "differs") for start, stop in spans)
        for d, spans in differing_numbers(parallel, row, documents, pivot_language).items()
    }


def word_marks(parallel: ParallelText, row: int, documents: Sequence[int]) -> dict[int, Marks]:
    """Mark in the machine translation of each document the words that no other one has."""
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
    """Return (start, stop, stem) of the words that are compared."""
    found = []
    for word in _WORD.finditer(text):
        folded = fold(word[0])
        if len(folded) >= LEAST and folded not in _STOP_WORDS:
            found.append((*word.span(), folded[:STEM]))
    return found
