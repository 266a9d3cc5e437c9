"""Two versions, prepared for comparison: by their words in one or more languages, and by length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.anchors import anchor_weights, heaviest_chain, points, similar
from reader.align.fluency import nonsense
from reader.align.headings import LANDMARK
from reader.align.lattice import Beads
from reader.align.links import Links
from reader.align.marks import Marks
from reader.align.overlap import Overlap, overlap
from reader.align.recall import named, recalled
from reader.align.text import Column, Floats, Ints, Vocabulary, frequency, idf

LEAST_CHAPTERS = 3
"""Headings with the same numbers in the same order needed to bind: one alone may be a list item."""
KNOWN = 0.12
"""Share of a segment's words that occur on the other side at all, at most which its translation is
garbled. Others have .6 and more, and 1 in 1000 of them less than this."""
FEW = 4
"""Words that a segment must have to be judged by that share: a few may be unknown by chance."""
NONSENSE = 0.5
"""Probability of being nonsense from which a segment is garbled,"""
RESEMBLES = 0.6
"""unless a segment of the other side has at least this similarity. Where 30 % of translations are
destroyed, both values gain .01 of strict F1 over .9 and .4, and nothing where none is."""


@dataclass(frozen=True)
class View:
    """The texts of two versions in one language, prepared for comparison."""

    vocabulary: Vocabulary
    a: Column
    b: Column
    garbled: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Per side which segments are garbled; their texts are left out."""
    shared: tuple[sparse.csr_matrix, sparse.csr_matrix] | None = None
    """Per side segments x stems that occur in both originals (names, numbers); None if it is the
    originals that are compared."""
    recalled: tuple[sparse.csr_matrix, sparse.csr_matrix] | None = None
    """Per side segments x stems: how likely the right translation of a garbled segment has each."""

    @classmethod
    def of(
        cls,
        vocabulary: Vocabulary,
        columns: tuple[Column, Column],
        shared: tuple[sparse.csr_matrix, sparse.csr_matrix] | None = None,
    ) -> View:
        """Return a view of texts of which none is garbled."""
        a, b = columns
        none = np.zeros(len(a), bool), np.zeros(len(b), bool)
        return cls(vocabulary, a, b, none, shared)

    def without_garbled(
        self,
        originals: tuple[Column, Column],
        machine: tuple[bool, bool],
        languages: tuple[str, str] = ("", ""),
    ) -> View:
        """Return the view without garbled translations.

        In their place come the stems that a right translation probably has, by how their words are
        translated elsewhere in the text and by the dictionary.

        Args:
            originals: the originals of either side.
            machine: per side whether its texts are machine translations; others are kept.
            languages: codes of the originals' languages, "" if unknown.
        """
        odd, other = (
            side * made
            for side, made in zip(
                nonsense((self.a, self.b), self.vocabulary.words), machine, strict=True
            )
        )
        one = garbled(self.a, self.b, odd) & machine[0]
        two = garbled(self.b, self.a, other) & machine[1]
        a, b = self.a.without(one), self.b.without(two)
        first, second = (
            recalled(original, said, lost).maximum(named(original, language, lost, self.vocabulary))
            for original, said, lost, language in zip(
                originals, (a, b), (one, two), languages, strict=True
            )
        )
        return replace(self, a=a, b=b, garbled=(one, two), recalled=(first, second))

    @cached_property
    def bags(self) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Per side segments x stems, with those recalled and those that the originals share."""
        stems = self.a.stems, self.b.stems
        if self.recalled is not None:
            stems = stems[0] + self.recalled[0], stems[1] + self.recalled[1]
        if self.shared is None:
            return stems
        first, second = (
            sparse.hstack(side, format="csr") for side in zip(stems, self.shared, strict=True)
        )
        return first, second

    @cached_property
    def total(self) -> int:
        """Number of segments of both sides."""
        return len(self.a) + len(self.b)

    @cached_property
    def weight(self) -> Floats:
        """Weight of every column of the bags."""
        return idf(frequency(self.bags[0]) + frequency(self.bags[1]), self.total)

    @cached_property
    def gram_weight(self) -> Floats:
        """Weight of every character n-gram; its frequency is that of the words it occurs in."""
        words = frequency(self.a.words) + frequency(self.b.words)
        grams = self.vocabulary.grams
        common = np.bincount(
            grams.indices,
            weights=np.repeat(words, np.diff(grams.indptr)),
            minlength=grams.shape[1],
        )
        return idf(np.minimum(common, self.total), self.total)

    @cached_property
    def garbled_share(self) -> float:
        """Share of segments that are garbled, on the side that has more of them."""
        return max(float(side.mean()) for side in self.garbled)

    @cached_property
    def clear(self) -> int:
        """Number of segments of both sides that are not garbled."""
        return self.total - sum(int(side.sum()) for side in self.garbled)


def garbled(mine: Column, other: Column, odd: Floats) -> NDArray[np.bool_]:
    """Return which segments are garbled: the machine wrote what is no language.

    Hardly any of their words occurs on the other side, or their words follow each other as if by
    chance and no segment of the other side is similar.

    Args:
        mine: the texts that are judged.
        other: those of the other side.
        odd: per segment the probability that it is nonsense.
    """
    known = (frequency(other.stems) > 0).astype(np.float32)
    words = np.asarray(mine.stems.sum(axis=1), dtype=np.float32).ravel()
    result = (mine.stems @ known <= KNOWN * words) & ((words >= FEW) | (words == 0))
    accused = np.flatnonzero(odd > NONSENSE)
    if len(accused) and len(other):
        found = similar(mine.stems[accused], other.stems)
        cleared = found.row[found.data >= RESEMBLES]
        result[np.delete(accused, cleared)] = True
    return np.asarray(result, dtype=bool)


@dataclass(frozen=True)
class Pair:
    """Two versions, neither empty, as the model sees them."""

    views: tuple[View, ...]
    """One per language in which they can be compared; never empty."""
    length: tuple[NDArray[np.float64], NDArray[np.float64]]
    """Per side the length of every original, as `length.lengths` measures it."""
    marks: tuple[Marks, Marks]
    """The marks of the originals."""
    untranslated: bool = False
    """Whether one side has no translation to be compared by, and the languages differ."""
    originals: tuple[Column, Column] | None = None
    """The originals' words, for the lexicon; None where the first view has them."""
    texts: tuple[Sequence[str], Sequence[str]] = ((), ())
    """The originals' text."""
    latin: Callable[[], tuple[Sequence[str], Sequence[str]]] = lambda: ((), ())
    """Returns the originals in Latin letters, made when they are needed."""
    landmarks: Beads = field(default_factory=Beads.none)
    """Headings with the same number, as 1-1 beads."""
    seams: tuple[Ints, Ints] | None = None
    """Per side the number of seams up to every boundary between segments; None without seams."""
    pinned: Links | None = None
    """The user's pins; None without any."""

    @cached_property
    def similar(self) -> sparse.coo_matrix:
        """Array of m x n: the cosine of the pairs of segments that resemble each other most."""
        return similar(*self.views[0].bags)

    @cached_property
    def overlap(self) -> Overlap:
        """What the versions have in common, by the anchors."""
        return overlap(self.similar, whole=self.untranslated)

    @cached_property
    def anchors(self) -> Beads:
        """The chain of pairs of segments that most likely go together, as ascending 1-1 beads."""
        likely = points(self.similar).joined(self.landmarks)
        weight = np.append(anchor_weights(self.similar), np.full(len(self.landmarks), LANDMARK))
        if self.pinned is not None:
            likely, weight = self.pinned.anchored(likely, weight)
        chain = likely.take(heaviest_chain(likely, weight))
        # The only anchor may be a name that both have by chance.
        alone = len(chain) == 1 and self.untranslated and self.pinned is None
        return Beads.none() if alone else chain

    @cached_property
    def links(self) -> Links | None:
        """The user's pins, and headings with the same number where the anchors agree."""
        chapters = self.anchors.take(self.anchors.among(self.landmarks))
        if len(chapters) < LEAST_CHAPTERS:
            return self.pinned
        return (self.pinned or Links.none(self.m, self.n)).bound(chapters)

    def allow(self, beads: Beads) -> NDArray[np.bool_] | None:
        """Return which beads a path in order may have, by links and seams; None for all."""
        allowed = None if self.links is None else self.links.allow(beads)
        if self.seams is None:
            return allowed
        spans = (beads.i0, beads.i1), (beads.j0, beads.j1)
        for seams, (first, last) in zip(self.seams, spans, strict=True):
            whole = seams[np.maximum(last - 1, first)] == seams[first]
            allowed = whole if allowed is None else allowed & whole
        return allowed

    @cached_property
    def garbled_share(self) -> float:
        """Share of segments that are garbled on the worse side; mean over the views."""
        return float(np.mean([view.garbled_share for view in self.views]))

    @cached_property
    def echo(self) -> View:
        """The originals in Latin letters, to compare by sound what has no translation."""
        vocabulary = Vocabulary(self.latin())
        first, second = vocabulary.columns
        return View.of(vocabulary, (first, second))

    @property
    def m(self) -> int:
        """Number of segments of the first side."""
        return len(self.length[0])

    @property
    def n(self) -> int:
        """Number of segments of the second side."""
        return len(self.length[1])
