"""The weights of the highest likelihood, for any model that knows its probabilities.

The gradient is the features expected under the truth less those expected under the model.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from reader.align.text import Floats

L2 = 0.5
"""Penalty on squared weights, each in units of its feature's root mean square (ALIGNMENT.md 2)."""

Probabilities = tuple[NDArray[np.float64], float]
"""Of every bead, and the log of the sum over all paths."""


@dataclass
class Example:
    """One document as the optimiser sees it."""

    matrix: Floats
    """Beads x features; and more rows for what a path may have many times."""
    truth: Callable[[Floats], Probabilities]
    """Scores of the beads to their probabilities among the gold paths."""
    model: Callable[[Floats], Probabilities]
    """The same over all paths."""
    often: NDArray[np.float64] | None = None
    """Per row how many times a path may have it, for the mean square of features; None for once."""

    @property
    def times(self) -> NDArray[np.float64]:
        """`often`, or ones."""
        return np.ones(len(self.matrix)) if self.often is None else self.often


def fit(
    examples: Sequence[Example], names: Sequence[str], start: Mapping[str, float]
) -> tuple[dict[str, float], float]:
    """Return the weights of the highest penalised likelihood, and the loss.

    The search ends at the same place wherever it starts, but sooner if that is near.
    """
    usable = [e for e in examples if e.truth(np.zeros(len(e.matrix), np.float32))[1] > -np.inf]
    squares = sum(e.times @ e.matrix.astype(np.float64) ** 2 for e in usable)
    rows = sum(float(e.times.sum()) for e in usable)
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
        np.array([start.get(name, 0.0) for name in names]) * scale,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 300, "ftol": 1e-6},
    )
    print(
        f"  {len(usable)} of {len(examples)} documents, {rows:.0f} beads, "
        f"{found.nit} steps, loss {found.fun:.1f}",
        file=sys.stderr,
        flush=True,
    )
    learned = zip(names, found.x / scale, strict=True)
    return {name: round(float(w), 4) for name, w in learned}, float(found.fun)
