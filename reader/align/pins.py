"""Rows that the user has confirmed: they bind, and what lies between them is aligned by itself.

A cell of a pin takes part in the search as one unit that can go with nothing else.
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
    """A row that binds, whatever the texts say.

    Raises:
        ValueError: it holds nothing, or its segments do not ascend.
    """

    members: Cells
    """Per version the ascending indices of its segments; () where the row has nothing. A row of one
    version says that nothing goes with it."""

    def __post_init__(self) -> None:
        if not any(self.members):
            raise ValueError("a pin that holds nothing")
        for cell in self.members:
            if any(i >= k for i, k in pairwise(cell)):
                raise ValueError(f"segments of a pin that do not ascend: {cell}")


def checked(pins: Sequence[Pin], sizes: Sequence[int]) -> list[Cells]:
    """Return what pins bind in versions of these sizes; the same one twice is one.

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
    """Versions in which every cell of a pin is one segment."""

    versions: tuple[Version, ...]
    segments: tuple[Cells, ...]
    """Per version and unit the segments it stands for."""
    pins: tuple[Ints, ...]
    """Per version and unit the index of its pin, or `FREE`."""
    places: tuple[tuple[int, ...], ...] | None = None
    """Per version and unit its place in the version itself; None: the units are in this order."""

    @classmethod
    def of(cls, versions: Sequence[Version], bound: Sequence[Cells]) -> Units:
        """Bind rows that share no segment."""
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
        """Return the units of every version in another order."""
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

    def own(self, version: int, span: Span) -> Span:
        """Return the place of some units in their version."""
        if self.places is None:
            return span
        places = self.places[version][slice(*span)]
        return Span(min(places), max(places) + 1)

    def cell(self, version: int, span: Span) -> tuple[int, ...]:
        """Return the segments that some units stand for."""
        return tuple(sorted(i for cell in self.segments[version][slice(*span)] for i in cell))

    @property
    def sizes(self) -> list[int]:
        """Units of every version."""
        return list(map(len, self.segments))


def _units(size: int, cells: Cells) -> tuple[Cells, Ints]:
    """Return the units of a version, and which of them are pins.

    A cell of a pin stands where its first segment stands.
    """
    at = {i: pin for pin, cell in enumerate(cells) for i in cell}
    found = [
        (cells[at[i]], at[i]) if i in at else ((i,), FREE)
        for i in range(size)
        if i not in at or cells[at[i]][0] == i
    ]
    return tuple(cell for cell, _ in found), np.array([p for _, p in found], dtype=np.int32)


def _folded(version: Version, units: Sequence[tuple[int, ...]]) -> Version:
    """Return the version with the segments of every unit as one."""

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
    """Return a rank for every pin such that all versions agree with the order, where they can.

    Args:
        pins: per version the pins of its segments, in order, `FREE` for none.
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
