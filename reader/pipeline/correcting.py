"""The corrections that are kept of a set of documents, done on its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reader.corrections import (
    Cells,
    Corrected,
    Indices,
    Operation,
    Revision,
    apply,
    found,
    keys,
    misfits,
    revised,
    saying,
    standing,
)
from reader.corrections.carrying import carried
from reader.errors import CorrectionError
from reader.model import Advanced, Document, Mode, ParallelText, Row, Status, ignore
from reader.pipeline.aligning import kept_rows
from reader.pipeline.corpora import Reduced, expand, reduce
from reader.pipeline.request import Request
from reader.store import History, KeptCorrections, Store

ANOTHER = 0.9
"""Share of a version's sentences above which standing alone is worth a word."""

Aligned = Callable[[Sequence[Indices]], ParallelText]
"""Aligns the text around rows that bind."""


def correct(
    request: Request, text: ParallelText, store: Store, advanced: Advanced = ignore
) -> tuple[Corrected, History]:
    """Align a text, whatever rows it has, and do what was corrected.

    What stood when the rows were last made anew binds the aligner; what was done since is done on
    its rows.
    """
    reduced = reduce(text, request.pivot)
    material = reduced.material(request)
    rows = partial(kept_rows, material, store, advanced)
    aligned = partial(_aligned, text, request, reduced, rows)
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
    """Say how texts were read that nobody said what they are, where most stands alone."""
    if request.mode or len(text.documents) < 2:
        return ()
    rows = len(text.rows)
    alone = Counter(p[0] for row in text.rows if len(p := row.present) == 1)
    if text.mode == "comparable":
        pairs = rows - alone.total()
        found = f"{pairs} of {rows} rows {'pairs' if pairs == 1 else 'pair'} versions"
        return (f"read as reports of one event: {found}",) if 2 * pairs < rows else ()
    return tuple(
        f"{document.name}: {alone[d]} of {len(document.kept)} sentences are in no other version; "
        "it may be another text"
        for d, document in enumerate(text.documents)
        if alone[d] > ANOTHER * len(document.kept) and not text.given
    )


def _history(
    documents: Sequence[Document], basis: str, store: Store, aligned: Aligned
) -> tuple[History, tuple[str, ...]]:
    """Return what was done to the rows, brought up to date, and what is new about it.

    Where a model, the aligner or a setting is new, the rows are to be made anew now; what was
    undone can still be done again, on those. What was corrected among fewer versions, or more, is
    taken over once, and what was corrected in another edition of a text whenever that is newer.
    """
    versions, kept = keys(documents), store.corrections
    history = kept.history(versions)
    operations: list[Operation] = []
    news: tuple[str, ...] = ()
    if history.standing and history.basis != basis:
        operations.append(Operation("realign"))
    if near := origin(kept, documents):
        taken, news = _taken_over(near, kept, aligned(()), standing(history.standing))
        operations += taken
    if operations:
        kept.add(versions, history.done, operations, basis, keep_undone=True)
    history = replace(kept.history(versions), basis=basis)
    if history.operations:
        kept.keep_editions(documents)
    return history, news


@dataclass(frozen=True, slots=True)
class Origin:
    """Versions that were corrected together, some of which are here, perhaps edited since."""

    versions: Sequence[str]
    """Their keys."""
    revisions: Mapping[str, tuple[str, Revision]]
    """Key of an edited one -> key of what it has become, and how they compare."""

    @property
    def known(self) -> set[str]:
        """The keys that they have now."""
        return {self.revisions[key][0] if key in self.revisions else key for key in self.versions}


def origin(kept: KeptCorrections, documents: Sequence[Document]) -> Origin | None:
    """Return the set that has most versions in common with these, two at least.

    Of several the one that was corrected last. Where these were corrected themselves, only one with
    another edition of a text that was corrected after them.
    """
    here, names = dict(zip(keys(documents), documents, strict=True)), kept.editions
    alike = {key for key in names if names[key] in {document.name for document in documents}}
    sets, mine = kept.sets(), tuple(sorted(here))
    later = sets[sets.index(mine) + 1 :] if mine in sets else sets
    near = [each for each in later if len((here.keys() | alike) & set(each)) > 1]
    revisions = _revisions(kept, here) if near else {}
    origins = [
        Origin(each, revisions)
        for each in near
        if mine not in sets or not revisions.keys().isdisjoint(each)
    ]
    common = [(len(each.known & here.keys()), k) for k, each in enumerate(origins)]
    most, k = max(common, default=(0, 0))
    return origins[k] if most > 1 else None


def _revisions(
    kept: KeptCorrections, here: Mapping[str, Document]
) -> dict[str, tuple[str, Revision]]:
    """Compare the documents with the texts of the same name that were corrected."""
    found = {}
    for earlier, name in kept.editions.items():
        for key, document in here.items():
            if earlier not in here and name == document.name:
                revision = Revision(kept.edition(earlier), document)
                if revision.is_one:
                    found[earlier] = key, revision
    return found


def _taken_over(
    near: Origin, kept: KeptCorrections, text: ParallelText, said: Mapping[Cells, Status]
) -> tuple[list[Operation], tuple[str, ...]]:
    """Return operations by which the rows are as they were corrected there, and what to tell.

    What is `said` of them already is left out. What is said of sentences that are not there any
    more is kept with the rest.
    """
    there, gone = revised(
        standing(kept.history(near.versions).standing), near.versions, near.revisions
    )
    over, gone = (
        {cells: status for cells, status in found.items() if said.get(cells) != status}
        for found in (carried(text, there, near.known), gone)
    )
    operations = [operation for row in gone.items() for operation in saying(dict([row]))]
    operations += saying(over)
    edited = any(key in near.revisions for key in near.versions)
    where = "in another edition" if edited else "among other versions"
    rows = "1 row is as it was" if len(over) == 1 else f"{len(over)} rows are as they were"
    return operations, (f"{rows} corrected {where}",) if over else ()


def _aligned(
    text: ParallelText,
    request: Request,
    reduced: Reduced,
    rows: Callable[[Sequence[Indices]], tuple[Mode, tuple[Row, ...]]],
    bound: Sequence[Indices],
) -> ParallelText:
    """Return the text with the rows of the aligner, or of its file."""
    if reduced.rows is None:
        mode, found_rows = rows(bound)
        return replace(text, rows=expand(reduced, found_rows), mode=mode, provisional=False)
    mode = request.mode or text.given[0].mode
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
