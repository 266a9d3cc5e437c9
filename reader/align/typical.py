"""Features that compare a bead with what is usual in its document.

A similarity is high between rough machine translation and a free translation that would be low
between two literal ones. What is usual is estimated from the document itself, without labels.
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
    """Mean and standard deviation of a measure."""

    mean: float
    deviation: float


RATIO = Usual(0.64, 0.11)
"""Of the Indel similarity of right beads (medians of the development sets)."""
STRETCH = Usual(0.0, 0.19)
"""Of the log of the length of one side over that of the other, by the ratio of the whole texts."""
BELIEVED = 5.0
"""Beads that the values above count for when those of a document are estimated."""
FARTHEST = 4.0
"""Standard deviations to which a value is bounded."""


def typical(
    pair: Pair, beads: Beads, features: Mapping[str, Floats], probability: NDArray[np.floating]
) -> Iterator[tuple[str, Floats]]:
    """Yield the features of candidate beads relative to their document.

    Args:
        pair: the two versions.
        beads: candidates, null ones among them.
        features: of the beads, the costly ones among them.
        probability: of the beads.
    """
    # Garbled segments neither count for what is usual nor are compared with it.
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
    """Return by how many standard deviations values are above their mean, bounded.

    Args:
        values: of a measure.
        weight: of each value for the mean and the deviation; all may be 0.
        usual: mean and deviation in other documents.
    """
    total = weight.sum() + BELIEVED
    mean = (weight @ values + BELIEVED * usual.mean) / total
    variance = (weight @ (values - mean) ** 2 + BELIEVED * usual.deviation**2) / total
    found: NDArray[np.float64] = np.clip((values - mean) / np.sqrt(variance), -FARTHEST, FARTHEST)
    return found


def stretches(pair: Pair, beads: Beads) -> NDArray[np.float64]:
    """Return per bead the log of the length of one side over that of the other; 0 for null ones."""
    first, second = (prefix(length) for length in pair.length)
    x = (first[beads.i1] - first[beads.i0]) / first[-1]
    y = (second[beads.j1] - second[beads.j0]) / second[-1]
    empty = beads.null
    found: NDArray[np.float64] = np.log(np.where(empty, 1, y) / np.where(empty, 1, x))
    return found
