"""Rows of short texts: `python -m tests.eval.short DIR... [--sample N]`.

Passages of a few beads as both sides tell them, and as reports in one order would, of which a third
is shared: there place tells nothing, and little else is there to go by. Prints lax precision and
recall of the pairs, as they are chosen with no mode given.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import chain, product
from pathlib import Path

from reader.align.score import Figures, known, score
from tests.eval.__main__ import aligned
from tests.eval.noise import short
from tests.eval.sets import find_sets, read_pair, sampled

SIZES = (6, 12, 25)
"""Beads of either side."""
SHARES = (1.0, 1 / 3)
"""Of translations, and of reports."""
SEED = 1


def measure(folder: Path, sample: int | None, size: int, share: float) -> Figures:
    """Return lax precision and recall of the passages of a set."""
    found = [
        aligned(passage)
        for path in sampled(folder, sample)
        for passage in short(read_pair(path), size, share, SEED)
    ]
    return score((known(result.gold), known(result.beads)) for result in found).lax


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line per set and size."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.short", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of a set")
    options = parser.parse_args(arguments)
    print("set                    beads  translations P      R   reports P      R")
    folders = chain.from_iterable(map(find_sets, options.folders))
    for folder, size in product(folders, SIZES):
        whole, shared = (measure(folder, options.sample, size, share) for share in SHARES)
        print(
            f"{folder.name:<22}{size:>6}{whole.p:>16.3f}{whole.r:>7.3f}"
            f"{shared.p:>12.3f}{shared.r:>7.3f}"
        )


if __name__ == "__main__":
    main()
