"""The probability that a segment is nonsense: words, or letters, in an order that is chance.

By the association of neighbouring words, in classes; and by that of neighbouring letters in words
that the other side does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from reader.align.language import Indices, Language, Neighbours, language_of, neighbours
from reader.align.text import Column, Floats, frequency, unspaced

Signs = NDArray[np.float64]

CHANCE = 0.5
"""Added to the observed and to the expected count of a pair of classes (smoothing)."""
LEAST = 4
"""Words that a segment must have to be judged."""
KNOWN = 0.15
"""Least median association of neighbouring words, in nats, for segments to be judged: in texts of a
few sentences, from which no order can be learned, it is about 0."""
LETTERS = 0.2
"""Added to the count of a pair of letters (smoothing)."""
TYPICAL = 10
"""Words of a segment at which its signs have the weights below; these grow as the square root."""
LONGEST = 20
"""Words beyond which the weights do not grow."""
WEIGHTS = (0.0, -6.92, 3.39)
"""Log odds of nonsense without the prior, and the weights of the two signs; learned by
`python -m tests.eval.nonsense`."""
SHARE = (0.005, 0.9)
"""Bounds of the prior: the share of segments that are nonsense."""
ROUNDS = 20
"""Rounds in which it is estimated."""


def nonsense(columns: tuple[Column, Column], words: Sequence[str]) -> tuple[Floats, Floats]:
    """Return per side and segment the probability that it is nonsense.

    It is 0 where texts or segments are too short to judge.

    Args:
        columns: texts in one language.
        words: of their vocabulary.
    """
    first, second = (_probability(side) for side in signs(columns, words))
    return first, second


def signs(columns: tuple[Column, Column], words: Sequence[str]) -> tuple[Signs, Signs]:
    """Return per side segments x 2 signs: the association of words, and how unusual letters are.

    Infinite where there are too few words to judge.
    """
    language = language_of(columns, words)
    kind = language.classes(words)
    ties = [_tie(len(column), neighbours(column, kind), language) for column in columns]
    judged = np.concatenate(ties)
    judged = judged[np.isfinite(judged)]
    if not len(judged) or np.median(judged) < KNOWN:
        first, second = (np.full((len(column), 2), np.inf) for column in columns)
        return first, second
    found = []
    for mine, other, tie in zip(columns, reversed(columns), ties, strict=True):
        size = np.asarray(mine.words.sum(axis=1)).ravel()
        weight = np.sqrt(np.clip(size, 1, LONGEST) / TYPICAL)
        odd = _unlike(mine, other, words, language)
        found.append(np.stack([weight * tie, weight * odd], axis=1))
    return found[0], found[1]


def _probability(signs: Signs) -> Floats:
    """Return the probability of nonsense per segment, estimated together with its share."""
    judged = np.isfinite(signs).all(axis=1)
    bias, *weights = WEIGHTS
    odds = bias + signs[judged] @ weights
    result = np.zeros(len(signs), np.float32)
    share = 0.1
    for _ in range(ROUNDS if len(odds) else 0):
        result[judged] = 1 / (1 + np.exp(np.clip(-odds - log(share / (1 - share)), -50, 50)))
        share = float(np.clip(result[judged].mean(), *SHARE))
    return result


def _unlike(
    mine: Column, other: Column, words: Sequence[str], language: Language
) -> NDArray[np.float64]:
    """Return per segment how much less likely than usual its letters follow each other, in nats.

    Mean over all words of the segment, where those that the other side has count 0.
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
        letter, count = _letters(text, language.letters)
        # The word of every pair of letters; a blank belongs to the word that follows it.
        word = np.cumsum(letter == letter[0])[:-1] - 1
        pair = letter[:-1] * count + letter[1:]
        follows = np.zeros((count, count), np.int64)
        if language.letters:
            follows[: len(language.letters), : len(language.letters)] = language.next_letter
        else:
            np.add.at(follows.reshape(-1), pair[word < len(usual)], 1)
        stands = follows.sum(axis=1, keepdims=True)
        chance = np.log((follows + LETTERS) / (stands + LETTERS * count)).reshape(-1)[pair]
        mean = np.bincount(word, weights=chance) / np.bincount(word)
        odd[unknown] = mean[: len(usual)].mean() - mean[len(usual) :]
    size = np.asarray(mine.words.sum(axis=1)).ravel()
    unlike: NDArray[np.float64] = mine.words @ odd / np.maximum(size, 1)
    return unlike


def _letters(text: str, known: str) -> tuple[Indices, int]:
    """Return the letters of a text as numbers, and how many there are; all unknown ones are one."""
    signs = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    if not known:
        distinct, place = np.unique(signs, return_inverse=True)
        return place.astype(np.int64), len(distinct)
    table = np.frombuffer(known.encode("utf-32-le"), np.uint32)
    place = np.searchsorted(table, signs)
    missing = np.append(table, 0)[place] != signs
    return np.where(missing, len(table), place), len(table) + 1


def _tie(size: int, neighbours: Neighbours, language: Language) -> NDArray[np.float64]:
    """Return per segment the mean association of its neighbouring words; infinite if too few."""
    segment, x, y = neighbours
    # Only what other segments have counts.
    said = (segment * language.size + x) * language.size + y
    _, place, own = np.unique(said, return_inverse=True, return_counts=True)
    heard = np.maximum(language.follows[x, y] - own[place], 0)
    tie = np.log((heard + CHANCE) / (language.by_chance[x, y] + CHANCE))
    count = np.bincount(segment, minlength=size)
    total = np.bincount(segment, weights=tie, minlength=size)
    return np.where(count + 1 >= LEAST, total / np.maximum(count, 1), np.inf)
