"""Learn the weights of the aligner.

    python -m tests.eval.train DIR... -o reader/align/weights.json

The model is a conditional random field over segmentations; its weights maximise the likelihood of
the gold paths (L-BFGS; the gradient is the features expected under gold less those expected under
the model). Documents are learned from as they are and with noise: without it, text that has no
counterpart is merged into its neighbours (ALIGNMENT.md 2).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from reader.align import Version
from reader.align.features import (
    CHEAP,
    FINAL,
    FULL,
    Cells,
    cheap,
    cheap_scores,
    describe,
    score,
    spans,
)
from reader.align.lattice import TYPES, Band, Beads, Graph, posteriors
from reader.align.lexicon import explained, learn
from reader.align.monotone import SURVIVES, gains, null_odds
from reader.align.pair import Pair
from reader.align.text import Floats, Ints
from reader.align.versions import Library
from tests.eval.noise import Noise, spoil
from tests.eval.sets import GoldPair, find_sets, read_pair

SEED = 1
L2 = 0.5
"""Penalty on squared weights, each in units of its feature's root mean square (ALIGNMENT.md 2)."""

IN_ORDER = (
    Noise(),
    Noise(lost=0.15),
    Noise(lost=0.4, foreign=0.05),
    Noise(lost=0.15, repeats=2, foreign=0.05),
    Noise(words=0.3),
    Noise(lost=0.2, destroyed=0.3, words=0.1),
)
MOSTLY_ALONE = (
    Noise(lost=0.5, foreign=0.2),
    Noise(lost=0.8, foreign=0.3),
    Noise(lost=0.7, foreign=0.3, words=0.3),
    Noise(lost=0.2, foreign=0.1),
)
LEVELS: Mapping[str, tuple[bool, Sequence[Noise]]] = {
    "pivot parallel": (True, IN_ORDER),
    "pivot comparable": (True, MOSTLY_ALONE),
    "bare parallel": (False, [n for n in IN_ORDER if not n.words]),
    "bare comparable": (False, [n for n in MOSTLY_ALONE if not n.words]),
}
"""What each set of weights learns from: whether there are pivots, and the noise."""


@dataclass
class Example:
    """One document as the optimiser sees it."""

    matrix: Floats
    """Beads x features."""
    truth: Callable[[Floats], tuple[NDArray[np.float64], float]]
    """Probability of every bead among the gold paths, and the log of their sum."""
    model: Callable[[Floats], tuple[NDArray[np.float64], float]]
    """The same over all paths."""


