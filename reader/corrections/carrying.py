"""What was corrected with other versions, carried over to a text that shares some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reader.corrections.operations import Cells, Indices, Operation, found, keys, named
from reader.errors import CorrectionError
from reader.model import ParallelText, Status


def carried(
    text: ParallelText, said: Mapping[Cells, Status], versions: Collection[str]
) -> dict[Cells, Status]:
    """Return what is to be said of the rows of a text, as it was among other versions.

    A version that was not there goes with what the aligner pairs it with; nobody has confirmed it.

    Args:
        text: with the rows of the aligner.
        said: the rows and what was said of them.
        versions: keys of the versions that were there.
    """
    here = keys(text.documents)
    known = {d for d, key in enumerate(here) if key in versions}
    rows: dict[Cells, Status] = {}
    for cells, status in said.items():
        shared = tuple(cell for cell in cells if cell.version in here)
        try:
            (row,) = found(text.documents, Operation("edit", (shared,)))
        except CorrectionError:
            continue
        whole = _joined(text, row, known)
        (cells_here,) = named(text.documents, "edit", [whole]).rows
        rows[cells_here] = status if whole == row else "edited"
    return rows


def _joined(text: ParallelText, row: Indices, known: Collection[int]) -> Indices:
    """Return a row of known versions with what the aligner pairs with it of the others.

    Where the aligner's row is in several rows now, the others go with its first segment.
    """
    whole = [list(cell) for cell in row]
    for r in {text.row_of[d][i] for d, cell in enumerate(row) for i in cell}:
        cells = text.rows[r].segments
        lead = next(d for d, cell in enumerate(cells) if cell and d in known)
        if cells[lead][0] in row[lead]:
            for d, cell in enumerate(cells):
                if d not in known:
                    whole[d] += cell
    return tuple(tuple(sorted(cell)) for cell in whole)
