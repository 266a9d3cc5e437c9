"""The corrections that are kept of a set of documents, done on its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.corrections import Corrected, Indices, Operation, found, keys, misfits, standing
from reader.corrections.carrying import carried
from reader.errors import CorrectionError
from reader.model import Document, ParallelText, Status
from reader.pipeline.aligning import Material, kept_rows
from reader.pipeline.corpora import Reduced, expand, reduce
from reader.pipeline.request import Request
from reader.store import History, Store


def correct(request: Request, text: ParallelText, store: Store) -> tuple[Corrected, History]:
    """Align a text, whatever rows it has, and do what was corrected.

    What stood when the rows were last made anew binds the aligner; what was done since is done on
    its rows. Where a model, the aligner or a setting is new, the rows are made anew now. What was
    corrected among fewer versions, or more, is taken over once.
    """
    versions = keys(text.documents)
    reduced = reduce(text, request.pivot)
    material = reduced.material(request)
    kept, notes = store.corrections, text.notes
    history = kept.history(versions)
    if not history.operations and (near := _nearest(kept.sets(), versions)):
        said = standing(kept.history(near).standing)
        over = carried(_aligned(text, reduced, material, store), said, near)
        kept.add(versions, 0, over, material.basis)
        count = sum(len(operation.rows) for operation in over)
        notes += (f"{count} rows are as they were corrected among other versions",) * bool(count)
        history = kept.history(versions)
    elif history.standing and history.basis != material.basis:
        kept.add(versions, history.done, [Operation("realign")], material.basis)
        history = kept.history(versions)
    done = history.standing
    if text.given:
        # What a file pairs is not for the aligner to change: all corrections are done on its rows.
        done = tuple(operation for operation in done if operation.kind != "realign")
    start = after_realign(done)
    bound, gone = _said(text.documents, done[:start])
    notes = tuple(dict.fromkeys((*notes, *misfits(gone))))
    base = replace(_aligned(text, reduced, material, store, bound), notes=notes)
    return Corrected(base, done[start:]), replace(history, basis=material.basis)


def _aligned(
    text: ParallelText,
    reduced: Reduced,
    material: Material,
    store: Store,
    bound: Mapping[Indices, Status] | None = None,
) -> ParallelText:
    """Return the text with the rows of the aligner, or of its file."""
    said = bound or {}
    if reduced.rows is None:
        mode, found_rows = kept_rows(material, store, list(said))
        rows = expand(reduced, found_rows)
    else:
        mode, rows = "parallel", reduced.rows
    marked = tuple(replace(r, status=said.get(r.segments, r.status)) if said else r for r in rows)
    return replace(text, rows=marked, mode=mode, provisional=False)


def _nearest(sets: Sequence[Sequence[str]], versions: Sequence[str]) -> Sequence[str]:
    """Return the set that has most versions in common with these, two at least; () for none."""
    common = [(len(set(versions).intersection(other)), other) for other in sets]
    return max(((n, other) for n, other in common if n > 1), default=(0, ()))[1]


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
