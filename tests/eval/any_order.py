"""Learns to find equivalent segments in any order: paths that may jump, along either version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.align.features import ANY_ORDER, CHEAP
from reader.align.jumps import Moves, all_candidates, candidates, marginals, turned
from reader.align.lattice import Beads
from reader.align.monotone import set_rates
from reader.align.pair import Pair
from reader.align.text import Floats
from reader.align.versions import Library
from tests.eval.fit import Example, Probabilities, fit
from tests.eval.sets import GoldPair

MOVES = (Moves(2.0, 1.0), Moves(2.0, 2.0), Moves(3.0, 2.5))
"""Prices of a jump and rewards of going on that are tried."""


def train(
    pairs: Sequence[GoldPair],
    start: Mapping[str, Mapping[str, float]],
    omitted: Sequence[str] = (),
) -> dict[str, dict[str, float] | float]:
    """Return the weights of all stages, and the price of a jump.

    The search starts at the given weights, if any.

    Args:
        pairs: what is learned from.
        start: weights by stage, or none.
        omitted: features of the last stage to do without.
    """
    names = [name for name in ANY_ORDER if name not in omitted]
    prepared = [(Library(pair.versions).pair(0, 1), pair) for pair in pairs]
    examples = []
    for pair, gold in prepared:
        beads, features = all_candidates(pair)
        examples.append(_one_by_one(_matrix(features, CHEAP), _is_gold(beads, gold)))
    cheap, _ = fit(examples, CHEAP, start["cheap"])
    documents = [_document(pair, gold, cheap) for pair, gold in prepared]
    documents = [document for document in documents if len(document.beads)]
    fits = {
        moves: fit([d.example(moves, names) for d in documents], names, start["final"])
        for moves in MOVES
    }
    best = min(fits, key=lambda moves: fits[moves][1])
    return {"cheap": cheap, "final": fits[best][0], "jump": best.back, "follow": best.follow}


def _matrix(features: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    return np.stack([features[name] for name in names], axis=1)


def _is_gold(beads: Beads, pair: GoldPair) -> NDArray[np.bool_]:
    columns = (c.tolist() for c in (beads.i0, beads.i1, beads.j0, beads.j1))
    return np.array(
        [
            (tuple(range(a, b)), tuple(range(c, d))) in pair.gold
            for a, b, c, d in zip(*columns, strict=True)
        ],
        dtype=bool,
    )


def _one_by_one(matrix: Floats, gold: NDArray[np.bool_]) -> Example:
    """Return beads of which each is right or wrong by itself."""

    def truth(scores: Floats) -> Probabilities:
        return gold.astype(np.float64), float(scores[gold].sum())

    def model(scores: Floats) -> Probabilities:
        double = scores.astype(np.float64)
        return 1 / (1 + np.exp(-double)), float(np.logaddexp(0, double).sum())

    return Example(matrix, truth, model)


@dataclass(frozen=True)
class _Document:
    """The candidates of a document; beads of gold that are no candidates count as null."""

    pair: Pair
    beads: Beads
    features: dict[str, Floats]
    gold: NDArray[np.bool_]

    def example(self, moves: Moves, names: Sequence[str]) -> Example:
        """Return the likelihood along either version by some features, for given prices."""
        m, n, beads, other = self.pair.m, self.pair.n, self.beads, turned(self.beads)
        price = sum(_price(side.take(self.gold), moves) for side in (beads, other))

        def truth(scores: Floats) -> Probabilities:
            return 2 * self.gold.astype(np.float64), 2 * float(scores[self.gold].sum()) - price

        def model(scores: Floats) -> Probabilities:
            double = scores.astype(np.float64)
            one, total_one = marginals(beads, double, moves, m, n)
            two, total_two = marginals(other, double, moves, n, m)
            return np.exp(one) + np.exp(two), total_one + total_two

        return Example(_matrix(self.features, names), truth, model)


def _price(beads: Beads, moves: Moves) -> float:
    """Return what a path through disjoint beads pays, along the first version."""
    beads = beads.take(np.argsort(beads.i0))
    on = beads.j0[1:] - beads.j1[:-1]
    follows = (on == 0) & (beads.i0[1:] == beads.i1[:-1])
    return moves.back * int((on < 0).sum()) - moves.follow * int(follows.sum())


def _document(pair: Pair, gold: GoldPair, weights: Mapping[str, float]) -> _Document:
    beads, features = candidates(pair, weights)
    right = _is_gold(beads, gold)
    covered = int((beads.a + beads.b)[right].sum())
    set_rates(features, {"null": 1 - covered / (pair.m + pair.n)})
    return _Document(pair, beads, features, right)
