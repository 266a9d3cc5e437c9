"""Learns to align in order: a conditional random field over segmentations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag

from reader.align.costly import add_costly
from reader.align.features import (
    CHEAP,
    FINAL,
    FIRST,
    GAPS,
    Cells,
    cheap,
    cheap_scores,
    describe,
    score,
    spans,
)
from reader.align.graph import Gaps, Graph
from reader.align.lattice import TYPES, Band, Beads, posteriors
from reader.align.lexicon import explained, learn
from reader.align.monotone import SURVIVES, gains, gap_costs, gap_features, rates_of, set_rates
from reader.align.pair import Pair
from reader.align.text import Floats, Ints
from reader.align.typical import typical
from reader.align.versions import Library
from tests.eval.fit import Example, Probabilities, fit
from tests.eval.sets import GoldPair

Start = Mapping[str, Mapping[str, float]]
"""Weights by stage, where the search begins; it ends at the same place from anywhere."""


def train(
    pairs: Sequence[GoldPair], start: Start, omitted: Sequence[str] = ()
) -> dict[str, dict[str, float]]:
    """Return the weights of all stages.

    Args:
        pairs: what is learned from.
        start: weights, or none.
        omitted: features of the last two stages to do without.
    """
    texts = [text_of(pair) for pair in pairs]
    # The cheap pass only has to keep what is right: a fifth of the copies teaches it enough, and
    # five, having no factor in common with the kinds of noise, takes some of every kind.
    cheap_weights, _ = fit([_cheap_example(text) for text in texts[::5]], CHEAP, start["cheap"])
    pruned = [prune(text, cheap_weights) for text in texts]
    return {"cheap": cheap_weights} | train_pruned(pruned, start, omitted)


def train_pruned(
    documents: Sequence[Pruned], start: Start, omitted: Sequence[str] = ()
) -> dict[str, dict[str, float]]:
    """Return the weights of the stages after the cheap one."""
    first = _learned(documents, [name for name in FIRST if name not in omitted], start["first"])
    for document in documents:
        _add_lexicon(document, first)
    final = _learned(documents, [name for name in FINAL if name not in omitted], start["final"])
    return {"first": first, "final": final}


def _learned(
    documents: Sequence[Pruned], names: Sequence[str], start: Mapping[str, float]
) -> dict[str, float]:
    found, _ = fit([document.example(names) for document in documents], [*names, *GAPS], start)
    return found


@dataclass(frozen=True)
class Text:
    """A document that is learned from."""

    pair: Pair
    path: Beads
    """Gold beads."""
    free: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Segments of gold beads that no path can have: there any bead is right."""


def text_of(pair: GoldPair) -> Text:
    """Return a document ready to be learned from."""
    prepared = Library(pair.versions).pair(0, 1)
    found: list[tuple[int, int, int, int]] = []
    free: tuple[set[int], set[int]] = (set(), set())
    i = j = 0
    for s, t in sorted(bead for bead in pair.gold if bead[0] and bead[1]):
        whole = s[-1] - s[0] == len(s) - 1 and t[-1] - t[0] == len(t) - 1
        if whole and (len(s), len(t)) in TYPES and s[0] >= i and t[0] >= j:
            i, j = s[-1] + 1, t[-1] + 1
            found.append((s[0], t[0], i, j))
        else:
            free[0].update(s)
            free[1].update(t)
    return Text(
        prepared,
        Beads(*np.array(found, dtype=np.int32).reshape(-1, 4).T),
        (
            np.isin(np.arange(prepared.m), list(free[0])),
            np.isin(np.arange(prepared.n), list(free[1])),
        ),
    )


def _allowed(text: Text, beads: Beads) -> NDArray[np.bool_]:
    """Return which beads a gold path may hold: gold ones, true nulls, anything among free ones."""
    path = text.path
    gold: NDArray[np.bool_] = np.isin(_key(beads), _key(path))
    alone_a, free_a = _inside(text.free[0], (path.i0, path.i1), (beads.i0, beads.i1))
    alone_b, free_b = _inside(text.free[1], (path.j0, path.j1), (beads.j0, beads.j1))
    return gold | (beads.null & alone_a & alone_b) | (~beads.null & free_a & free_b)


def _key(beads: Beads) -> NDArray[np.int64]:
    """Return a number for every bead that no other bead has."""
    start = beads.i0.astype(np.int64) << 32 | beads.j0.astype(np.int64)
    return start << 6 | (beads.a << 3 | beads.b).astype(np.int64)


