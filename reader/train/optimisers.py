"""The optimisers of a training and the schedule of their learning rates."""

from __future__ import annotations

import torch
from torch import nn

MATRIX_RATE = 0.02
RATE = 2e-3
DECAY = 0.02  # of the matrices; 0.1 shrank the starters' by a third in 300 steps, and the loss rose
WARM_UP, DECLINE = 0.02, 0.6  # shares of the time in which the learning rate rises and falls


def schedule(elapsed: float) -> float:
    """Return the factor of the learning rates, in [0, 1], when a share of the time has elapsed.

    It rises, stays at 1, and falls in a straight line to zero.
    """
    return max(0.0, min(1.0, elapsed / WARM_UP, (1 - elapsed) / DECLINE))


def optimisers(network: nn.Module) -> list[torch.optim.Optimizer]:
    """Return Muon (Jordan et al. 2024) for inner matrices and AdamW for all other parameters."""
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
