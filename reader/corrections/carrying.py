"""Carry corrections over from one set of versions to another that shares some of them."""

from __future__ import annotations

from collections.abc import Collection

from reader.corrections.operations import (
    Cells,
    CorrectedRows,
    Indices,
    locate,
    make_operation,
    version_keys,
)
from reader.errors import CorrectionError
from reader.model import ParallelText, Status


def carry_over(
    text: ParallelText, corrected: CorrectedRows, versions: Collection[str]
) -> dict[Cells, Status]:
    """Return the corrections of a text that follow from those made among other versions.

    A version that was not there then joins the row that the aligner pairs it with. Such a row is
    "edited" at most: nobody has confirmed the new version.

    Args:
        text: the text, with the aligner's rows.
        corrected: the rows as they were corrected.
        versions: keys of the versions among which they were corrected.
    """
    here = version_keys(text.documents)
    known = {d for d, key in enumerate(here) if key in versions}
    rows: dict[Cells, Status] = {}
    for cells, status in corrected.items():
        shared = tuple(cell for cell in cells if cell.version in here)
        try:
            (row,) = locate(text.documents, [shared])
        except CorrectionError:
            continue
        whole = _completed(text, row, known)
        (cells_here,) = make_operation(text.documents, "edit", [whole]).rows
        rows[cells_here] = status if whole == row else "edited"
    return rows


def _completed(text: ParallelText, row: Indices, known: Collection[int]) -> Indices:
    """Add to a row of known versions what the aligner pairs with it of the others.

    Where a row of the aligner was divided, its other versions go with its first segment.
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
