"""A text under correction: the aligner's rows, and operations on them that can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from reader.corrections.operations import Indices, Operation, locate
from reader.errors import CorrectionError
from reader.model import ParallelText, Row, Status

_K = TypeVar("_K")
_V = TypeVar("_V")


def apply(text: ParallelText, operations: Sequence[Operation]) -> ParallelText:
    """Return a text after operations; those that do not fit are left out, and a note says so."""
    return Corrected(text, operations).text


@dataclass(frozen=True, slots=True)
class _Step:
    """What undoing an operation puts back: earlier entries of `Corrected`, None where none was."""

    places: dict[int, tuple[Row, ...] | None]
    homes: dict[tuple[int, int], int | None]
    refused: str = ""
    """Why the operation does not fit and changed nothing; "" for one that was done."""


class Corrected:
    """A text and the operations on it, any number of which can be undone.

    A place is the index of a row of the aligner. Operations replace the row at a place by any
    number of rows, also none. So an operation costs what it touches, and undo is exact.
    """

    def __init__(self, base: ParallelText, operations: Sequence[Operation] = ()) -> None:
        """Take the aligner's rows and `attempt` operations on them."""
        self.base = base
        self._text: ParallelText | None = None
        self._operations: list[Operation] = []
        self._steps: list[_Step] = []
        self._places: dict[int, tuple[Row, ...]] = {}
        """Place -> its rows now, where they have changed."""
        self._homes: dict[tuple[int, int], int] = {}
        """(document, segment) -> its place now, where that has changed."""
        for operation in operations:
            self.attempt(operation)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations that were done or attempted, and not undone."""
        return tuple(self._operations)

    @property
    def refused(self) -> list[str]:
        """For each operation that does not fit, why."""
        return [step.refused for step in self._steps if step.refused]

    @property
    def text(self) -> ParallelText:
        """The text as it is now, with a note if some operations do not fit."""
        if self._text is None:
            rows: list[Row] = []
            at = 0
            for place in sorted(self._places):
                rows += self.base.rows[at:place]
                rows += self._places[place]
                at = place + 1
            rows += self.base.rows[at:]
            self._text = replace(
                self.base, rows=tuple(rows), notes=(*self.base.notes, *misfit_notes(self.refused))
            )
        return self._text

    def row(self, document: int, segment: int) -> int:
        """Return the index of the row that holds a segment; it must not be a skipped one."""
        place = self._home((document, segment))
        before = sum(len(rows) - 1 for other, rows in self._places.items() if other < place)
        inside = next(
            k for k, row in enumerate(self._at(place)) if segment in row.segments[document]
        )
        return place + before + inside

    # Doing and undoing

    def do(self, operation: Operation) -> None:
        """Do an operation.

        Raises:
            CorrectionError: it does not fit; nothing has changed.
        """
        rows = locate(self.base.documents, operation.rows)
        step = _Step({}, {})
        for row in rows:
            self._put(row, operation.status, step)
        self._operations.append(operation)
        self._steps.append(step)
        self._text = None

    def attempt(self, operation: Operation) -> None:
        """Do an operation if it fits; if not, note why in `refused`. Either can be undone."""
        try:
            self.do(operation)
        except CorrectionError as error:
            self._operations.append(operation)
            self._steps.append(_Step({}, {}, str(error)))
            self._text = None

    def undo(self) -> Operation:
        """Take back the last operation and return it.

        Raises:
            CorrectionError: there is none.
        """
        if not self._steps:
            raise CorrectionError("undo: nothing was corrected yet")
        step = self._steps.pop()
        _put_back(self._places, step.places)
        _put_back(self._homes, step.homes)
        self._text = None
        return self._operations.pop()

    # Rows at their places

    def _at(self, place: int) -> tuple[Row, ...]:
        return self._places[place] if place in self._places else (self.base.rows[place],)

    def _home(self, part: tuple[int, int]) -> int:
        document, segment = part
        return self._homes[part] if part in self._homes else self.base.row_of[document][segment]

    def _put(self, cells: Indices, status: Status, step: _Step) -> None:
        """Make a row of some segments, and take them out of all others.

        Its place is that of its first segment in the hub, or else in the first version it has.
        """
        hub = self.base.hub
        lead = hub if cells[hub] else next(d for d, cell in enumerate(cells) if cell)
        home = self._home((lead, cells[lead][0]))
        parts = [(d, i) for d, cell in enumerate(cells) for i in cell]
        for place in sorted({self._home(part) for part in parts}):
            rows: list[Row] = []
            for row in self._at(place):
                left = _without(row, cells)
                if place == home and cells[lead][0] in row.segments[lead]:
                    made = self._made(row, cells, status, place)
                    rows += [left, made] if _precedes(left, made, lead) else [made, left]
                else:
                    rows.append(left)
            step.places.setdefault(place, self._places.get(place))
            self._places[place] = tuple(row for row in rows if row.present)
        for part in parts:
            step.homes.setdefault(part, self._homes.get(part))
            self._homes[part] = home
        self._mark_moved(cells, home)

    def _made(self, old: Row, cells: Indices, status: Status, place: int) -> Row:
        """Return the new row of segments that takes the place of the `old` row."""
        if status != "auto":
            return Row(cells, float(sum(map(bool, cells)) > 1), status, old.moved)
        # A row that is released has the aligner's score, if the aligner made just this row.
        own = self.base.rows[place]
        score = own.score if own.segments == cells and own.status == "auto" else 0.0
        return Row(cells, score, moved=old.moved)

    def _mark_moved(self, cells: Indices, place: int) -> None:
        """Set `Row.moved` of a row by where its segments stand in their versions."""
        rows = self._at(place)
        k = next(k for k, row in enumerate(rows) if row.segments == cells)
        moved = tuple(
            d for d, cell in enumerate(cells) if cell and not self._fits(d, cell, place, k)
        )
        if moved != rows[k].moved:
            self._places[place] = (*rows[:k], replace(rows[k], moved=moved), *rows[k + 1 :])

    def _fits(self, d: int, cell: tuple[int, ...], place: int, k: int) -> bool:
        """Tell whether a cell stands between the same neighbours as in its own version."""
        above = chain(
            reversed(self._at(place)[:k]),
            (row for p in range(place - 1, -1, -1) for row in reversed(self._at(p))),
        )
        below = chain(
            self._at(place)[k + 1 :],
            (row for p in range(place + 1, len(self.base.rows)) for row in self._at(p)),
        )
        before, after = _neighbour(above, d), _neighbour(below, d)
        return (not before or before[-1] < cell[0]) and (not after or cell[-1] < after[0])


def misfit_notes(reasons: Sequence[str]) -> tuple[str, ...]:
    """Return a note on corrections that do not fit, for these reasons; () for none."""
    if not reasons:
        return ()
    many = "a correction does" if len(reasons) == 1 else f"{len(reasons)} corrections do"
    return (
        f"{many} not fit any more: {reasons[0]}; `reader corrections export` tells what was said",
    )


def _without(row: Row, cells: Indices) -> Row:
    """Return a row without some segments; the row itself if it has none of them.

    A corrected row stays one while it pairs versions, as in `standing_rows`.
    """
    left = tuple(
        tuple(i for i in cell if i not in taken) if taken else cell
        for cell, taken in zip(row.segments, cells, strict=True)
    )
    if left == row.segments:
        return row
    holds = row.status != "auto" and sum(map(bool, left)) > 1
    moved = tuple(d for d in row.moved if left[d])
    return Row(left, float(holds), "edited" if holds else "auto", moved)


def _precedes(a: Row, b: Row, lead: int) -> bool:
    """Tell whether a row precedes another in the first version that both hold, `lead` first."""
    versions = sorted(range(len(a.segments)), key=lambda d: (d != lead, d))
    shared = next((d for d in versions if a.segments[d] and b.segments[d]), None)
    return shared is not None and a.segments[shared] < b.segments[shared]


def _neighbour(rows: Iterator[Row], d: int) -> tuple[int, ...]:
    """Return the first nonempty cell of a version that is not moved; () if there is none."""
    return next((row.segments[d] for row in rows if row.segments[d] and d not in row.moved), ())


def _put_back(now: dict[_K, _V], before: dict[_K, _V | None]) -> None:
    """Restore entries of a dictionary; None deletes one."""
    for key, value in before.items():
        if value is None:
            del now[key]
        else:
            now[key] = value
