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
    """Prunes the band."""
    final: Mapping[str, float]
    first: Mapping[str, float] = field(default_factory=dict)
    """Decodes before the lexicon is learned; in order only."""
    jump: float = 6.0
    """Price of going back in the other version, in log odds; in any order only."""
    follow: float = 0.0
    """Reward of going on to the very next segment, likewise."""


Level = Literal[
    "pivot parallel",
    "rough parallel",
    "untranslated parallel",
    "pivot comparable",
    "untranslated comparable",
]
"""What weights were learned on: texts in one language, by a rough translation, or originals in two
languages; in order or not."""


@cache
def learned(level: Level) -> Weights:
    """Return the weights for a kind of texts."""
    found = json.loads((files("reader.align") / "weights.json").read_text("utf-8"))
    return Weights(**found["stages"][level])
