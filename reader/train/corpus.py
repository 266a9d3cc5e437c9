"""Pairs of sentences for training: reading, cleaning, subwords, batches."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from reader.errors import FormatError
from reader.formats import language_of, naming, parse_corpus, read_bytes
from reader.formats.corpus import parse_lines
from reader.languages import in_script, letters
from reader.model import Corpus

Texts = tuple[str, str]  # source and target
Ids = NDArray[np.uint16]
Pair = tuple[Ids, Ids]  # piece ids of source and target, without BOS and EOS

BOS, EOS = 1, 2  # sentencepiece's own ids
VOCABULARY = 12_000  # pieces of both languages together; a small text gives fewer
SAMPLE = 1_000_000  # lines that the subwords are learned from
LONGEST = 120  # pieces of a side; longer pairs are rare and mostly lists
RATIO = 2.5  # letters of one side for one of the other, above which a pair is taken for misaligned
RATIO_FROM = 30  # letters of the longer side below which the ratio says nothing
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can hold a lone one
POOL = 100  # batches whose pairs are sorted by length together


def read_pairs(paths: Sequence[Path], source: str, target: str) -> Iterator[Texts]:
    """Yield the pairs that files hold: translation memories, tables, exports, or Moses files.

    Each version in the source language is paired with each one in the target language of its unit;
    of a table that names no languages the first two columns are meant. `.gz` may follow any suffix.

    Raises:
        FormatError: a file is none of this, or cannot be read.
    """
    sides: dict[Path, dict[str, Path]] = {}  # Moses files by what their names share
    for path in paths:
        if (code := language_of(path.suffix)) in (source, target):
            sides.setdefault(path.with_suffix(""), {})[code] = path
        else:
            yield from _pairs(_corpus(path), source, target)
    for stem, files in sides.items():
        if len(files) < 2:
            raise FormatError(
                f"{str(stem)!r}: only in one language; give the file of the other, too"
            )
        corpus = parse_lines([(path.name, code, read_bytes(path)) for code, path in files.items()])
        if corpus is None:
            raise FormatError(f"{str(stem)!r}: files of unequal length; give them line by line")
        yield from _pairs(corpus, source, target)


def _corpus(path: Path) -> Corpus:
    """Read a file of several versions, compressed or not."""
    data, name = read_bytes(path), path
    with naming(path):
        if path.suffix == ".gz":
            name = path.with_suffix("")
            try:
                data = gzip.decompress(data)
            except (OSError, EOFError, zlib.error):
                raise FormatError("is damaged; give a whole gzip file") from None
        if corpus := parse_corpus(data, name.suffix):
            return corpus
        raise FormatError("holds one text only; give pairs, such as TSV, TMX or an export")


def _pairs(corpus: Corpus, source: str, target: str) -> Iterator[Texts]:
    """Yield the pairs of two languages of every unit."""
    left, right = (
        [k for k, language in enumerate(corpus.languages) if language == code]
        for code in (source, target)
    )
    if not any(corpus.languages[:2]):
        left, right = [0], [1]
    for unit in corpus.units:
        yield from itertools.product(*([unit.texts[k] for k in side] for side in (left, right)))


def flaw(pair: Texts, source: str, target: str) -> str | None:
    """Name what makes a pair noise, or None."""
    left, right = pair
    if not left or not right:
        return "empty"
    if left.casefold() == right.casefold():
        return "identical"
    if _SURROGATE.search(left + right):
        return "not Unicode"
    if not in_script(left, source) or not in_script(right, target):
        return "script"
    short, long = sorted(map(letters, pair))
    if long >= RATIO_FROM and long > RATIO * short:
        return "length ratio"
    if left[0].isupper() and right[0].islower():
        return "first letter"
    return None


def clean(pairs: Iterable[Texts], source: str, target: str) -> tuple[list[Texts], Counter[str]]:
    """Return the pairs without noise and repeats, and how many had which flaw."""
    flaws: Counter[str] = Counter()
    kept: dict[Texts, None] = {}
    for pair in pairs:
        left, right = (" ".join(side.split()) for side in pair)
        why = "repeat" if (left, right) in kept else flaw((left, right), source, target)
        if why:
            flaws[why] += 1
        else:
            kept[left, right] = None
    return list(kept), flaws


def learn_subwords(pairs: Sequence[Texts]) -> bytes:
    """Learn one subword model for both languages (unigram, Kudo 2018) and return it serialised.

    Raises:
        FormatError: there is too little text.
    """
    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=itertools.chain.from_iterable(pairs),
            model_writer=model,
            vocab_size=VOCABULARY,
            hard_vocab_limit=False,
            input_sentence_size=SAMPLE,
            shuffle_input_sentence=True,
            minloglevel=2,
        )
    except RuntimeError:
        raise FormatError(f"{len(pairs)} pairs: too few to learn from; give more") from None
    return model.getvalue()


def vocabulary(subwords: bytes) -> int:
    """Count the pieces of a subword model."""
    return len(sentencepiece.SentencePieceProcessor(model_proto=subwords))


def encode(pairs: Sequence[Texts], subwords: bytes) -> list[Pair]:
    """Split both sides of pairs into pieces; pairs longer than `LONGEST` are left out."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=subwords)
    left, right = (
        [np.array(ids, np.uint16) for ids in processor.encode([pair[side] for pair in pairs])]
        for side in (0, 1)
    )
    return [pair for pair in zip(left, right, strict=True) if max(map(len, pair)) <= LONGEST]


def batches(pairs: Sequence[Pair], tokens: int, seed: int) -> list[list[int]]:
    """Group pair indices into batches of at most `tokens` padded pieces a side, in random order.

    Pairs of like length share a batch; they are sorted within random pools of about `POOL` batches
    only, so that each epoch groups them anew. A pair longer than `tokens` has its own batch.
    """
    chance = random.Random(seed)
    lengths = np.array([(max(len(a), len(b)) + 1, len(b), len(a)) for a, b in pairs])
    order = np.array(chance.sample(range(len(pairs)), len(pairs)))
    pool = max(1, int(POOL * tokens / lengths[:, 0].mean()))
    groups: list[list[int]] = []
    for start in range(0, len(pairs), pool):
        drawn = order[start : start + pool]
        group: list[int] = []
        for i in drawn[np.lexsort(lengths[drawn].T[::-1])]:
            if group and lengths[i, 0] * (len(group) + 1) > tokens:
                groups.append(group)
                group = []
            group.append(int(i))
        groups.append(group)
    chance.shuffle(groups)
    return groups


def collate(pairs: Sequence[Pair]) -> tuple[NDArray[np.int64], ...]:
    """Make source, shifted and gold target, each pairs x longest.

    Source and gold end in EOS and are -1 where they are padding; shifted begins with BOS.
    """
    return (
        _pad([[*a, EOS] for a, _ in pairs], -1),
        _pad([[BOS, *b] for _, b in pairs], EOS),
        _pad([[*b, EOS] for _, b in pairs], -1),
    )


def _pad(rows: Sequence[Sequence[int]], fill: int) -> NDArray[np.int64]:
    """Stack rows of ids, filled up on the right."""
    longest = max(map(len, rows))
    return np.array([[*row, *[fill] * (longest - len(row))] for row in rows], np.int64)
