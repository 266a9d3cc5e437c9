"""Learn what tells nonsense from sentences: `python -m tests.eval.nonsense DIR...` prints it.

A logistic regression on documents in which 30 % of the machine translations are destroyed, as
`tests.eval.noise` does it and by words of other sentences; per set, how many are told, and how many
are accused. The weights are to be copied to `reader/align/fluency.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from reader.align.fluency import nonsense, signs
from reader.align.text import Vocabulary
from tests.eval.noise import destroy
from tests.eval.sets import GoldPair, find_sets, read_pair, sampled

DESTROYED = 0.3
SEED = 1
L2 = 0.2

Sample = tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.bool_]]
"""Of the segments of a document: their signs, how probably they are nonsense, whether they are."""


def mixed(pair: GoldPair, share: float, seed: int) -> GoldPair:
    """Return a copy in which so many machine translations are made of words of others."""
    random = Random(f"{pair.set} {pair.name} {share} {seed}")
    version = pair.versions[0]
    words = [word for pivot in version.pivots for word in pivot.split()]
    pivots = tuple(
        " ".join(random.choice(words) for _ in pivot.split()) if random.random() < share else pivot
        for pivot in version.pivots
    )
    return replace(pair, versions=(replace(version, pivots=pivots), pair.versions[1]))


def samples(paths: Sequence[Path]) -> Iterator[Sample]:
    """Yield what is learned from some documents."""
    for path in paths:
        pair = read_pair(path)
        for spoilt in (destroy, mixed):
            found = spoilt(pair, DESTROYED, SEED).versions[0].pivots
            vocabulary = Vocabulary([found, pair.versions[1].pivots])
            columns = vocabulary.columns[0], vocabulary.columns[1]
            told = signs(columns, vocabulary.words)[0]
            probable = nonsense(columns, vocabulary.words)[0]
            judged = np.isfinite(told).all(axis=1)
            wrong = np.array([x != y for x, y in zip(found, pair.versions[0].pivots, strict=True)])
            yield told[judged], probable[judged], wrong[judged]


def fit(found: Sequence[Sample]) -> list[float]:
    """Return the bias, less the log odds of the share of nonsense, and the weights of the signs."""
    x = np.concatenate([np.insert(told, 0, 1, axis=1) for told, _, _ in found])
    y = np.concatenate([wrong for _, _, wrong in found]).astype(float)

    def loss(v: NDArray[np.float64]) -> float:
        odds = x @ v
        return float(np.logaddexp(0, odds).sum() - y @ odds + L2 / 2 * v @ v)

    weights = minimize(loss, np.zeros(x.shape[1])).x
    weights[0] -= np.log(y.mean() / (1 - y.mean()))
    return [round(float(w), 2) for w in weights]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the weights, and how the present ones do on every set."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.nonsense", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of a set")
    options = parser.parse_args(arguments)
    everything: list[Sample] = []
    for folder in (found for given in options.folders for found in find_sets(given)):
        found = list(samples(sampled(folder, options.sample)))
        said = np.concatenate([probable > 1 / 2 for _, probable, _ in found])
        wrong = np.concatenate([wrong for _, _, wrong in found])
        told, accused = said[wrong].mean(), said[~wrong].mean()
        print(f"{folder.name:<22} told {told:.3f}, accused {accused:.3f}")
        everything += found
    print(f"weights {tuple(fit(everything))}")


if __name__ == "__main__":
    main()
