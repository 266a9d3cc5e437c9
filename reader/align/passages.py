"""Passages in different orders in different versions, and one order of them for all versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from reader.align.merge import Cells
from reader.model import Span

LEAST = 0.1
"""Probability of a bead from which its segments are moved to each other. The beads are computed
anew in that order; of values from .05 to .5 this gives the best ones."""


def orders(rows: Sequence[Cells], sizes: Sequence[int]) -> list[list[int]] | None:
    """Return per version its segments in an order common to all; None if they are in it.

    It is that of the version that shares most rows with the others.

    Args:
        rows: likely rows, in any order.
        sizes: segments per version.
    """
    shared = Counter(d for row in rows if len(row) > 1 for d in row)
    model = max(range(len(sizes)), key=lambda d: (shared[d], -d))
    result = [list(range(size)) for size in sizes]
    for d, size in enumerate(sizes):
        beads = sorted((row[model], row[d]) for row in rows if model in row and d in row)
        if beads and d != model:
            result[d] = _order(beads, sizes[model], size)
    return None if all(order == sorted(order) for order in result) else result


def _order(beads: Sequence[tuple[Span, Span]], m: int, n: int) -> list[int]:
    """Return the n segments of a version in the order of another one of m.

    Args:
        beads: disjoint spans of the other version and of this one, in the order of the former.
        m: segments of the other version.
        n: segments of this version.
    """
    xs, ys = zip(*beads, strict=True)
    edges = [0, *(x.stop for x in xs)], [*(x.start for x in xs), m]
    # Segments of the other version alone before every bead, and behind the last one.
    alone = [start - stop for stop, start in zip(*edges, strict=True)]
    here = sorted(range(len(ys)), key=ys.__getitem__)
    before, behind = ([range(0)] * len(ys) for _ in range(2))
    before[here[0]] = range(ys[here[0]].start)
    behind[here[-1]] = range(ys[here[-1]].stop, n)
    for last, following in pairwise(here):
        between = range(ys[last].stop, ys[following].start)
        # Of the segments between two passages as many stay with the first as the other version has
        # alone behind it.
        stay = max(alone[last + 1], len(between) - alone[following])
        behind[last], before[following] = between[:stay], between[stay:]
    parts = zip(before, (range(*y) for y in ys), behind, strict=True)
    return [*chain.from_iterable(chain.from_iterable(parts))]
