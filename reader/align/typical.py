"""How far a bead is from what is usual in its document.

The same similarity is much where a machine's rough text meets a free translation, and little where
both keep to the words; and what is usual of a document needs no labels to be known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.align.features import prefix
from reader.align.lattice import Beads
from reader.align.pair import Pair
from reader.align.text import Floats


class Usual(NamedTuple):
    """Mean and standard deviation of a measure, as they are in most documents."""

    mean: float
    deviation: float


RATIO = Usual(0.64, 0.11)
"""Indel similarity of what goes together (medians of the development sets)."""
STRETCH = Usual(0.0, 0.19)
"""Log of the length of one side over that of the other, by their ratio in the whole text."""
BELIEVED = 5.0
"""Beads for which what is usual elsewhere counts: a text of a few sentences has no usual."""
FARTHEST = 4.0
"""Standard deviations beyond which it makes no difference."""


def typical(
    pair: Pair, beads: Beads, features: Mapping[str, Floats], probability: NDArray[np.floating]
) -> Iterator[tuple[str, Floats]]:
    """Yield what candidate beads are by the measure of their document.

    Args:
        pair: the two versions.
        beads: candidates, null ones among them.
        features: of the beads; the costly ones are there.
        probability: how probable each is.
    """
    # What a garbled translation resembles says nothing of the others, nor they of it.
    clear = np.where(beads.null, 0, 1 - features["doubt"])
    weight = probability * clear
    likeness = (clear * standard(features["ratio"], weight, RATIO)).astype(np.float32)
    yield "likeness", likeness
    yield "likeness mass", (likeness * (beads.a + beads.b) / 2).astype(np.float32)
    known = ~beads.null
    stretch = standard(stretches(pair, beads), probability * known, STRETCH)
    yield "stretch", (known * stretch**2).astype(np.float32)


def standard(
    values: NDArray[np.floating], weight: NDArray[np.floating], usual: Usual
) -> NDArray[np.float64]:
    """Return how many standard deviations values are from their mean, bounded.

    Args:
        values: of a measure.
        weight: how far each tells what is usual; all may be 0.
        usual: elsewhere.
    """
    total = weight.sum() + BELIEVED
    mean = (weight @ values + BELIEVED * usual.mean) / total
    variance = (weight @ (values - mean) ** 2 + BELIEVED * usual.deviation**2) / total
    found: NDArray[np.float64] = np.clip((values - mean) / np.sqrt(variance), -FARTHEST, FARTHEST)
    return found


def stretches(pair: Pair, beads: Beads) -> NDArray[np.float64]:
    """Return the log of the length of one side of every bead over that of the other; 0 for null."""
    first, second = (prefix(length) for length in pair.length)
    x = (first[beads.i1] - first[beads.i0]) / first[-1]
    y = (second[beads.j1] - second[beads.j0]) / second[-1]
    empty = beads.null
    found: NDArray[np.float64] = np.log(np.where(empty, 1, y) / np.where(empty, 1, x))
    return found
