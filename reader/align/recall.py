"""Stems that the right translation of a garbled segment probably has.

The names and subjects of a text recur. How the machine translates them elsewhere in it, and what
the dictionary has for them, stands in for the translation of a segment that is garbled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.dictionary import dictionary
from reader.align.slabs import each
from reader.align.text import Column, Vocabulary, frequency, once, stem

LEAST_TIE = 0.15
"""Least square of Dice's coefficient of a term and a stem that translates it."""
CHANCE = 0.5
"""Subtracted from the number of segments that two words share: once may be by chance."""
NAMED = 0.75
"""Probability that a translation has the dictionary's word for one of the original."""
_TERMS = 500


def recalled(original: Column, translation: Column, lost: NDArray[np.bool_]) -> sparse.csr_matrix:
    """Return segments x stems: how likely the translation of a garbled one has each, by the text.

    Args:
        original: the text.
        translation: of its segments.
        lost: which of them are garbled; the rows of others are empty.
    """
    if not lost.any():
        return sparse.csr_matrix(translation.stems.shape, dtype=np.float32)
    asked, known = once(original.stems[lost]), once(original.stems[~lost])
    terms = np.flatnonzero((frequency(asked) > 0) & (frequency(known) > 0))
    told = _translations(known[:, terms], once(translation.stems[~lost]))
    found = (asked[:, terms] @ told).tocoo()
    likely = np.minimum(found.data, 1)
    places = np.flatnonzero(lost)[found.row], found.col
    return sparse.csr_matrix((likely, places), shape=translation.stems.shape)


def _translations(known: sparse.csr_matrix, told: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return terms x stems: how likely each stem translates a term; at most 1 in sum over stems.

    Args:
        known: segments x terms of the text, 0 or 1.
        told: segments x stems of the translation, 0 or 1.
    """
    turned = known.T.tocsr()
    alone, others = frequency(known), frequency(told)

    def translate(terms: slice) -> sparse.csr_matrix:
        met = (turned[terms] @ told).tocoo()
        tie = (2 * (met.data - CHANCE) / (alone[terms][met.row] + others[met.col])) ** 2
        close = tie >= LEAST_TIE
        places = met.row[close], met.col[close]
        ties = sparse.csr_matrix((tie[close], places), shape=met.shape, dtype=np.float32)
        return ties.multiply(1 / np.maximum(ties.sum(axis=1), 1)).tocsr()

    none = sparse.csr_matrix((0, told.shape[1]), dtype=np.float32)
    return sparse.vstack([none, *each(len(alone), _TERMS, translate)], format="csr")


def named(
    original: Column, language: str, lost: NDArray[np.bool_], vocabulary: Vocabulary
) -> sparse.csr_matrix:
    """Return segments x stems: how likely the translation of a garbled one has each, by dictionary.

    Args:
        original: the text.
        language: code of its language; "" if unknown.
        lost: which of its segments are garbled; the rows of others are empty.
        vocabulary: of the translation; the result is empty if that is not in English.
    """
    found = sparse.lil_matrix((len(lost), len(vocabulary.stems)), dtype=np.float32)
    known = dictionary(language) if lost.any() else None
    if known is None:
        return found.tocsr()
    place = {each: k for k, each in enumerate(vocabulary.stems)}
    for k in np.flatnonzero(lost).tolist():
        for words in known.find(original.folded[k]):
            stems = {stem(word) for word in words}
            for s in stems & place.keys():
                found[k, place[s]] = NAMED
    return found.tocsr()
