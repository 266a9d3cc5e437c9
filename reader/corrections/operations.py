"""Operations: the rows that a reader wants, each named by version keys and character offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from reader.errors import CorrectionError
from reader.model import Document, Status

Kind = Literal[
    "merge", "split", "move", "unlink", "link", "shift", "edit", "confirm", "release", "realign"
]
"""What the reader did. `edit` stands for several of the kinds before it at once, `release` gives a
row back to the aligner, and `realign` has the aligner make all rows anew that are not corrected."""

Indices = tuple[tuple[int, ...], ...]
"""Per document the ascending indices of the segments of a row, as in `Row.segments`."""


class Cell(NamedTuple):
    """The segments of one version in a row."""

    version: str
    """Key of the version, see `version_keys`."""
    spans: tuple[tuple[int, int], ...]
    """Start and stop of each segment in the version's text, ascending."""


Cells = tuple[Cell, ...]
"""A row: one cell for each version that has segments in it, sorted by version key."""

CorrectedRows = Mapping[Cells, Status]
"""Corrected rows and the status that the reader gave each."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A request for rows; their segments are taken out of all other rows."""

    kind: Kind
    rows: tuple[Cells, ...] = ()

    @property
    def status(self) -> Status:
        """The status of the rows once the operation is done."""
        return {"confirm": "confirmed", "release": "auto"}.get(self.kind, "edited")  # type: ignore[return-value]


def version_keys(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return a key for each document: the digest of its text.

    Documents with equal texts are numbered in the order of their names. Keys do not depend on the
    order of the documents, on their languages or on how they were split into sentences.
    """
    twins: dict[str, list[int]] = {}
    for d in sorted(range(len(documents)), key=lambda d: documents[d].name):
        twins.setdefault(documents[d].digest, []).append(d)
    ranks = {d: k for same in twins.values() for k, d in enumerate(same, 1)}
    return tuple(
        document.digest if ranks[d] == 1 else f"{document.digest}-{ranks[d]}"
        for d, document in enumerate(documents)
    )


def make_operation(documents: Sequence[Document], kind: Kind, rows: Sequence[Indices]) -> Operation:
    """Make an operation on rows given by segment indices; `locate` is the inverse."""
    names = version_keys(documents)
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


def locate(documents: Sequence[Document], rows: Iterable[Cells]) -> tuple[Indices, ...]:
    """Find the segments of rows that are named by version keys and offsets.

    Raises:
        CorrectionError: a version or a segment is not there, or is named twice, or a row is empty.
    """
    places = {key: d for d, key in enumerate(version_keys(documents))}
    taken: set[tuple[int, int]] = set()
    found = []
    for cells in rows:
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
        found.append(tuple(row))
    return tuple(found)


def _segment(document: Document, start: int, stop: int) -> int:
    """Return the index of the segment with exactly these offsets that is not skipped."""
    i = bisect_left(document.segments, start, key=attrgetter("start"))
    if i < len(document.segments):
        segment = document.segments[i]
        if (segment.start, segment.stop) == (start, stop) and segment.skip is None:
            return i
    raise CorrectionError(f"{document.name!r}: no sentence is at {start}-{stop}; it was split anew")


def standing_rows(operations: Sequence[Operation]) -> dict[Cells, Status]:
    """Return the corrected rows that are left after operations, in the order they were made in.

    A later row takes its segments out of earlier ones; an earlier row that is left with fewer than
    two versions is no correction any more.
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


def operations_for(rows: CorrectedRows) -> list[Operation]:
    """Return the operations that give rows their status, at most one for each status."""
    kinds: dict[Kind, Status] = {"edit": "edited", "confirm": "confirmed"}
    wanted = ((k, tuple(cells for cells in rows if rows[cells] == s)) for k, s in kinds.items())
    return [Operation(kind, cells) for kind, cells in wanted if cells]


Part = tuple[str, tuple[int, int]]
"""A segment: the key of its version, and its start and stop."""


def _parts(cells: Cells) -> set[Part]:
    return {(cell.version, span) for cell in cells for span in cell.spans}


def _without(cells: Cells, parts: set[Part]) -> Cells:
    left = (
        Cell(version, tuple(span for span in spans if (version, span) not in parts))
        for version, spans in cells
    )
    return tuple(cell for cell in left if cell.spans)
