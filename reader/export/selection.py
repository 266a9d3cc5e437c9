"""Which rows and versions the user wants in a file."""

import re
from dataclasses import dataclass

from reader.errors import ExportError

Range = tuple[int, int | None]
"""First and last number, both included; None: to the end."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows to write; the default is all of them."""

    min_score: float = 0.0
    """Above 0, rows of one version are left out, too: they have no score."""
    confirmed: bool = False
    """Only rows that somebody confirmed or edited."""
    starred: frozenset[int] | None = None
    """Indices of the rows with a star, if only these; None for all."""
    shown: frozenset[int] | None = None
    """Indices of the rows that the filter of the screen shows, if only these; None for all."""
    complete: bool = False
    """Only rows in which no version is missing."""
    pairs: tuple[str, ...] = ()
    """Pairs of languages or labels, such as "pt-en" or "pt1-en": only these versions, in this
    order, and only rows that hold one of the pairs."""
    types: frozenset[tuple[int, ...]] = frozenset()
    """Numbers of segments per version, such as (1, 1). Two numbers hold for every two versions that
    are in the row; as many numbers as there are versions hold for the whole row."""
    rows: tuple[Range, ...] = ()
    """Numbers as on the screen, from 1."""


EVERYTHING = Selection()


def pairs_of(text: str) -> tuple[str, ...]:
    """Read a list such as "pt-en,ru-en".

    Raises:
        ExportError: an entry has no hyphen.
    """
    found = tuple(_entries(text))
    for entry in found:
        if not all(entry.partition("-")):
            raise ExportError(f"pair {entry!r}: not two languages; write it as pt-en")
    return found


def types_of(text: str) -> frozenset[tuple[int, ...]]:
    """Read a list such as "1-1,2-1".

    Raises:
        ExportError: an entry is something else.
    """
    found = set()
    for entry in _entries(text):
        if not re.fullmatch(r"[0-9]{1,6}(-[0-9]{1,6})+", entry):
            raise ExportError(f"type {entry!r}: not numbers of segments; write it as 1-1")
        found.add(tuple(map(int, entry.split("-"))))
    return frozenset(found)


def rows_of(text: str) -> tuple[Range, ...]:
    """Read a list such as "10-200,300,400-".

    Raises:
        ExportError: an entry is something else.
    """
    found = []
    for entry in _entries(text):
        match = re.fullmatch(r"([0-9]{1,9})(-([0-9]{1,9})?)?", entry)
        first, dash, stop = match.groups() if match else ("0", None, None)
        last = int(stop or first) if stop or not dash else None
        if not int(first) or (last is not None and last < int(first)):
            raise ExportError(f"rows {entry!r}: no row numbers; write them as 10-200, 10- or 10")
        found.append((int(first), last))
    return tuple(found)


def score_of(text: str) -> float:
    """Read a score; "" is none.

    Raises:
        ExportError: it is no number from 0 to 1.
    """
    try:
        score = float(text or 0)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise ExportError(f"score {text!r}: no number from 0 to 1; write it as 0.9")
    return score


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",")] if text.strip() else []
