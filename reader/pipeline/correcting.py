"""The corrections that are kept of a set of documents, done on its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from reader.corrections import (
    Cells,
    Corrected,
    Indices,
    Operation,
    apply,
    found,
    keys,
    misfits,
    saying,
    standing,
)
from reader.corrections.carrying import carried
from reader.errors import CorrectionError
from reader.model import Document, ParallelText, Status
from reader.pipeline.aligning import Material, kept_rows
from reader.pipeline.corpora import Reduced, expand, reduce
from reader.pipeline.request import Request
from reader.store import History, Store

Aligned = Callable[[Sequence[Indices]], ParallelText]
"""Aligns the text around rows that bind."""


def correct(request: Request, text: ParallelText, store: Store) -> tuple[Corrected, History]:
    """Align a text, whatever rows it has, and do what was corrected.

    What stood when the rows were last made anew binds the aligner; what was done since is done on
    its rows.
    """
    reduced = reduce(text, request.pivot)
    material = reduced.material(request)
    aligned = partial(_aligned, text, reduced, material, store)
    history, news = _history(text.documents, material.basis, store, aligned)
    done = history.standing
    if text.given:
        # What a file pairs is not for the aligner to change: all corrections are done on its rows.
        done = tuple(operation for operation in done if operation.kind != "realign")
    start = _after_realign(done)
    said, gone = _said(text.documents, done[:start])
    base = _around(said, aligned) if said else aligned(())
    notes = tuple(dict.fromkeys((*text.notes, *_taken_for(request, base), *news, *misfits(gone))))
    return Corrected(replace(base, notes=notes), done[start:]), history


def _taken_for(request: Request, text: ParallelText) -> tuple[str, ...]:
    """Say how texts were read that nobody called reports, and of which most rows stand alone."""
    pairs = sum(len(row.present) > 1 for row in text.rows)
    if request.mode or text.mode != "comparable" or 2 * pairs >= len(text.rows):
        return ()
    found = f"{pairs} of {len(text.rows)} rows {'pairs' if pairs == 1 else 'pair'} versions"
    return (f"read as reports of one event: {found}",)


def _history(
    documents: Sequence[Document], basis: str, store: Store, aligned: Aligned
) -> tuple[History, tuple[str, ...]]:
    """Return what was done to the rows, brought up to date, and what is new about it.

    Where a model, the aligner or a setting is new, the rows are to be made anew now. What was
    corrected among fewer versions, or more, is taken over once.
    """
    versions, kept = keys(documents), store.corrections
    history = kept.history(versions)
    news: tuple[str, ...] = ()
    if not history.operations and (near := _nearest(kept.sets(), versions)):
        over = carried(aligned(()), standing(kept.history(near).standing), near)
        if over:
            kept.add(versions, 0, saying(over), basis)
            news = (f"{len(over)} rows are as they were corrected among other versions",)
    elif history.standing and history.basis != basis:
        kept.add(versions, history.done, [Operation("realign")], basis)
    return replace(kept.history(versions), basis=basis), news


def _aligned(
    text: ParallelText,
    reduced: Reduced,
    material: Material,
    store: Store,
    bound: Sequence[Indices],
) -> ParallelText:
    """Return the text with the rows of the aligner, or of its file."""
    if reduced.rows is None:
        mode, found_rows = kept_rows(material, store, bound)
        return replace(text, rows=expand(reduced, found_rows), mode=mode, provisional=False)
    mode = material.request.mode or text.given[0].mode
    return replace(text, rows=tuple(reduced.rows), mode=mode, provisional=False)


def _around(said: Mapping[Cells, Status], aligned: Aligned) -> ParallelText:
    """Return the text aligned around rows of which something was said.

    Rows that stand across the order of a text do not bind the aligner, which could pair nothing
    between them: they are taken out of its rows.
    """
    plain, operations = aligned(()), saying(said)
    across: set[Indices] = set()
    if plain.mode == "parallel":
        across = {row.segments for row in apply(plain, operations).rows if row.moved}
    rows = [row for operation in operations for row in found(plain.documents, operation)]
    return apply(aligned([row for row in rows if row not in across]), operations)


def _nearest(sets: Sequence[Sequence[str]], versions: Sequence[str]) -> Sequence[str]:
    """Return the set that has most versions in common with these, two at least; () for none."""
    common = [(len(set(versions).intersection(other)), other) for other in sets]
    return max(((n, other) for n, other in common if n > 1), default=(0, ()))[1]


def _after_realign(operations: Sequence[Operation]) -> int:
    """Return the index of the first operation on the rows as they were made last."""
    made = (k for k in range(len(operations), 0, -1) if operations[k - 1].kind == "realign")
    return next(made, 0)


def _said(
    documents: Sequence[Document], operations: Sequence[Operation]
) -> tuple[dict[Cells, Status], list[str]]:
    """Return the rows that stand, and why others no longer fit."""
    rows: dict[Cells, Status] = {}
    gone: list[str] = []
    for cells, status in standing(operations).items():
        try:
            found(documents, Operation("edit", (cells,)))
        except CorrectionError as error:
            gone.append(str(error))
        else:
            rows[cells] = status
    return rows, gone
