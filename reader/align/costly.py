"""The features that are too costly for all beads of a lattice: for those that survive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from scipy import sparse

from reader.align import features as cheap
from reader.align.features import (
    LONGEST,
    SLAB,
    Prefixes,
    each_two,
    garbled,
    length_misfit,
    mean,
    prefix,
    summed,
)
from reader.align.lattice import Beads
from reader.align.marks import compared
from reader.align.pair import Pair, View
from reader.align.slabs import each
from reader.align.text import Column, Floats, Ints

ECHOES = 0.05
"""Share of garbled segments from which the originals are compared, too; what these have in common
counts for beads with a garbled segment only."""
UNIT = np.float32(1e-6)
PLANES = 0x100000
"""Number of characters above the basic plane, which has surrogates: each stands for a word."""


def add_costly(pair: Pair, beads: Beads, features: dict[str, Floats]) -> None:
    """Set the costly features of candidate beads."""
    known = np.flatnonzero(~beads.null)
    for name, values in costly(pair, beads.take(known)):
        features[name][known] = values
    one, two = pair.marks
    dust = summed(beads, (prefix(one.dust), prefix(two.dust)))
    features["dust"], features["dust alone"] = dust * ~beads.null, dust * beads.null


@dataclass(frozen=True)
class Spans:
    """The distinct spans of candidate beads on one side."""

    first: Ints
    last: Ints
    place: NDArray[np.int64]
    """Per bead the index of its span."""

    @classmethod
    def of(cls, first: Ints, last: Ints) -> Spans:
        """Collect the distinct spans [first, last)."""
        key = first.astype(np.int64) * (1 << 32) + last
        distinct, place = np.unique(key, return_inverse=True)
        return cls(
            (distinct >> 32).astype(np.int32), (distinct & 0xFFFFFFFF).astype(np.int32), place
        )

    def texts(self, folded: Sequence[str], between: str = " ") -> list[str]:
        """Return the text of every span, cut to what is compared."""
        result = []
        for first, last in zip(self.first.tolist(), self.last.tolist(), strict=True):
            text = folded[first] if last == first + 1 else between.join(folded[first:last])
            result.append(text if len(text) <= LONGEST else text[:LONGEST])
        return result

    def sums(self, bag: sparse.csr_matrix) -> sparse.csr_matrix:
        """Return spans x terms: the sums of a bag's rows."""
        width = self.last - self.first
        indices = np.repeat(self.first + width - np.cumsum(width), width) + np.arange(width.sum())
        choose = sparse.csr_matrix(
            (np.ones(len(indices), np.float32), indices, np.concatenate([[0], np.cumsum(width)])),
            shape=(len(width), bag.shape[0]),
        )
        return choose @ bag


def matched_grams(view: View, x: Spans, y: Spans) -> tuple[Floats, Floats, Floats]:
    """Return per bead the mass of n-grams that both sides share, and that of either side.

    In units of the mean segment.
    """
    grams, weight = view.vocabulary.grams, view.gram_weight
    of_word = grams @ weight
    one, two = (np.asarray(c.words @ of_word).ravel() for c in (view.a, view.b))
    unit = max((one.sum() + two.sum()) / max(view.clear, 1), 1e-9)
    words_x, words_y = x.sums(view.a.words), y.sums(view.b.words)
    mass_x, mass_y = words_x @ of_word / unit, words_y @ of_word / unit
    shared = np.zeros(len(x.place), np.float32)

    def match(here: slice) -> None:
        left, right = _rows(words_x, x.place[here], grams), _rows(words_y, y.place[here], grams)
        shared[here] = left.minimum(right) @ weight / unit

    each(len(x.place), SLAB, match)
    return shared, mass_x[x.place].astype(np.float32), mass_y[y.place].astype(np.float32)


def recalled(view: View, x: Spans, y: Spans) -> Floats:
    """Return per bead the mass of stems recalled for one side that the other side has.

    In units of the mean segment. Weighted by how likely the right translation has them.
    """
    weight = view.weight[: len(view.vocabulary.stems)]
    a, b = view.a.stems, view.b.stems
    unit = np.float32(
        max(float((a @ weight).sum() + (b @ weight).sum()), 1e-9) / max(view.clear, 1)
    )
    found = np.zeros(len(x.place), np.float32)
    if view.recalled is None:
        return found
    one, two = view.recalled
    likely = x.sums(one), y.sums(two)
    said = y.sums(b), x.sums(a)

    def match(here: slice) -> None:
        i, j = x.place[here], y.place[here]
        found[here] = likely[0][i].minimum(said[0][j]) @ weight / unit
        found[here] += likely[1][j].minimum(said[1][i]) @ weight / unit

    each(len(found), SLAB, match)
    return found


