"""Learn the weights of the aligner.

    python -m tests.eval.train DIR... -o reader/align/weights.json
    python -m tests.eval.train DIR... --left-out

The second tells, of every document, how it is aligned by what the others teach.
Documents are learned from as they are and with noise: without it, text that has no counterpart is
merged into its neighbours (ALIGNMENT.md 2).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reader.align.marks import COUNTED
from reader.align.weights import Level
from tests.eval import any_order, in_order
from tests.eval.left_out import table
from tests.eval.noise import Noise, reports, spoil, untranslated
from tests.eval.sets import GoldPair, find_sets, read_pair, sampled

SEED = 1

IN_ORDER = (
    Noise(),
    Noise(lost=0.15, fragments=0.03),
    Noise(lost=0.4, foreign=0.05),
    Noise(lost=0.05),
    Noise(lost=0.15, repeats=2),
    Noise(fragments=0.04),
    Noise(lost=0.25, foreign=0.05, fragments=0.05),
    Noise(emptied=0.3),
    Noise(lost=0.25, foreign=0.05, emptied=0.3),
)
"""Copies of a translation."""
ROUGH = (
    *IN_ORDER[-2:],
    Noise(destroyed=0.3),
    Noise(lost=0.25, foreign=0.05, destroyed=0.3),
    Noise(words=0.35),
    Noise(lost=0.25, foreign=0.05, words=0.3),
    Noise(lost=0.1, destroyed=0.15, words=0.15),
)
"""Copies whose machine translation is spoilt."""
ANY_ORDER = (
    (Noise(lost=0.2), 1.0),
    (Noise(lost=0.2), 0.5),
    (Noise(), 0.2),
    (Noise(lost=0.2, words=0.2, destroyed=0.1), 1.0),
    (Noise(words=0.3), 0.5),
    (Noise(words=0.2), 0.0),
)
"""Reports made of a translation, with the share of it that both have."""
UNSPOILT = 3
"""Of these, the first so many leave the machine's text as it is: enough for untranslated texts."""
UNSURE = ("size", "likeness", "likeness mass", "split rate", "join rate")
"""Without a translation there is too little evidence to tell these from chance."""
TOLD = (
    *(f"{kind} unmatched" for kind in COUNTED),
    "turns unmatched",
    "speech broken",
    "speech closed",
)
"""Nor is there enough among reports of one event to tell what these are worth."""
LEVELS: tuple[Level, ...] = (
    "pivot parallel",
    "rough parallel",
    "untranslated parallel",
    "pivot comparable",
    "untranslated comparable",
)
"""Sets of weights: with pivots, with rough ones, with originals only; in order or not."""


def copies(pairs: Sequence[GoldPair], level: Level) -> Iterator[GoldPair]:
    """Yield what a level learns from."""
    evidence, mode = level.split()
    in_this_order = ROUGH if evidence == "rough" else IN_ORDER
    in_no_order = ANY_ORDER[:UNSPOILT] if evidence == "untranslated" else ANY_ORDER
    for pair in pairs:
        others = [other for other in pairs if other.set == pair.set and other.name != pair.name]
        if mode == "parallel":
            found = [spoil(pair, noise, others, SEED) for noise in in_this_order]
        else:
            found = [r for noise, share in in_no_order for r in reports(pair, noise, share, SEED)]
        yield from map(untranslated, found) if evidence == "untranslated" else found


def train(
    pairs: Sequence[GoldPair], level: Level, start: Mapping[str, Mapping[str, float]]
) -> Mapping[str, dict[str, float] | float]:
    """Return the weights of all stages of a level, from where to start by stage."""
    learned = [pair for pair in copies(pairs, level) if all(v.originals for v in pair.versions)]
    if level.endswith("parallel"):
        return in_order.train(learned, start, UNSURE if level.startswith("untranslated") else ())
    return any_order.train(learned, start, TOLD if level.startswith("untranslated") else ())


def read(folders: Sequence[Path], sample: int | None) -> Iterator[GoldPair]:
    """Yield the documents of all sets, at most so many of each."""
    for folder in folders:
        for found in find_sets(folder):
            yield from map(read_pair, sampled(found, sample))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, and write the weights with what they were learned from."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.train", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("-o", "--output", type=Path)
    action.add_argument("--left-out", action="store_true", help="learn without each, print figures")
    parser.add_argument("--level", choices=LEVELS, action="append", help="only this, keep the rest")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of a set")
    options = parser.parse_args(arguments)
    pairs = list(read(options.folders, options.sample))
    if options.left_out:
        table(pairs, options.level or ("pivot parallel", "rough parallel"), copies)
        return 0
    report: dict[str, dict[str, Any]] = {"learned": {}, "stages": {}}
    if options.output.exists():
        report = json.loads(options.output.read_text("utf-8"))
    for level in options.level or LEVELS:
        print(level, file=sys.stderr, flush=True)
        start = defaultdict(dict, report["stages"].get(level, {}))
        report["stages"][level] = train(pairs, level, start)
        report["learned"][level] = {
            "command": command(options.folders, options.sample, level),
            "documents": [f"{pair.set}/{pair.name}" for pair in pairs],
            "seed": SEED,
        }
        options.output.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return 0


def command(folders: Sequence[Path], sample: int | None, level: str) -> str:
    """Return the command that learns a level, as it is kept beside the weights."""
    names = " ".join(folder.name for folder in folders)
    some = f"--sample {sample} " if sample else ""
    output = "-o reader/align/weights.json"
    return f'python -m tests.eval.train {names} {some}--level "{level}" {output}'


if __name__ == "__main__":
    sys.exit(main())
