"""Chapters in different orders in different versions, and one order of them for all versions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reader.align.anchors import anchor_weights
from reader.align.versions import Library, Version

LEAST = 3
"""Chapters that a version must have to be put in another order."""
OWN = 0.5
"""Share of the similarity of a chapter to the other version that its counterpart must have."""


def orders(library: Library) -> list[list[int]] | None:
    """Return per version its segments in a common order of chapters; None if they are in it.

    It is that of the version with most chapters. A chapter without counterpart stays behind the one
    before it.
    """
    chapters = [_chapters(version) for version in library.versions]
    model = max(range(len(chapters)), key=lambda d: (int(chapters[d].max(initial=0)), -d))
    result = [list(range(len(column))) for column in chapters]
    for d, column in enumerate(chapters):
        if d == model or min(c.max(initial=0) for c in (column, chapters[model])) + 1 < LEAST:
            continue
        counterpart = _counterparts(library, d, model, chapters)
        place: list[int] = []
        for chapter in range(int(column.max()) + 1):
            place.append(counterpart.get(chapter, place[-1] if place else -1))
        result[d].sort(key=np.array(place)[column].tolist().__getitem__)
    return None if all(order == sorted(order) for order in result) else result


def _chapters(version: Version) -> NDArray[np.int64]:
    """Return the chapter of every segment; successive headings begin one together."""
    opens = np.zeros(len(version.originals), np.int64)
    for i in version.headings:
        opens[i] = i > 0 and i - 1 not in version.headings
    return np.cumsum(opens)


def _counterparts(
    library: Library, version: int, model: int, chapters: Sequence[NDArray[np.int64]]
) -> dict[int, int]:
    """Return per chapter of a version its counterpart in another one, if it has one.

    Each is the one that the other is by far most similar to.
    """
    first, second = min(version, model), max(version, model)
    likely = library.pair(first, second).similar
    shared = np.zeros([int(chapters[d].max()) + 1 for d in (first, second)])
    met = chapters[first][likely.row], chapters[second][likely.col]
    np.add.at(shared, met, anchor_weights(likely))
    if version == second:
        shared = shared.T
    most = np.maximum(shared.sum(axis=1)[:, None], shared.sum(axis=0)[None, :])
    return {int(x): int(y) for x, y in np.argwhere(shared > OWN * most)}
