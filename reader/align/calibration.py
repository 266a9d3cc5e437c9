"""Calibration: from the probabilities of the model to how often it is right.

The model is too sure of some kinds of text, and not sure enough of others. A linear function of the
log odds corrects that (Platt 1999), one per level; learned by `python -m tests.eval.calibrate`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from reader.align.weights import Level

BOUNDS = (0.001, 0.9995)
"""Bounds of probabilities: what was no candidate is not impossible."""


@dataclass(frozen=True)
class Line:
    """The calibration of a pair of spans."""

    shift: float = 0.0
    slope: float = 1.0
    small: float = 0.0
    """Times the inverse of the number of segments of the shorter version: texts of one sentence are
    paired by length and place, whatever they are."""

    def log_odds(self, probability: float, size: int) -> float:
        """Return the log odds of a pair in texts of which the shorter has so many segments."""
        return self.shift + self.slope * logit(probability) + self.small / size


@dataclass(frozen=True)
class Joint:
    """The calibration of a row of several versions, from the log odds of its pairs."""

    mean: float
    least: float

    def log_odds(self, pairs: Sequence[float]) -> float:
        """Return the log odds that all cells correspond: those of the pair if there is but one."""
        if len(pairs) == 1:
            return pairs[0]
        return self.mean * sum(pairs) / len(pairs) + self.least * min(pairs)


def logit(probability: float) -> float:
    """Return the log odds of a probability, bounded."""
    p = min(max(probability, BOUNDS[0]), BOUNDS[1])
    return log(p / (1 - p))


@cache
def learned() -> tuple[Mapping[Level, Line], Joint]:
    """Return the calibration of pairs per level, and that of rows of more than two versions."""
    found = json.loads((files("reader.align") / "calibration.json").read_text("utf-8"))
    return {level: Line(**line) for level, line in found["pairs"].items()}, Joint(**found["rows"])
