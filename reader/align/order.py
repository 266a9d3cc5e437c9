"""The order of rows on the screen, and which cells are out of their version's order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reader.align.anchors import heaviest_chain
from reader.align.lattice import Beads
from reader.model import Span


def by_hub(rows: Sequence[dict[int, Span]], hub: int) -> list[int]:
    """Return the indices of rows in the order of the hub, other rows next to their neighbours.

    Version by version, beginning with the hub, a row without a place is put behind that of the
    segment before its own. Those at the beginning of a version are put before its first row that
    has a place; a version that shares no row with those before it is put at the end.
    """
    before: dict[int, list[int]] = {}
    behind: dict[int, list[int]] = {}
    roots: list[int] = []
    placed: set[int] = set()
    versions = sorted({d for row in rows for d in row}, key=lambda d: (d != hub, d))
    for d in versions:
        mine = [r for _, r in sorted((row[d].start, r) for r, row in enumerate(rows) if d in row)]
        first = next((k for k, r in enumerate(mine) if r in placed), None)
        if first is None:
            roots += mine
        else:
            before.setdefault(mine[first], []).extend(mine[:first])
            for previous, r in zip(mine[first:], mine[first + 1 :], strict=False):
                if r not in placed:
                    behind.setdefault(previous, []).append(r)
        placed.update(mine)

    result: list[int] = []
    stack = [(r, False) for r in reversed(roots)]
    while stack:
        r, reached = stack.pop()
        if reached:
            result.append(r)
            stack.extend((after, False) for after in reversed(behind.get(r, [])))
        else:
            stack.append((r, True))
            stack.extend((opening, False) for opening in reversed(before.get(r, [])))
    return result


def displaced(rows: Sequence[dict[int, Span]]) -> list[tuple[int, ...]]:
    """Return per row the versions whose cells there are out of the version's own order.

    As few segments as possible: those that are not in the chain of rows with most segments.
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
