"""The bitext of two versions that tell the same in the same order.

    anchors ─ band ─ cheap features, sums over all paths ─ survivors ─ costly features ─
    rates of the document ─ lexicon ─ probabilities

Through machine translation, as Sennrich & Volk (2010), by a globally normalised model of the whole
segmentation; the method, with ablations, is that of the research note ALIGNMENT.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.align.costly import add_costly
from reader.align.features import GAPS, Cells, cheap_scores, describe, score
from reader.align.graph import Gaps, Graph
from reader.align.lattice import TYPES, Band, Beads, posteriors
from reader.align.lexicon import explained, learn
from reader.align.pair import Pair
from reader.align.text import Floats
from reader.align.typical import typical
from reader.align.weights import Level, Weights, learned

SURVIVES = 1e-3
"""Least probability after the cheap pass (ALIGNMENT.md 3c: 1e-4 costs time and gains nothing)."""
Rates = Mapping[str, float]
"""Of a document: the share of segments that are alone, of gaps among gaps and other beads, and of
the latter those that have no word in common, or that split or join sentences."""
FIRST_RATES: Rates = {"null": 0.08, "gap": 0.08, "blind": 0.3, "split": 0.15, "join": 0.08}
"""Before the document is known (the first from ALIGNMENT.md 2; the others are guesses)."""
UNTRANSLATED_RATES: Rates = {"null": 0.01, "gap": 0.01, "blind": 0.97, "split": 0.15, "join": 0.08}
"""Without a translation hardly a bead has a word in common. From a start that expects some, the
rounds end where nothing goes with anything: strict F1 of mac-dev is then .06 instead of .65."""
ROUGH = 0.2
"""Share of garbled segments and doubt in the beads, together, from which a translation is rough:
documents have .02-.07 (medians of the development sets), .12-.18 where 10 % of the translations are
wrong, which either weights suit as well, and .30-.40 where 30 % are."""
BELIEVED = 3.0
"""Beads for which what gaps there are elsewhere counts."""
SMALL = 200_000
"""Nodes up to which all are looked at where nothing is translated. Few segments have a name to be
anchored by there, and one that is the same by chance would lead the text astray: strict F1 of
mac-dev without its translations is then .39 instead of .80."""
ROUNDS = 4
"""Rounds in which the rates are estimated: settled by then (ALIGNMENT.md 2)."""
WORTH = 0.47
"""A bead is worth decoding above this probability, about half the expected F1."""


@dataclass(frozen=True)
class Decoded:
    """Candidate beads, how probable each is, and what that says of the document."""

    beads: Beads
    probability: NDArray[np.float64]
    chosen: NDArray[np.int64]
    """Indices of the beads of the likeliest path, in order."""
    rates: Rates

    @property
    def doubt(self) -> float:
        """Share of beads that pair what has no word in common, or that may have failed to."""
        path = self.beads.take(self.chosen)
        # Between two pairs: how many segments of either side are alone.
        gap = np.cumsum(~path.null)
        alone = (np.bincount(gap[path.null], weights=side[path.null]) for side in (path.a, path.b))
        facing = float(np.minimum(*alone).sum())
        return facing / min(int(path.i1[-1]), int(path.j1[-1])) + self.rates["blind"]


def decode(pair: Pair) -> tuple[Beads, NDArray[np.float64], Level]:
    """Return the beads of two versions in order, neither empty, and how probable each is.

    What rough translation looks like is learned apart: weights that forgive everything see pairs
    in what has no counterpart. The level that was taken is returned, too.
    """
    level: Level = "pivot parallel"
    if pair.untranslated:
        level = "untranslated parallel"
    elif pair.garbled_share >= ROUGH:
        level = "rough parallel"
    found = decode_with(pair, learned(level))
    if level == "pivot parallel" and found.doubt + pair.garbled_share >= ROUGH:
        level = "rough parallel"
        found = decode_with(pair, learned(level))
    return found.beads, found.probability, level


def decode_with(pair: Pair, weights: Weights) -> Decoded:
    """Align two versions in order by given weights."""
    if pair.untranslated and pair.m * pair.n <= SMALL:
        band = Band.full(pair.m, pair.n)
    else:
        anchors = np.stack([pair.anchors.i0, pair.anchors.j0], axis=1).astype(np.int64)
        band = Band.around(anchors, pair.m, pair.n)
    if pair.links is not None:
        band = band.through(pair.links.in_order)
    beads, features = candidates(pair, band, weights.cheap)
    graph = Graph(beads)
    start = UNTRANSLATED_RATES if pair.untranslated else FIRST_RATES
    probability, _ = settle(pair, graph, features, weights.first, start)
    chosen = graph.best_path(gains(beads, probability))
    lexicon = learn(pair, beads.take(chosen), probability[chosen])
    if lexicon is not None:
        known = np.flatnonzero(~beads.null)
        answered = explained(pair, beads.take(known), lexicon)
        features["lexicon"][known] = answered
        features["lexicon share"][known] = answered * 2 / (beads.a + beads.b)[known]
    probability, rates = settle(pair, graph, features, weights.final, start)
    return Decoded(beads, probability, graph.best_path(gains(beads, probability)), rates)


def candidates(
    pair: Pair, band: Band, weights: Mapping[str, float]
) -> tuple[Beads, dict[str, Floats]]:
    """Return the beads that survive the cheap pass, and their features."""
    cells = Cells(pair, band)
    probability, _ = posteriors(band, cheap_scores(cells, weights))
    keep = probability >= SURVIVES
    keep[likely_path(band, probability)] = True
    kind, node = np.nonzero(keep)
    beads, features = describe(cells, kind, node)
    add_costly(pair, beads, features)
    features.update(typical(pair, beads, features, probability[kind, node]))
    return beads, features


def likely_path(band: Band, probability: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return types and nodes of a path of likely beads, so that pruning leaves one whole path."""
    i, j = band.m, int(band.hi[band.m])
    kinds, nodes = [], []
    while i or j:
        node = int(band.start[i]) + j - int(band.lo[i])
        t = int(probability[:, node].argmax())
        if not probability[t, node]:
            # Where nothing is likely, step by step it becomes too unlikely for any number.
            t = TYPES.index((1, 0) if i and j <= band.hi[i - 1] else (0, 1))
        kinds.append(t)
        nodes.append(node)
        i, j = i - TYPES[t][0], j - TYPES[t][1]
    return np.array(kinds, dtype=np.int64), np.array(nodes, dtype=np.int64)


