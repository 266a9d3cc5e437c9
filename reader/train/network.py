"""The network of the starter packages: a small pre-norm transformer with one tied embedding."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

POSITIONS = 1024  # tokens of the longest source: CTranslate2 cuts longer ones by default
# Tokens whose logits exist at a time: 256 rows of 12,000 floats fit the cache of a CPU.
CHUNK = {"cpu": 256, "cuda": 8192}


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; with 12,000 pieces it has 8.4 million parameters.

    Checkpoints keep it by the names of its fields.
    """

    vocabulary: int
    """Pieces of both languages together."""
    encoder: int = 4
    """Layers, as `decoder`."""
    decoder: int = 2
    width: int = 256
    """Of the embeddings and of all layers."""
    inner: int = 1024
    """Of the feed-forward layers."""
    heads: int = 4


def sinusoids(width: int) -> Tensor:
    """Return the position encodings (positions x width): all sines, then all cosines.

    Vaswani et al. 2017, in the order of their implementation, which CTranslate2 has, too.
    """
    half = width // 2
    rates = torch.exp(torch.arange(half) * -(math.log(10_000.0) / half))
    angles = torch.arange(POSITIONS)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Network(nn.Module):
    """Encoder, decoder and an output layer that shares its matrix with both embeddings."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        sizes: dict[str, Any] = {"d_model": width, "nhead": shape.heads, "dropout": 0.0}
        sizes |= {"dim_feedforward": shape.inner, "batch_first": True, "norm_first": True}
        self.embedding = nn.Embedding(shape.vocabulary, width)
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(**sizes),
            shape.encoder,
            nn.LayerNorm(width),
            enable_nested_tensor=False,
        )
        self.decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(**sizes), shape.decoder, nn.LayerNorm(width)
        )
        self.register_buffer("positions", sinusoids(width), persistent=False)
        # Pieces that it can predict, ascending: fewer than all make each step cheaper.
        everything = torch.arange(shape.vocabulary)
        self.register_buffer("target_vocabulary", everything, persistent=False)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        depth = 2 * (shape.encoder + shape.decoder)
        for name, weight in self.named_parameters():
            # PyTorch makes the layers of a stack as copies of one: each needs weights of its own.
            if name.endswith(("out_proj.weight", "linear2.weight")):
                # What is added to the residual stream starts small (Radford et al. 2019).
                nn.init.normal_(weight, std=0.02 / math.sqrt(depth))
            elif name.endswith(("in_proj_weight", "linear1.weight")):
                nn.init.kaiming_uniform_(weight, a=math.sqrt(5))

    def embed(self, pieces: Tensor) -> Tensor:
        """Return the scaled embeddings of pieces plus their position encodings."""
        scale = math.sqrt(self.embedding.embedding_dim)
        return self.embedding(pieces) * scale + self.positions[: pieces.shape[1]]

    def loss(self, source: Tensor, shifted: Tensor, gold: Tensor, smoothing: float) -> Tensor:
        """Return the summed cross entropy (nats) of the gold target, label-smoothed; see `collate`.

        The target needs no mask for its padding: it stands on the right, where no token attends.
        """
        padding = source < 0
        later = torch.ones(2 * shifted.shape[1:], dtype=torch.bool, device=gold.device).triu(1)
        memory = self.encoder(self.embed(source.clamp(min=0)), src_key_padding_mask=padding)
        states = self.decoder(
            self.embed(shifted), memory, tgt_mask=later, memory_key_padding_mask=padding
        )
        real = gold >= 0
        weight = self.embedding.weight[self.target_vocabulary]
        bias = self.bias[self.target_vocabulary]
        ids = torch.searchsorted(self.target_vocabulary, gold[real])
        return CrossEntropy.apply(states[real], weight, bias, ids, smoothing)


class CrossEntropy(torch.autograd.Function):
    """The output layer and its loss in one, `CHUNK` tokens at a time.

    The gradient is computed in the forward pass, while the logits of a chunk are in the cache (as
    in the Liger kernels, Hsu et al. 2024): the matrix of tokens x vocabulary never exists as a
    whole, and a step takes a quarter less time on a CPU.
    """

    @staticmethod
    def forward(  # noqa: PLR0913 - autograd calls it so
        ctx: FunctionCtx,
        states: Tensor,
        weight: Tensor,
        bias: Tensor,
        gold: Tensor,
        smoothing: float,
    ) -> Tensor:
        """Return the loss summed over tokens; keep its gradients."""
        kind = states.device.type
        if torch.is_autocast_enabled(kind):
            states = states.to(torch.get_autocast_dtype(kind))
        matrix = weight.to(states.dtype)
        d_states, d_weight, d_bias = map(torch.zeros_like, (states, weight, bias))
        total = torch.zeros((), device=states.device)
        for start in range(0, len(states), CHUNK[kind]):
            chunk = slice(start, start + CHUNK[kind])
            ids = gold[chunk, None]
            logs = (states[chunk] @ matrix.T).float().add_(bias).log_softmax(dim=1)
            chosen = logs.gather(1, ids)
            total -= (1 - smoothing) * chosen.sum() + smoothing * logs.mean(dim=1).sum()
            error = logs.exp_().sub_(smoothing / len(bias))
            error.scatter_add_(1, ids, torch.full_like(chosen, smoothing - 1))
            d_bias += error.sum(dim=0)
            error = error.to(states.dtype)
            d_states[chunk] = error @ matrix
            d_weight += error.T @ states[chunk]
        ctx.save_for_backward(d_states, d_weight, d_bias)
        return total

    @staticmethod
    def backward(ctx: FunctionCtx, upstream: Tensor) -> tuple[Tensor | None, ...]:
        """Return the gradients that the forward pass computed, scaled."""
        return *(gradient * upstream for gradient in ctx.saved_tensors), None, None
