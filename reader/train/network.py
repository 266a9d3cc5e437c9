"""The network of the starter packages: a small pre-norm transformer with one tied embedding."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

POSITIONS = 1024  # where Translator.translate_batch truncates by default
# Target pieces whose logits exist at a time: 256 rows of 12,000 floats fit the cache of a CPU.
CHUNK = {"cpu": 256, "cuda": 8192}


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; with 12,000 pieces it has 8.4 million weights."""

    vocabulary: int
    encoder: int = 4  # layers
    decoder: int = 2
    width: int = 256
    inner: int = 1024
    heads: int = 4


def sinusoids(width: int) -> Tensor:
    """Tabulate position codes (positions x width): all sines, then all cosines.

    Vaswani et al. 2017, in the order of their implementation, which is CTranslate2's.
    """
    half = width // 2
    rates = torch.exp(torch.arange(half) * -(math.log(10_000.0) / half))
    angles = torch.arange(POSITIONS)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Attention with its norm and residual: to itself, or with `cross` to the encoder's output."""

    def __init__(self, shape: Shape, *, cross: bool = False) -> None:
        super().__init__()
        width, self.heads = shape.width, shape.heads
        self.norm = nn.LayerNorm(width)
        # CTranslate2's layout: the matrices that read the same input are one.
        parts = (1, 2) if cross else (3,)
        self.inward = nn.ModuleList(nn.Linear(width, count * width) for count in parts)
        self.outward = nn.Linear(width, width)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """Attend from `x` (rows x length x width) where `mask` is True."""
        inputs = [self.norm(x)] if memory is None else [self.norm(x), memory]
        q, k, v = (
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for linear, given in zip(self.inward, inputs, strict=True)
            for part in linear(given).split(x.shape[-1], dim=-1)
        )
        return x + self.outward(_mix(q, k, v, mask).transpose(1, 2).flatten(-2))


def _mix(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Mix values by scaled dot products, each rows x heads x length x width of a head."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    # On a CPU plain products run four times as fast as torch's fused kernel (torch 2.13, bfloat16).
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    return scores.masked_fill(~mask, -1e4).softmax(dim=-1) @ v


class FeedForward(nn.Module):
    """A feed-forward block with its norm and residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        """Transform each position by itself."""
        return x + self.narrow(F.relu(self.widen(self.norm(x))))


class Layer(nn.Module):
    """A layer of the encoder, or with `cross` of the decoder."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        self.to_itself = Attention(shape)
        self.to_source = Attention(shape, cross=True) if cross else None
        self.feed_forward = FeedForward(shape)

    def forward(
        self, x: Tensor, mask: Tensor, memory: Tensor | None = None, there: Tensor | None = None
    ) -> Tensor:
        """Run the blocks; `there` masks `memory` as `mask` masks `x`."""
        x = self.to_itself(x, mask)
        if self.to_source is not None:
            x = self.to_source(x, there, memory)
        return self.feed_forward(x)


class Network(nn.Module):
    """Encoder, decoder and output layer, which shares its matrix with both embeddings."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.encoder = nn.ModuleList(Layer(shape, cross=False) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(Layer(shape, cross=True) for _ in range(shape.decoder))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.register_buffer("positions", sinusoids(shape.width), persistent=False)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        depth = 2 * (shape.encoder + shape.decoder)
        for name, weight in self.named_parameters():
            if name.endswith(("outward.weight", "narrow.weight")):
                # Residual branches start small (Radford et al. 2019).
                nn.init.normal_(weight, std=0.02 / math.sqrt(depth))

    def embed(self, pieces: Tensor) -> Tensor:
        """Look up pieces and add their positions."""
        scale = math.sqrt(self.embedding.embedding_dim)
        return self.embedding(pieces) * scale + self.positions[: pieces.shape[1]]

    def loss(self, source: Tensor, shifted: Tensor, gold: Tensor, smoothing: float) -> Tensor:
        """Return the summed cross entropy (nats) of the gold pieces, label-smoothed; see `collate`.

        Padding of the target stands on the right, where no piece looks, and needs no mask.
        """
        here = (source >= 0)[:, None, None]
        left = torch.ones(2 * shifted.shape[1:], dtype=torch.bool, device=gold.device).tril()
        x = self.embed(source.clamp(min=0))
        for layer in self.encoder:
            x = layer(x, here)
        memory = self.encoder_norm(x)
        y = self.embed(shifted)
        for layer in self.decoder:
            y = layer(y, left, memory, here)
        real = gold >= 0
        states = self.decoder_norm(y)[real]
        return CrossEntropy.apply(states, self.embedding.weight, self.bias, gold[real], smoothing)


class CrossEntropy(torch.autograd.Function):
    """The output layer and its loss in one, `CHUNK` pieces at a time.

    The gradient is made in the forward pass while a chunk's logits are still in the cache (the idea
    of Hsu et al. 2024, Liger kernels): the pieces x vocabulary matrix never exists as a whole, and
    a step takes a quarter less time on a CPU.
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
        """Sum the loss over pieces and keep its gradients."""
        kind = states.device.type
        if torch.is_autocast_enabled(kind):
            states = states.to(torch.get_autocast_dtype(kind))
        matrix = weight.to(states.dtype)
        d_states, d_weight, d_bias = map(torch.zeros_like, (states, weight, bias))
        total = torch.zeros((), device=states.device)
        for at in range(0, len(states), CHUNK[kind]):
            chunk = slice(at, at + CHUNK[kind])
            ids = gold[chunk, None]
            logs = (states[chunk] @ matrix.T).float().add_(bias).log_softmax(dim=1)
            chosen = logs.gather(1, ids)
            total -= (1 - smoothing) * chosen.sum() + smoothing * logs.mean(dim=1).sum()
            error = logs.exp_().sub_(smoothing / len(bias))
            error.scatter_add_(1, ids, torch.full_like(chosen, smoothing - 1))
            d_bias += error.sum(dim=0)
            low = error.to(states.dtype)
            d_states[chunk] = low @ matrix
            d_weight += low.T @ states[chunk]
        ctx.save_for_backward(d_states, d_weight, d_bias)
        return total

    @staticmethod
    def backward(ctx: FunctionCtx, upstream: Tensor) -> tuple[Tensor | None, ...]:
        """Scale the gradients that the forward pass made."""
        return *(gradient * upstream for gradient in ctx.saved_tensors), None, None
