"""What aligning costs: `python -m tests.eval.speed [SIZE...]` prints CPU seconds and peak memory.

The texts are made up: words of a Zipf distribution, the other side with a third of them lost or
replaced, sentences merged and left out. Every size runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from time import process_time

from reader.align import Version, align

SIZES = (1_000, 10_000, 100_000)
VOCABULARY = 40_000
LETTERS = "eeeeaaaiiooouutttnnnssrrrlldddcmmphbgfvky"


def made_up(size: int, versions: int = 2, seed: int = 1) -> list[Version]:
    """Return versions of a text of `size` sentences that exists nowhere."""
    random = Random(seed)
    words = ["".join(random.choices(LETTERS, k=random.randint(2, 11))) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    text = [
        random.choices(words, cum_weights=weights, k=random.randint(5, 35)) for _ in range(size)
    ]
    return [_retold(text, words, name, Random(f"{seed}{name}")) for name in "abcdefgh"[:versions]]


def _retold(
    text: Sequence[Sequence[str]], words: Sequence[str], name: str, random: Random
) -> Version:
    sentences: list[str] = []
    for sentence in text:
        kept = [w for w in sentence if random.random() > 0.15]
        told = " ".join(random.choice(words) if random.random() < 0.2 else w for w in kept) or "…"
        fate = random.random()
        if fate < 0.08 and sentences:
            sentences[-1] += " " + told
        elif fate < 0.95:
            sentences.append(told)
    lines = tuple(sentences)
    return Version(name, lines, lines)


def measure(size: int, versions: int) -> tuple[float, float]:
    """Return CPU seconds of aligning and the peak of the process in megabytes."""
    texts = made_up(size, versions)
    began = process_time()
    align(texts)
    seconds = process_time() - began
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str]) -> None:
    """Print a line per size, for two versions, and one for five of 2,000."""
    jobs = [(int(size), 2) for size in arguments or map(str, SIZES)]
    print(f"{'sentences':>10}{'versions':>10}{'CPU s':>8}{'peak MB':>9}")
    for size, versions in jobs if arguments else [*jobs, (2_000, 5)]:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, peak = pool.apply(measure, (size, versions))
        print(f"{size:>10,}{versions:>10}{seconds:>8.1f}{peak:>9.0f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
