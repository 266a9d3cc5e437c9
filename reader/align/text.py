"""Texts as bags of stems and character n-grams over one vocabulary.

A bag is a sparse matrix of segments x terms with their counts. By stems, segments that correspond
are found (rare stems have most weight); by n-grams words match in spite of endings and spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

# Scripts that do not separate words: kana, CJK ideographs, Thai, Lao, Burmese, Khmer (Unicode 16).
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
# Begins with a digit and looks back only then, as that is found quickly.
_THOUSANDS = re.compile(
    r"[1-9](?<![0-9.,].)[0-9]{0,2}(?:([.,'’٬ ])[0-9]{3})(?:\1[0-9]{3})*(?![0-9])"
)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")

STEM = 6
"""Letters of a stem, the beginning of a word: a stemmer for any language (ALIGNMENT.md 2)."""
GRAMS = (3, 4)
"""Lengths of the character n-grams, with a blank at both ends of the word."""
LEAST_IDF = 0.05
"""Least weight of a term."""


def fold(texts: Sequence[str]) -> list[str]:
    """Return the texts in lower case, in compatibility forms (NFKD), without accents.

    Numbers are in ASCII digits, without separators of thousands.
    """
    joined = "\n".join(text.replace("\n", " ") for text in texts).lower()
    if not joined.isascii():
        joined = unicodedata.normalize("NFKD", joined)
        joined = joined.translate({ord(c): plain for c, plain in _plain(set(joined))})
    joined = _THOUSANDS.sub(lambda number: number[0].replace(number[1], ""), joined)
    return joined.split("\n") if texts else []


def _plain(characters: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield accents and digits of other scripts, with what replaces them."""
    for character in characters:
        if unicodedata.combining(character):
            yield character, ""
        elif character.isdecimal():
            yield character, str(unicodedata.decimal(character))


def tokens(folded: str) -> Iterator[str]:
    """Yield the words of a folded text; pairs of characters where a script separates none."""
    for run in _TOKEN.findall(folded):
        if len(run) > 2 and unspaced(run):
            yield from (run[k : k + 2] for k in range(len(run) - 1))
        else:
            yield run


def unspaced(word: str) -> bool:
    """Return whether a word is of a script that does not separate words."""
    return _IS_UNSPACED.match(word) is not None


def stem(word: str) -> str:
    """Return the stem of a word; a number is its own."""
    return word if word[0].isdigit() else word[:STEM]


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[k : k + n] for n in GRAMS for k in range(len(padded) - n + 1)]


def idf(frequency: NDArray[np.number], total: int) -> Floats:
    """Return the weight of terms from their segment frequency (Sparck Jones 1972, smoothed)."""
    weight: Floats = np.log((total + 1) / (frequency + 0.5)).astype(np.float32)
    return np.maximum(weight, np.float32(LEAST_IDF))


def once(bag: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return a bag with 1 for every term that a segment has."""
    bag = bag.copy()
    bag.data[:] = 1
    return bag


def frequency(bag: sparse.csr_matrix) -> NDArray[np.int64]:
    """Return per term the number of segments that have it."""
    count: NDArray[np.int64] = np.bincount(bag.indices, minlength=bag.shape[1])
    return count


@dataclass(frozen=True, slots=True)
class Column:
    """One version's texts, folded and counted."""

    folded: list[str]
    words: sparse.csr_matrix
    """Counts, segments x words of the vocabulary."""
    stems: sparse.csr_matrix
    """Counts, segments x stems of the vocabulary."""
    running: Ints
    """The words in order, as indices into the vocabulary, of all segments in succession."""

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self.folded)

    def without(self, empty: NDArray[np.bool_]) -> Column:
        """Return the texts with some of them empty."""
        if not empty.any():
            return self
        keep = sparse.diags_array((~empty).astype(np.float32), format="csr")
        folded = ["" if e else text for e, text in zip(empty.tolist(), self.folded, strict=True)]
        words, stems = (sparse.csr_matrix(keep @ bag) for bag in (self.words, self.stems))
        for bag in (words, stems):
            bag.eliminate_zeros()
        said = np.repeat(~empty, np.asarray(self.words.sum(axis=1), dtype=np.int64).ravel())
        return Column(folded, words, stems, self.running[said])


class Vocabulary:
    """The words of all texts that are compared with each other, with their stems and n-grams.

    Attributes:
        words: every word once, in order of occurrence.
        stems: every stem once, likewise.
        stem_of: per word the index of its stem.
        columns: the texts.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        folded = [fold(column) for column in texts]
        ids: dict[str, int] = {}
        found: list[tuple[list[int], list[int]]] = []
        for column in folded:
            indices: list[int] = []
            indptr = [0]
            for text in column:
                indices.extend([ids.setdefault(word, len(ids)) for word in tokens(text)])
                indptr.append(len(indices))
            found.append((indices, indptr))
        self.words = tuple(ids)
        stems: dict[str, int] = {}
        self.stem_of = np.array(
            [stems.setdefault(stem(w), len(stems)) for w in ids], dtype=np.int32
        )
        self.stems = tuple(stems)
        self.columns = tuple(
            Column(
                text,
                _counts(np.array(indices, dtype=np.int32), indptr, len(ids)),
                _counts(self.stem_of[np.array(indices, dtype=np.int32)], indptr, len(stems)),
                np.array(indices, dtype=np.int32),
            )
            for text, (indices, indptr) in zip(folded, found, strict=True)
        )

    @cached_property
    def grams(self) -> sparse.csr_matrix:
        """Counts, words x character n-grams: those of a text are its words times this."""
        ids: dict[str, int] = {}
        indices: list[int] = []
        indptr = [0]
        for word in self.words:
            # A "word" of a thousand letters is no word; its beginning is enough.
            indices.extend([ids.setdefault(gram, len(ids)) for gram in _grams(word[:64])])
            indptr.append(len(indices))
        return _counts(np.array(indices, dtype=np.int32), indptr, len(ids))


def _counts(indices: Ints, indptr: Sequence[int], width: int) -> sparse.csr_matrix:
    matrix = sparse.csr_matrix(
        (np.ones(len(indices), np.float32), indices, np.array(indptr, dtype=np.int32)),
        shape=(len(indptr) - 1, width),
    )
    matrix.sum_duplicates()
    return matrix
