"""The bitext of two versions that tell the same in the same order.

    anchors ─ band ─ cheap features, sums over all paths ─ survivors ─ dear features ─ lexicon
    ─ null rate ─ probabilities ─ decoding for the highest expected accuracy

Method, weights and ablations: Sennrich & Volk (2010) for aligning through machine translation,
a globally normalised model of the whole segmentation, research note ALIGNMENT.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.align.anchors import anchor_weights, heaviest_chain, points
from reader.align.features import Cells, cheap_scores, describe, score
from reader.align.lattice import TYPES, Band, Beads, Graph, posteriors
from reader.align.lexicon import explained, learn
from reader.align.pair import Pair
from reader.align.text import Floats
from reader.align.weights import Weights

SURVIVES = 1e-3
"""Least probability after the cheap pass (ALIGNMENT.md 3c: 1e-4 costs time and gains nothing)."""
FIRST_NULL_RATE = 0.08
ROUNDS = 4
"""Rounds in which the share of null segments is estimated: settled by then (ALIGNMENT.md 2)."""
WORTH = 0.42
"""A bead is worth decoding above this probability, about half the expected F1."""


@dataclass(frozen=True)
class Decoded:
    """A bitext: the candidate beads, how probable they are, and which were chosen."""

    beads: Beads
    probability: NDArray[np.float64]
    chosen: NDArray[np.int64]
    """Indices of the beads of the path, in order."""


def decode(pair: Pair, weights: Weights, band: Band | None = None) -> Decoded:
    """Align two versions, neither of them empty, in order."""
    if band is None:
        chain = heaviest_chain(points(pair.similar), anchor_weights(pair.similar))
        anchors = np.stack([pair.similar.row[chain], pair.similar.col[chain]], axis=1)
        band = Band.around(anchors, pair.m, pair.n)
    beads, features = candidates(pair, band, weights.cheap)
    graph = Graph(beads)
    known = ~beads.null
    probability, _ = null_rate(graph, features, weights.first)
    chosen = graph.best_path(gains(beads, probability))
    lexicon = learn(pair, beads.take(chosen), probability[chosen])
    if lexicon is not None:
        answered = np.zeros(len(beads), np.float32)
        answered[known] = explained(pair, beads.take(known), lexicon)
        features["lexicon"] = answered
        features["lexicon share"] = answered * 2 / (beads.a + beads.b)
    probability, _ = null_rate(graph, features, weights.final)
    return Decoded(beads, probability, graph.best_path(gains(beads, probability)))


def candidates(
    pair: Pair, band: Band, weights: Mapping[str, float]
) -> tuple[Beads, dict[str, Floats]]:
    """Return the beads that survive the cheap pass, and their features."""
    cells = Cells(pair, band)
    probability, _ = posteriors(band, cheap_scores(cells, weights))
    keep = probability >= SURVIVES
    keep[_likely_path(band, probability)] = True
    kind, node = np.nonzero(keep)
    return describe(cells, kind, node)


def _likely_path(band: Band, probability: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return types and nodes of a path of likely beads, so that pruning leaves one whole path."""
    i, j = band.m, int(band.hi[band.m])
    kinds, nodes = [], []
    while i or j:
        node = int(band.start[i]) + j - int(band.lo[i])
        t = int(probability[:, node].argmax())
        kinds.append(t)
        nodes.append(node)
        i, j = i - TYPES[t][0], j - TYPES[t][1]
    return np.array(kinds, dtype=np.int64), np.array(nodes, dtype=np.int64)


def null_rate(
    graph: Graph, features: dict[str, Floats], weights: Mapping[str, float]
) -> tuple[NDArray[np.float64], float]:
    """Estimate the share of null segments and return the beads' probabilities under it.

    Expectation maximisation (Dempster et al. 1977) of one parameter; `features` keeps the last.
    """
    beads = graph.beads
    null = beads.null
    total = float(beads.i1.max() + beads.j1.max())
    rate = FIRST_NULL_RATE
    for _ in range(ROUNDS if weights.get("null rate") else 1):
        features["null rate"] = np.where(null, null_odds(rate), 0).astype(np.float32)
        probability, _ = graph.posteriors(score(features, weights))
        rate = float(probability[null].sum()) / total
    return probability, rate


def null_odds(rate: float) -> float:
    """Return the feature that stands for a share of null segments, in [0, 1]."""
    return float(np.log((rate + 0.005) / (1.005 - rate)))


def gains(beads: Beads, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what decoding a bead adds to the expected accuracy.

    Where in the other version a segment stays alone does not matter: a null bead counts with the
    probability that its segment is alone at all.
    """
    gain = probability.copy()
    for first, last in ((beads.i0, beads.i1), (beads.j0, beads.j1)):
        mine = beads.null & (last > first)
        alone = np.bincount(first[mine], weights=probability[mine], minlength=int(first.max()) + 1)
        gain[mine] = alone[first[mine]]
    return gain - WORTH
