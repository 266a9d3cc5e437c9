"""Whether words say something: strung together by chance, they follow as chance has it.

Two neighbouring words are looked at by class: the commonest words stand for themselves, others for
their ending (after Brown et al. 1992, without clustering). Words that the other side does not have
are looked at letter by letter. What follows what is learned from the texts themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from reader.align.text import Column, Floats, frequency, unspaced

Indices = NDArray[np.int64]
Signs = NDArray[np.float64]

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
KNOWN = 0.15
"""Least median association of neighbouring words, in nats, of texts from which an order can be
learned; in texts of a few sentences it is about 0."""
LETTERS = 0.2
"""Added to every count of a pair of letters."""
TYPICAL = 10
"""Words at which a sign weighs as much as was learned; more weigh more, as the square root."""
LONGEST = 20
"""Words beyond which it weighs no more."""
WEIGHTS = (0.35, -8.8, 3.96)
"""Log odds of nonsense, but for its share of the text, and what a sign of either kind adds: learned
by `python -m tests.eval.nonsense`."""
SHARE = (0.005, 0.9)
"""Bounds of the share of segments that are nonsense."""
ROUNDS = 20
"""In which it is estimated."""


def nonsense(columns: tuple[Column, Column], words: Sequence[str]) -> tuple[Floats, Floats]:
    """Return of every segment, in [0, 1], how probably its words are put together by chance.

    All 0 where the texts are too short to know.

    Args:
        columns: texts in one language.
        words: of the vocabulary.
    """
    first, second = (_probability(side) for side in signs(columns, words))
    return first, second


def signs(columns: tuple[Column, Column], words: Sequence[str]) -> tuple[Signs, Signs]:
    """Return per segment how closely its words are associated, and how unlike words they are.

    Infinite where there are too few words to know.
    """
    kind = _classes(columns, words)
    neighbours = [_neighbours(column, kind) for column in columns]
    codes = np.concatenate([x * CLASSES + y for _, x, y in neighbours])
    seen = np.bincount(codes, minlength=CLASSES**2).reshape(CLASSES, CLASSES)
    ties = [_tie(len(c), n, seen) for c, n in zip(columns, neighbours, strict=True)]
    judged = np.concatenate(ties)
    judged = judged[np.isfinite(judged)]
    if not len(judged) or np.median(judged) < KNOWN:
        first, second = (np.full((len(column), 2), np.inf) for column in columns)
        return first, second
    found = []
    for mine, other, tie in zip(columns, reversed(columns), ties, strict=True):
        size = np.asarray(mine.words.sum(axis=1)).ravel()
        weight = np.sqrt(np.clip(size, 1, LONGEST) / TYPICAL)
        found.append(np.stack([weight * tie, weight * _unlike(mine, other, words)], axis=1))
    return found[0], found[1]


def _probability(signs: Signs) -> Floats:
    """Return how probably segments are nonsense; their share is estimated along with it."""
    judged = np.isfinite(signs).all(axis=1)
    bias, *weights = WEIGHTS
    odds = bias + signs[judged] @ weights
    result = np.zeros(len(signs), np.float32)
    share = 0.1
    for _ in range(ROUNDS if len(odds) else 0):
        result[judged] = 1 / (1 + np.exp(np.clip(-odds - log(share / (1 - share)), -50, 50)))
        share = float(np.clip(result[judged].mean(), *SHARE))
    return result


def _unlike(mine: Column, other: Column, words: Sequence[str]) -> NDArray[np.float64]:
    """Return per segment how much less likely than usual, in nats, letter follows letter.

    In words that the other side does not have, as a mean over all words of the segment.
    """
    theirs = frequency(other.words) > 0
    strange = (frequency(mine.words) > 0) & ~theirs
    usual, unknown = (
        [w for w in np.flatnonzero(which).tolist() if not unspaced(words[w])]
        for which in (theirs, strange)
    )
    odd = np.zeros(len(words))
    if usual and unknown:
        text = " ".join(["", *(words[w] for w in (*usual, *unknown)), ""])
        signs, letter = np.unique(
            np.frombuffer(text.encode("utf-32-le"), np.uint32), return_inverse=True
        )
        # A blank opens the word that follows it: of every pair of letters, the word it is in.
        word = np.cumsum(letter == np.searchsorted(signs, ord(" ")))[:-1] - 1
        _, pair = np.unique(letter[:-1] * len(signs) + letter[1:], return_inverse=True)
        learned = word < len(usual)
        follows = np.bincount(pair[learned], minlength=int(pair.max()) + 1)
        stands = np.bincount(letter[:-1][learned], minlength=len(signs))
        chance = np.log((follows[pair] + LETTERS) / (stands[letter[:-1]] + LETTERS * len(signs)))
        mean = np.bincount(word, weights=chance) / np.bincount(word)
        odd[unknown] = mean[: len(usual)].mean() - mean[len(usual) :]
    size = np.asarray(mine.words.sum(axis=1)).ravel()
    unlike: NDArray[np.float64] = mine.words @ odd / np.maximum(size, 1)
    return unlike


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
