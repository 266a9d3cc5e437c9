"""The training itself: steps for a given time, validation, checkpoints.

A training that is continued from a checkpoint makes the same steps as one that was never stopped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from reader.errors import Interrupted, PackageError, TranslationError, reason
from reader.pace import duration
from reader.train.corpus import Encoded, batches, collate, target_tokens, target_vocabulary
from reader.train.device import Device, best_device
from reader.train.network import Network, Shape
from reader.train.optimisers import optimisers, schedule
from reader.train.package import Model

SMOOTHING = 0.1  # label smoothing (Szegedy et al. 2016)
CLIP = 1.0  # the greatest norm of the gradient
REPORT_S = 60.0
SAVE_S = 300.0  # between two checkpoints, each with a validation
LEAST_SAVES = 20  # checkpoints of a training, however short
AVERAGE = 0.999  # decay of the moving average of the weights
PATIENCE = 0.25  # share of the time without a better validation after which the training ends

# What `torch.load` and the contents of another file raise.
_BROKEN = (OSError, EOFError, RuntimeError, LookupError, TypeError, AttributeError, UnpicklingError)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train on and for how long."""

    minutes: float
    """Of all runs together; the learning rate is zero at their end."""
    pairs: Sequence[Encoded]
    validation: Sequence[Encoded] = ()
    batch: int = 5120
    """Tokens of a side in a batch, padding included."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a training asks and tells while it runs."""

    clock: Callable[[], float]
    """Seconds since any moment; asked once a step."""
    report: Callable[[str], object] = lambda _: None
    """Takes a line for the user."""
    stopped: Callable[[], bool] = lambda: False
    """Whether to save a checkpoint and stop; asked after each step."""


@dataclass(slots=True)
class Progress:
    """How far a training is; checkpoints keep it by the names of its fields."""

    seconds: float = 0.0
    epoch: int = 1
    step: int = 0
    """Steps made in this epoch."""
    tokens: int = 0
    """Target tokens trained on."""
    best: float = float("inf")
    """The lowest validation loss, in nats a target token."""
    best_at: float = 0.0
    """The `seconds` at which it was reached."""


