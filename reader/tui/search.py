"""Queries: plain text, without regard to accents, case and typographic variants, or a regex.

A regular expression does regard accents and typography.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

import regex

from reader.errors import SearchError
from reader.model import ParallelText

REGEX = "/"
"""Prefix of a query that is a regular expression."""
PATIENCE = 0.2
"""Most seconds that a regular expression may take for one text."""

# What a keyboard types for what a book prints.
_TYPED = dict(zip("’‘‛ʼ“”„«»–—‑−\u00a0\u202f", '\'\'\'\'"""""----  ', strict=True))
# Voicing marks of kana make another sound, not an accented one.
_VOICING = "\u3099\u309a"
_JOINER = "\u200d"


class _Folding(dict[int, str]):
    """Character code -> the text it is compared as; filled on demand."""

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
    """Return the text as it is compared: without accents and case, with plain quotes and dashes."""
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

    @cached_property
    def pattern(self) -> regex.Pattern[str] | None:
        """The regular expression after a leading "/"; None where plain text is meant.

        Raises:
            SearchError: it is wrong.
        """
        if not (self.text.startswith(REGEX) and len(self.text) > 1):
            return None
        try:
            return regex.compile(self.text[1:], regex.IGNORECASE)
        except regex.error as error:
            raise SearchError(
                f"{self.text[1:]!r}: no regular expression ({error.msg}); "
                "leave out the leading / to search for it as it is"
            ) from error

    def matches(self, text: str) -> bool:
        """Tell whether the text holds the query.

        Raises:
            SearchError: see `pattern`; or the search takes too long.
        """
        if self.pattern:
            return bool(self._found(text))
        return bool(self.folded) and self.folded in fold(text)

    def _found(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans that the regular expression matches, empty ones left out."""
        assert self.pattern
        try:
            found = [match.span() for match in self.pattern.finditer(text, timeout=PATIENCE)]
        except TimeoutError as error:
            raise SearchError(
                f"{self.text[1:]!r}: takes too long; a simpler expression would do"
            ) from error
        return tuple(_joined(text, *span) for span in found if span[0] < span[1])

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the matches as half-open spans of `text`, disjoint and in order.

        Raises:
            SearchError: as `matches`.
        """
        if self.pattern:
            return self._found(text)
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
    """Widen a span to whole signs that joiners are part of, such as compound emoji."""
    while start > 1 and text[start - 1] == _JOINER:
        start -= 2
    while stop < len(text) and text[stop - 1] == _JOINER:
        stop += 1
    return start, stop


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that matches a query, and where in it the first match is."""

    row: int
    document: int
    where: Literal["text", "pivot", "skipped"]


def hit(parallel: ParallelText, row: int, documents: Sequence[int], query: Query) -> Hit | None:
    """Return the first match in a row, None for none: in originals, then folds, then pivots."""
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


def ring(start: int, rows: Sequence[int], *, backwards: bool = False) -> Iterator[int]:
    """Return all of some ascending rows: those after `start`, then from the first on up to it.

    Backwards: those before it, descending, then from the last on.
    """
    if backwards:
        at = bisect_left(rows, start)
        return chain(reversed(rows[:at]), reversed(rows[at:]))
    at = bisect_right(rows, start)
    return chain(rows[at:], rows[:at])
