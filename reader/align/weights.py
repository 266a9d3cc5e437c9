"""The weights of the model, learned by `python -m tests.eval.train`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal


@dataclass(frozen=True)
class Weights:
    """Weights of the stages of the model, by name of the feature."""

    cheap: Mapping[str, float]
    """For all beads of the lattice: those that are unlikely by them are no candidates."""
    final: Mapping[str, float]
    first: Mapping[str, float] = field(default_factory=dict)
    """For decoding before the lexicon is learned; in order only."""
    jump: float = 6.0
    """Cost of going back in the other version, in log odds; in any order only."""
    follow: float = 0.0
    """Gain of going on to the very next segment, likewise."""


Level = Literal[
    "pivot parallel",
    "rough parallel",
    "untranslated parallel",
    "pivot comparable",
    "untranslated comparable",
]
"""The kinds of texts that have weights of their own: compared by pivots, by rough pivots, or by
untranslated originals; in one order (parallel) or in any order (comparable)."""


@cache
def learned(level: Level) -> Weights:
    """Return the weights of a level."""
    found = json.loads((files("reader.align") / "weights.json").read_text("utf-8"))
    return Weights(**found["stages"][level])
