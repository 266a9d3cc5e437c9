"""Search over the logical text of rows: accents, case and typographic variants do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

from reader.model import ParallelText

# What a keyboard types for what a book prints.
_TYPED = dict(zip("’‘‛ʼ“”„«»–—‑−\u00a0\u202f", '\'\'\'\'"""""----  ', strict=True))
# Voicing marks of kana make another sound, not an accented one.
_VOICING = "\u3099\u309a"
_JOINER = "\u200d"


class _Folding(dict[int, str]):
    """Character code -> what it is compared as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in {"Mn", "Cf"}:
            folded = ""
        else:
            base, *marks = list(unicodedata.normalize("NFD", character))
            accented = marks and all(
                unicodedata.category(m) == "Mn" and m not in _VOICING for m in marks
            )
            folded = _TYPED.get(character, (base if accented else character).casefold())
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text as it is compared: no accents, no case, plain quotes and dashes."""
    return text.translate(_FOLDING)


@dataclass(frozen=True)
class Query:
    """What the reader looks for."""

    text: str
    """As typed."""

    @cached_property
    def folded(self) -> str:
        """As compared; "" matches nothing."""
        return fold(self.text)

    def matches(self, text: str) -> bool:
        """Tell whether the text holds the query."""
        return bool(self.folded) and self.folded in fold(text)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the matches as half-open spans of `text`, disjoint and in order."""
        if not self.matches(text):
            return ()
        folded = [fold(character) for character in text]
        origin = [i for i, piece in enumerate(folded) for _ in piece]
        haystack, found, at = "".join(folded), [(0, 0)], 0
        while (at := haystack.find(self.folded, at)) >= 0:
            last = at + len(self.folded)
            stop = max(origin[last - 1] + 1, origin[last] if last < len(origin) else len(text))
            start, stop = _joined(text, origin[at], stop)
            if start >= found[-1][1]:
                found.append((start, stop))
            at = last
        return tuple(found[1:])


def _joined(text: str, start: int, stop: int) -> tuple[int, int]:
    """Widen a span to the whole of what joiners make one sign of, such as an emoji of two."""
    while start > 1 and text[start - 1] == _JOINER:
        start -= 2
    while stop < len(text) and text[stop - 1] == _JOINER:
        stop += 1
    return start, stop


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that holds the query, and where in the row it was met first."""

    row: int
    document: int
    where: Literal["text", "pivot", "skipped"]


def hit(parallel: ParallelText, row: int, documents: Sequence[int], query: Query) -> Hit | None:
    """Look for the query in one row: originals first, then what is folded, then the pivot."""
    for d in documents:
        if query.matches(parallel.text(row, d)):
            return Hit(row, d, "text")
    for d in documents:
        skipped = parallel.folded(row, d)
        if any(query.matches(parallel.documents[d].sentence(i)) for i in skipped):
            return Hit(row, d, "skipped")
    for d in documents:
        if query.matches(parallel.pivot(row, d)):
            return Hit(row, d, "pivot")
    return None


def ring(start: int, rows: int, *, backwards: bool = False) -> Iterator[int]:
    """Yield every row once: those after `start` (before it, if backwards), round to `start`."""
    if backwards:
        return chain(range(start - 1, -1, -1), range(rows - 1, start - 1, -1))
    return chain(range(start + 1, rows), range(min(start + 1, rows)))
