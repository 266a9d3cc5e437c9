"""Learn how far the scores of rows can be trusted.

    python -m tests.eval.calibrate DIR... -o reader/align/calibration.json

To be run after `tests.eval.train`. Documents are taken as they are, without their translation, with
a rough one, and as excerpts of a few sentences, half of which have nothing to do with each other.
Prints the calibration error of every set by what the others taught.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from reader.align import Version
from reader.align.calibration import Joint, Line, logit
from reader.align.pins import Units
from reader.align.searching import Arrangement, in_any_order, search
from reader.align.weights import Level
from tests.eval.many import documents, families
from tests.eval.noise import Noise, excerpts, spoil, untranslated
from tests.eval.reliability import reliability
from tests.eval.sets import GoldPair, find_sets, read_pair, sampled

SEED = 1
L2 = 0.02
"""Penalty on what differs from no calibration at all, in log likelihood per row."""
AGREED = 1.01
"""Least that the weights of a row's pairs come to: versions that agree never make it less sure."""

GENUINE = 5.0
"""How much more what is as it is counts than what was spoilt."""
MORE_DOCUMENTS = 3
"""Times as many documents of more than two versions: they are few, and one is unlike another."""

AS_IT_IS = "as it is"
ANY_ORDER = "any order"
"""The same, but passages are not put in one order before."""

Right = Callable[[tuple[tuple[int, ...], ...]], bool]


@dataclass(frozen=True)
class Sample:
    """A row that was found."""

    origin: tuple[str, str]
    """Name of the set, and what was done to it."""
    level: Level
    pairs: tuple[tuple[float, int], ...]
    """Of all pairs of its versions the probability before calibration, and how many segments the
    shorter version has."""
    right: bool


def rows(origin: tuple[str, str], versions: Sequence[Version], right: Right) -> Iterator[Sample]:
    """Yield the rows that the aligner finds, in samples."""
    order = sorted(range(len(versions)), key=lambda d: versions[d].key)
    units = Units.of([versions[d] for d in order], [])
    anyhow = origin[1] == ANY_ORDER
    found = in_any_order(Arrangement.of(units)) if anyhow else search(units, None)
    for row in found.rows:
        if len(row) < 2:
            continue
        held = {d: found.units.cell(k, row[k]) for k, d in enumerate(order) if k in row}
        cells = tuple(held.get(d, ()) for d in range(len(versions)))
        met = list(found.bitexts.pairs_joined([{d: span} for d, span in row.items()]))
        level = met[0][0].level
        assert level is not None
        yield Sample(
            origin,
            level,
            tuple((bitext.agreement(x, y), min(bitext.sizes)) for bitext, x, y in met),
            right(cells),
        )


def copies(pair: GoldPair) -> Iterator[tuple[str, GoldPair]]:
    """Yield what is learned from a document, and what was done to it."""
    yield AS_IT_IS, pair
    if "shuffled" in pair.set:
        yield ANY_ORDER, pair
        return
    yield "untranslated", untranslated(pair)
    yield "rough", spoil(pair, Noise(destroyed=0.3, lost=0.1), [], SEED)
    yield "rough", spoil(pair, Noise(words=0.4, lost=0.25), [], SEED)
    for excerpt in excerpts(pair, SEED):
        yield "excerpt", excerpt
        yield "untranslated excerpt", untranslated(excerpt)


def collect(folders: Sequence[Path], sample: int | None) -> Iterator[Sample]:
    """Yield the rows found in all sets and their copies, of two versions and of more."""
    sets = [found for folder in folders for found in find_sets(folder)]
    for folder in sets:
        print(folder.name, file=sys.stderr, flush=True)
        for path in sampled(folder, sample):
            for kind, pair in copies(read_pair(path)):
                cells = pair.gold
                yield from rows((folder.name, kind), pair.versions, lambda c, g=cells: c in g)  # type: ignore[misc]
    for name, family in families(sets):
        print(name, file=sys.stderr, flush=True)
        for document in documents(family, sample and MORE_DOCUMENTS * sample):
            yield from rows((name, "versions"), document.versions, document.right)


