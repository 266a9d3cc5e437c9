"""Dictionaries of names and of words of everyday life, from 123 languages into English.

A few thousand entries per language, from Unicode's CLDR. They are used where there is no
translation: in languages without a model package, and for segments that the machine failed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from reader.align.text import tokens, unspaced

Words = tuple[str, ...]

LEAST = 4
"""Least letters of an entry; shorter ones occur in too many other words."""
LEAST_UNSPACED = 2
"""Least characters in scripts that do not separate words."""
ENDING = 3
"""Most letters by which an inflected form is longer than its entry."""
VOWELS = "aeiouyаеиоуыэюяьαεηιουω"
"""Last letters of an entry that inflected forms may lack,"""
LONG = 8
"""together with the letter before in entries of at least so many letters."""
ABJADS = frozenset({"ar", "fa", "he", "ur"})
"""Languages in which articles and prepositions are prefixes."""
KEY = 3
"""First letters by which an entry is looked up."""
_PREFIX = re.compile("^(?:[وفبك]?ال|لل|[והבלמש]?ה|[وفبكلבלמש])(?=...)")


@dataclass(frozen=True)
class Dictionary:
    """The entries of one language."""

    unspaced: dict[str, dict[str, Words]]
    """English words by entry, of scripts that do not separate words; grouped by the first
    characters, the longest first."""
    spaced: dict[str, dict[Words, Words]]
    """English words by entry, as words, of other scripts; grouped likewise."""
    prefixes: bool
    """Whether words are compared without prefixes."""
    _known: dict[str, list[tuple[Words, Words]]] = field(default_factory=dict, compare=False)
    """Cache: the entries that begin with a form of a word."""

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Words]], prefixes: bool = False) -> Dictionary:
        """Return the dictionary of some entries, folded, with their English words.

        Args:
            entries: of those that are the same, the English words are joined.
            prefixes: whether words are compared without prefixes, see `ABJADS`.
        """
        without: dict[str, dict[str, Words]] = {}
        spaced: dict[str, dict[Words, Words]] = {}
        for entry, english in sorted(entries, key=lambda pair: -len(pair[0])):
            if unspaced(entry[-1]):
                others = without.setdefault(entry[:LEAST_UNSPACED], {})
                others[entry] = (*others.get(entry, ()), *english)
            elif words := tuple(stripped(word) if prefixes else word for word in tokens(entry)):
                alike = spaced.setdefault(words[0][:KEY], {})
                alike[words] = (*alike.get(words, ()), *english)
        return cls(without, spaced, prefixes)

    def find(self, folded: str) -> Iterator[Words]:
        """Yield the English words of the entries in a folded text, in order; no two overlap."""
        if self.unspaced:
            yield from self._find_unspaced(folded)
        if self.spaced:
            words = list(tokens(folded))
            yield from self._find_spaced([stripped(w) for w in words] if self.prefixes else words)

    def _find_unspaced(self, text: str) -> Iterator[Words]:
        k = 0
        while k < len(text):
            for entry, english in self.unspaced.get(text[k : k + LEAST_UNSPACED], {}).items():
                if text.startswith(entry, k):
                    yield english
                    k += len(entry) - 1
                    break
            k += 1

    def _find_spaced(self, words: Sequence[str]) -> Iterator[Words]:
        k = 0
        while k < len(words):
            for entry, english in self._beginning(words[k]):
                rest = len(entry) - 1
                if rest < len(words) - k and all(map(self._inflected, words[k + 1 :], entry[1:])):
                    yield english
                    k += rest
                    break
            k += 1

    def _beginning(self, word: str) -> list[tuple[Words, Words]]:
        """Return the entries that begin with a form of a word, with their English words.

        Those that begin with the word itself come first.
        """
        if word not in self._known:
            alike = [
                (entry, english)
                for entry, english in self.spaced.get(word[:KEY], {}).items()
                if self._inflected(word, entry[0])
            ]
            self._known[word] = sorted(alike, key=lambda pair: pair[0][0] != word)
        return self._known[word]

    def _inflected(self, word: str, entry: str) -> bool:
        """Return whether a word may be an inflected form of an entry."""
        if word == entry:
            return True
        if len(word) > len(entry) + ENDING or len(entry) < LEAST:
            return False
        if not self.prefixes and entry[-1] in VOWELS and len(entry) > LEAST:
            entry = entry[: -2 if len(entry) >= LONG else -1]
        return word.startswith(entry)


def stripped(word: str) -> str:
    """Return a word of an abjad without its prefixes and its feminine ending."""
    return _PREFIX.sub("", word).removesuffix("ة")


@cache
def dictionary(language: str) -> Dictionary | None:
    """Return the dictionary of a language by its code; None if there is none.

    Made by `python -m tests.eval.dictionary`.
    """
    with ZipFile(str(files("reader.align") / "dictionaries.zip")) as file:
        name = f"{language}.tsv"
        if name not in file.namelist():
            return None
        lines = file.read(name).decode().split("\n")
    entries = (line.split("\t") for line in lines)
    return Dictionary.of(
        ((entry, tuple(words.split())) for entry, words in entries), language in ABJADS
    )