def _inside(
    free: NDArray[np.bool_], path: tuple[Ints, Ints], spans: tuple[Ints, Ints]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return of every span whether it is clear of gold beads, and whether all of it is free."""
    edges = np.zeros(len(free) + 1, np.int64)
    np.add.at(edges, path[0], 1)
    np.add.at(edges, path[1], -1)
    bound = np.concatenate([[0], np.cumsum(np.cumsum(edges)[:-1] > 0)])
    tied = np.concatenate([[0], np.cumsum(~free)])
    first, last = spans
    return bound[last] == bound[first], tied[last] == tied[first]


def _band(text: Text) -> Band:
    """Return the band around the gold path: the first segments of every bead are its anchors."""
    return Band.around(np.stack([text.path.i0, text.path.j0], axis=1), text.pair.m, text.pair.n)


def _cheap_example(text: Text) -> Example:
    """Return a document with the features of the cheap pass, over its whole band."""
    band = _band(text)
    cells = Cells(text.pair, band)
    blocks, kinds, nodes = [], [], []
    none = np.zeros(0, np.float32)
    for t, dots in [(0, none), (1, none), *spans(cells)]:
        a, b = TYPES[t]
        valid = np.flatnonzero(band.shifted(-a, -b) < band.size)
        block = np.zeros((len(valid), len(CHEAP)), np.float32)
        for name, values in cheap(cells, t, dots):
            block[:, CHEAP.index(name)] = values[valid]
        blocks.append(block)
        kinds.append(np.full(len(valid), t))
        nodes.append(valid)
    kind, node = np.concatenate(kinds), np.concatenate(nodes)
    size = np.array(TYPES, np.int32)[kind]
    i1, j1 = band.row[node], band.column[node]
    beads = Beads(i1 - size[:, 0], j1 - size[:, 1], i1, j1)

    def model(scores: Floats) -> Probabilities:
        table = np.full((len(TYPES), band.size), -np.inf, np.float32)
        table[kind, node] = scores
        probability, total = posteriors(band, table)
        return probability[kind, node].astype(np.float64), total

    return Example(np.concatenate(blocks), _gold_paths(text, beads), model)


def _paths(graph: Graph, scores: Floats) -> Probabilities:
    """Return the probabilities of beads and the gaps expected, from the scores of both."""
    size = len(graph.beads)
    found, gaps, total = graph.posteriors(scores[:size], Gaps(*scores[size:].tolist()))
    return np.append(found, gaps), total


def _gold_paths(text: Text, beads: Beads) -> Callable[[Floats], Probabilities]:
    """Return what gives the probabilities of beads, and gaps if they have scores, in gold paths."""
    mine = np.flatnonzero(_allowed(text, beads))
    graph = Graph(beads.take(mine))

    def truth(scores: Floats) -> Probabilities:
        result = np.zeros(len(scores))
        chosen = np.append(mine, np.arange(len(beads), len(scores)))
        found, total = _paths(graph, scores[chosen])
        result[chosen] = found[: len(chosen)]
        return result, total

    return truth


@dataclass(frozen=True)
class Pruned:
    """A document after the cheap pass."""

    text: Text
    beads: Beads
    features: dict[str, Floats]
    gaps: float
    """Their share of the gold beads."""

    def example(self, names: Sequence[str]) -> Example:
        """Return the document with the features of these names, and below them those of gaps."""
        graph = Graph(self.beads)
        matrix = np.stack([self.features[name] for name in names], axis=1)
        both = block_diag(matrix, gap_features(self.gaps)).astype(np.float32)
        # There is a gap before every other bead, at most.
        often = np.append(np.ones(len(matrix)), np.full(len(Gaps()), self.text.pair.m))
        return Example(both, _gold_paths(self.text, self.beads), partial(_paths, graph), often)


def prune(text: Text, weights: Mapping[str, float]) -> Pruned:
    """Return the beads that survive the cheap pass, and all that a gold path may hold."""
    band = _band(text)
    cells = Cells(text.pair, band)
    scores = cheap_scores(cells, weights)
    probability, _ = posteriors(band, scores)
    kind, node = np.nonzero(scores > -np.inf)
    size = np.array(TYPES, np.int32)[kind]
    i1, j1 = band.row[node], band.column[node]
    gold = _allowed(text, Beads(i1 - size[:, 0], j1 - size[:, 1], i1, j1))
    keep = gold | (probability[kind, node] >= SURVIVES)
    beads, features = describe(cells, kind[keep], node[keep])
    add_costly(text.pair, beads, features)
    # Where gold leaves a choice, its beads are weighed by the first model of all: none.
    counts, _ = _gold_paths(text, beads)(np.zeros(len(beads) + len(Gaps()), np.float32))
    truth, gaps = counts[: len(beads)], Gaps(*counts[len(beads) :].tolist())
    rates = rates_of(beads, features, truth, gaps)
    set_rates(features, rates)
    features.update(typical(text.pair, beads, features, truth))
    return Pruned(text, beads, features, rates["gap"])


def _add_lexicon(document: Pruned, weights: Mapping[str, float]) -> None:
    """Add the features of the lexicon that the document teaches, decoded by these weights."""
    graph, beads = Graph(document.beads), document.beads
    cost = gap_costs(weights, document.gaps)
    probability, _, _ = graph.posteriors(score(document.features, weights), cost)
    chosen = graph.best_path(gains(beads, probability))
    lexicon = learn(document.text.pair, beads.take(chosen), probability[chosen])
    if lexicon is not None:
        known = np.flatnonzero(~beads.null)
        answered = explained(document.text.pair, beads.take(known), lexicon)
        size = (beads.a + beads.b)[known] / 2
        document.features["lexicon"][known] = answered
        document.features["lexicon share"][known] = answered / size
