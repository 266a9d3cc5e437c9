"""What the aligner must reach: `python -m tests.eval.floors DIR` raises the floors to what it does.

Raising is free. A floor goes down only with `--lower REASON`, and the reason is kept beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.eval.__main__ import run, scored
from tests.eval.sets import find_sets, sampled

FILE = Path(__file__).with_name("floors.json")
SAMPLE = 12
"""Documents of a set that are aligned; small sets are aligned whole."""
SLACK = 0.003
"""Below what was reached: other releases of the libraries may round another way."""


@dataclass(frozen=True)
class Floor:
    """What a set must reach, and which data that was measured on."""

    strict: float
    lax: float
    digest: str


def digest(folder: Path) -> str:
    """Return the digest of all files of the documents that are aligned."""
    found = hashlib.sha256()
    for gold in sampled(folder, SAMPLE):
        for path in sorted(folder.glob(f"{gold.stem}.*")):
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def measure(folder: Path) -> Floor:
    """Align a set, or its sample, and return what it reaches, without slack."""
    figures = scored(run(folder, SAMPLE)[0])
    return Floor(figures.strict.f1, figures.lax.f1, digest(folder))


def read() -> dict[str, Floor]:
    """Return the floors by name of the set."""
    return {name: Floor(**floor) for name, floor in json.loads(FILE.read_text())["sets"].items()}


def raised(old: Floor | None, reached: Floor) -> Floor:
    """Return the floor that a result asks for; it may be lower than the old one."""
    strict, lax = (round(value - SLACK, 3) for value in (reached.strict, reached.lax))
    if old and old.digest == reached.digest:
        # Within the slack nothing has changed.
        strict = old.strict if old.strict <= reached.strict < old.strict + 2 * SLACK else strict
        lax = old.lax if old.lax <= reached.lax < old.lax + 2 * SLACK else lax
    return Floor(strict, lax, reached.digest)


def lowered(old: Mapping[str, Floor], new: Mapping[str, Floor]) -> dict[str, str]:
    """Return the sets whose floor went down, or whose data changed under it, and how."""
    return {
        name: f"{was.strict}/{was.lax} -> {new[name].strict}/{new[name].lax}"
        for name, was in old.items()
        if name in new and (new[name].strict < was.strict or new[name].lax < was.lax)
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the floors."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.floors", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--lower", metavar="REASON", help="why floors may go down")
    options = parser.parse_args(arguments)
    report = json.loads(FILE.read_text()) if FILE.exists() else {"sets": {}, "lowered": []}
    old = {name: Floor(**floor) for name, floor in report["sets"].items()}
    new = {s.name: raised(old.get(s.name), measure(s)) for s in find_sets(options.folder)}
    down = lowered(old, new)
    for name, change in down.items():
        print(f"{name}: {change}", file=sys.stderr)
    if down and not options.lower:
        print("floors would go down; right is --lower REASON", file=sys.stderr)
        return 1
    if down:
        report["lowered"].append({"reason": options.lower, "sets": down})
    report["sets"] = {name: vars(floor) for name, floor in sorted({**old, **new}.items())}
    FILE.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
