"""From what the model says to how often it is right, learned by `python -m tests.eval.calibrate`.

The sums over all paths are too sure of some texts and not sure enough of others; a straight line
through the log odds mends that (Platt 1999), one for each kind of text.
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
"""No pair is less or more sure than this: what was no candidate is not impossible."""


@dataclass(frozen=True)
class Line:
    """The log odds of a pair that is said to be right with some probability."""

    shift: float = 0.0
    slope: float = 1.0
    small: float = 0.0
    """Times the inverse of the segments of the shorter version: two texts of one sentence fit each
    other by length and place whatever they say."""

    def log_odds(self, probability: float, size: int) -> float:
        """Return the log odds of a pair in texts of which the shorter has so many segments."""
        return self.shift + self.slope * logit(probability) + self.small / size


@dataclass(frozen=True)
class Joint:
    """The log odds of a row from those of all its pairs."""

    mean: float
    least: float

    def log_odds(self, pairs: Sequence[float]) -> float:
        """Return the log odds that all belong together: those of a pair, if it is the only one."""
        if len(pairs) == 1:
            return pairs[0]
        return self.mean * sum(pairs) / len(pairs) + self.least * min(pairs)


def logit(probability: float) -> float:
    """Return the log odds of a probability, bounded."""
    p = min(max(probability, BOUNDS[0]), BOUNDS[1])
    return log(p / (1 - p))


@cache
def learned() -> tuple[Mapping[Level, Line], Joint]:
    """Return what was learned for pairs of every kind, and for rows of more than two versions."""
    found = json.loads((files("reader.align") / "calibration.json").read_text("utf-8"))
    return {level: Line(**line) for level, line in found["pairs"].items()}, Joint(**found["rows"])
