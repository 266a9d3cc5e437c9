"""Documents and pivots to rows; an alignment that was made before is taken from the store."""

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
"""Segments of a document that take a fraction of a second to align."""

LONG = 10_000
"""Segments of all documents together that take more than a second to align."""

Columns = Sequence[Pivots]
"""Per document the pivot of every segment."""


@dataclass(frozen=True)
class Material:
    """The input of an alignment."""

    request: Request
    documents: Sequence[Document]
    pivots: Columns

    @cached_property
    def _seen(self) -> tuple[bytes, ...]:
        """Per document a digest of it and of its pivots."""
        return tuple(
            hashlib.blake2b(document.id.encode() + column.digest, digest_size=20).digest()
            for document, column in zip(self.documents, self.pivots, strict=True)
        )

    @property
    def _settings(self) -> tuple[object, ...]:
        return code_digest("align"), self.request.mode, self.request.min_score

    def key(self, bound: Sequence[Indices]) -> str:
        """Return a digest of all that the alignment around `bound` rows depends on."""
        return _digest(*self._settings, self.request.hub, sorted(bound), *self._seen)

    @property
    def basis(self) -> str:
        """A digest as `key`, but without hub, bound rows and the order of the documents."""
        return _digest(*self._settings, *sorted(self._seen))


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def kept_rows(
    material: Material,
    store: Store,
    advanced: Advanced = ignore,
    bound: Sequence[Indices] = (),
) -> tuple[Mode, tuple[Row, ...]]:
    """Return the rows from the store, or align and keep them.

    Rows that are `bound` are fixed: they are in the result, and what lies between them is aligned
    anew. All other rows are as in the alignment without them.
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
    """Tell whether alignment will take so long that provisional rows should be shown before."""
    sizes = [len(document.kept) for document in material.documents]
    return len(sizes) > 1 and sum(sizes) >= LONG and not store.has_alignment(material.key(()))


def provisional_rows(material: Material, share: float) -> tuple[Mode, tuple[Row, ...]]:
    """Return rows to read while only this share of every document is translated.

    Of long texts no more than that share is aligned, so that all provisional alignments together
    cost no more than the final one. The rest is put side by side by position, with a score of 0.
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
    tails = [document.kept[head:] for document, head in zip(documents, heads, strict=True)]
    steps = max(map(len, tails))
    rest = (Row(tuple(_part(tail, k, steps) for tail in tails), score=0.0) for k in range(steps))
    return mode, (*found, *rest)


def _part(indices: Sequence[int], k: int, of: int) -> tuple[int, ...]:
    """Return the k-th of so many parts of nearly equal length."""
    return tuple(indices[k * len(indices) // of : (k + 1) * len(indices) // of])


def _aligned(
    request: Request,
    documents: Sequence[Document],
    versions: Sequence[align.Version],
    advanced: Advanced = ignore,
) -> tuple[Mode, tuple[Row, ...]]:
    """Align; return the rows by segments of the documents."""
    from reader.align import align

    found = align(
        versions,
        hub=request.hub,
        mode=request.mode,
        min_score=request.min_score,
        advanced=advanced,
    )
    return found.mode, _in_documents(found, documents)


def _realigned(
    material: Material,
    versions: Sequence[align.Version],
    plain: tuple[Mode, tuple[Row, ...]],
    bound: Sequence[Indices],
) -> tuple[Mode, tuple[Row, ...]]:
    """Align anew what lies between bound rows; `plain` is the alignment without them."""
    from reader.align import Alignment, Pin, realign

    mode, rows = plain
    places = _places(material.documents)
    before = tuple(replace(row, segments=_in_versions(row.segments, places)) for row in rows)
    found = realign(
        versions,
        Alignment(before, mode, material.request.hub),
        [Pin(_in_versions(cells, places)) for cells in bound],
        min_score=material.request.min_score,
    )
    return found.mode, _in_documents(found, material.documents)


def _in_documents(found: align.Alignment, documents: Sequence[Document]) -> tuple[Row, ...]:
    """Return the aligner's rows, which count kept segments only, by segments of the documents."""
    kept = [document.kept for document in documents]
    cells = (
        tuple(tuple(kept[d][k] for k in cell) for d, cell in enumerate(row.segments))
        for row in found.rows
    )
    return tuple(replace(row, segments=c) for row, c in zip(found.rows, cells, strict=True))


def _in_versions(cells: Indices, places: Sequence[dict[int, int]]) -> Indices:
    """Return a row as the aligner counts segments: by kept ones only."""
    return tuple(tuple(place[i] for i in cell) for place, cell in zip(places, cells, strict=True))


def explain(parallel: ParallelText, row: int) -> align.Evidence:
    """Return the evidence behind a row; runners-up are segments of the documents."""
    from reader.align import Evidence, explain

    places = _places(parallel.documents)
    shown = parallel.rows[row]
    versions = _versions(parallel.documents, parallel.pivots)
    pairs = []
    for pair in explain(
        versions, replace(shown, segments=_in_versions(shown.segments, places))
    ).pairs:
        runner_up = pair.runner_up
        if runner_up:
            kept = parallel.documents[pair.documents[1]].kept
            runner_up = replace(runner_up, segment=kept[runner_up.segment])
        pairs.append(replace(pair, runner_up=runner_up))
    return Evidence(tuple(pairs))


def _places(documents: Sequence[Document]) -> list[dict[int, int]]:
    """Return per document: kept segment -> its index among the kept ones."""
    return [{i: k for k, i in enumerate(document.kept)} for document in documents]


def _versions(documents: Sequence[Document], pivots: Columns) -> list[align.Version]:
    """Return what the aligner sees of the documents: kept segments, and pivots to be trusted."""
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
