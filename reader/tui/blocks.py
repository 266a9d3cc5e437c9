"""A cache of rows as they are drawn: laid out when first seen, kept until that changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.tui.layout import Block, Parts, compose, fit
from reader.tui.looking import look

if TYPE_CHECKING:
    from reader.tui.reading import Reading

KEPT = 1024
"""Rows whose layout is kept; more than any window shows."""


class Blocks:
    """Lays out the rows of a reading.

    The content of a row is kept apart from its lines: a new width only breaks other lines.
    """

    def __init__(self, reading: Reading) -> None:
        self.made = 0
        """Number of rows laid out so far, for tests of what a key costs."""
        self._reading = reading
        self._parts: dict[tuple[int, bool], Parts] = {}
        """(row, whether it is open) -> its content."""
        self._blocks: dict[tuple[int, bool], Block] = {}

    def of(self, row: int) -> Block:
        """Return a row as it is drawn."""
        key = row, self._reading.is_open(row)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) >= KEPT:
                self.clear()
            block = self._blocks[key] = self._laid_out(key)
        return block

    def _laid_out(self, key: tuple[int, bool]) -> Block:
        row, parallel = key[0], self._reading.parallel
        assert parallel is not None
        self.made += 1
        wanted = look(self._reading, row)
        if key not in self._parts:
            self._parts[key] = compose(parallel, row, wanted)
        return fit(self._parts[key], row, wanted)

    def forget(self, rows: Iterable[int]) -> None:
        """Forget some rows."""
        for row in rows:
            for is_open in (True, False):
                self._blocks.pop((row, is_open), None)
                self._parts.pop((row, is_open), None)

    def clear(self) -> None:
        """Forget all rows."""
        self._blocks.clear()
        self._parts.clear()

    def wrap_anew(self) -> None:
        """Forget the lines of all rows, but not their content."""
        self._blocks.clear()
