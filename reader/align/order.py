"""The order of rows on the screen: that of the hub, the others beside their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reader.align.anchors import heaviest_chain
from reader.align.lattice import Beads
from reader.model import Span


def by_hub(rows: Sequence[dict[int, Span]], hub: int) -> list[int]:
    """Return the order of rows that need not agree on any: that of the hub.

    A row without the hub follows the row of the segment before its own, version by version.
    """
    versions = {d for row in rows for d in row}
    follows: dict[int, list[int]] = {}
    placed = [hub in row for row in rows]
    start = -1
    for d in sorted(versions, key=lambda d: (d != hub, d)):
        before = start
        mine = sorted((row[d].start, r) for r, row in enumerate(rows) if d in row)
        for _, r in mine:
            if d == hub or not placed[r]:
                follows.setdefault(before, []).append(r)
                placed[r] = True
            before = r
    result: list[int] = []
    stack = [start]
    while stack:
        r = stack.pop()
        if r != start:
            result.append(r)
        stack.extend(reversed(_nearest_last(follows.get(r, []), rows, hub)))
    return result


def _nearest_last(found: Sequence[int], rows: Sequence[dict[int, Span]], hub: int) -> list[int]:
    """Return the rows that follow a row: those of the hub after the rest, which belong before."""
    return sorted(found, key=lambda r: hub in rows[r])


def displaced(rows: Sequence[dict[int, Span]]) -> list[tuple[int, ...]]:
    """Return per row the versions whose segments break their own order there.

    As few segments as possible: all but the longest run in order that can be picked.
    """
    result: list[list[int]] = [[] for _ in rows]
    for d in sorted({d for row in rows for d in row}):
        mine = [(r, row[d]) for r, row in enumerate(rows) if d in row]
        place = np.array([r for r, _ in mine], dtype=np.int32)
        first = np.array([span.start for _, span in mine], dtype=np.int32)
        last = np.array([span.stop for _, span in mine], dtype=np.int32)
        chain = heaviest_chain(Beads(place, first, place + np.int32(1), last), last - first)
        kept = set(chain.tolist())
        for k, (r, _) in enumerate(mine):
            if k not in kept:
                result[r].append(d)
    return [tuple(found) for found in result]
