"""Measure the aligner on sets with gold: `python -m tests.eval DIR... [--json] [--verbose]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import process_time

from reader.align import align
from reader.align.score import BeadCells, Beads, Score, by_type, nulls_dropped, score
from reader.errors import ReaderError
from tests.eval.sets import find_sets, read_pair

BINS = (0.0, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0)


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


def sampled(folder: Path, sample: int | None = None) -> list[Path]:
    """Return the gold files of a set, or so many of them, evenly spread."""
    paths = sorted(folder.glob("*.gold"))
    step = max(1, len(paths) // sample) if sample else 1
    return paths[::step][:sample]


def run(folder: Path, sample: int | None = None) -> tuple[list[Result], float]:
    """Align the documents of a set; return the results and the CPU seconds of aligning alone.

    Args:
        folder: of the set.
        sample: how many documents; None for all.
    """
    results, seconds = [], 0.0
    for path in sampled(folder, sample):
        try:
            pair = read_pair(path)
        except ReaderError as error:
            print(f"{folder.name}: {error}", file=sys.stderr)
            continue
        began = process_time()
        alignment = align(pair.versions)
        seconds += process_time() - began
        scored = {(row.segments[0], row.segments[1]): row.score for row in alignment.rows}
        results.append(Result(pair.name, pair.gold, scored, alignment.mode))
    return results, seconds


def scored(results: Sequence[Result]) -> Score:
    """Score all documents of a set."""
    return score((result.gold, result.beads) for result in results)


def calibration(results: Sequence[Result]) -> tuple[str, float]:
    """Return the reliability table of the scores of beads, and the expected calibration error."""
    found = [
        (value, bead in result.gold)
        for result in results
        for bead, value in result.scored.items()
        if bead[0] and bead[1]
    ]
    lines, error = ["  score        beads   mean  right"], 0.0
    for low, high in pairwise(BINS):
        inside = [x for x in found if low <= x[0] < high or x[0] == high == 1.0]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            right = sum(hit for _, hit in inside) / len(inside)
            error += abs(mean - right) * len(inside) / len(found)
            lines.append(f"  {low:.2f}-{high:.2f}  {len(inside):>7}  {mean:.3f}  {right:.3f}")
    return "\n".join([*lines, f"  expected calibration error {error:.3f}"]), error


def verbose(results: Sequence[Result]) -> str:
    """Return bead types, the score without null beads, modes and calibration."""
    documents = [(result.gold, result.beads) for result in results]
    modes = ", ".join(f"{n} {mode}" for mode, n in Counter(r.mode for r in results).most_common())
    return "\n".join(
        [
            f"  {len(results)} documents: {modes}",
            f"  {nulls_dropped(documents)}",
            *(f"  {line}" for line in by_type(documents)[:11]),
            calibration(results)[0],
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line per set, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="a set, or sets")
    parser.add_argument("--json", action="store_true", help="figures as JSON on stdout")
    parser.add_argument("--verbose", action="store_true", help="bead types, modes, calibration")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of a set")
    options = parser.parse_args(arguments)
    report: dict[str, object] = {}
    if not options.json:
        print(
            f"{'set':<22}{'strict P':>9}{'R':>7}{'F1':>7}{'lax P':>8}{'R':>7}{'F1':>7}{'CPU s':>8}"
        )
    for given in options.folders:
        if not given.is_dir():
            print(f"{given}: no folder; right is a set or a folder of sets", file=sys.stderr)
            continue
        for folder in find_sets(given):
            results, seconds = run(folder, options.sample)
            if not results:
                continue
            figures = scored(results)
            report[folder.name] = {
                "strict": figures.strict.as_dict(),
                "lax": figures.lax.as_dict(),
                "cpu_s": seconds,
            }
            if not options.json:
                s, x = figures.strict, figures.lax
                print(
                    f"{folder.name:<22}{s.p:>9.3f}{s.r:>7.3f}{s.f1:>7.3f}"
                    f"{x.p:>8.3f}{x.r:>7.3f}{x.f1:>7.3f}{seconds:>8.1f}",
                    flush=True,
                )
                if options.verbose:
                    print(verbose(results))
    if options.json:
        print(json.dumps(report, indent=1))
    if not report:
        print("no set found; a set is a folder with .gold files", file=sys.stderr)
    return 0 if report else 1


if __name__ == "__main__":
    sys.exit(main())
