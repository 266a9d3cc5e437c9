"""The versions that are aligned, and the choice of the texts by which two of them are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy import sparse

from reader.align.dictionary import dictionary
from reader.align.headings import landmarks
from reader.align.length import lengths
from reader.align.links import FREE, Links
from reader.align.marks import Marks
from reader.align.pair import Pair, View
from reader.align.romanize import romanized
from reader.align.text import Column, Ints, Vocabulary, fold, frequency, idf
from reader.model import Span

Bags = tuple[sparse.csr_matrix, sparse.csr_matrix]

TRUSTED = 0.5
"""Share of segments that must have a pivot text for a version to be compared by its pivots."""


@dataclass(frozen=True, slots=True)
class Version:
    """A document as the aligner sees it: its kept segments and nothing else."""

    id: str
    """Digest of the content: versions are processed in the order of their digests, so that the
    order in which they are given does not matter."""
    originals: tuple[str, ...]
    """One line each, never empty."""
    pivots: tuple[str, ...]
    """Translations parallel to `originals`; "" where there is none."""
    language: str = ""
    """Code of the originals' language; "" if unknown."""
    headings: frozenset[int] = frozenset()
    second: tuple[str, ...] = ()
    """The segments in a second language in which all versions are available, or ()."""
    seams: frozenset[int] = frozenset()
    """Segments that do not follow the one before them in the document: no bead holds both."""

    def __post_init__(self) -> None:
        if len(self.pivots) != len(self.originals):
            raise ValueError(f"{len(self.originals)} segments with {len(self.pivots)} pivots")
        if self.second and len(self.second) != len(self.originals):
            raise ValueError(f"{len(self.originals)} segments with {len(self.second)} in `second`")

    def part(self, kept: Sequence[int]) -> Version:
        """Return the version of some of its segments, in the order given."""
        return replace(
            self,
            originals=tuple(self.originals[i] for i in kept),
            pivots=tuple(self.pivots[i] for i in kept),
            headings=frozenset(k for k, i in enumerate(kept) if i in self.headings),
            second=tuple(self.second[i] for i in kept) if self.second else (),
            seams=frozenset(k for k, i in enumerate(kept) if k and i in self.seams),
        )

    @property
    def key(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """A sort key that depends on nothing but the content."""
        return self.id, self.originals, self.pivots

    @property
    def titles(self) -> dict[int, str]:
        """The originals of the headings, by index and in order."""
        return {i: self.originals[i] for i in sorted(self.headings)}

    def latin(self) -> list[str]:
        """Return the originals in Latin letters, with the English words that the dictionary has."""
        letters = [romanized(text) for text in self.originals]
        known = dictionary(self.language)
        if known is None:
            return letters
        named = (
            " ".join(word for words in known.find(text) for word in words)
            for text in fold(self.originals)
        )
        return [f"{text} {words}" for text, words in zip(letters, named, strict=True)]

    @property
    def translated(self) -> bool:
        """Whether enough segments have a pivot text."""
        return sum(map(bool, self.pivots)) >= TRUSTED * len(self.pivots)


def seams(places: Sequence[int]) -> frozenset[int]:
    """Return the indices of segments that do not follow the one before them in the document.

    Args:
        places: per segment its index in the document.
    """
    return frozenset(k for k, (i, j) in enumerate(pairwise(places), 1) if j != i + 1)


class Library:
    """The texts of all versions over one vocabulary; what two of them share is prepared once.

    Args:
        versions: at least one.
        pins: per version and segment the index of its pin, or `FREE`; () without pins.
    """

    def __init__(self, versions: Sequence[Version], pins: Sequence[Ints] = ()) -> None:
        self.versions = versions
        self._latin: dict[int, list[str]] = {}
        self._pins = pins if any((column != FREE).any() for column in pins) else ()
        texts: list[Sequence[str]] = []
        self._place: dict[tuple[int, str], int] = {}
        for k, version in enumerate(versions):
            self._place[k, "original"] = len(texts)
            texts.append(version.originals)
            if version.translated and version.pivots != version.originals:
                self._place[k, "pivot"] = self._place[k, "readable"] = len(texts)
                texts.append(version.pivots)
            if not version.translated and (latin := self.latin(k)) != list(version.originals):
                self._place[k, "readable"] = len(texts)
                texts.append(latin)
            if version.second:
                self._place[k, "second"] = len(texts)
                texts.append(version.second)
        self._vocabulary = Vocabulary(texts)
        self._pairs: dict[tuple[int, int], Pair] = {}
        self._found: dict[int, Marks] = {}
        self._lengths = [lengths(version.originals) for version in versions]

    def latin(self, version: int) -> list[str]:
        """Return `Version.latin` of a version, computed once."""
        if version not in self._latin:
            self._latin[version] = self.versions[version].latin()
        return self._latin[version]

    def column(self, version: int, kind: str) -> Column:
        """Return a text of a version; its originals where it has no such text.

        Args:
            version: its index.
            kind: "original", "pivot", "second", or "readable": the pivots of a translated version,
                the originals in Latin letters of another one.
        """
        place = self._place.get((version, kind), self._place[version, "original"])
        return self._vocabulary.columns[place]

    def word_weights(self, a: Column, b: Column) -> Callable[[str], float]:
        """Return the idf of words over two columns."""
        place = {word: k for k, word in enumerate(self._vocabulary.words)}
        weight = idf(frequency(a.words) + frequency(b.words), len(a) + len(b))
        return lambda word: float(weight[place[word]])

    def overlap(self, first: int, second: int) -> tuple[Pair, Span, Span]:
        """Return what two versions, neither empty, have in common, prepared, and where it is.

        That is all of them, or a part in which all pins are that they share.
        """
        pair = self.pair(first, second)
        x, y = pair.overlap.first, pair.overlap.second
        if pair.pinned is not None and len(pair.pinned.pairs):
            bound = pair.pinned.pairs
            pinned = (bound.i0, bound.i1), (bound.j0, bound.j1)
            x, y = (
                Span(min(span.start, int(first.min())), max(span.stop, int(last.max())))
                for span, (first, last) in zip((x, y), pinned, strict=True)
            )
        if (x, y) == (Span(0, pair.m), Span(0, pair.n)):
            return pair, x, y
        parts = [self.versions[d].part(range(*span)) for d, span in ((first, x), (second, y))]
        pins = [self._pins[d][slice(*span)] for d, span in ((first, x), (second, y)) if self._pins]
        return Library(parts, pins).pair(0, 1), x, y

    def pair(self, first: int, second: int) -> Pair:
        """Return two versions, neither empty, prepared for comparison; computed once."""
        if (first, second) not in self._pairs:
            self._pairs[first, second] = self._prepare(first, second)
        return self._pairs[first, second]

    def _prepare(self, first: int, second: int) -> Pair:
        a, b = self.versions[first], self.versions[second]
        same = bool(a.language) and a.language == b.language
        untranslated = not same and not (a.translated and b.translated)
        kind = "original" if same else "readable" if untranslated else "pivot"
        originals = self.column(first, "original"), self.column(second, "original")
        view = self._view(first, second, kind, _shared(*originals) if kind == "pivot" else None)
        views = [view]
        if a.second and b.second:
            views.append(self._view(first, second, "second"))
        return Pair(
            tuple(views),
            (self._lengths[first], self._lengths[second]),
            untranslated=untranslated,
            originals=originals if kind == "pivot" else None,
            texts=(a.originals, b.originals),
            latin=lambda: (self.latin(first), self.latin(second)),
            landmarks=landmarks(a.titles, b.titles),
            marks=(self._marks(first), self._marks(second)),
            seams=(seams_before(a), seams_before(b)) if a.seams or b.seams else None,
            pinned=Links((self._pins[first], self._pins[second])) if self._pins else None,
        )

    def _marks(self, version: int) -> Marks:
        """Return a version's marks, computed once."""
        if version not in self._found:
            self._found[version] = Marks(self.column(version, "original").folded)
        return self._found[version]

    def _view(self, first: int, second: int, kind: str, shared: Bags | None = None) -> View:
        """Return two versions' texts of a kind, without garbled translations."""
        a, b = self.column(first, kind), self.column(second, kind)
        view = View.of(self._vocabulary, (a, b), shared)
        originals = self.column(first, "original"), self.column(second, "original")
        machine = a is not originals[0], b is not originals[1]
        if kind == "readable" or not any(machine):
            return view
        languages = self.versions[first].language, self.versions[second].language
        return view.without_garbled(originals, machine, languages)


def seams_before(version: Version) -> Ints:
    """Return the number of seams up to every boundary between segments, itself included."""
    found = np.zeros(len(version.originals) + 1, np.int32)
    found[list(version.seams)] = 1
    return np.cumsum(found, dtype=np.int32)


def _shared(a: Column, b: Column) -> Bags:
    """Return per side segments x stems that occur on both sides."""
    both = (frequency(a.stems) > 0) & (frequency(b.stems) > 0)
    return a.stems[:, both], b.stems[:, both]