@dataclass(frozen=True)
class Text:
    """A document that is learned from."""

    pair: Pair
    path: Beads
    """Gold beads."""
    free: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Segments of gold beads that no path can have: there any bead is right."""


def texts(pairs: Sequence[GoldPair], level: str) -> list[Text]:
    """Return the documents of a level, with noise."""
    translated, noises = LEVELS[level]
    found = []
    for pair in pairs:
        others = [other for other in pairs if other.versions != pair.versions]
        for noise in noises:
            copy = spoil(pair, noise, others, SEED)
            if not translated:
                first, second = map(_untranslated, copy.versions)
                copy = replace(copy, versions=(first, second))
            found.append(_text(copy))
    return found


def _untranslated(version: Version) -> Version:
    return replace(version, pivots=("",) * len(version.pivots), second=())


def _text(pair: GoldPair) -> Text:
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


def cheap_example(text: Text) -> Example:
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

    def model(scores: Floats) -> tuple[NDArray[np.float64], float]:
        table = np.full((len(TYPES), band.size), -np.inf, np.float32)
        table[kind, node] = scores
        probability, total = posteriors(band, table)
        return probability[kind, node].astype(np.float64), total

    return Example(np.concatenate(blocks), _gold_paths(text, beads), model)


def _gold_paths(text: Text, beads: Beads) -> Callable[[Floats], tuple[NDArray[np.float64], float]]:
    mine = np.flatnonzero(_allowed(text, beads))
    graph = Graph(beads.take(mine))

    def truth(scores: Floats) -> tuple[NDArray[np.float64], float]:
        result = np.zeros(len(beads))
        result[mine], total = graph.posteriors(scores[mine])
        return result, total

    return truth


@dataclass
class Pruned:
    """A document after the cheap pass."""

    text: Text
    beads: Beads
    features: dict[str, Floats]

    def example(self, names: Sequence[str]) -> Example:
        """Return the document with the features of these names."""
        graph = Graph(self.beads)
        matrix = np.stack([self.features[name] for name in names], axis=1)
        return Example(matrix, _gold_paths(self.text, self.beads), graph.posteriors)


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
    alone = text.pair.m + text.pair.n - int((text.path.a + text.path.b).sum())
    rate = alone / (text.pair.m + text.pair.n)
    features["null rate"] = np.where(beads.null, null_odds(rate), 0).astype(np.float32)
    return Pruned(text, beads, features)


def learn_lexicon(document: Pruned, weights: Mapping[str, float]) -> None:
    """Add the features of the lexicon that the document teaches, decoded by these weights."""
    graph, beads = Graph(document.beads), document.beads
    probability, _ = graph.posteriors(score(document.features, weights))
    chosen = graph.best_path(gains(beads, probability))
    lexicon = learn(document.text.pair, beads.take(chosen), probability[chosen])
    if lexicon is not None:
        known = np.flatnonzero(~beads.null)
        answered = explained(document.text.pair, beads.take(known), lexicon)
        size = (beads.a + beads.b)[known] / 2
        document.features["lexicon"][known] = answered
        document.features["lexicon share"][known] = answered / size


def fit(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Return the weights of the highest penalised likelihood."""
    usable = [e for e in examples if e.truth(np.zeros(len(e.matrix), np.float32))[1] > -np.inf]
    squares = sum((e.matrix.astype(np.float64) ** 2).sum(axis=0) for e in usable)
    rows = sum(len(e.matrix) for e in usable)
    scale = np.sqrt(np.maximum(squares / rows, 1e-12))

    def objective(v: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = (v / scale).astype(np.float32)
        value, gradient = L2 / 2 * float(v @ v), L2 * v
        for example in usable:
            scores = example.matrix @ w
            right, right_total = example.truth(scores)
            model, total = example.model(scores)
            value += total - right_total
            gradient = gradient + (model - right) @ example.matrix / scale
        return value, gradient

    found = minimize(
        objective,
        np.zeros(len(names)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 300, "ftol": 1e-6},
    )
    print(
        f"  {len(usable)} of {len(examples)} documents, {rows} beads, "
        f"{found.nit} steps, loss {found.fun:.1f}",
        file=sys.stderr,
        flush=True,
    )
    return {name: round(float(w), 4) for name, w in zip(names, found.x / scale, strict=True)}


def train(pairs: Sequence[GoldPair], level: str) -> dict[str, dict[str, float]]:
    """Return the weights of all stages for a level."""
    documents = texts(pairs, level)
    # The cheap pass only has to keep what is right: a fifth of the copies teaches it enough, and
    # five, having no factor in common with the kinds of noise, takes some of every kind.
    stages = {"cheap": fit([cheap_example(text) for text in documents[::5]], CHEAP)}
    pruned = [prune(text, stages["cheap"]) for text in documents]
    if level.endswith("parallel"):
        stages["first"] = fit(
            [d.example([*FULL, "null rate"]) for d in pruned], [*FULL, "null rate"]
        )
        for document in pruned:
            learn_lexicon(document, stages["first"])
        stages["final"] = fit([d.example(FINAL) for d in pruned], FINAL)
    else:
        names = [*FULL, "null rate"]
        stages["final"] = fit([d.example(names) for d in pruned], names)
    return stages


def read(folders: Sequence[Path]) -> Iterator[GoldPair]:
    """Yield the documents of all sets."""
    for folder in folders:
        for found in find_sets(folder):
            yield from (read_pair(gold) for gold in sorted(found.glob("*.gold")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, and write the weights with what they were learned from."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.train", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--level", choices=LEVELS, action="append", help="only this, keep the rest")
    options = parser.parse_args(arguments)
    pairs = list(read(options.folders))
    stages = json.loads(options.output.read_text())["stages"] if options.level else {}
    for level in options.level or LEVELS:
        print(level, file=sys.stderr, flush=True)
        stages[level] = train(pairs, level)
    names = " ".join(folder.name for folder in options.folders)
    report = {
        "command": f"python -m tests.eval.train {names} -o reader/align/weights.json",
        "seed": SEED,
        "sets": [folder.name for folder in options.folders],
        "stages": stages,
    }
    options.output.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
