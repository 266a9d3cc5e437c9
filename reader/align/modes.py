"""Whether versions tell the same in the same order: the choice of the mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from reader.align.overlap import LEAST_TRIMMED, enough
from reader.align.pair import Pair
from reader.align.versions import Library
from reader.model import Mode

# The bounds lie between what the development sets show. Translations, with noise and gaps, have
# .98-1 of the weight in order; reports that share half of their sentences hardly any.
ORDER = (0.96, 0.2)
"""Least share of the weight that must be in order, and how much less if every translation is
garbled: a segment that has lost its counterpart may resemble another one by chance."""
CHANCE = 0.84
"""Weight of the anchors that unrelated texts have by chance, and so may the parts of versions that
they do not have in common."""
LEAST_NAMES = 3
"""Anchors that show untranslated versions to be related; unrelated ones have up to 2."""
FITTING = (0.5, 1.0)
"""Least mean probability of rows that shows untranslated versions to be related without as many
anchors, and what is added to it, over the square root of the number of rows. Of the development
sets without translations, 95 of 96 pairs of different documents fail both, and no translation."""


@dataclass(frozen=True)
class Signs:
    """What the anchors of versions show of their order, summed over pairs of versions."""

    ordered: float = 0.0
    """Weight of the anchors in order, where the versions overlap."""
    total: float = 0.0
    """Weight of these and of others, but for those that chance explains."""
    anchors: int = 0
    """Number of anchors in order."""
    segments: int = 0
    """Number of segments of the shorter side, where they overlap."""
    garbled: float = 0.0
    """How many of these have a garbled translation, by the share of the worse side."""
    pairs: int = 0
    """Number of pairs of versions."""

    def __add__(self, other: Signs) -> Signs:
        return Signs(
            self.ordered + other.ordered,
            self.total + other.total,
            self.anchors + other.anchors,
            self.segments + other.segments,
            self.garbled + other.garbled,
            self.pairs + other.pairs,
        )

    @property
    def in_order(self) -> bool:
        """Whether enough of the text is there in the same order, and hardly any in another."""
        return self.agreeing and enough(self.anchors, self.ordered, self.segments, self.pairs)

    @property
    def agreeing(self) -> bool:
        """Whether hardly any of the text is there in another order."""
        least, forgiven = ORDER
        return self.ordered * self.segments >= self.total * (
            least * self.segments - forgiven * self.garbled
        )


def choose(library: Library) -> Mode:
    """Return the mode that suits all versions together.

    Untranslated versions are taken to be in order unless their names and numbers show another one:
    without an order there is too little to find rows by.
    """
    pairs = pairs_of(library)
    clear = [signs(pair) for pair in pairs if not pair.untranslated]
    if clear:
        together = sum(clear, Signs()).in_order or (len(pairs) > 1 and _connected(library))
        return "parallel" if together else "comparable"
    return "parallel" if sum(map(signs, pairs), Signs()).agreeing else "comparable"


def _connected(library: Library) -> bool:
    """Return whether all versions are connected by translated pairs that have one order.

    As those of a whole book and its chapters, of which no two have anything in common.
    """
    found = _joined(library, lambda pair: not pair.untranslated and signs(pair).in_order)
    versions = zip(found, library.versions, strict=True)
    return len({first for first, version in versions if version.originals}) == 1


def _joined(library: Library, holds: Callable[[Pair], bool]) -> list[int]:
    """Return `joined` versions, by the pairs of which something is true."""
    size = len(library.versions)
    some = [d for d in range(size) if library.versions[d].originals]
    return joined(size, (x for x in combinations(some, 2) if holds(library.pair(*x))))


def apart(pair: Pair) -> bool:
    """Return whether two long translated versions have no more in common than chance gives."""
    if pair.untranslated or min(pair.m, pair.n) < LEAST_TRIMMED:
        return False
    return float(pair.overlap.weight.sum()) < CHANCE


def text_groups(library: Library) -> list[int]:
    """Return per version the index of the first one that tells the same text; see `joined`.

    Two tell the same text if they have one order, or if there is no translation to show otherwise.
    Where no two seem to, all do: together they were found to have one order.
    """
    size = len(library.versions)
    if size < 3:
        return [0] * size
    found = _joined(library, lambda pair: pair.untranslated or signs(pair).in_order)
    return found if len(set(found)) < size else [0] * size


def joined(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return the connected components of a graph: per node the lowest node that it is connected to.

    Args:
        size: number of nodes.
        pairs: its edges.
    """
    first = list(range(size))
    for d, e in pairs:
        low, high = sorted((first[d], first[e]))
        first = [low if f == high else f for f in first]
    return first


def related(library: Library, probabilities: Sequence[float]) -> bool:
    """Return whether versions that were aligned in order tell the same.

    Always if some are translated. Untranslated ones, which can always be paired by length and
    place, must share names or numbers, or fit each other better than by chance.

    Args:
        library: the versions.
        probabilities: of the pairs of spans in one row, for all rows, before calibration.
    """
    pairs = pairs_of(library)
    if not probabilities or not all(pair.untranslated for pair in pairs):
        return True
    if sum(signs(pair).anchors for pair in pairs) >= LEAST_NAMES:
        return True
    least, by_chance = FITTING
    size = len(probabilities)
    return sum(probabilities) >= least * size + by_chance * sqrt(size)


def pairs_of(library: Library) -> list[Pair]:
    """Return all pairs of versions that have segments; identical ones only if all are."""
    some = [d for d, version in enumerate(library.versions) if version.originals]
    pairs = list(combinations(some, 2))
    said = [version.originals for version in library.versions]
    telling = [(d, e) for d, e in pairs if said[d] != said[e]]
    return [library.pair(d, e) for d, e in telling or pairs]


def signs(pair: Pair) -> Signs:
    """Return what the anchors of two versions, neither empty, show of their order."""
    found = pair.overlap
    others = found.others
    # A passage that occurs twice is not in another order.
    once = _once(pair.texts[0])[others.i0] & _once(pair.texts[1])[others.j0]
    by_chance = CHANCE * (1 - found.area / (pair.m * pair.n))
    elsewhere = max(0.0, float(found.others_weight[once].sum()) - by_chance)
    ordered = float(found.weight.sum())
    garbled = found.segments * pair.garbled_share
    return Signs(ordered, ordered + elsewhere, len(found.anchors), found.segments, garbled, 1)


def _once(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return which texts occur only once."""
    times = Counter(texts)
    return np.array([times[text] == 1 for text in texts], bool)
