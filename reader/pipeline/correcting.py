"""Align a set of documents and do on its rows what was corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reader.corrections import (
    Cells,
    Corrected,
    CorrectedRows,
    Indices,
    Operation,
    apply,
    locate,
    misfit_notes,
    operations_for,
    standing_rows,
    version_keys,
)
from reader.errors import CorrectionError
from reader.model import Advanced, Document, Mode, ParallelText, Row, Status, ignore
from reader.pipeline.aligning import kept_rows
from reader.pipeline.corpora import Reduced, expand, reduce
from reader.pipeline.origins import origin, take_over
from reader.pipeline.request import Request
from reader.store import History, Store

ANOTHER = 0.9
"""Share of a version's sentences that stand alone above which it may be another text."""
ELSEWHERE = 0.5
"""Share of a version's sentences before and after all that pair it with others from which it is
told where these are, as of the whole text beside an excerpt."""

Aligned = Callable[[Sequence[Indices]], ParallelText]
"""Aligns the text around rows that are fixed."""


def align_corrected(
    request: Request, text: ParallelText, store: Store, advanced: Advanced = ignore
) -> tuple[Corrected, History]:
    """Align a text, whatever rows it has, and apply the corrections kept of its documents.

    The aligner works around the rows that were corrected before the last `realign`; the operations
    since then are done on its result.
    """
    reduced = reduce(text, request.pivot)
    material = reduced.material(request)
    rows = partial(kept_rows, material, store, advanced)
    aligned = partial(_aligned, text, request, reduced, rows)
    history, news = _history(text.documents, material.basis, store, aligned)
    done = history.applied
    if text.given:
        # What a file pairs is not for the aligner to change: all corrections are done on its rows.
        done = tuple(operation for operation in done if operation.kind != "realign")
    start = _after_realign(done)
    fixed, gone = _fitting(text.documents, done[:start])
    base = _around(fixed, aligned) if fixed else aligned(())
    notes = tuple(
        dict.fromkeys((*text.notes, *_reading_notes(request, base), *news, *misfit_notes(gone)))
    )
    return Corrected(replace(base, notes=notes), done[start:]), history


def _reading_notes(request: Request, text: ParallelText) -> tuple[str, ...]:
    """Return notes on how the texts were taken where most of them stands alone.

    None where the user said how to take them.
    """
    if request.mode or len(text.documents) < 2:
        return ()
    rows = len(text.rows)
    alone = Counter(p[0] for row in text.rows if len(p := row.present) == 1)
    if text.mode == "comparable":
        pairs = rows - alone.total()
        found = f"{pairs} of {rows} rows {'pairs' if pairs == 1 else 'pair'} versions"
        return (f"read as reports of one event: {found}",) if 2 * pairs < rows else ()
    if text.given:
        return ()
    notes = []
    for d, document in enumerate(text.documents):
        size = len(document.kept)
        if (part := _part_in_others(text.rows, d)) is not None:
            first, last = part
            notes.append(f"{document.name}: only rows {first + 1}-{last + 1} have a counterpart")
        elif alone[d] > ANOTHER * size:
            notes.append(
                f"{document.name}: {alone[d]} of {size} sentences are in no other version; "
                "it may be another text"
            )
    return tuple(notes)


def _part_in_others(rows: Sequence[Row], d: int) -> tuple[int, int] | None:
    """Return the first and the last row of the part of a version that others have, too.

    None if that is most of it, or if most of that part stands alone.
    """
    mine = [(r, row) for r, row in enumerate(rows) if row.segments[d]]
    paired = [k for k, (_, row) in enumerate(mine) if len(row.present) > 1]
    if len(paired) < 2:
        return None
    inside = paired[-1] + 1 - paired[0]
    if inside > (1 - ELSEWHERE) * len(mine) or 2 * len(paired) < inside:
        return None
    return mine[paired[0]][0], mine[paired[-1]][0]


def _history(
    documents: Sequence[Document], basis: str, store: Store, aligned: Aligned
) -> tuple[History, tuple[str, ...]]:
    """Bring the history of the documents up to date in the store; return it and notes for the user.

    A `realign` is added if the rows would be made otherwise now: by another model, aligner or
    setting. Corrections among fewer or more versions are taken over once; those in another edition
    of a text, whenever they are newer. Undone operations stay behind what is added.
    """
    versions, kept = version_keys(documents), store.corrections
    history = kept.history(versions)
    operations: list[Operation] = []
    news: tuple[str, ...] = ()
    if history.applied and history.basis != basis:
        operations.append(Operation("realign"))
    if near := origin(kept, documents):
        taken, news = take_over(near, kept, aligned(()), standing_rows(history.applied))
        operations += taken
    if operations:
        kept.add(versions, history.done, operations, basis, keep_undone=True)
    history = replace(kept.history(versions), basis=basis)
    if history.operations:
        kept.keep_editions(documents)
    return history, news


def _aligned(
    text: ParallelText,
    request: Request,
    reduced: Reduced,
    rows: Callable[[Sequence[Indices]], tuple[Mode, tuple[Row, ...]]],
    bound: Sequence[Indices],
) -> ParallelText:
    """Return the text with the rows of the aligner, or of the one file it came from."""
    if reduced.rows is None:
        mode, found_rows = rows(bound)
        return replace(text, rows=expand(reduced, found_rows), mode=mode, provisional=False)
    mode = request.mode or text.given[0].mode
    return replace(text, rows=tuple(reduced.rows), mode=mode, provisional=False)


def _around(corrected: CorrectedRows, aligned: Aligned) -> ParallelText:
    """Return the text aligned around corrected rows.

    Rows that cross the order of the texts are not fixed, since the aligner could pair nothing
    between them; they are taken out of its result afterwards.
    """
    plain, operations = aligned(()), operations_for(corrected)
    across: set[Indices] = set()
    if plain.mode == "parallel":
        across = {row.segments for row in apply(plain, operations).rows if row.moved}
    rows = locate(plain.documents, corrected)
    return apply(aligned([row for row in rows if row not in across]), operations)


def _after_realign(operations: Sequence[Operation]) -> int:
    """Return the index of the first operation after the last `realign`; 0 if there is none."""
    made = (k for k in range(len(operations), 0, -1) if operations[k - 1].kind == "realign")
    return next(made, 0)


def _fitting(
    documents: Sequence[Document], operations: Sequence[Operation]
) -> tuple[dict[Cells, Status], list[str]]:
    """Return the corrected rows that fit the documents, and for each other one why it does not."""
    rows: dict[Cells, Status] = {}
    gone: list[str] = []
    for cells, status in standing_rows(operations).items():
        try:
            locate(documents, [cells])
        except CorrectionError as error:
            gone.append(str(error))
        else:
            rows[cells] = status
    return rows, gone
