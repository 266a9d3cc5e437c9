"""Pins: rows that the user has confirmed. They bind; the text between them is aligned by itself.

In the search every cell of a pin is one unit, which is in no other bead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from reader.align.links import FREE
from reader.align.text import Ints
from reader.align.versions import Version, seams
from reader.model import Span

Cells = tuple[tuple[int, ...], ...]
"""Per version the segments of a row."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A row that binds, whatever the texts are.

    Raises:
        ValueError: it has no segment, or its segments do not ascend.
    """

    members: Cells
    """Per version the ascending indices of its segments; () where it has none. A pin of one version
    means that its segments have no counterpart."""

    def __post_init__(self) -> None:
        if not any(self.members):
            raise ValueError("a pin that holds nothing")
        for cell in self.members:
            if any(i >= k for i, k in pairwise(cell)):
                raise ValueError(f"segments of a pin that do not ascend: {cell}")


def checked(pins: Sequence[Pin], sizes: Sequence[int]) -> list[Cells]:
    """Return the cells of pins, without duplicates, for versions of these sizes.

    Raises:
        ValueError: a pin is not over the versions, or shares a segment with another.
    """
    result = list(dict.fromkeys(pin.members for pin in pins))
    taken: set[tuple[int, int]] = set()
    for cells in result:
        if len(cells) != len(sizes):
            raise ValueError(f"a pin over {len(cells)} versions; there are {len(sizes)}")
        for d, cell in enumerate(cells):
            for i in cell:
                if not 0 <= i < sizes[d]:
                    raise ValueError(f"a pin of segment {i}; version {d} has {sizes[d]}")
                if (d, i) in taken:
                    raise ValueError(f"two pins of segment {i} of version {d}")
                taken.add((d, i))
    return result


@dataclass(frozen=True)
class Units:
    """Versions made of units: a cell of a pin, or else a segment, as one segment."""

    versions: tuple[Version, ...]
    segments: tuple[Cells, ...]
    """Per version and unit its segments."""
    pins: tuple[Ints, ...]
    """Per version and unit the index of its pin, or `FREE`."""
    places: tuple[tuple[int, ...], ...] | None = None
    """Per version and unit its index in the version's own order; None if the units are in it."""

    @classmethod
    def of(cls, versions: Sequence[Version], bound: Sequence[Cells]) -> Units:
        """Return the units of versions.

        Args:
            versions: those as given.
            bound: the cells of pins that share no segment.
        """
        members = sorted(bound)
        columns = [
            _units(len(version.originals), tuple(cells[d] for cells in members))
            for d, version in enumerate(versions)
        ]
        return cls(
            tuple(
                _folded(version, segments) if members else version
                for version, (segments, _) in zip(versions, columns, strict=True)
            ),
            tuple(segments for segments, _ in columns),
            tuple(pinned for _, pinned in columns),
        )

    def rearranged(self, orders: Sequence[Sequence[int]]) -> Units:
        """Return the units in another order.

        Args:
            orders: per version the indices of its units.
        """
        places = tuple(
            tuple(order if self.places is None else (self.places[d][u] for u in order))
            for d, order in enumerate(orders)
        )
        return Units(
            tuple(
                replace(version.part(order), seams=seams(place))
                for version, order, place in zip(self.versions, orders, places, strict=True)
            ),
            tuple(
                tuple(units[u] for u in order)
                for units, order in zip(self.segments, orders, strict=True)
            ),
            tuple(pins[list(order)] for pins, order in zip(self.pins, orders, strict=True)),
            places,
        )

    def in_version(self, version: int, span: Span) -> Span:
        """Return the least span in the version's own order that has all of some units."""
        if self.places is None:
            return span
        places = self.places[version][slice(*span)]
        return Span(min(places), max(places) + 1)

    def cell(self, version: int, span: Span) -> tuple[int, ...]:
        """Return the segments of some units, ascending."""
        return tuple(sorted(i for cell in self.segments[version][slice(*span)] for i in cell))

    @property
    def sizes(self) -> list[int]:
        """Number of units per version."""
        return list(map(len, self.segments))


def _units(size: int, cells: Cells) -> tuple[Cells, Ints]:
    """Return the segments of every unit of a version, and its pin.

    The cell of a pin is where its first segment is.

    Args:
        size: segments of the version.
        cells: per pin its segments in this version.
    """
    at = {i: pin for pin, cell in enumerate(cells) for i in cell}
    found = [
        (cells[at[i]], at[i]) if i in at else ((i,), FREE)
        for i in range(size)
        if i not in at or cells[at[i]][0] == i
    ]
    return tuple(cell for cell, _ in found), np.array([p for _, p in found], dtype=np.int32)


def _folded(version: Version, units: Sequence[tuple[int, ...]]) -> Version:
    """Return the version with the segments of every unit joined to one."""

    def joined(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(" ".join(filter(None, (texts[i] for i in cell))) for cell in units)

    return replace(
        version,
        originals=joined(version.originals),
        pivots=joined(version.pivots),
        headings=frozenset(u for u, cell in enumerate(units) if version.headings.issuperset(cell)),
        second=joined(version.second) if version.second else (),
    )


def ranks(pins: Sequence[Ints]) -> list[int]:
    """Return per pin its rank in an order that suits all versions, but for pins that cross.

    Args:
        pins: per version and segment its pin, or `FREE`.
    """
    count = max((int(column.max(initial=FREE)) for column in pins), default=FREE) + 1
    after: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for column in pins:
        for p, q in pairwise(column[column != FREE].tolist()):
            after[p].append(q)
            waiting[q] += 1
    ready = [p for p in range(count) if not waiting[p]]
    heapify(ready)
    left = iter(range(count))
    order: dict[int, int] = {}
    while len(order) < count:
        # Pins that cross wait for each other: one of them goes first all the same.
        p = heappop(ready) if ready else next(p for p in left if p not in order)
        if p in order:
            continue
        order[p] = len(order)
        for q in after[p]:
            waiting[q] -= 1
            if not waiting[q]:
                heappush(ready, q)
    return [order[p] for p in range(count)]
