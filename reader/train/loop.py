"""The training itself: steps on the clock, validation, checkpoints.

Its state is the weights, the optimisers and a `Progress`; a training that goes on from a
checkpoint makes the same steps as one that was never stopped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from reader.errors import Interrupted, PackageError, TranslationError
from reader.pace import duration
from reader.processors import cores
from reader.train.corpus import EOS, Pair, batches, collate
from reader.train.network import Network, Shape
from reader.train.optimise import factor, optimisers
from reader.train.package import Model

SMOOTHING = 0.1  # share of the target's probability spread over all pieces (Szegedy et al. 2016)
CLIP = 1.0  # norm of the gradient
REPORT_S = 60.0
SAVE_S = 300.0  # a checkpoint, and a validation before it
TIMES_SAVED = 20  # at least, however short the training
AVERAGE = 0.999  # share of the weights' moving average that a step leaves, once there were many
PATIENCE = 0.25  # share of the time without a better validation, after which it ends

# What `torch.load` and the contents of another file raise.
_BROKEN = (OSError, EOFError, RuntimeError, LookupError, TypeError, AttributeError, UnpicklingError)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train on and for how long."""

    minutes: float
    """Of work, also over several runs; the learning rate is zero at their end."""
    pairs: Sequence[Pair]
    validation: Sequence[Pair] = ()
    tokens: int = 5120
    """Padded pieces of a side in a step."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a training is seen and stopped."""

    clock: Callable[[], float]
    """Seconds since any moment; asked once a step."""
    report: Callable[[str], object] = lambda _: None
    stopped: Callable[[], bool] = lambda: False
    """Whether to keep what there is and end; asked after each step."""


@dataclass(slots=True)
class Progress:
    """Where a training stands."""

    seconds: float = 0.0
    epoch: int = 1
    step: int = 0
    """The next one of the epoch."""
    tokens: int = 0
    """Target pieces seen."""
    best: float = float("inf")
    """The lowest validation, nats a target piece."""
    best_at: float = 0.0
    """The `seconds` of it."""


