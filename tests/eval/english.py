"""Learn what English is like: `python -m tests.eval.english TEXT.gz -o reader/align/english.npz`.

From sentences, one a line, what follows a tab left out: which words are common, which endings
others have, and how often one follows the other; and how often letter follows letter.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from reader.align.language import Language
from reader.align.text import fold, tokens

COMMON = 250
ENDINGS = 60
LETTERS = " abcdefghijklmnopqrstuvwxyz"


def learn(sentences: Sequence[str]) -> Language:
    """Return what sentences of a language tell of it."""
    said = [list(tokens(text)) for text in fold(sentences)]
    often = Counter(word for words in said for word in words)
    common = tuple(word for word, _ in often.most_common(COMMON) if not word[0].isdigit())
    endings: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word, count in often.items():
        if word not in common:
            endings[word[-2:]] += count
        if word.isascii() and word.isalpha():
            for x, y in pairwise(f" {word} "):
                pairs[x + y] += count
    best = tuple(ending for ending, _ in endings.most_common(ENDINGS))
    letters = np.array([[pairs[x + y] for y in LETTERS] for x in LETTERS], np.int64)
    language = Language(common, best, np.zeros((0, 0), np.int64), LETTERS, letters)
    words = tuple(often)
    place = {word: k for k, word in enumerate(words)}
    kind = language.classes(words)
    size = language.size
    follows = np.zeros(size * size, np.int64)
    for line in said:
        classes = kind[[place[word] for word in line]]
        np.add.at(follows, classes[:-1] * size + classes[1:], 1)
    return Language(common, best, follows.reshape(size, size), LETTERS, letters)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from a file, and write what was learned."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.english", description=__doc__)
    parser.add_argument("text", type=Path, metavar="TEXT.gz")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    with gzip.open(options.text, "rt", encoding="utf-8") as lines:
        learn([line.split("\t")[0].strip() for line in lines]).save(options.output)


if __name__ == "__main__":
    main()
