"""Pairs of sentences for training: read, cleaned, encoded as subwords, put into batches.

A piece is a subword of the vocabulary, a token its occurrence in a text.
"""

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

Pair = tuple[str, str]  # source and target
Ids = NDArray[np.uint16]
Encoded = tuple[Ids, Ids]  # a pair as piece ids, without BOS and EOS

BOS, EOS = 1, 2  # the defaults of sentencepiece
VOCABULARY = 12_000  # pieces of both languages together; a small corpus gives fewer
SAMPLE = 1_000_000  # sentences that the subwords are learned from
LONGEST = 120  # tokens of a side; longer pairs are rare and mostly lists
RATIO = 2.5  # letters of the longer side for one of the shorter, above which a pair is misaligned
RATIO_FROM = 30  # letters of the longer side below which the ratio says nothing
POOL = 100  # batches whose pairs are sorted by length together
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can hold a lone one


def read_pairs(paths: Sequence[Path], source: str, target: str) -> Iterator[Pair]:
    """Yield the pairs of files: translation memories, tables, exports, or Moses files.

    Within a unit each version in the source language makes a pair with each one in the target
    language. Where a table names no languages its first two columns are source and target. `.gz`
    may follow any suffix but those of Moses files.

    Raises:
        FormatError: a file is none of this, or cannot be read.
    """
    sides: dict[Path, dict[str, Path]] = {}  # Moses files by the shared part of their names
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
    """Read a file of several versions; decompress it first if it ends in `.gz`."""
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


def _pairs(corpus: Corpus, source: str, target: str) -> Iterator[Pair]:
    """Yield the pairs of two languages in every unit."""
    left, right = (
        [k for k, language in enumerate(corpus.languages) if language == code]
        for code in (source, target)
    )
    if not any(corpus.languages[:2]):
        left, right = [0], [1]
    for unit in corpus.units:
        yield from itertools.product(*([unit.texts[k] for k in side] for side in (left, right)))


def flaw(pair: Pair, source: str, target: str) -> str | None:
    """Return why a pair is noise, in a word or two; None for a good one."""
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


def clean(pairs: Iterable[Pair], source: str, target: str) -> tuple[list[Pair], Counter[str]]:
    """Drop noise and repeats; return the pairs that are left, and how many had which flaw."""
    flaws: Counter[str] = Counter()
    kept: dict[Pair, None] = {}
    for pair in pairs:
        left, right = (" ".join(side.split()) for side in pair)
        why = "repeat" if (left, right) in kept else flaw((left, right), source, target)
        if why:
            flaws[why] += 1
        else:
            kept[left, right] = None
    return list(kept), flaws


def learn_subwords(pairs: Sequence[Pair]) -> bytes:
    """Return a sentencepiece model learned from both languages (unigram, Kudo 2018), serialised.

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


def vocabulary_size(subwords: bytes) -> int:
    """Return the number of pieces of a subword model."""
    return len(sentencepiece.SentencePieceProcessor(model_proto=subwords))


def encode(pairs: Sequence[Pair], subwords: bytes) -> list[Encoded]:
    """Encode both sides of pairs; leave out pairs with a side longer than `LONGEST`."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=subwords)
    left, right = (
        [np.array(ids, np.uint16) for ids in processor.encode([pair[side] for pair in pairs])]
        for side in (0, 1)
    )
    return [pair for pair in zip(left, right, strict=True) if max(map(len, pair)) <= LONGEST]


def batches(pairs: Sequence[Encoded], tokens: int, seed: int) -> list[list[int]]:
    """Group the indices of pairs into batches of at most `tokens` a side, padding included.

    Pairs of similar length share a batch; they are sorted only within random pools of about `POOL`
    batches, so that batches differ from epoch to epoch. The order of the batches is random. A pair
    longer than `tokens` is a batch of its own.
    """
    rng = random.Random(seed)
    lengths = np.array([(max(len(a), len(b)) + 1, len(b), len(a)) for a, b in pairs])
    order = np.array(rng.sample(range(len(pairs)), len(pairs)))
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
    rng.shuffle(groups)
    return groups


def collate(pairs: Sequence[Encoded]) -> tuple[NDArray[np.int64], ...]:
    """Return source, decoder input and gold target, each an array of pairs x longest.

    Source and gold target end in EOS and are padded with -1; the decoder input begins with BOS.
    """
    return (
        _pad([[*a, EOS] for a, _ in pairs], -1),
        _pad([[BOS, *b] for _, b in pairs], EOS),
        _pad([[*b, EOS] for _, b in pairs], -1),
    )


def _pad(rows: Sequence[Sequence[int]], fill: int) -> NDArray[np.int64]:
    """Stack rows of ids; fill shorter ones up on the right."""
    longest = max(map(len, rows))
    return np.array([[*row, *[fill] * (longest - len(row))] for row in rows], np.int64)


def target_vocabulary(pairs: Sequence[Encoded]) -> NDArray[np.int64]:
    """Return the pieces of all targets, ascending, and the special ones of sentencepiece."""
    special = np.arange(EOS + 1)
    return np.unique(np.concatenate([special, *(target for _, target in pairs)]))


def target_tokens(pairs: Sequence[Encoded]) -> int:
    """Count the tokens to predict: those of the targets, EOS included."""
    return sum(len(target) + 1 for _, target in pairs)
