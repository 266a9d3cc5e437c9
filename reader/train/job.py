"""A training from the files of pairs to the package: what `reader models train` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.errors import FormatError, PackageError
from reader.languages import name_of
from reader.train.corpus import Pair, clean, encode, learn_subwords, read_pairs, vocabulary_size
from reader.train.network import Shape
from reader.train.package import write_package
from reader.train.trainer import Plan, Trainer, Watch


@dataclass(frozen=True, slots=True)
class Job:
    """What to train: the languages, the data and the package to write."""

    source: str
    target: str
    pairs: tuple[Path, ...]
    out: Path
    """The file of the package."""
    minutes: float
    validate: Path | None = None
    """A file of pairs to choose the best weights by; they are not trained on."""
    resume: bool = False
    """Whether to continue from the checkpoint if there is one."""

    @property
    def checkpoint(self) -> Path:
        """The file of the checkpoint, beside that of the package."""
        return self.out.with_suffix(".checkpoint")


def train_package(job: Job, watch: Watch) -> None:
    """Train on the pairs of a job and write its package.

    Raises:
        ReaderError: the files are no good, or nothing can be written.
        Interrupted: it was stopped; the checkpoint has everything up to then.
    """
    if not job.out.parent.is_dir():
        raise PackageError(f"{str(job.out)!r}: cannot be written; its folder does not exist")
    resuming = job.checkpoint.exists()
    if resuming and not job.resume:
        raise PackageError(
            f"{str(job.checkpoint)!r}: a training began here; go on with it by `--resume`, "
            "or remove the file"
        )
    pairs = _cleaned(job.pairs, job, watch.report)
    validation = _cleaned([job.validate], job, watch.report) if job.validate else []
    if resuming:
        trainer = Trainer.load(job.checkpoint)
        watch.report(f"goes on after {trainer.progress.tokens:,} tokens")
    else:
        subwords = learn_subwords(pairs)
        trainer = Trainer(subwords, Shape(vocabulary_size(subwords)))
    held_out = set(validation)
    plan = Plan(
        job.minutes,
        encode([pair for pair in pairs if pair not in held_out], trainer.subwords),
        encode(validation, trainer.subwords),
    )
    if not plan.pairs or (validation and not plan.validation):
        raise FormatError(
            "pairs: none is left; give single sentences that are not in the validation"
        )
    trainer.run(plan, job.checkpoint, watch)
    write_package(trainer.model(), job.source, job.target, _about(job, plan, trainer), job.out)


def _cleaned(paths: Sequence[Path], job: Job, report: Callable[[str], object]) -> list[Pair]:
    """Read and clean files of pairs; report how many were kept and dropped."""
    found = read_pairs(paths, job.source, job.target)
    kept, flaws = clean(found, job.source, job.target)
    names = ", ".join(path.name for path in paths)
    dropped = ", ".join(f"{count:,} {why}" for why, count in flaws.most_common())
    report(f"{names}: {len(kept):,} pairs{f'; dropped: {dropped}' if dropped else ''}")
    if not kept:
        raise FormatError(
            f"{names}: no usable pair of {name_of(job.source)} and {name_of(job.target)}; "
            "give sentences in these languages, the first translated by the second"
        )
    return kept


def _about(job: Job, plan: Plan, trainer: Trainer) -> str:
    """Return the README of a package: how it was made, in Markdown."""
    done, shape = trainer.progress, trainer.shape
    lines = [
        "Made by `reader models train`.",
        "",
        f"- data: {len(plan.pairs):,} pairs of {', '.join(path.name for path in job.pairs)}",
        f"- training: {done.tokens:,} target tokens in {done.seconds / 60:.0f} minutes",
        f"- transformer: {shape.encoder} encoder and {shape.decoder} decoder layers, "
        f"width {shape.width}, {shape.vocabulary:,} joint pieces, int8",
    ]
    if plan.validation:
        lines.append(f"- validation: {done.best:.3f} nats a token, {len(plan.validation):,} pairs")
    return "\n".join(lines) + "\n"