class Trainer:
    """A network in training; what `save` writes, `load` reads."""

    def __init__(self, subwords: bytes, shape: Shape, device: Device | None = None) -> None:
        torch.manual_seed(1)
        self.device = device or best_device()
        self.threads = self.device.start()
        self.subwords, self.shape = subwords, shape
        self.network = Network(shape).to(self.device.type)
        # Closer to the optimum than the weights of any step (Polyak & Juditsky 1992).
        self.average = AveragedModel(self.network, avg_fn=_moving_average)
        self.optimisers = optimisers(self.network)
        self.progress = Progress()
        self.best: dict[str, Tensor] = {}  # averaged weights of the best validation

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
        """Write a checkpoint, whole or not at all.

        Raises:
            PackageError: it cannot be written.
        """
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
            raise PackageError(
                f"{str(path)!r}: cannot be written ({reason(error)}); make room for it"
            ) from None

    def model(self) -> Model:
        """Return the averaged weights of the best validation; without validation, the latest."""
        found = self.best or self.average.module.state_dict()
        weights = {name: weight.float().numpy(force=True) for name, weight in found.items()}
        vocabulary = self.network.target_vocabulary.numpy(force=True)
        return Model(weights, self.shape, self.subwords, vocabulary)

    def run(self, plan: Plan, checkpoint: Path, watch: Watch) -> None:
        """Train until the time is up or the validation gets no better.

        Raises:
            Interrupted: it was stopped; the checkpoint has everything up to the last step.
            PackageError: the checkpoint cannot be written.
            TranslationError: it diverged.
        """
        vocabulary = target_vocabulary([*plan.pairs, *plan.validation])
        for network in (self.network, self.average.module):
            network.target_vocabulary = torch.from_numpy(vocabulary).to(self.device.type)
        done, total = self.progress, 60 * plan.minutes
        save_s = min(SAVE_S, total / LEAST_SAVES)
        reported, loss, before = (done.seconds, done.tokens), 0.0, watch.clock()
        for batch in self._batches(plan):
            if self._finished(total):
                break
            loss += self._step(batch, schedule(done.seconds / total))
            now = watch.clock()
            earlier, done.seconds, before = done.seconds, done.seconds + now - before, now
            if done.seconds // save_s > earlier // save_s:
                self._validate(plan)
                self.save(checkpoint)
            if watch.stopped():
                self.save(checkpoint)
                raise Interrupted("training: stopped; `--resume` goes on with it")
            if (seconds := done.seconds - reported[0]) >= REPORT_S:
                tokens = done.tokens - reported[1]
                watch.report(
                    f"{duration(done.seconds)} done, {duration(max(0, total - done.seconds))} left"
                    f" · epoch {done.epoch} · {tokens / seconds:,.0f} tokens/s"
                    f" · loss {loss / tokens:.3f}{self._best_validation}"
                )
                reported, loss = (done.seconds, done.tokens), 0.0
        self._validate(plan)
        self.save(checkpoint)
        watch.report(f"{done.tokens:,} tokens in {duration(done.seconds)}{self._best_validation}")

    def _finished(self, total: float) -> bool:
        """Tell whether the time is up, or the validation has not got better for too long."""
        done = self.progress
        stalled = bool(self.best) and done.seconds >= done.best_at + PATIENCE * total
        return stalled or done.seconds >= total

    @property
    def _best_validation(self) -> str:
        """The best validation loss for a report; "" if there was none."""
        return f" · validation {self.progress.best:.3f}" if self.best else ""

    def _batches(self, plan: Plan) -> Iterator[list[Encoded]]:
        """Yield batches, epoch after epoch, from where the progress stands."""
        done = self.progress
        while True:
            groups = batches(plan.pairs, plan.batch, seed=done.epoch)
            while done.step < len(groups):
                done.step += 1
                yield [plan.pairs[i] for i in groups[done.step - 1]]
            done.epoch, done.step = done.epoch + 1, 0

    def loss(self, network: Network, pairs: Sequence[Encoded], smoothing: float) -> Tensor:
        """Return the summed loss of pairs, in nats."""
        kind = self.device.type
        source, shifted, gold = (torch.from_numpy(ids).to(kind) for ids in collate(pairs))
        with torch.autocast(kind, torch.bfloat16, enabled=self.device.bfloat16):
            return network.loss(source, shifted, gold, smoothing)

    def _step(self, pairs: Sequence[Encoded], rate: float) -> float:
        """Update the weights by a batch, with learning rates times `rate`; return its loss."""
        n = min(self.device.threads, len(pairs))
        parts = self.threads.map(self._gradients, (pairs[i::n] for i in range(n)))
        loss, *gradients = (sum(values) for values in zip(*parts, strict=True))
        if not math.isfinite(loss):
            raise TranslationError("training: the loss is no number any more; clean the pairs")
        tokens = target_tokens(pairs)
        for weight, gradient in zip(self.network.parameters(), gradients, strict=True):
            weight.grad = gradient / tokens
        nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        for optimiser in self.optimisers:
            optimiser.param_groups[0]["lr"] = optimiser.defaults["lr"] * rate
            optimiser.step()
        self.average.update_parameters(self.network)
        self.progress.tokens += tokens
        return float(loss)

    def _gradients(self, pairs: Sequence[Encoded]) -> tuple[float | Tensor, ...]:
        """Return the summed loss of pairs and its gradient by each parameter of the network."""
        loss = self.loss(self.network, pairs, SMOOTHING)
        return loss.item(), *torch.autograd.grad(loss, list(self.network.parameters()))

    def _validate(self, plan: Plan) -> None:
        """Keep the averaged weights if they are the best so far on the validation pairs."""
        if not plan.validation:
            return
        with torch.no_grad():
            nats = sum(
                self.loss(self.average.module, [plan.validation[i] for i in group], 0.0).item()
                for group in batches(plan.validation, plan.batch, seed=0)
            )
        loss = nats / target_tokens(plan.validation)
        if loss < self.progress.best:
            self.progress.best, self.progress.best_at = loss, self.progress.seconds
            state = self.average.module.state_dict()
            self.best = {name: weight.cpu().clone() for name, weight in state.items()}


def _moving_average(average: Tensor, weight: Tensor, count: Tensor) -> Tensor:
    """Add the weights of a step; in the first steps about the last tenth of them counts."""
    return average.lerp(weight, max(1 - AVERAGE, 10 / (10 + float(count))))
