"""The beads of two versions that tell the same in the same order.

    anchors ─ band ─ cheap features, sums over all paths ─ survivors ─ costly features ─
    rates of the document ─ lexicon ─ probabilities

By machine translation, as Sennrich & Volk (2010), and a globally normalised model of the whole
segmentation. The research note ALIGNMENT.md has the method, with ablations.
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
"""Least probability after the cheap pass of a candidate (ALIGNMENT.md 3c: 1e-4 costs time and gains
nothing)."""
Rates = Mapping[str, float]
"""Of a document: "null", the share of segments without counterpart; "gap", that of gaps among gaps
and other beads; and of other beads the share that has no word in common, "blind", or that splits or
joins sentences, "split" and "join"."""
FIRST_RATES: Rates = {"null": 0.08, "gap": 0.08, "blind": 0.3, "split": 0.15, "join": 0.08}
"""From which their estimation begins (the first from ALIGNMENT.md 2; the others are guesses)."""
UNTRANSLATED_RATES: Rates = {"null": 0.01, "gap": 0.01, "blind": 0.97, "split": 0.15, "join": 0.08}
"""The same of untranslated texts, of which hardly a bead has a word in common. Begun with
`FIRST_RATES`, the estimation ends with null beads alone: strict F1 of mac-dev is then .06 instead
of .65."""
ROUGH = 0.2
"""Sum of the share of garbled segments and the doubt in the beads from which a translation is
rough. Documents have .02-.07 (medians of the development sets); .12-.18 where 10 % of the
translations are wrong, where either weights do as well; .30-.40 where 30 % are."""
BELIEVED = 3.0
"""Beads that the usual rate of gaps counts for when that of a document is estimated."""
SMALL = 200_000
"""Nodes up to which the band of untranslated texts has all of them. Anchors are few there, and one
that is a name that both have by chance misleads the search: strict F1 of mac-dev without its
translations is then .39 instead of .80."""
ROUNDS = 4
"""Rounds in which the rates are estimated; they do not change any more then (ALIGNMENT.md 2)."""
WORTH = 0.47
"""Probability above which a bead is decoded, about half the expected F1."""


@dataclass(frozen=True)
class Decoded:
    """Candidate beads with their probabilities, and the rates of the document."""

    beads: Beads
    probability: NDArray[np.float64]
    chosen: NDArray[np.int64]
    """Indices of the beads of the decoded path, in order."""
    rates: Rates

    @property
    def doubt(self) -> float:
        """Share of beads without a word in common, and of segments in gaps that face each other."""
        path = self.beads.take(self.chosen)
        # Between two pairs: how many segments of either side are alone.
        gap = np.cumsum(~path.null)
        alone = (np.bincount(gap[path.null], weights=side[path.null]) for side in (path.a, path.b))
        facing = float(np.minimum(*alone).sum())
        return facing / min(int(path.i1[-1]), int(path.j1[-1])) + self.rates["blind"]


def decode(pair: Pair) -> tuple[Beads, NDArray[np.float64], Level]:
    """Return the candidate beads of two versions, neither empty, their probabilities, the level.

    Rough translations have weights of their own: those that forgive their errors would pair
    segments of other texts that have no counterpart.
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
    """Return the candidate beads of two versions by given weights."""
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
    """Return the beads that survive the cheap pass, with all features but those of the lexicon."""
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
    """Return types and end nodes of a path of likely beads, which pruning must leave whole."""
    i, j = band.m, int(band.hi[band.m])
    kinds, nodes = [], []
    while i or j:
        node = int(band.start[i]) + j - int(band.lo[i])
        t = int(probability[:, node].argmax())
        if not probability[t, node]:
            # Where no bead is likely, probabilities may underflow.
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
    """Return the probabilities of beads and the rates of the document, estimated together.

    By expectation maximisation (Dempster et al. 1977).

    Args:
        pair: the versions.
        graph: of their candidate beads.
        features: of the beads; those that depend on the document are set to what was found.
        weights: of the features.
        rates: from which the estimation begins.
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
    """Return the rates of a document.

    Args:
        beads: candidates.
        features: of the beads.
        share: their probabilities.
        gaps: the expected numbers of gaps.
    """
    # Garbled segments are left out: the rate shall help to tell whether they have a counterpart.
    clear = beads.a + beads.b - features["garbled"] - features["garbled alone"]
    alone = float(share @ np.where(beads.null, clear, 0)) / max(float(share @ clear), 1e-9)
    known = max(float(share[~beads.null].sum()), 1e-9)
    kinds = ("blind", "split", "join")
    opened = gaps.opened + BELIEVED * FIRST_RATES["gap"]
    found = {kind: float(share @ features[kind]) / known for kind in kinds}
    return found | {"null": alone, "gap": opened / (gaps.opened + known + BELIEVED)}


def gap_features(rate: float) -> Floats:
    """Return fields of `graph.Gaps` x `GAPS`: the features of a gap, at a rate of gaps."""
    return np.array([[1, odds(rate), 0], [0, 0, 1]], np.float32)


def gap_costs(weights: Mapping[str, float], rate: float) -> Gaps:
    """Return what gaps add to the score of a path, at a rate of gaps."""
    return Gaps(*(gap_features(rate) @ [weights[name] for name in GAPS]).tolist())


def set_rates(features: dict[str, Floats], rates: Rates) -> None:
    """Set the features of beads by which the rates of the document count."""
    for name in rates.keys() & features.keys():
        features[f"{name} rate"] = features[name] * np.float32(odds(rates[name]))


def odds(rate: float) -> float:
    """Return the log odds of a rate in [0, 1], bounded."""
    return float(np.log((rate + 0.005) / (1.005 - rate)))


def gains(beads: Beads, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each bead adds to the expected accuracy of a path.

    A null bead counts with the probability that its segment has no counterpart, which is that of
    all null beads of the segment, wherever in the other version they are.
    """
    gain = probability.copy()
    for first, last in ((beads.i0, beads.i1), (beads.j0, beads.j1)):
        mine = beads.null & (last > first)
        alone = np.bincount(first[mine], weights=probability[mine], minlength=int(first.max()) + 1)
        gain[mine] = alone[first[mine]]
    return gain - WORTH
