"""Run benchmarks: `python -m tests.bench [--json] [NAME...]`; all of them without a name."""

import argparse
import json
from collections.abc import Callable

from tests.bench.opening import bench_open
from tests.bench.screen import bench_correct, bench_screen
from tests.bench.start import bench_start
from tests.bench.translate import bench_translate

BENCHES: dict[str, Callable[[], dict[str, float]]] = {
    "correct": bench_correct,
    "screen": bench_screen,
    "open": bench_open,
    "start": bench_start,
    "translate": bench_translate,
}
"""Name -> what measures it and returns figures by name."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHES):
        parser.error(f"unknown: {' '.join(sorted(unknown))}; there are: {' '.join(BENCHES)}")
    results = {name: BENCHES[name]() for name in arguments.names or BENCHES}
    if arguments.json:
        print(json.dumps(results))
        return
    for name, figures in results.items():
        print(name)
        for label, figure in figures.items():
            print(f"  {label:24}{figure:10.2f}")


if __name__ == "__main__":
    main()
