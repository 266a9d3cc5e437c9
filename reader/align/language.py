"""How often words and letters follow each other: learned for English, else from the texts at hand.

Words are counted by class: the commonest words are one each, others are classed by their endings
(after Brown et al. 1992, without clustering).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from reader.align.text import Column

Indices = NDArray[np.int64]

COMMON = 100
"""Number of common words, each a class of its own."""
ENDINGS = 30
"""Number of endings of two letters that are a class."""
ENGLISH = 0.3
"""Share of words that are common in English from which a text is English: English texts have .4 and
more, others .1 and less."""

Neighbours = tuple[Indices, Indices, Indices]
"""Per pair of neighbouring words its segment, and the classes of both."""


def neighbours(column: Column, kind: Indices) -> Neighbours:
    """Return the pairs of neighbouring words of a column, by the class of each word."""
    size = np.asarray(column.words.sum(axis=1)).ravel().astype(np.int64)
    segment = np.repeat(np.arange(len(column)), size)
    inside = np.flatnonzero(segment[1:] == segment[:-1])
    of_word = kind[column.running]
    return segment[inside], of_word[inside], of_word[inside + 1]


@dataclass(frozen=True)
class Language:
    """How often words and letters follow each other in a language."""

    common: tuple[str, ...]
    """Words, each a class of its own."""
    endings: tuple[str, ...]
    """Endings of other words, each a class; two more classes are numbers and all other words."""
    follows: Indices
    """Array of class x class: how often the second follows the first."""
    letters: str = ""
    """Letters, and the blank before and after a word; "" if they were not counted."""
    next_letter: Indices = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    """Array of letter x letter: how often the second follows the first."""

    @classmethod
    def of(cls, columns: Sequence[Column], words: Sequence[str]) -> Language:
        """Learn a language, without its letters, from texts."""
        running = np.concatenate([column.running for column in columns])
        often = np.bincount(running, minlength=len(words))
        common = np.argsort(-often, kind="stable")[:COMMON].tolist()
        endings: Counter[str] = Counter()
        for w in np.flatnonzero(often).tolist():
            endings[words[w][-2:]] += int(often[w])
        found = cls(
            tuple(words[w] for w in common),
            tuple(ending for ending, _ in endings.most_common(ENDINGS)),
            np.zeros((0, 0), np.int64),
        )
        kind = found.classes(words)
        codes = np.concatenate(
            [x * found.size + y for _, x, y in (neighbours(column, kind) for column in columns)]
        )
        follows = np.bincount(codes, minlength=found.size**2).reshape(found.size, found.size)
        return replace(found, follows=follows)

    @cached_property
    def by_chance(self) -> NDArray[np.float64]:
        """Array of class x class: how often the second would follow the first by chance."""
        seen = self.follows
        return np.outer(seen.sum(axis=1), seen.sum(axis=0)) / max(int(seen.sum()), 1)

    @property
    def size(self) -> int:
        """Number of classes."""
        return len(self.common) + len(self.endings) + 2

    def classes(self, words: Sequence[str]) -> Indices:
        """Return the class of every word."""
        number, other = self.size - 2, self.size - 1
        place = {ending: len(self.common) + k for k, ending in enumerate(self.endings)}
        own = {word: k for k, word in enumerate(self.common)}
        return np.array(
            [own.get(w, number if w[0].isdigit() else place.get(w[-2:], other)) for w in words],
            np.int64,
        )

    def save(self, path: Path) -> None:
        """Write it to a file."""
        np.savez_compressed(path, **asdict(self))

    @classmethod
    def load(cls, file: IO[bytes]) -> Language:
        """Read what was written."""
        with np.load(file) as found:
            return cls(
                tuple(found["common"].tolist()),
                tuple(found["endings"].tolist()),
                found["follows"],
                str(found["letters"]),
                found["next_letter"],
            )


@cache
def english() -> Language:
    """Return English as learned by `python -m tests.eval.english`."""
    with (files("reader.align") / "english.npz").open("rb") as file:
        return Language.load(file)


def language_of(columns: Sequence[Column], words: Sequence[str]) -> Language:
    """Return English for texts that are English, else what can be learned from them."""
    known = english()
    usual = frozenset(known.common)
    common = np.array([word in usual for word in words], bool)
    running = np.concatenate([column.running for column in columns])
    if len(running) and common[running].mean() >= ENGLISH:
        return known
    return Language.of(columns, words)
