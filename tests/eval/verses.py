"""A long text of short verses, made up: `python -m tests.eval.verses [SIZE...]` aligns it.

What is hard in scripture: few different words, formulas that return, thousands of verses without a
heading, verses that another translation divides elsewhere or leaves out. Prints F1 and CPU seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from time import process_time

from reader.align import Version
from tests.eval.__main__ import aligned, scored
from tests.eval.sets import GoldPair
from tests.eval.speed import LETTERS

SIZES = (5_000, 30_000)
WORDS = 3_000
FORMULAS = 60
FORMULAIC = 0.25
"""Share of the verses that are a formula with two words of their own."""
OTHER_WORD = 0.3
"""Share of the words that the translations always render by different ones."""
SLIPS = 0.1
"""Share of the words that are another one here and there."""
TYPES = (
    ((1, 1), 0.92),
    ((1, 2), 0.02),
    ((2, 1), 0.02),
    ((2, 2), 0.02),
    ((1, 0), 0.01),
    ((0, 1), 0.01),
)
"""Verses of either side that go together, and how often."""


def verses(size: int, seed: int = 1) -> GoldPair:
    """Return two translations of a text of so many beads, and how they are aligned."""
    random = Random(seed)
    words = ["".join(random.choices(LETTERS, k=random.randint(2, 9))) for _ in range(WORDS)]
    rendered = {
        word: random.choice(words) if random.random() < OTHER_WORD else word for word in words
    }
    weights = list(accumulate(1 / (rank + 5) for rank in range(WORDS)))

    def said(least: int, most: int) -> list[str]:
        return random.choices(words, cum_weights=weights, k=random.randint(least, most))

    def retold(text: Sequence[str]) -> list[str]:
        return [random.choice(words) if random.random() < SLIPS else rendered[w] for w in text]

    formulas = [said(6, 14) for _ in range(FORMULAS)]
    sides: tuple[list[str], list[str]] = ([], [])
    gold = set()
    for kind in random.choices(*zip(*TYPES, strict=True), k=size):
        text = said(8, 25)
        if random.random() < FORMULAIC:
            text = [*random.choice(formulas), *said(2, 2)]
        if max(kind) > 1:
            text += said(8, 25)
        cells = []
        for side, parts, version in zip(sides, kind, (text, retold(text)), strict=True):
            cut = random.randint(4, len(version) - 4)
            lines = [version] if parts == 1 else [version[:cut], version[cut:]]
            cells.append(tuple(range(len(side), len(side) + parts)))
            side.extend(" ".join(line) for line in lines[:parts])
        gold.add((cells[0], cells[1]))
    first, second = (Version(name, tuple(s), tuple(s)) for name, s in zip("ab", sides, strict=True))
    return GoldPair("verses", str(size), (first, second), frozenset(gold))


def main(arguments: Sequence[str]) -> None:
    """Print a line per size."""
    print(f"{'beads':>8}{'strict':>8}{'lax':>8}{'CPU s':>8}")
    for size in map(int, arguments or map(str, SIZES)):
        pair = verses(size)
        began = process_time()
        found = aligned(pair)
        seconds = process_time() - began
        figures = scored([found])
        print(
            f"{size:>8,}{figures.strict.f1:>8.3f}{figures.lax.f1:>8.3f}{seconds:>8.1f}", flush=True
        )


if __name__ == "__main__":
    main(sys.argv[1:])
