"""Pairs for training: what is read, what is dropped, how batches are made; needs no PyTorch."""

import gzip
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from reader.cli import commands
from reader.errors import FormatError
from reader.export import export
from reader.export.common import Options
from reader.train import corpus
from tests.builders import document, parallel

PAIR = ("Olá, mundo!", "Hello, world!")


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        (*PAIR, None),
        ("Привет, мир!", "Hello, world!", "script"),
        ("Olá, mundo!", "Привет, мир!", "script"),
        ("Parque", "parque", "identical"),
        ("Uma frase que diz muito mais do que isto", "Short", "length ratio"),
        ("O rato", "he mouse", "first letter"),
        ("1, 2, 3", "1; 2; 3", "script"),
        ("", "x", "empty"),
        ("Olá \ud800", "Hello", "not Unicode"),
    ],
)
def test_flaw(source: str, target: str, why: str | None) -> None:
    assert corpus.flaw((source, target), "pt", "en") == why


def test_a_text_in_han_characters_is_not_too_short() -> None:
    pair = ("会议在旧图书馆举行", "The meeting was held in the old library")
    assert corpus.flaw(pair, "zh", "en") is None


def test_clean_joins_blanks_and_drops_repeats() -> None:
    pairs = [PAIR, (" Olá,  mundo!", "Hello, world!\r"), ("", "x")]
    assert corpus.clean(pairs, "pt", "en") == ([PAIR], Counter(repeat=1, empty=1))


@pytest.mark.parametrize("name", ["pairs.tsv", "pairs.tsv.gz"])
def test_lines_of_two_columns(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = "Olá, mundo!\tHello, world!\tnews\n\nUm\tOne\n".encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    assert list(corpus.read_pairs([path], "pt", "en")) == [PAIR, ("Um", "One")]


def test_columns_named_by_language_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text('en,ru,pt\n"Hello, world!","Привет, мир!","Olá, mundo!"\n', encoding="utf-8")
    assert list(corpus.read_pairs([path], "pt", "en")) == [PAIR]


def test_moses_files_find_each_other(tmp_path: Path) -> None:
    files = [tmp_path / f"news.{code}" for code in ("en", "pt")]
    for path, text in zip(files, reversed(PAIR), strict=True):
        path.write_text(f"{text}\n", encoding="utf-8")
    assert list(corpus.read_pairs(files, "pt", "en")) == [PAIR]
    with pytest.raises(FormatError, match="only in one language"):
        list(corpus.read_pairs(files[:1], "pt", "en"))
    files[0].write_text("one\ntwo\n")
    with pytest.raises(FormatError, match="unequal length"):
        list(corpus.read_pairs(files, "pt", "en"))


@pytest.mark.parametrize("format_", ["tsv", "jsonl", "tmx"])
@pytest.mark.parametrize("pivot", [False, True])
def test_our_own_exports(tmp_path: Path, format_: str, pivot: bool) -> None:
    documents = (
        document(["Olá, mundo!", "Só."], language="pt", name="a.txt"),
        document(["Hello, world!"], language="en", name="b.txt"),
        document(["Hello, earth!"], language="en", name="c.txt"),
    )
    text = parallel(documents, [([[0], [0], [0]], 0.9), ([[1], [], []], 0.0)])
    path = tmp_path / f"pairs.{format_}"
    ((_, data),) = export(text, format_, Options(pivot=pivot)).files
    path.write_bytes(data)
    found, _ = corpus.clean(corpus.read_pairs([path], "pt", "en"), "pt", "en")
    assert found == [PAIR, ("Olá, mundo!", "Hello, earth!")]


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("a.tsv", b"alone\n", "a.tsv: has fewer than two columns"),
        ("a.jsonl", b"[1]\n", "a.jsonl: is damaged"),
        ("a.txt", b"One text.\n", "a.txt: holds one text only"),
        ("a.tsv.gz", b"no gzip", "a.tsv.gz: is damaged"),
    ],
)
def test_bad_files_are_told(tmp_path: Path, name: str, data: bytes, wrong: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FormatError, match=wrong):
        list(corpus.read_pairs([tmp_path / name], "pt", "en"))


def test_subwords_of_both_languages() -> None:
    pairs = [(f"Olá, mundo número {i}!", f"Hello, world number {i}!") for i in range(50)]
    subwords = corpus.learn_subwords(pairs)
    assert 20 < corpus.vocabulary_size(subwords) < 500
    encoded = corpus.encode([*pairs, ("Olá, mundo! " * 100, "b")], subwords)
    assert len(encoded) == len(pairs)
    assert all(0 <= i < corpus.vocabulary_size(subwords) for i in encoded[0][0])


def test_too_little_text_is_told() -> None:
    with pytest.raises(FormatError, match="too few"):
        corpus.learn_subwords([])


def test_batches_hold_every_pair_once_within_the_budget() -> None:
    chance = np.random.default_rng(0)
    lengths = chance.integers(1, 90, (3000, 2))
    pairs = [(np.zeros(a, np.uint16), np.zeros(b, np.uint16)) for a, b in lengths]
    groups = corpus.batches(pairs, 500, seed=1)
    assert sorted(i for group in groups for i in group) == list(range(3000))
    longest = lengths.max(axis=1) + 1
    assert max(len(group) * max(longest[group]) for group in groups) <= 500
    assert groups != corpus.batches(pairs, 500, seed=2)


def test_collate_marks_padding() -> None:
    ids = [np.array(row, np.uint16) for row in ([5, 6], [7], [8], [9, 10])]
    source, shifted, gold = corpus.collate([(ids[0], ids[1]), (ids[2], ids[3])])
    assert source.tolist() == [[5, 6, 2], [8, 2, -1]]
    assert shifted.tolist() == [[1, 7, 2], [1, 9, 10]]
    assert gold.tolist() == [[7, 2, -1], [9, 10, 2]]


def test_without_pytorch_the_command_says_what_to_install(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("Um\tOne\n")
    arguments = ["models", "train", "--from", "pt", "--to", "en", "--pairs", str(pairs)]
    arguments += ["-o", str(tmp_path / "x.argosmodel")]
    code = "import sys; sys.modules['torch'] = None; from reader.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("reader: training: needs PyTorch, the extra train; start with ")
    assert done.stderr.count("\n") == 1


PLAIN = ["--from", "pt", "--to", "en", "-o", "x.argosmodel", "--pairs", __file__]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "pt", "--to", "en", "-o", "x.argosmodel"],
        [*PLAIN, "--minutes", "0"],
        [*PLAIN, "--minutes", "nan"],
        ["--from", "pt", "--to", "pt", "-o", "x.argosmodel", "--pairs", __file__],
        ["--from", "pt", "--to", "en", "--pairs", __file__],
        ["--from", "pt", "--to", "en", "-o", "x.argosmodel", "--pairs", "missing"],
        ["--from", "pt", "--to", "en", "-o", "x.zip", "--pairs", __file__],
    ],
    ids=["no pairs", "no time", "no number", "one language", "no output", "no file", "suffix"],
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(commands, ["models", "train", *arguments]).exit_code == 2
