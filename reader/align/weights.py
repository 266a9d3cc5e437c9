"""The weights of the model, learned by `python -m tests.eval.train`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["pivot", "bare"]


@dataclass(frozen=True)
class Weights:
    """Weights of the stages of the model, by name of the feature."""

    cheap: Mapping[str, float]
    """Prunes the band."""
    first: Mapping[str, float]
    """Decodes before the lexicon is learned."""
    final: Mapping[str, float]


@cache
def weights(level: Level) -> Weights:
    """Return the weights for texts in one language ("pivot") or in two ("bare")."""
    stages = json.loads((files("reader.align") / "weights.json").read_text("utf-8"))["stages"]
    return Weights(**stages[level])
