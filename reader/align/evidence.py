"""The evidence for a row, to be shown to the user: what its versions have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz

from reader.align.features import LONGEST
from reader.align.pair import Pair
from reader.align.text import Column, fold, frequency, idf, tokens
from reader.align.versions import Library, Version
from reader.model import Row

MOST = 8
"""Words, numbers or names that are shown."""


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The most similar segment that is not in the row."""

    segment: int
    similarity: float


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What two versions of a row have in common."""

    documents: tuple[int, int]
    similarity: float
    """Indel similarity of the texts that were compared, in [0, 1]."""
    words: tuple[str, ...]
    """Shared words of the texts that were compared, the rarest first."""
    numbers: tuple[str, ...]
    """Numbers in both originals."""
    names: tuple[str, ...]
    """Other words in both originals, the rarest first; none if these are in one language."""
    runner_up: RunnerUp | None
    """That of the second version; None if no other segment shares a word."""
    neighbours: tuple[float | None, float | None]
    """Similarity of the segments just before and just after; None at the border."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for a row: for every pair of its versions."""

    pairs: tuple[PairEvidence, ...]


def explain(versions: Sequence[Version], row: Row) -> Evidence:
    """Return the evidence for a row of an alignment of these versions."""
    library = Library(versions)
    return Evidence(tuple(_between(library, row, d, e) for d, e in combinations(row.present, 2)))


def _between(library: Library, row: Row, d: int, e: int) -> PairEvidence:
    pair = library.pair(d, e)
    view = pair.views[0]
    xs, ys = row.segments[d], row.segments[e]
    originals = [[library.versions[k].originals[i] for i in row.segments[k]] for k in (d, e)]
    same = _shared(originals, library.column(d, "original"), library.column(e, "original"), library)
    names = tuple(word for word in same if not _is_number(word))
    texts = [[column.folded[i] for i in cell] for column, cell in ((view.a, xs), (view.b, ys))]
    language = library.versions[d].language
    one_language = language != "" and language == library.versions[e].language
    return PairEvidence(
        documents=(d, e),
        similarity=_similarity(view.a, view.b, xs, ys),
        words=tuple(w for w in _shared(texts, view.a, view.b, library) if not _is_number(w))[:MOST],
        numbers=tuple(word for word in same if _is_number(word))[:MOST],
        names=() if one_language else names[:MOST],
        runner_up=_runner_up(pair, xs, ys),
        neighbours=(
            _similarity(view.a, view.b, [xs[0] - 1], [ys[0] - 1]) if xs[0] and ys[0] else None,
            _similarity(view.a, view.b, [xs[-1] + 1], [ys[-1] + 1])
            if xs[-1] + 1 < pair.m and ys[-1] + 1 < pair.n
            else None,
        ),
    )


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _similarity(a: Column, b: Column, xs: Sequence[int], ys: Sequence[int]) -> float:
    """Return the Indel similarity of two spans, in [0, 1]; 0 if one has no text."""
    left, right = (" ".join(c.folded[i] for i in cell)[:LONGEST] for c, cell in ((a, xs), (b, ys)))
    return fuzz.ratio(left, right) / 100 if left and right else 0.0


def _shared(texts: Sequence[Sequence[str]], a: Column, b: Column, library: Library) -> list[str]:
    """Return the words that two groups of texts have in common, the rarest first."""
    left, right = ({w for text in fold(group) for w in tokens(text)} for group in texts)
    weight = library.word_weights(a, b)
    return sorted(left & right, key=lambda w: (-weight(w), w))


def _runner_up(pair: Pair, xs: Sequence[int], ys: Sequence[int]) -> RunnerUp | None:
    """Return the most similar segment of the second version outside the row, by shared stems."""
    view = pair.views[0]
    a, b = view.bags
    weight = np.where(idf(frequency(a) + frequency(b), view.total) > 1, view.weight, 0)
    wanted = np.minimum(np.asarray(a[list(xs)].sum(axis=0)).ravel(), 1) * weight
    value = np.asarray(b @ wanted).ravel()
    value[list(ys)] = -1
    best = int(value.argmax())
    if value[best] <= 0:
        return None
    return RunnerUp(best, _similarity(view.a, view.b, xs, [best]))
