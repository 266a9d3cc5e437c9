"""What the aligner does on documents that it has not learned from.

Of every document, or quarter of a set of many, the weights for texts in order are learned from all
others: the stages after the cheap one, which only prunes. Everything else is as it is.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from unittest.mock import patch

from reader.align import monotone
from reader.align.features import FINAL
from reader.align.weights import Level, Weights, learned
from tests.eval.__main__ import HEADER, Result, aligned, line, summary
from tests.eval.in_order import Pruned, prune, text_of, train_pruned
from tests.eval.noise import destroy
from tests.eval.sets import GoldPair

FEW = 8
"""Documents of a set that are left out one by one; a larger set in four parts."""
SPOILT = 0.3
"""Share of the machine translations that are destroyed in the second line of a set."""
SEED = 1

Copies = Callable[[Sequence[GoldPair], Level], Iterable[GoldPair]]


def table(pairs: Sequence[GoldPair], levels: Sequence[Level], copies: Copies) -> None:
    """Print a line per set as it is, and one with translations destroyed.

    Args:
        pairs: what is learned from, and left out.
        levels: for texts in order.
        copies: yields what a level learns from some documents.
    """
    folds = folded(pairs)
    found: dict[str, dict[Level, Weights]] = {fold: {} for fold in folds.values()}
    for level in levels:
        documents = [
            (folds[pair.set, pair.name], prune(text_of(pair), learned(level).cheap))
            for pair in copies(pairs, level)
        ]
        for fold in found:
            print(f"{level} without {fold}", file=sys.stderr, flush=True)
            rest = [document for home, document in documents if home != fold]
            found[fold][level] = without(rest, learned(level))
    results: dict[str, list[Result]] = defaultdict(list)
    for pair in pairs:
        with patch.object(monotone, "learned", _chosen(found[folds[pair.set, pair.name]])):
            results[pair.set].append(aligned(pair))
            spoilt = destroy(pair, SPOILT, SEED)
            results[f"{pair.set} {SPOILT:.0%} lost"].append(aligned(spoilt))
    print(HEADER)
    for name, lines in results.items():
        print(line(name, summary(lines, 0.0)), flush=True)


def folded(pairs: Sequence[GoldPair]) -> dict[tuple[str, str], str]:
    """Return of every document the name of what is left out with it."""
    members: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        members[pair.set].append(pair.name)
    return {
        (place, name): f"{place}/{name}" if len(names) <= FEW else f"{place} {k * 4 // len(names)}"
        for place, names in members.items()
        for k, name in enumerate(names)
    }


def without(documents: Sequence[Pruned], weights: Weights) -> Weights:
    """Return the weights that some documents teach; the search starts at the given ones."""
    omitted = [name for name in FINAL if name not in weights.final]
    start = {"first": weights.first, "final": weights.final}
    found = train_pruned(documents, start, omitted)
    return Weights(cheap=weights.cheap, first=found["first"], final=found["final"])


def _chosen(found: Mapping[Level, Weights]) -> Callable[[Level], Weights]:
    return lambda level: found.get(level) or learned(level)