def settle(
    pair: Pair,
    graph: Graph,
    features: dict[str, Floats],
    weights: Mapping[str, float],
    rates: Rates,
) -> tuple[NDArray[np.float64], Rates]:
    """Estimate what is usual in the document; return the probabilities of beads, and its rates.

    Expectation maximisation (Dempster et al. 1977): starts at the given rates and at what the
    features say is typical. They keep what was found.
    """
    beads = graph.beads
    for _ in range(ROUNDS):
        set_rates(features, rates)
        cost = gap_costs(weights, rates["gap"])
        probability, gaps, _ = graph.posteriors(score(features, weights), cost)
        rates = rates_of(beads, features, probability, gaps)
        features.update(typical(pair, beads, features, probability))
    return probability, rates


def rates_of(
    beads: Beads, features: Mapping[str, Floats], share: NDArray[np.floating], gaps: Gaps
) -> Rates:
    """Return the rates of a document from the probabilities of its beads, and its gaps.

    How much is missing, how far the translation is to be trusted, and what the translator does to
    sentences.
    """
    # Garbled segments are left out: whether they are alone is what the rate shall help to tell.
    clear = beads.a + beads.b - features["garbled"] - features["garbled alone"]
    alone = float(share @ np.where(beads.null, clear, 0)) / max(float(share @ clear), 1e-9)
    known = max(float(share[~beads.null].sum()), 1e-9)
    kinds = ("blind", "split", "join")
    opened = gaps.opened + BELIEVED * FIRST_RATES["gap"]
    found = {kind: float(share @ features[kind]) / known for kind in kinds}
    return found | {"null": alone, "gap": opened / (gaps.opened + known + BELIEVED)}


def gap_features(rate: float) -> Floats:
    """Return the features of what `Gaps` has, by `GAPS`, where so many beads are gaps."""
    return np.array([[1, odds(rate), 0], [0, 0, 1]], np.float32)


def gap_costs(weights: Mapping[str, float], rate: float) -> Gaps:
    """Return what gaps add to scores where so many beads are gaps."""
    return Gaps(*(gap_features(rate) @ [weights[name] for name in GAPS]).tolist())


def set_rates(features: dict[str, Floats], rates: Rates) -> None:
    """Set the features of beads that stand for the rates of a document."""
    for name in rates.keys() & features.keys():
        features[f"{name} rate"] = features[name] * np.float32(odds(rates[name]))


def odds(rate: float) -> float:
    """Return the log odds of a rate in [0, 1], bounded."""
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
