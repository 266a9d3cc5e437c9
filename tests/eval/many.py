"""Gold of more than two versions: translations of one text, of which each lacks something.

Sets that were made from one English text have the same gold, whatever the other language is: their
other sides are versions of each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reader.align import Version, align
from reader.align.score import Figures
from tests.eval.reliability import Judged
from tests.eval.sets import SetError, read_pair, sampled

VERSIONS = (2, 3, 4)
"""How many versions join the one that they share, one document after the other."""
LOST = 0.15
"""Share of sentences that each of them lacks."""
SEED = 1

Cells = tuple[tuple[int, ...], ...]
"""Per version the segments of a row."""


@dataclass(frozen=True)
class GoldRows:
    """Versions and the rows that are right."""

    name: str
    versions: tuple[Version, ...]
    rows: frozenset[Cells]

    def right(self, cells: Cells) -> bool:
        """Return whether all versions of a row belong together, and nothing is missing of them."""
        present = [d for d, cell in enumerate(cells) if cell]
        return any(all(row[d] == cells[d] for d in present) for row in self.rows)


def read_many(golds: Sequence[Path]) -> GoldRows:
    """Return a document of several sets with the same gold as versions of each other.

    All but the version they share lose some sentences. Each path is the document's gold in a set.
    """
    pairs = [read_pair(path) for path in golds]
    shared = pairs[0].versions[1]
    if any((p.gold, p.versions[1].originals) != (pairs[0].gold, shared.originals) for p in pairs):
        raise SetError(f"{golds[0].name}: sets with other gold; right is one text in all")
    random = Random(f"{[path.parent.name for path in golds]} {golds[0].name} {SEED}")
    beads = sorted(pairs[0].gold)
    gone = [{i for s, _ in beads if random.random() < LOST for i in s} for _ in pairs]
    versions, places = [shared], []
    for pair, out in zip(pairs, gone, strict=True):
        version = pair.versions[0]
        kept = [i for i in range(len(version.originals)) if i not in out]
        places.append({i: k for k, i in enumerate(kept)})
        versions.append(version.part(kept))
    rows = (
        (target, *(tuple(place[i] for i in source if i in place) for place in places))
        for source, target in beads
    )
    return GoldRows(golds[0].stem, tuple(versions), frozenset(rows))


def documents(family: Sequence[Path], sample: int | None) -> Iterator[GoldRows]:
    """Yield documents of sets with the same gold, of more versions and other ones in turn."""
    for k, path in enumerate(sampled(family[0], sample)):
        count = VERSIONS[k % len(VERSIONS)]
        yield read_many([family[(k + n) % len(family)] / path.name for n in range(count)])


def measure(family: Sequence[Path], sample: int | None) -> tuple[Figures, list[Judged]]:
    """Align sets with the same gold as versions of one text.

    Returns:
        How many rows of more than one version are right, and how many right ones were found; the
        score of each row that was found, and whether it is right.
    """
    judged: list[Judged] = []
    found = wanted = 0
    for document in documents(family, sample):
        rows = [row for row in align(document.versions).rows if len(row.present) > 1]
        judged += [(row.score, document.right(row.segments)) for row in rows]
        complete = {cells for cells in document.rows if sum(map(bool, cells)) > 1}
        found += len(complete & {row.segments for row in rows})
        wanted += len(complete)
    right = sum(hit for _, hit in judged)
    return Figures(right / max(len(judged), 1), found / max(wanted, 1)), judged


def families(folders: Sequence[Path]) -> Iterator[tuple[str, list[Path]]]:
    """Yield the sets that have the same gold, and a name for all of them together."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        gold = hashlib.sha256()
        for path in sorted(folder.glob("*.gold")):
            gold.update(path.read_bytes())
        found.setdefault(gold.hexdigest(), []).append(folder)
    for members in found.values():
        if len(members) > 1:
            yield f"{members[0].name} and {len(members) - 1} like it", members
