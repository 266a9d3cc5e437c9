"""Measure the aligner on sets with gold: `python -m tests.eval DIR... [--json] [--verbose]`.

With `--destroy 0.3` the machine translation of so many sentences is lost or made of other words,
with `--untranslated` there is none; with `--excerpt 0.3` the second side has only that part of its
middle.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from reader.align import align
from reader.align.score import BeadCells, Beads, Score, by_type, nulls_dropped, score
from reader.errors import ReaderError
from tests.eval.many import families, measure
from tests.eval.noise import destroy, excerpt, untranslated
from tests.eval.reliability import Judged, reliability
from tests.eval.sets import GoldPair, find_sets, read_pair, sampled

SEED = 1
"""Of what is destroyed."""


@dataclass(frozen=True)
class Result:
    """What the aligner did on one document."""

    name: str
    gold: Beads
    scored: dict[BeadCells, float]
    """Predicted beads and their scores."""
    mode: str

    @property
    def beads(self) -> Beads:
        """The prediction without scores."""
        return frozenset(self.scored)


def run(
    folder: Path,
    sample: int | None = None,
    changed: Callable[[GoldPair], GoldPair] = lambda pair: pair,
) -> tuple[list[Result], float]:
    """Align the documents of a set; return the results and the CPU seconds of aligning alone.

    Args:
        folder: of the set.
        sample: how many documents; None for all.
        changed: what is done to a document before.
    """
    results, seconds = [], 0.0
    for path in sampled(folder, sample):
        try:
            pair = changed(read_pair(path))
        except ReaderError as error:
            print(f"{folder.name}: {error}", file=sys.stderr)
            continue
        began = process_time()
        results.append(aligned(pair))
        seconds += process_time() - began
    return results, seconds


def aligned(pair: GoldPair) -> Result:
    """Align a document."""
    alignment = align(pair.versions)
    scored = {(row.segments[0], row.segments[1]): row.score for row in alignment.rows}
    return Result(pair.name, pair.gold, scored, alignment.mode)


def scored(results: Sequence[Result]) -> Score:
    """Score all documents of a set."""
    return score((result.gold, result.beads) for result in results)


def judged(results: Sequence[Result]) -> list[Judged]:
    """Return the score of every bead that is no null bead, and whether it is right."""
    return [
        (value, bead in result.gold)
        for result in results
        for bead, value in result.scored.items()
        if bead[0] and bead[1]
    ]


def verbose(results: Sequence[Result]) -> str:
    """Return bead types, the score without null beads, modes and calibration."""
    documents = [(result.gold, result.beads) for result in results]
    modes = ", ".join(f"{n} {mode}" for mode, n in Counter(r.mode for r in results).most_common())
    return "\n".join(
        [
            f"  {len(results)} documents: {modes}",
            f"  {nulls_dropped(documents)}",
            *(f"  {line}" for line in by_type(documents)[:11]),
            *(f"  {line}" for line in reliability(judged(results))[0]),
        ]
    )


def summary(results: Sequence[Result], seconds: float) -> dict[str, Any]:
    """Return the figures of a set."""
    figures = scored(results)
    return {
        "strict": figures.strict.as_dict(),
        "lax": figures.lax.as_dict(),
        "calibration_error": reliability(judged(results))[1],
        "cpu_s": seconds,
    }


HEADER = "set                    strict P      R     F1   lax P      R     F1    ECE   CPU s"


def line(name: str, found: Mapping[str, Any]) -> str:
    """Return the figures of a set on one line."""
    (p, r, f), (lp, lr, lf) = (found[kind].values() for kind in ("strict", "lax"))
    return (
        f"{name:<22}{p:>9.3f}{r:>7.3f}{f:>7.3f}{lp:>8.3f}{lr:>7.3f}{lf:>7.3f}"
        f"{found['calibration_error']:>7.3f}{found['cpu_s']:>8.1f}"
    )


def several(folders: Sequence[Path], sample: int | None) -> list[str]:
    """Return what is right where sets are versions of one text, as lines."""
    lines = []
    for name, family in families(folders):
        try:
            figures, found = measure(family, sample)
        except ReaderError as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        lines += [
            f"{name}, three to five versions: rows P {figures.p:.3f}, R {figures.r:.3f}",
            *(f"  {row}" for row in reliability(found)[0]),
        ]
    return lines


def sets_in(given: Sequence[Path]) -> Iterator[Path]:
    """Yield all sets, and say what is none."""
    for folder in given:
        if folder.is_dir():
            yield from find_sets(folder)
        else:
            print(f"{folder}: no folder; right is a set or a folder of sets", file=sys.stderr)


def changing(options: argparse.Namespace) -> Callable[[GoldPair], GoldPair]:
    """Return what is done to every document."""
    if options.untranslated:
        return untranslated
    if options.excerpt is not None:
        return partial(excerpt, share=options.excerpt)
    return partial(destroy, share=options.destroy, seed=SEED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line per set, then the reliability of all scores; or JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="a set, or sets")
    parser.add_argument("--json", action="store_true", help="figures as JSON on stdout")
    parser.add_argument("--verbose", action="store_true", help="bead types, modes, calibration")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of a set")
    worse = parser.add_mutually_exclusive_group()
    worse.add_argument(
        "--destroy", type=float, default=0.0, metavar="SHARE", help="spoil so many translations"
    )
    worse.add_argument("--untranslated", action="store_true", help="leave all translations out")
    worse.add_argument("--excerpt", type=float, metavar="SHARE", help="align all with so much")
    options = parser.parse_args(arguments)

    def shown(text: str) -> None:
        if not options.json:
            print(text, flush=True)

    folders = list(sets_in(options.folders))
    report: dict[str, dict[str, Any]] = {}
    everything: list[Judged] = []
    shown(HEADER)
    for folder in folders:
        results, seconds = run(folder, options.sample, changing(options))
        if results:
            report[folder.name] = summary(results, seconds)
            shown(line(folder.name, report[folder.name]))
            everything += judged(results)
            if options.verbose:
                shown(verbose(results))
    if options.json:
        print(json.dumps(report, indent=1))
    elif report:
        shown("\n".join(["all sets", *(f"  {row}" for row in reliability(everything)[0])]))
        shown("\n".join(several(folders, options.sample)))
    if not report:
        print("no set found; a set is a folder with .gold files", file=sys.stderr)
    return 0 if report else 1


if __name__ == "__main__":
    sys.exit(main())
