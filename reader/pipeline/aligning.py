"""Pivots to rows; an alignment that was made before is taken from the memory."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from reader.corrections import Indices
from reader.model import Advanced, Document, Mode, ParallelText, Pivots, Row, ignore
from reader.pipeline.code import code_digest
from reader.pipeline.request import Request
from reader.store import Store

if TYPE_CHECKING:
    # At run time it is imported where rows must be made: it loads scipy, and a kept alignment
    # should open without.
    from reader import align

SHORT = 400
"""Segments of a document that are aligned in a fraction of a second."""

LONG = 10_000
"""Segments of all documents whose alignment takes more than a second."""

Columns = Sequence[Pivots]
"""Per document the pivot of every segment."""


@dataclass(frozen=True)
class Material:
    """What rows are made of."""

    request: Request
    documents: Sequence[Document]
    pivots: Columns

    @cached_property
    def _seen(self) -> tuple[bytes, ...]:
        """A digest of what the aligner sees of each document."""
        return tuple(
            hashlib.blake2b(document.id.encode() + column.digest, digest_size=20).digest()
            for document, column in zip(self.documents, self.pivots, strict=True)
        )

    @property
    def _settings(self) -> tuple[object, ...]:
        return code_digest("align"), self.request.mode, self.request.min_score

    def key(self, bound: Sequence[Indices]) -> str:
        """Return a digest of all that the rows depend on, of rows that are `bound` too."""
        return _digest(*self._settings, self.request.hub, sorted(bound), *self._seen)

    @property
    def basis(self) -> str:
        """A digest of all that the rows depend on, but for what orders and binds them."""
        return _digest(*self._settings, *sorted(self._seen))


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def kept_rows(
    material: Material,
    store: Store,
    advanced: Advanced = ignore,
    bound: Sequence[Indices] = (),
) -> tuple[Mode, tuple[Row, ...]]:
    """Return the rows from the memory, or make and keep them; those that are `bound` among them.

    Rows that are bound change what lies between them; all else is as it is without.
    """
    key = material.key(bound)
    found = store.alignment(key)
    if found is None:
        documents = material.documents
        versions = _versions(documents, material.pivots)
        if bound:
            plain = kept_rows(material, store, advanced)
            found = _realigned(material, versions, plain, bound)
        else:
            found = _aligned(material.request, documents, versions, advanced)
        store.keep_alignment(key, *found)
    return found


def takes_long(material: Material, store: Store) -> bool:
    """Tell whether rows must be made, and of so much text that something should be seen before."""
    sizes = [len(document.kept) for document in material.documents]
    return len(sizes) > 1 and sum(sizes) >= LONG and not store.has_alignment(material.key(()))


def provisional_rows(material: Material, share: float) -> tuple[Mode, tuple[Row, ...]]:
    """Return rows to read by while this share of every document is translated.

    Of long texts only that share is aligned, so that all states together cost no more than the
    last; what follows it stands side by side by its position, with a score of 0.
    """
    documents = material.documents
    versions = _versions(documents, material.pivots)
    sizes = [len(version.originals) for version in versions]
    heads = [min(size, max(SHORT, ceil(share * size))) for size in sizes]
    mode, found = _aligned(
        material.request,
        documents,
        [version.part(range(head)) for version, head in zip(versions, heads, strict=True)],
    )
    steps = max(size - head for size, head in zip(sizes, heads, strict=True))
    rest = (
        Row(
            tuple(
                tuple(
                    document.kept[
                        head + k * (size - head) // steps : head + (k + 1) * (size - head) // steps
                    ]
                )
                for document, head, size in zip(documents, heads, sizes, strict=True)
            ),
            score=0.0,
        )
        for k in range(steps)
    )
    return mode, (*found, *rest)


def _aligned(
    request: Request,
    documents: Sequence[Document],
    versions: Sequence[align.Version],
    advanced: Advanced = ignore,
) -> tuple[Mode, tuple[Row, ...]]:
    """Align; rows count segments of whole documents."""
    from reader.align import align

    found = align(
        versions,
        hub=request.hub,
        mode=request.mode,
        min_score=request.min_score,
        advanced=advanced,
    )
    return found.mode, _whole(found, documents)


def _realigned(
    material: Material,
    versions: Sequence[align.Version],
    plain: tuple[Mode, tuple[Row, ...]],
    bound: Sequence[Indices],
) -> tuple[Mode, tuple[Row, ...]]:
    """Align anew what lies between rows that are bound; all rows count segments of documents."""
    from reader.align import Alignment, Pin, realign

    mode, rows = plain
    kept = [document.kept for document in material.documents]
    places = [{i: k for k, i in enumerate(indices)} for indices in kept]
    before = tuple(replace(row, segments=_inner(row.segments, places)) for row in rows)
    found = realign(
        versions,
        Alignment(before, mode, material.request.hub),
        [Pin(_inner(cells, places)) for cells in bound],
        min_score=material.request.min_score,
    )
    return found.mode, _whole(found, material.documents)


def _whole(found: align.Alignment, documents: Sequence[Document]) -> tuple[Row, ...]:
    """Return rows that count segments of whole documents, not kept ones only."""
    kept = [document.kept for document in documents]
    cells = (
        tuple(tuple(kept[d][k] for k in cell) for d, cell in enumerate(row.segments))
        for row in found.rows
    )
    return tuple(replace(row, segments=c) for row, c in zip(found.rows, cells, strict=True))


def _inner(cells: Indices, places: Sequence[dict[int, int]]) -> Indices:
    """Return a row as the aligner counts segments: kept ones only."""
    return tuple(tuple(place[i] for i in cell) for place, cell in zip(places, cells, strict=True))


def explain(parallel: ParallelText, row: int) -> align.Evidence:
    """Return the evidence behind a row; its runner-up counts segments of the whole document."""
    from reader.align import Evidence, explain

    kept = [document.kept for document in parallel.documents]
    places = [{i: k for k, i in enumerate(indices)} for indices in kept]
    shown = parallel.rows[row]
    versions = _versions(parallel.documents, parallel.pivots)
    pairs = []
    for pair in explain(versions, replace(shown, segments=_inner(shown.segments, places))).pairs:
        runner_up = pair.runner_up
        if runner_up:
            whole = kept[pair.documents[1]][runner_up.segment]
            runner_up = replace(runner_up, segment=whole)
        pairs.append(replace(pair, runner_up=runner_up))
    return Evidence(tuple(pairs))


def _versions(documents: Sequence[Document], pivots: Columns) -> list[align.Version]:
    """Return what the aligner sees: kept segments, and pivots to be trusted."""
    from reader.align import Version

    return [
        Version(
            id=document.id,
            originals=tuple(document.sentences[i] for i in document.kept),
            pivots=tuple(column[i].evidence for i in document.kept),
            language=document.language,
            headings=frozenset(
                k for k, i in enumerate(document.kept) if document.segments[i].kind == "heading"
            ),
        )
        for document, column in zip(documents, pivots, strict=True)
    ]
