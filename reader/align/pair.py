"""Two versions ready to be compared: in one or more languages, and by length."""

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
from reader.align.recall import named, recalled
from reader.align.text import Column, Floats, Ints, Vocabulary, frequency, idf

LEAST_CHAPTERS = 3
"""Headings of one number that have one order, for them to bind: one alone may be a list's."""
KNOWN = 0.12
"""Share of a translation's words that the other side has somewhere: at most so much in what is no
language; others have .6 and more, and 1 in 1000 of them less."""
FEW = 4
"""Fewer words may all be strange and yet be words."""
NONSENSE = 0.5
"""Probability from which a segment is taken for nonsense,"""
RESEMBLES = 0.6
"""unless a segment of the other side is so similar. Where 30 % of translations are destroyed,
the two are worth .01 of strict F1 over .9 and .4, and nothing where none is."""


@dataclass(frozen=True)
class View:
    """The texts of two versions in one language, ready to be compared."""

    vocabulary: Vocabulary
    a: Column
    b: Column
    garbled: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Which segments of either side say nothing."""
    own: tuple[sparse.csr_matrix, sparse.csr_matrix] | None = None
    """Stems that both originals have (names, numbers), if it is not them that are compared."""
    recalled: tuple[sparse.csr_matrix, sparse.csr_matrix] | None = None
    """Stems that the segments that say nothing may have had, weighed by how likely that is."""

    @classmethod
    def of(
        cls,
        vocabulary: Vocabulary,
        columns: tuple[Column, Column],
        own: tuple[sparse.csr_matrix, sparse.csr_matrix] | None = None,
    ) -> View:
        """Return texts of which every segment says something."""
        a, b = columns
        nothing = np.zeros(len(a), bool), np.zeros(len(b), bool)
        return cls(vocabulary, a, b, nothing, own)

    def judged(
        self,
        originals: tuple[Column, Column],
        machine: tuple[bool, bool],
        languages: tuple[str, str] = ("", ""),
    ) -> View:
        """Return the texts less what is no language, on the sides that a machine translated.

        In its place comes what the originals recall, and what they name.
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
        """The stems of either side, and with them what the originals share and recall."""
        stems = self.a.stems, self.b.stems
        if self.recalled is not None:
            stems = stems[0] + self.recalled[0], stems[1] + self.recalled[1]
        if self.own is None:
            return stems
        first, second = (
            sparse.hstack(side, format="csr") for side in zip(stems, self.own, strict=True)
        )
        return first, second

    @cached_property
    def total(self) -> int:
        """Segments of both sides."""
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
        """Share of the segments of the worse side that say nothing."""
        return max(float(side.mean()) for side in self.garbled)

    @cached_property
    def clear(self) -> int:
        """Segments of both sides that say something."""
        return self.total - sum(int(side.sum()) for side in self.garbled)


def garbled(mine: Column, other: Column, odd: Floats) -> NDArray[np.bool_]:
    """Return which machine translations are no language.

    Next to none of their words is on the other side, or they are nonsense, and nothing there
    resembles them.

    Args:
        mine: the texts that are judged.
        other: those they are compared with.
        odd: how probably each is nonsense.
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
    """Two versions as the model sees them."""

    views: tuple[View, ...]
    """One per language in which they can be compared; never empty."""
    length: tuple[NDArray[np.float64], NDArray[np.float64]]
    """Characters of every original sentence, plus one."""
    marks: tuple[Marks, Marks]
    """The marks of the originals."""
    untranslated: bool = False
    """Whether the only view compares originals in different languages."""
    originals: tuple[Column, Column] | None = None
    """The originals, for the lexicon; None where the views hold them."""
    texts: tuple[Sequence[str], Sequence[str]] = ((), ())
    """The originals as they are."""
    latin: Callable[[], tuple[Sequence[str], Sequence[str]]] = lambda: ((), ())
    """Makes the originals in Latin letters, for what they echo of each other."""
    landmarks: Beads = field(default_factory=Beads.none)
    """Headings that may go together, as 1-1 beads."""
    seams: tuple[Ints, Ints] | None = None
    """Of either side how many seams there are up to every boundary between segments; None: none."""
    pinned: Links | None = None
    """What is bound before the texts are compared; None: nothing."""

    @cached_property
    def similar(self) -> sparse.coo_matrix:
        """The pairs of segments that resemble each other most, of either side."""
        return similar(*self.views[0].bags)

    @cached_property
    def anchors(self) -> Beads:
        """The pairs of segments in order, none twice, that most likely go together."""
        likely = points(self.similar).joined(self.landmarks)
        weight = np.append(anchor_weights(self.similar), np.full(len(self.landmarks), LANDMARK))
        if self.pinned is not None:
            likely, weight = self.pinned.anchored(likely, weight)
        chain = likely.take(heaviest_chain(likely, weight))
        # One name that is the same by chance would lead all of an untranslated text astray.
        alone = len(chain) == 1 and self.untranslated and self.pinned is None
        return Beads.none() if alone else chain

    @cached_property
    def links(self) -> Links | None:
        """What is bound in order: by the user, and headings of one number where all else agrees."""
        chapters = self.anchors.take(self.anchors.among(self.landmarks))
        if len(chapters) < LEAST_CHAPTERS:
            return self.pinned
        return (self.pinned or Links.none(self.m, self.n)).bound(chapters)

    def allow(self, beads: Beads) -> NDArray[np.bool_] | None:
        """Return which beads a path in order may hold: what is bound, no seam; None for all."""
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
        """Share of the segments of the worse side that say nothing, as a mean over the views."""
        return float(np.mean([view.garbled_share for view in self.views]))

    @cached_property
    def echo(self) -> View:
        """The originals in Latin letters, to compare what sounds alike."""
        vocabulary = Vocabulary(self.latin())
        first, second = vocabulary.columns
        return View.of(vocabulary, (first, second))

    @property
    def m(self) -> int:
        """Segments of the first side."""
        return len(self.length[0])

    @property
    def n(self) -> int:
        """Segments of the second side."""
        return len(self.length[1])
