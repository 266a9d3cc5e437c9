"""Muon for the matrices, AdamW for the rest, and a schedule that follows the clock."""

from __future__ import annotations

import torch
from torch import nn

MATRIX_RATE = 0.02
RATE = 2e-3
DECAY = 0.02  # of the matrices; 0.1 shrank the starters' by a third in 300 steps, and the loss rose
WARM, FALL = 0.02, 0.6  # shares of the time


def factor(passed: float) -> float:
    """Return the share of the full learning rate when a share of the time has passed.

    It rises, stays, and falls in a straight line to zero.
    """
    return max(0.0, min(1.0, passed / WARM, (1 - passed) / FALL))


def optimisers(network: nn.Module) -> list[torch.optim.Optimizer]:
    """Give the inner matrices to Muon (Jordan et al. 2024), embedding, biases, norms to AdamW."""
    named = dict(network.named_parameters())
    inner = {name for name in named if named[name].ndim == 2 and name != "embedding.weight"}
    return [
        torch.optim.Muon(
            [named[name] for name in named if name in inner], MATRIX_RATE, weight_decay=DECAY
        ),
        torch.optim.AdamW(
            [named[name] for name in named if name not in inner],
            RATE,
            betas=(0.9, 0.98),
            weight_decay=0.01,
        ),
    ]
