"""The corrections that are kept of a set of documents, done on its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.corrections import Corrected, Indices, Operation, found, keys, misfits, standing
from reader.errors import CorrectionError
from reader.model import Document, ParallelText, Row, Status
from reader.pipeline.aligning import kept_rows
from reader.pipeline.corpora import expand, reduce
from reader.pipeline.request import Request
from reader.store import History, Store


def correct(request: Request, text: ParallelText, store: Store) -> tuple[Corrected, History]:
    """Align a text, whatever rows it has, and do what was corrected.

    What stood when the rows were last made anew binds the aligner; what was done since is done on
    its rows. Where a model, the aligner or a setting is new, the rows are made anew now.
    """
    versions = keys(text.documents)
    reduced = reduce(text, request.pivot)
    material = reduced.material(request)
    history = store.corrections.history(versions)
    if history.standing and history.basis != material.basis:
        store.corrections.add(versions, history.done, [Operation("realign")], material.basis)
        history = store.corrections.history(versions)
    done = history.standing
    if text.given:
        # What a file pairs is not for the aligner to change: all corrections are done on its rows.
        done = tuple(operation for operation in done if operation.kind != "realign")
    start = after_realign(done)
    said, gone = _said(text.documents, done[:start])
    if reduced.rows is None:
        mode, found_rows = kept_rows(material, store, list(said))
        rows = expand(reduced, found_rows)
    else:
        mode, rows = "parallel", reduced.rows
    base = replace(
        text,
        rows=tuple(_marked(rows, said)),
        mode=mode,
        provisional=False,
        notes=tuple(dict.fromkeys((*text.notes, *misfits(gone)))),
    )
    return Corrected(base, done[start:]), replace(history, basis=material.basis)


def after_realign(operations: Sequence[Operation]) -> int:
    """Return the index of the first operation on the rows as they were made last."""
    made = (k for k in range(len(operations), 0, -1) if operations[k - 1].kind == "realign")
    return next(made, 0)


def _said(
    documents: Sequence[Document], operations: Sequence[Operation]
) -> tuple[dict[Indices, Status], list[str]]:
    """Return the rows that bind, and why others no longer fit."""
    rows: dict[Indices, Status] = {}
    gone: list[str] = []
    for cells, status in standing(operations).items():
        try:
            (row,) = found(documents, Operation("edit", (cells,)))
        except CorrectionError as error:
            gone.append(str(error))
        else:
            rows[row] = status
    return rows, gone


def _marked(rows: Sequence[Row], said: dict[Indices, Status]) -> list[Row]:
    if not said:
        return list(rows)
    return [replace(r, status=said[r.segments]) if r.segments in said else r for r in rows]
