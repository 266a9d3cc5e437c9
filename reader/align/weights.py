"""The weights of the model, learned by `python -m tests.eval.train`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from reader.model import Mode


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


@cache
def learned(mode: Mode, *, bare: bool) -> Weights:
    """Return the weights for texts in one language, or bare originals in two."""
    found = json.loads((files("reader.align") / "weights.json").read_text("utf-8"))
    return Weights(**found["stages"][f"{'bare' if bare else 'pivot'} {mode}"])
