"""Corrections made among other versions, or on earlier editions, and how they are taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.corrections import (
    CorrectedRows,
    Operation,
    Revision,
    operations_for,
    relocate,
    standing_rows,
    version_keys,
)
from reader.corrections.carrying import carry_over
from reader.model import Document, ParallelText
from reader.store import KeptCorrections


@dataclass(frozen=True, slots=True)
class Origin:
    """An earlier set of corrected versions, some of which are among the documents of today."""

    versions: Sequence[str]
    """Their keys."""
    revisions: Mapping[str, tuple[str, Revision]]
    """Key of an earlier edition -> key of its document now, and how the two compare."""

    @property
    def known(self) -> set[str]:
        """The keys of the versions, as they are today."""
        return {self.revisions[key][0] if key in self.revisions else key for key in self.versions}


def origin(kept: KeptCorrections, documents: Sequence[Document]) -> Origin | None:
    """Return the earlier set to take corrections over from, None for none.

    It is the set that shares most versions with the documents, at least two, and of several the one
    that was corrected last. Where the documents have corrections of their own, only a set counts
    that was corrected later and holds another edition of one of them.
    """
    here, names = dict(zip(version_keys(documents), documents, strict=True)), kept.editions
    alike = {key for key in names if names[key] & {document.name for document in documents}}
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
    """Compare the documents with earlier editions: corrected texts from files of the same name."""
    found = {}
    for earlier, names in kept.editions.items():
        for key, document in here.items():
            if earlier not in here and document.name in names:
                revision = Revision(kept.edition(earlier), document)
                if revision.is_same_text:
                    found[earlier] = key, revision
    return found


def take_over(
    near: Origin, kept: KeptCorrections, text: ParallelText, present: CorrectedRows
) -> tuple[list[Operation], tuple[str, ...]]:
    """Return the operations that take corrections over from another set, and a note.

    Those that are `present` already are left out. Corrections of sentences that are gone are taken
    over, too, so that they are kept.
    """
    there, gone = relocate(
        standing_rows(kept.history(near.versions).applied), near.versions, near.revisions
    )
    over, gone = (
        {cells: status for cells, status in found.items() if present.get(cells) != status}
        for found in (carry_over(text, there, near.known), gone)
    )
    operations = [operation for row in gone.items() for operation in operations_for(dict([row]))]
    operations += operations_for(over)
    edited = any(key in near.revisions for key in near.versions)
    where = "in another edition" if edited else "among other versions"
    rows = "1 row is as it was" if len(over) == 1 else f"{len(over)} rows are as they were"
    return operations, (f"{rows} corrected {where}",) if over else ()