class Trainer:
    """A network in training; what `save` writes, `load` reads."""

    def __init__(self, subwords: bytes, shape: Shape) -> None:
        torch.manual_seed(1)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        # Without the instructions for it, bfloat16 is slower than single precision.
        self.bfloat16 = self.device == "cuda" or torch.cpu._is_avx512_bf16_supported()
        # Threads that share out a step's pairs use a CPU better than threads inside each product:
        # a second core doubles the rate, and busy neighbours do not hold it up.
        torch.set_num_threads(1)
        if self.device == "cpu":
            # Plain products are quicker than torch's fused attention (torch 2.13, bfloat16).
            torch.backends.cuda.enable_flash_sdp(False)
        self.workers = 1 if self.device == "cuda" else cores()
        self.pool = ThreadPoolExecutor(
            self.workers, initializer=torch.set_num_threads, initargs=(1,)
        )
        self.subwords, self.shape = subwords, shape
        self.network = Network(shape).to(self.device)
        # Validated and written: nearer to the optimum than any step (Polyak & Juditsky 1992).
        self.average = AveragedModel(self.network, avg_fn=_averaged)
        self.optimisers = optimisers(self.network)
        self.progress = Progress()
        self.best: dict[str, Tensor] = {}  # weights of the best validation

    @classmethod
    def load(cls, path: Path) -> Trainer:
        """Read a checkpoint.

        Raises:
            PackageError: it is none.
        """
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
            trainer = cls(state["subwords"].numpy().tobytes(), Shape(**state["shape"]))
            trainer.network.load_state_dict(state["network"])
            trainer.average.load_state_dict(state["average"])
            for optimiser, kept in zip(trainer.optimisers, state["optimisers"], strict=True):
                optimiser.load_state_dict(kept)
            trainer.progress, trainer.best = Progress(**state["progress"]), state["best"]
        except _BROKEN:
            raise PackageError(
                f"{str(path)!r}: not a checkpoint of a training; remove it to begin anew"
            ) from None
        return trainer

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "subwords": torch.frombuffer(bytearray(self.subwords), dtype=torch.uint8),
            "shape": asdict(self.shape),
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "progress": asdict(self.progress),
            "best": self.best,
        }
        part = path.with_name(f"{path.name}.part")
        try:
            torch.save(state, part)
            part.replace(path)
        except (OSError, RuntimeError) as error:
            raise PackageError(f"{str(path)!r}: cannot be written: {error}") from None

    def model(self) -> Model:
        """Return the averaged weights of the best validation; without validation, the last."""
        found = self.best or self.average.module.state_dict()
        weights = {name: weight.float().numpy(force=True) for name, weight in found.items()}
        targets = self.network.targets.numpy(force=True)
        return Model(weights, self.shape, self.subwords, targets)

    def run(self, plan: Plan, checkpoint: Path, watch: Watch) -> None:
        """Train until the time is up or the validation gets no better.

        Raises:
            Interrupted: it was stopped; the checkpoint has all of it.
            TranslationError: it diverged.
        """
        targets = torch.from_numpy(predicted([*plan.pairs, *plan.validation])).to(self.device)
        self.network.targets = self.average.module.targets = targets
        done, total = self.progress, 60 * plan.minutes
        every = min(SAVE_S, total / TIMES_SAVED)
        reported, losses, before = (done.seconds, done.tokens), 0.0, watch.clock()
        for step in self._batches(plan):
            if self._over(total):
                break
            losses += self._learn(step, factor(done.seconds / total))
            now = watch.clock()
            earlier, done.seconds, before = done.seconds, done.seconds + now - before, now
            if done.seconds // every > earlier // every:
                self._validate(plan)
                self.save(checkpoint)
            if watch.stopped():
                self.save(checkpoint)
                raise Interrupted("training: stopped; `--resume` goes on with it")
            if (seconds := done.seconds - reported[0]) >= REPORT_S:
                tokens = done.tokens - reported[1]
                watch.report(
                    f"{duration(done.seconds)} done, {duration(max(0, total - done.seconds))} left"
                    f" · epoch {done.epoch} · {tokens / seconds:,.0f} pieces/s"
                    f" · loss {losses / tokens:.3f}{self.validation}"
                )
                reported, losses = (done.seconds, done.tokens), 0.0
        self._validate(plan)
        self.save(checkpoint)
        watch.report(f"{done.tokens:,} pieces in {duration(done.seconds)}{self.validation}")

    def _over(self, total: float) -> bool:
        """Tell whether the time is up, or was too long without a better validation."""
        done = self.progress
        hopeless = bool(self.best) and done.seconds >= done.best_at + PATIENCE * total
        return hopeless or done.seconds >= total

    @property
    def validation(self) -> str:
        """The best validation in words, "" if there was none."""
        return f" · validation {self.progress.best:.3f}" if self.best else ""

    def _batches(self, plan: Plan) -> Iterator[list[Pair]]:
        """Yield batches, epoch after epoch, from where the progress stands."""
        done = self.progress
        while True:
            groups = batches(plan.pairs, plan.tokens, seed=done.epoch)
            while done.step < len(groups):
                done.step += 1
                yield [plan.pairs[i] for i in groups[done.step - 1]]
            done.epoch, done.step = done.epoch + 1, 0

    def loss(self, network: Network, pairs: Sequence[Pair], smoothing: float) -> Tensor:
        """Return the summed loss of pairs (nats)."""
        source, shifted, gold = (torch.from_numpy(ids).to(self.device) for ids in collate(pairs))
        with torch.autocast(self.device, torch.bfloat16, enabled=self.bfloat16):
            return network.loss(source, shifted, gold, smoothing)

    def _learn(self, pairs: Sequence[Pair], share: float) -> float:
        """Make one step with a share of the learning rate; return the summed loss."""
        parts = [pairs[i :: self.workers] for i in range(min(self.workers, len(pairs)))]
        slopes = self.pool.map(self._slopes, parts)
        loss, *gradients = (sum(values) for values in zip(*slopes, strict=True))
        if not math.isfinite(loss):
            raise TranslationError("training: the loss is no number any more; clean the pairs")
        pieces = target_pieces(pairs)
        for weight, gradient in zip(self.network.parameters(), gradients, strict=True):
            weight.grad = gradient / pieces
        nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        for optimiser in self.optimisers:
            optimiser.param_groups[0]["lr"] = optimiser.defaults["lr"] * share
            optimiser.step()
        self.average.update_parameters(self.network)
        self.progress.tokens += pieces
        return float(loss)

    def _slopes(self, pairs: Sequence[Pair]) -> tuple[float | Tensor, ...]:
        """Return the summed loss of pairs and its gradient for each weight."""
        loss = self.loss(self.network, pairs, SMOOTHING)
        return loss.item(), *torch.autograd.grad(loss, list(self.network.parameters()))

    def _validate(self, plan: Plan) -> None:
        """Keep the averaged weights if they are the best so far on the validation pairs."""
        if not plan.validation:
            return
        with torch.no_grad():
            nats = sum(
                self.loss(self.average.module, [plan.validation[i] for i in group], 0.0).item()
                for group in batches(plan.validation, plan.tokens, seed=0)
            )
        score = nats / target_pieces(plan.validation)
        if score < self.progress.best:
            self.progress.best, self.progress.best_at = score, self.progress.seconds
            state = self.average.module.state_dict()
            self.best = {name: weight.cpu().clone() for name, weight in state.items()}


def _averaged(average: Tensor, weight: Tensor, count: Tensor) -> Tensor:
    """Move the average towards a weight: over the last tenth of the steps while they are few."""
    return average.lerp(weight, max(1 - AVERAGE, 10 / (10 + float(count))))


def predicted(pairs: Sequence[Pair]) -> NDArray[np.int64]:
    """Return the pieces that stand in a target, ascending; sentencepiece's own among them."""
    own = np.arange(EOS + 1)
    return np.unique(np.concatenate([own, *(target for _, target in pairs)]))


def target_pieces(pairs: Sequence[Pair]) -> int:
    """Count the pieces that are predicted, EOS among them."""
    return sum(len(target) + 1 for _, target in pairs)