def fit(
    features: NDArray[np.float64], samples: Sequence[Sample], start: Sequence[float]
) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, in which every origin has a say."""
    right = np.array([sample.right for sample in samples], float)
    count = Counter(sample.origin for sample in samples)
    weight = np.array(
        [
            (GENUINE if s.origin[1] in (AS_IT_IS, ANY_ORDER) else 1) * count[s.origin] ** -0.5
            for s in samples
        ]
    )
    weight /= weight.sum()
    origin = np.array(start)

    def objective(v: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = features @ v
        loss = weight @ (np.logaddexp(0, odds) - right * odds)
        penalty = L2 / len(samples) * (v - origin)
        error = weight * (1 / (1 + np.exp(-odds)) - right)
        return float(loss + penalty @ (v - origin) / 2), features.T @ error + penalty

    found: NDArray[np.float64] = minimize(objective, origin, jac=True, method="L-BFGS-B").x
    return np.round(found, 3)


def pair_line(level: str, samples: Sequence[Sample]) -> Line:
    """Return the line of a level.

    Where texts have a language in common, small ones show by their words whether they go together.
    """
    table = np.array([(1, logit(p), 1 / size) for ((p, size),) in (s.pairs for s in samples)])
    width = 3 if level.startswith("untranslated") else 2
    return Line(*fit(table[:, :width], samples, (0.0, 1.0, 0.0)[:width]).tolist())


def joint(lines: Mapping[str, Line], samples: Sequence[Sample]) -> Joint:
    """Return how the pairs of a row make its score."""
    odds = [_odds(lines, sample) for sample in samples]
    table = np.array([(sum(x) / len(x), min(x)) for x in odds])
    mean, least = fit(table, samples, (1.0, 0.0)).tolist()
    return Joint(mean, max(least, round(AGREED - mean, 3)))


def _odds(lines: Mapping[str, Line], sample: Sample) -> list[float]:
    line = lines[sample.level]
    return [line.log_odds(p, size) for p, size in sample.pairs]


@dataclass(frozen=True)
class Calibration:
    """What is learned."""

    pairs: dict[str, Line]
    rows: Joint

    @classmethod
    def of(cls, samples: Iterable[Sample]) -> Calibration:
        """Learn from rows."""
        two: defaultdict[str, list[Sample]] = defaultdict(list)
        more = []
        for sample in samples:
            if len(sample.pairs) > 1:
                more.append(sample)
            elif sample.origin[1] != "versions":
                two[sample.level].append(sample)
        lines = {level: pair_line(level, found) for level, found in sorted(two.items())}
        return cls(lines, joint(lines, more))

    def error(self, samples: Sequence[Sample]) -> float:
        """Return the expected calibration error."""
        odds = [self.rows.log_odds(_odds(self.pairs, sample)) for sample in samples]
        judged = [
            (1 / (1 + float(np.exp(-x))), s.right) for x, s in zip(odds, samples, strict=True)
        ]
        return reliability(judged)[1]


def command(folders: Sequence[Path], sample: int | None) -> str:
    """Return the command that learns the same, as it is kept beside what was learned."""
    some = f"--sample {sample} " if sample else ""
    names = " ".join(folder.name for folder in folders)
    return f"python -m tests.eval.calibrate {names} {some}-o reader/align/calibration.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, print what it is worth on sets that were left out, and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.calibrate", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of a set")
    options = parser.parse_args(arguments)
    samples = list(collect(options.folders, options.sample))
    by_origin: defaultdict[tuple[str, str], list[Sample]] = defaultdict(list)
    for sample in samples:
        by_origin[sample.origin].append(sample)
    for name in sorted({name for name, _ in by_origin}):
        others = Calibration.of(s for s in samples if s.origin[0] != name)
        errors = (
            f"{kind} {others.error(found):.3f} ({len(found)})"
            for (origin, kind), found in by_origin.items()
            if origin == name
        )
        print(f"{name:<22} {', '.join(errors)}")
    learned = Calibration.of(samples)
    report = {
        "command": command(options.folders, options.sample),
        "pairs": {k: asdict(v) for k, v in learned.pairs.items()},
        "rows": asdict(learned.rows),
    }
    options.output.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
