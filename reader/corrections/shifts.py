"""Runs of rows in which one version has slipped by one row, and the operation that repairs one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from rapidfuzz import fuzz, utils

from reader.corrections.operations import Indices, Operation, make_operation
from reader.model import ParallelText

LEAST = 3
"""Rows of a run; two may be better by chance."""
MOST = 200
"""Rows above and below that are looked at."""
BETTER = 0.15
"""Least mean gain in likeness of the rows of a run; each row must gain something."""

Likeness = Callable[[int, int, int], float]
"""(row, version, other row) -> how alike the version's cell in the other row is to the cells of all
other versions in the row, in [0, 1]; 0 where either is empty."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A run of rows that would fit better if one version moved up or down by one row."""

    rows: range
    """The rows that get another cell of the version."""
    document: int
    """The version that moves."""
    by: int
    """1: each row gets the cell of the next, the version moves up; -1: of the one before, down."""
    before: float
    """Mean likeness of the rows as they are."""
    after: float
    """Mean likeness of the rows once the version has moved."""


def likeness(text: ParallelText) -> Likeness:
    """Return the likeness of cells by the words of their pivots."""

    def alike(row: int, version: int, other: int) -> float:
        moved = text.pivot(other, version)
        others = [text.pivot(row, d) for d in text.rows[row].present if d != version]
        scores = [
            fuzz.token_set_ratio(moved, pivot, processor=utils.default_process) / 100
            for pivot in others
            if moved and pivot
        ]
        return sum(scores) / len(scores) if scores else 0.0

    return alike


def find_shift(text: ParallelText, row: int, alike: Likeness) -> Shift | None:
    """Return the shift around a row that gains most, or None.

    Every row of it gains, and none is corrected already.
    """
    found = (_grow(text, row, d, by, alike) for d in range(len(text.documents)) for by in (1, -1))
    runs = [run for run in found if run is not None and len(run.rows) >= LEAST]
    # To move one version up is to move all others down; the hub, whose rows they are, stays.
    return max(
        runs,
        key=lambda run: (run.document != text.hub, (run.after - run.before) * len(run.rows)),
        default=None,
    )


def _grow(text: ParallelText, row: int, d: int, by: int, alike: Likeness) -> Shift | None:
    """Return the longest run around a row in which every row gains; None if it gains too little."""
    before: dict[int, float] = {}
    after: dict[int, float] = {}

    def better(r: int) -> bool:
        if not (0 <= r < len(text.rows) and 0 <= r + by < len(text.rows)):
            return False
        if {text.rows[r].status, text.rows[r + by].status} != {"auto"}:
            return False
        before[r], after[r] = alike(r, d, r), alike(r, d, r + by)
        return after[r] > before[r]

    first = last = row
    if not better(row):
        return None
    while last - row < MOST and better(last + 1):
        last += 1
    while row - first < MOST and better(first - 1):
        first -= 1
    rows = range(first, last + 1)
    run = Shift(rows, d, by, fmean(before[r] for r in rows), fmean(after[r] for r in rows))
    # The row at the far end gives its cell away: to its harm, if that fitted.
    giver = rows[-1] + 1 if by > 0 else rows[0] - 1
    gain = run.after - run.before
    return run if gain >= BETTER and alike(giver, d, giver) <= gain else None


def shift_operation(text: ParallelText, shift: Shift) -> Operation:
    """Return the operation that does a shift.

    The version's cell in the first row of the run (in the last one, if it moves down) has no row to
    go to: it joins the row outside, or stands alone if that row is corrected already.
    """
    rows, d, by = shift.rows, shift.document, shift.by
    cells = [row.segments for row in text.rows]
    made = [_with(cells[r], d, cells[r + by][d]) for r in rows]
    edge = rows[0] if by > 0 else rows[-1]
    if over := cells[edge][d]:
        beside = edge - by
        free = 0 <= beside < len(text.rows) and text.rows[beside].status == "auto"
        outside = cells[beside] if free else ((),) * len(text.documents)
        joined = _with(outside, d, tuple(sorted((*outside[d], *over))))
        made = [joined, *made] if by > 0 else [*made, joined]
    return make_operation(text.documents, "shift", [row for row in made if any(row)])


def _with(row: Indices, document: int, cell: tuple[int, ...]) -> Indices:
    return (*row[:document], cell, *row[document + 1 :])
