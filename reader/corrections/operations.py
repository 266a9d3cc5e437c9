"""Operations: rows that a reader wants, named by the texts of the versions and places in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from reader.errors import CorrectionError
from reader.model import Document, Status

Kind = Literal[
    "merge", "split", "move", "unlink", "link", "shift", "edit", "confirm", "release", "realign"
]
"""What the reader did. To `edit` is to do several of the former at once; to `release` is to take
back what was said of a row; to `realign` is to have all rows made anew that nothing was said of."""

Indices = tuple[tuple[int, ...], ...]
"""Per document the ascending indices of the segments of a row, as in `Row.segments`."""


class Cell(NamedTuple):
    """What a version has in a row."""

    version: str
    """Key of the version, see `keys`."""
    spans: tuple[tuple[int, int], ...]
    """Start and stop of each segment in the version's text, ascending."""


Cells = tuple[Cell, ...]
"""A row: the versions that have something in it, by key."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Rows that shall be there from now on; their segments are in no other row."""

    kind: Kind
    rows: tuple[Cells, ...] = ()

    @property
    def status(self) -> Status:
        """The status that the rows get."""
        return {"confirm": "confirmed", "release": "auto"}.get(self.kind, "edited")  # type: ignore[return-value]


def keys(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return a key for each document: a digest of its text, numbered by name where texts are equal.

    The order of the documents, their languages and the way they were split do not matter.
    """
    twins: dict[str, list[int]] = {}
    for d in sorted(range(len(documents)), key=lambda d: documents[d].name):
        twins.setdefault(documents[d].digest, []).append(d)
    ranks = {d: k for same in twins.values() for k, d in enumerate(same, 1)}
    return tuple(
        document.digest if ranks[d] == 1 else f"{document.digest}-{ranks[d]}"
        for d, document in enumerate(documents)
    )


def named(documents: Sequence[Document], kind: Kind, rows: Sequence[Indices]) -> Operation:
    """Make an operation of rows that are given by the indices of their segments."""
    names = keys(documents)
    return Operation(
        kind,
        tuple(
            tuple(
                sorted(
                    Cell(name, tuple((d.segments[i].start, d.segments[i].stop) for i in cell))
                    for name, d, cell in zip(names, documents, row, strict=True)
                    if cell
                )
            )
            for row in rows
        ),
    )


def found(documents: Sequence[Document], operation: Operation) -> tuple[Indices, ...]:
    """Return the rows of an operation by the indices of their segments.

    Raises:
        CorrectionError: it names a version or a place that is not there, nothing at all, or a
            place twice.
    """
    places = {key: d for d, key in enumerate(keys(documents))}
    taken: set[tuple[int, int]] = set()
    rows = []
    for cells in operation.rows:
        row: list[tuple[int, ...]] = [()] * len(documents)
        for key, spans in cells:
            if key not in places:
                raise CorrectionError("a text has changed there, or is not among these files")
            d = places[key]
            row[d] = tuple(_segment(documents[d], *span) for span in spans)
            claimed = {(d, i) for i in row[d]}
            if len(claimed) < len(spans) or claimed & taken or list(row[d]) != sorted(row[d]):
                raise CorrectionError(
                    f"{documents[d].name!r}: {spans[0][0]}-{spans[-1][1]} is there twice, "
                    "or out of order"
                )
            taken |= claimed
        if not any(row):
            raise CorrectionError("row: holds nothing; name what shall be in it")
        rows.append(tuple(row))
    return tuple(rows)


def _segment(document: Document, start: int, stop: int) -> int:
    """Return the index of the segment that takes part and has exactly this place."""
    i = bisect_left(document.segments, start, key=attrgetter("start"))
    if i < len(document.segments):
        segment = document.segments[i]
        if (segment.start, segment.stop) == (start, stop) and segment.skip is None:
            return i
    raise CorrectionError(f"{document.name!r}: no sentence is at {start}-{stop}; it was split anew")


def standing(operations: Sequence[Operation]) -> dict[Cells, Status]:
    """Return the rows that some operations leave, in the order in which they were made.

    What a later row takes is taken out of an earlier one, which is gone unless it still pairs
    versions.
    """
    rows: dict[Cells, Status] = {}
    holder: dict[Part, Cells] = {}

    def put(cells: Cells, status: Status) -> None:
        rows[cells] = status
        holder.update(dict.fromkeys(_parts(cells), cells))

    for operation in operations:
        for cells in operation.rows:
            parts = _parts(cells)
            for old in dict.fromkeys(holder[part] for part in parts if part in holder):
                del rows[old]
                for part in _parts(old):
                    del holder[part]
                left = _without(old, parts)
                if len(left) > 1:
                    put(left, "edited")
            if operation.status != "auto":
                put(cells, operation.status)
    return rows


def saying(rows: Mapping[Cells, Status]) -> list[Operation]:
    """Return operations, one for each status at most, after which this is said of rows."""
    said: list[Operation] = []
    kinds: dict[Status, Kind] = {"edited": "edit", "confirmed": "confirm"}
    for status, kind in kinds.items():
        if having := tuple(cells for cells, given in rows.items() if given == status):
            said.append(Operation(kind, having))
    return said


Part = tuple[str, tuple[int, int]]
"""Key of a version, and the place of a segment in it."""


def _parts(cells: Cells) -> set[Part]:
    return {(cell.version, span) for cell in cells for span in cell.spans}


def _without(cells: Cells, parts: set[Part]) -> Cells:
    left = (
        Cell(version, tuple(span for span in spans if (version, span) not in parts))
        for version, spans in cells
    )
    return tuple(cell for cell in left if cell.spans)