def _rows(
    words: sparse.csr_matrix, place: NDArray[np.int64], grams: sparse.csr_matrix
) -> sparse.csr_matrix:
    distinct, back = np.unique(place, return_inverse=True)
    product = words[distinct] @ grams
    product.sort_indices()
    return product[back]


def costly(pair: Pair, beads: Beads) -> Iterator[tuple[str, Floats]]:
    """Yield the costly features of candidate beads, none of them null."""
    x, y = Spans.of(beads.i0, beads.i1), Spans.of(beads.j0, beads.j1)
    size = ((beads.a + beads.b) / 2).astype(np.float32)
    ratio = mean(_ratios(view, x, y) for view in pair.views)
    masses = [matched_grams(view, x, y) for view in pair.views]
    both, mass_x, mass_y = (mean(m) for m in zip(*masses, strict=True))
    yield "ratio", ratio
    yield "ratio mass", ratio * size
    yield "grams", both
    yield "grams unmatched", (mass_x + mass_y) / np.float32(2) - both
    yield "words in order", mean(_in_order(view, x, y) for view in pair.views)
    yield "size", summed(beads, _sizes(pair))
    yield from compared(*pair.marks, beads)
    imputed = dict(_imputed(pair, beads, (mass_x - both, mass_y - both)))
    yield from imputed.items()
    if pair.garbled_share >= ECHOES:
        both, mass_x, mass_y = matched_grams(pair.echo, x, y)
        yield "echo", both * imputed["doubt"]
        yield "echo share", 2 * both / np.maximum(mass_x + mass_y, UNIT) * imputed["doubt"]
        yield "recalled", mean(recalled(view, x, y) for view in pair.views)


def _sizes(pair: Pair) -> Prefixes:
    """Return the sums of the lengths of originals; the mean segment of either side = 1/2."""
    first, second = (prefix(length / (2 * length.mean())) for length in pair.length)
    return first, second


def _in_order(view: View, x: Spans, y: Spans) -> Floats:
    """Return per bead the number of words both sides have in one order; mean segment = 1."""
    first, second = (_written(view, column) for column in (view.a, view.b))
    one, two = x.texts(first, ""), y.texts(second, "")
    pairs = [one[k] for k in x.place.tolist()], [two[k] for k in y.place.tolist()]
    words = len(view.a.running) + len(view.b.running)
    return each_two(*pairs, LCSseq.similarity) * np.float32(view.clear / max(words, 1))


def _written(view: View, column: Column) -> list[str]:
    """Return the texts with every word as one character, which stands for its stem."""
    codes = view.vocabulary.stem_of[column.running] % PLANES + 0x10000
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    stops = np.cumsum(np.asarray(column.words.sum(axis=1), dtype=np.int64)).tolist()
    return [text[start:stop] for start, stop in pairwise([0, *stops])]


def _imputed(pair: Pair, beads: Beads, rest: tuple[Floats, Floats]) -> Iterator[tuple[str, Floats]]:
    """Yield features of beads with garbled segments, which may match what is unmatched.

    A garbled segment is taken to match as much of the other side's unmatched mass as its own size.

    Args:
        pair: the versions.
        beads: none of them null.
        rest: per side and bead the mass that the other side does not match; mean segment = 1.
    """
    sizes, unknown = [], []
    spans = ((beads.i0, beads.i1), (beads.j0, beads.j1))
    for nothing, length, (first, last) in zip(garbled(pair), pair.length, spans, strict=True):
        size = length / length.mean()
        whole, part = prefix(size), prefix(nothing * size)
        sizes.append((whole[last] - whole[first]).astype(np.float32))
        unknown.append((part[last] - part[first]).astype(np.float32))
    x, y = unknown
    # The rest may be less than 0 by rounding.
    to_y, to_x = np.clip(rest[1], 0, x), np.clip(rest[0], 0, y)
    yield "imputed", to_y + to_x + np.minimum(x - to_y, y - to_x)
    doubt = 1 - (1 - x / sizes[0]) * (1 - y / sizes[1])
    yield "doubt", doubt
    yield "doubt mass", doubt * (beads.a + beads.b) / np.float32(2)
    yield "length doubt", doubt * length_misfit(pair, beads)


def _ratios(view: View, x: Spans, y: Spans) -> Floats:
    """Return per bead the Indel similarity of its sides."""
    one, two = x.texts(view.a.folded), y.texts(view.b.folded)
    return cheap.compare([one[k] for k in x.place.tolist()], [two[k] for k in y.place.tolist()])
