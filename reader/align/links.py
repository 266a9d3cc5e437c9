"""Links: segments of two versions that are bound before the versions are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reader.align.anchors import heaviest_chain
from reader.align.lattice import Beads
from reader.align.text import Ints

FREE = -1
"""Stands for the pin of a segment that has none."""
BOUND = 1e6
"""Weight of a link: more than that of all other beads together."""


@dataclass(frozen=True)
class Links:
    """The segments of two versions that are bound to each other, or to have no counterpart."""

    pins: tuple[Ints, Ints]
    """Per side and segment the index of its pin, or FREE; a pin has one segment of a side at
    most."""

    @classmethod
    def none(cls, m: int, n: int) -> Links:
        """Return no links, of versions of so many segments."""
        return cls((np.full(m, FREE, np.int32), np.full(n, FREE, np.int32)))

    def bound(self, beads: Beads) -> Links:
        """Return these links and, between free segments, those of some 1-1 beads."""
        more = beads.take(self.free(beads))
        pins = first, second = self.pins[0].copy(), self.pins[1].copy()
        names = max(int(column.max(initial=FREE)) for column in pins) + 1 + np.arange(len(more))
        first[more.i0] = second[more.j0] = names
        return Links(pins)

    @cached_property
    def pairs(self) -> Beads:
        """The segments that are bound to each other, as 1-1 beads in the order of the first."""
        first, second = self.pins
        place = {pin: j for j, pin in enumerate(second.tolist()) if pin != FREE}
        return Beads.points([(i, place[p]) for i, p in enumerate(first.tolist()) if p in place])

    @cached_property
    def in_order(self) -> Beads:
        """The bound pairs without as few as must be left out for the rest to be in order."""
        return self.pairs.take(heaviest_chain(self.pairs, np.ones(len(self.pairs))))

    @cached_property
    def _partner(self) -> Ints:
        """Per segment of the first version the one that is bound to it in order, or -1."""
        partner = np.full(len(self.pins[0]), -1, np.int32)
        partner[self.in_order.i0] = self.in_order.j0
        return partner

    @cached_property
    def _counts(self) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
        """Per side, up to every boundary: the number of bound segments, and of those in order."""
        first, second = (_before(pins != FREE) for pins in self.pins)
        linked, to_it = (np.zeros(len(pins), bool) for pins in self.pins)
        linked[self.in_order.i0], to_it[self.in_order.j0] = True, True
        return (first, second), (_before(linked), _before(to_it))

    def free(self, beads: Beads) -> NDArray[np.bool_]:
        """Return which beads have no bound segment."""
        none: NDArray[np.bool_] = _inside(self._counts[0], beads) == 0
        return none

    def allow(self, beads: Beads) -> NDArray[np.bool_]:
        """Return which beads a path may have on which every pair bound in order is a bead."""
        alone = beads.null & (_inside(self._counts[1], beads) == 0)
        partner = self._partner[np.minimum(beads.i0, len(self._partner) - 1)]
        pair = (beads.a == 1) & (beads.b == 1) & (partner == beads.j0)
        allowed: NDArray[np.bool_] = self.free(beads) | alone | pair
        return allowed

    def anchored(
        self, beads: Beads, weight: NDArray[np.float64]
    ) -> tuple[Beads, NDArray[np.float64]]:
        """Return the anchors between free segments, and the pairs bound in order as anchors."""
        free = self.free(beads)
        bound = self.in_order
        weights = np.concatenate([weight[free], np.full(len(bound), BOUND)])
        return beads.take(free).joined(bound), weights

    def settled(
        self, beads: Beads, probability: NDArray[np.float64]
    ) -> tuple[Beads, NDArray[np.float64]]:
        """Return the beads of free segments, and all bound pairs with probability 1."""
        free = self.free(beads)
        certain = np.ones(len(self.pairs))
        return beads.take(free).joined(self.pairs), np.concatenate([probability[free], certain])


def _before(marked: NDArray[np.bool_]) -> Ints:
    return np.concatenate([[0], np.cumsum(marked)]).astype(np.int32)


def _inside(before: tuple[Ints, Ints], beads: Beads) -> Ints:
    """Return per bead the number of marked segments, of both sides."""
    first, second = before
    return first[beads.i1] - first[beads.i0] + second[beads.j1] - second[beads.j0]
