"""Whether words stand in an order: strung together by chance, they follow as chance has it.

Two neighbouring words are looked at by class: the commonest words stand for themselves, others for
their ending (after Brown et al. 1992, without clustering). What follows what is learned from the
texts themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reader.align.text import Column, Floats

Indices = NDArray[np.int64]

COMMON = 100
"""Words that are a class of their own."""
ENDINGS = 30
"""Pairs of last letters that are a class."""
CLASSES = COMMON + ENDINGS + 2
"""Those, numbers, and all others."""
CHANCE = 0.5
"""Added to every count of a pair of classes, seen and expected."""
LEAST = 4
"""Words that a segment needs to be judged."""
STRANGE = (-0.15, 0.15)
"""Mean association of neighbouring words, in nats: from the first a text is none, from the second
it is one. Nine in ten true sentences have more than 0, nine in ten made of random words less."""


def strange(columns: tuple[Column, Column], words: Sequence[str]) -> tuple[Floats, Floats]:
    """Return of every segment, in [0, 1], how far its words stand in no order.

    All 0 where the texts are too short to know, or in a script without blanks.

    Args:
        columns: texts in one language.
        words: of the vocabulary.
    """
    kind = _classes(columns, words)
    neighbours = [_neighbours(column, kind) for column in columns]
    codes = np.concatenate([x * CLASSES + y for _, x, y in neighbours])
    seen = np.bincount(codes, minlength=CLASSES**2).reshape(CLASSES, CLASSES)
    means = [_tie(len(c), n, seen) for c, n in zip(columns, neighbours, strict=True)]
    low, high = STRANGE
    known = np.concatenate(means)
    known = known[np.isfinite(known)]
    if not len(known) or np.median(known) < high:
        means = [np.full(len(column), np.inf) for column in columns]
    first, second = (np.clip((high - mean) / (high - low), 0, 1) for mean in means)
    return first.astype(np.float32), second.astype(np.float32)


Neighbours = tuple[Indices, Indices, Indices]
"""Of every two neighbouring words: the segment they are in, and their classes."""


def _neighbours(column: Column, kind: Indices) -> Neighbours:
    size = np.asarray(column.words.sum(axis=1)).ravel().astype(np.int64)
    segment = np.repeat(np.arange(len(column)), size)
    inside = np.flatnonzero(segment[1:] == segment[:-1])
    of_word = kind[column.running]
    return segment[inside], of_word[inside], of_word[inside + 1]


def _tie(size: int, neighbours: Neighbours, seen: Indices) -> NDArray[np.float64]:
    """Return per segment the mean association of its neighbours; infinite if they are too few."""
    segment, x, y = neighbours
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / max(int(seen.sum()), 1)
    # What a segment says itself does not count as heard elsewhere.
    said = (segment * CLASSES + x) * CLASSES + y
    _, place, own = np.unique(said, return_inverse=True, return_counts=True)
    tie = np.log((seen[x, y] - own[place] + CHANCE) / (by_chance[x, y] + CHANCE))
    count = np.bincount(segment, minlength=size)
    total = np.bincount(segment, weights=tie, minlength=size)
    return np.where(count + 1 >= LEAST, total / np.maximum(count, 1), np.inf)


def _classes(columns: Sequence[Column], words: Sequence[str]) -> Indices:
    """Return the class of every word of the vocabulary: common, by its ending, number or other."""
    running = np.concatenate([column.running for column in columns])
    often = np.bincount(running, minlength=len(words))
    here = np.flatnonzero(often).tolist()
    endings: Counter[str] = Counter()
    for w in here:
        endings[words[w][-2:]] += int(often[w])
    place = {ending: COMMON + k for k, (ending, _) in enumerate(endings.most_common(ENDINGS))}
    number, other = CLASSES - 2, CLASSES - 1
    result = np.full(len(words), other)
    for w in here:
        result[w] = number if words[w][0].isdigit() else place.get(words[w][-2:], other)
    common = np.argsort(-often, kind="stable")[:COMMON]
    result[common] = np.arange(len(common))
    return result
