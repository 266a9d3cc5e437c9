"""The trainer against independent reckonings, and from pairs to a translation."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason='training needs the extra "train"')

import ctranslate2
import numpy as np
import sentencepiece
import torch

from reader.errors import FormatError, Interrupted, PackageError, ReaderError, TranslationError
from reader.packages.install import install_file
from reader.train import corpus
from reader.train.device import Device
from reader.train.job import Job, train_package
from reader.train.network import Shape
from reader.train.optimisers import schedule
from reader.train.package import write_model, write_package
from reader.train.trainer import Plan, Trainer, Watch
from reader.translate import ArgosTranslator

NOUNS = {"gato": "cat", "cavalo": "horse", "rio": "river", "barco": "boat", "livro": "book"}
VERBS = {"dorme": "sleeps", "espera": "waits", "brilha": "shines", "cai": "falls"}
PLACES = {"aqui": "here", "longe": "far away", "em casa": "at home"}
TEXTS = [
    (f"O {a} {b} {c}.", f"The {NOUNS[a]} {VERBS[b]} {PLACES[c]}.")
    for a, b, c in itertools.product(NOUNS, VERBS, PLACES)
]


def seconds() -> Callable[[], float]:
    """Return a clock that goes a second on whenever it is asked."""
    ticks: Iterator[int] = itertools.count()
    return lambda: float(next(ticks))


@pytest.fixture(scope="module")
def subwords() -> bytes:
    return corpus.learn_subwords(TEXTS)


@pytest.fixture(scope="module")
def shape(subwords: bytes) -> Shape:
    return Shape(
        corpus.vocabulary_size(subwords), encoder=2, decoder=1, width=32, inner=64, heads=2
    )


@pytest.fixture
def trainer(subwords: bytes, shape: Shape) -> Trainer:
    return Trainer(subwords, shape)


@pytest.mark.parametrize(
    ("device", "near"),
    [
        (Device("cpu", bfloat16=False, threads=3), 1e-4),
        (Device("cpu", bfloat16=True, threads=1), 0.02),
        pytest.param(
            Device("cuda", bfloat16=True, threads=1),
            0.02,
            marks=pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU"),
        ),
    ],
    ids=["threads", "bfloat16", "GPU"],
)
def test_all_devices_learn_the_same(
    subwords: bytes, shape: Shape, tmp_path: Path, device: Device, near: float
) -> None:
    """What a GPU does apart from the place of the numbers is tested where there is none."""
    pairs = corpus.encode(TEXTS, subwords)
    losses = []
    for used in (Device("cpu", bfloat16=False, threads=1), device):
        trainer = Trainer(subwords, shape, used)
        trainer.run(Plan(0.5, pairs[8:], pairs[:8], batch=200), tmp_path / "s", Watch(seconds()))
        losses.append(trainer.progress.best)
    assert losses[1] == pytest.approx(losses[0], rel=near)
    assert losses[0] < np.log(len(corpus.target_vocabulary(pairs)))  # what guessing costs


@pytest.mark.parametrize(
    ("elapsed", "wanted"),
    [(0.0, 0.0), (0.01, 0.5), (0.02, 1.0), (0.4, 1.0), (0.7, 0.5), (1.0, 0.0), (2.0, 0.0)],
)
def test_schedule(elapsed: float, wanted: float) -> None:
    assert schedule(elapsed) == pytest.approx(wanted)


def test_a_stopped_training_goes_on_as_if_it_had_not_been(
    trainer: Trainer, subwords: bytes, tmp_path: Path
) -> None:
    pairs = corpus.encode(TEXTS, subwords)
    plan = Plan(0.3, pairs[8:], pairs[:8], batch=200)
    whole = Trainer(subwords, trainer.shape)
    whole.run(plan, tmp_path / "whole", Watch(seconds()))
    asked = itertools.count()
    with pytest.raises(Interrupted, match="--resume"):
        trainer.run(plan, tmp_path / "half", Watch(seconds(), stopped=lambda: next(asked) == 9))
    again = Trainer.load(tmp_path / "half")
    assert again.progress.seconds == 10
    again.run(plan, tmp_path / "half", Watch(seconds()))
    assert again.progress == whole.progress
    assert all(
        np.array_equal(weight, whole.model().weights[name])
        for name, weight in again.model().weights.items()
    )


def test_the_best_weights_are_kept_and_a_hopeless_training_ends(
    trainer: Trainer, subwords: bytes, tmp_path: Path
) -> None:
    pairs = corpus.encode(TEXTS, subwords)
    other = corpus.encode([(a, b[::-1]) for a, b in TEXTS[:8]], subwords)
    trainer.run(Plan(2, pairs, other, batch=1000), tmp_path / "state", Watch(seconds()))
    assert trainer.progress.seconds < 100
    kept = Trainer(subwords, trainer.shape)
    kept.network.load_state_dict(
        {n: torch.from_numpy(w) for n, w in trainer.model().weights.items()}
    )
    kept.network.target_vocabulary = trainer.network.target_vocabulary
    score = kept.loss(kept.network, other, 0.0).item() / corpus.target_tokens(other)
    assert score == pytest.approx(trainer.progress.best, rel=1e-3)


def test_a_training_that_diverges_says_so(
    trainer: Trainer, subwords: bytes, tmp_path: Path
) -> None:
    torch.nn.init.constant_(trainer.network.bias, float("nan"))
    with pytest.raises(TranslationError, match="no number"):
        trainer.run(Plan(1, corpus.encode(TEXTS, subwords)), tmp_path / "state", Watch(seconds()))
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(("quantization", "near"), [(None, 1e-3), ("int8", 0.05)])
def test_ctranslate2_scores_as_torch_does(
    subwords: bytes, shape: Shape, tmp_path: Path, quantization: str | None, near: float
) -> None:
    trainer = Trainer(subwords, shape, Device("cpu", bfloat16=False, threads=1))
    trainer.run(
        Plan(0.5, corpus.encode(TEXTS, subwords), batch=500), tmp_path / "state", Watch(seconds())
    )
    write_model(trainer.model(), tmp_path / "model", quantization)
    processor = sentencepiece.SentencePieceProcessor(model_proto=subwords)
    left, right = (processor.encode(list(side), out_type=str) for side in zip(*TEXTS, strict=True))
    model = ctranslate2.Translator(str(tmp_path / "model"), device="cpu", intra_threads=1)
    theirs = -sum(sum(score.log_probs) for score in model.score_batch(left, right))
    ours = trainer.loss(trainer.average.module, corpus.encode(TEXTS, subwords), 0.0).item()
    assert ours / corpus.target_tokens(corpus.encode(TEXTS, subwords)) < 4
    assert theirs == pytest.approx(ours, rel=near)
    pieces = json.loads((tmp_path / "model" / "target_vocabulary.json").read_bytes())
    assert len(trainer.model().target_vocabulary) == len(pieces) < trainer.shape.vocabulary


@pytest.fixture
def job(tmp_path: Path) -> Job:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{a}\t{b}\n" for a, b in TEXTS), encoding="utf-8")
    return Job("pt", "en", (path,), tmp_path / "toy.argosmodel", minutes=1.5)


def test_a_package_installs_and_translates_what_it_learned(job: Job, tmp_path: Path) -> None:
    lines: list[str] = []
    train_package(job, Watch(seconds(), lines.append))
    assert lines[0] == "pairs.tsv: 60 pairs"
    assert "tokens/s · loss " in lines[1]
    package = install_file(job.out, tmp_path / "packages")
    assert (package.pair, package.version, package.starter) == (("pt", "en"), "1.0", False)
    sources, targets = zip(*TEXTS, strict=True)
    found = ArgosTranslator((package,)).translate(sources)
    assert sum(map(str.__eq__, found, targets)) >= 57
    with pytest.raises(PackageError, match="--resume"):
        train_package(job, Watch(seconds()))
    lines.clear()
    train_package(replace(job, resume=True), Watch(seconds(), lines.append))
    assert lines[1].startswith("goes on after ")


def test_wrong_files_are_told(job: Job, tmp_path: Path) -> None:
    noise = tmp_path / "noise.tsv"
    noise.write_text("gato\tgato\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"noise\.tsv: no usable pair"):
        train_package(replace(job, pairs=(noise,)), Watch(seconds()))
    with pytest.raises(FormatError, match="no usable pair"):
        train_package(replace(job, validate=noise), Watch(seconds()))
    job.checkpoint.write_bytes(b"something else")
    with pytest.raises(PackageError, match="not a checkpoint"):
        train_package(replace(job, resume=True), Watch(seconds()))
    with pytest.raises(ReaderError, match="cannot be written"):
        train_package(replace(job, out=tmp_path / "no" / "x.argosmodel"), Watch(seconds()))


def test_what_cannot_be_written_is_told_in_a_line(trainer: Trainer, tmp_path: Path) -> None:
    there = tmp_path / "no" / "folder"
    told = pytest.raises(PackageError, match=r"folder': cannot be written \([^\n]+\); [^\n]+$")
    with told:
        trainer.save(there)
    with told:
        write_package(trainer.model(), "pt", "en", "", there)


def test_the_command_stops_goes_on_and_writes_a_package(job: Job, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reader", "models", "train", "--from", "pt", "--to", "en"]
    command += ["--pairs", str(job.pairs[0]), str(job.pairs[0]), "-o", str(job.out)]
    with subprocess.Popen(
        [*command, "--minutes", "9"], stderr=subprocess.PIPE, encoding="utf-8"
    ) as first:
        assert first.stderr
        assert "dropped: 60 repeat" in first.stderr.readline()
        first.send_signal(signal.SIGINT)
        assert "--resume" in first.stderr.read()
    assert first.returncode == 130
    done = subprocess.run(
        [*command, "--minutes", "0.02", "--resume"], capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "goes on after" in done.stderr
    assert install_file(job.out, tmp_path / "packages").pair == ("pt", "en")
