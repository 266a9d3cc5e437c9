"""The account of every character: aligned, unmatched, or skipped with a reason.

`reader stats` prints it; it adds up or something was lost.
"""

from collections import Counter
from dataclasses import dataclass

from reader.model import ParallelText

ALIGNED = "aligned"
UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the text of one document went, in non-space characters and in segments.

    Keys are "aligned", "unmatched", and for skipped text "repeat" or "boilerplate: " and its kind.
    """

    total: int
    """Non-space characters of the document."""
    characters: dict[str, int]
    segments: dict[str, int]

    @property
    def adds_up(self) -> bool:
        """Whether every character is in exactly one place."""
        return self.total == sum(self.characters.values())


def ledger(parallel: ParallelText, document: int) -> Ledger:
    """Draw up the account of one document."""
    doc = parallel.documents[document]
    characters: Counter[str] = Counter()
    segments: Counter[str] = Counter()
    for i, segment in enumerate(doc.segments):
        if segment.skip:
            place = segment.skip.reason
            if place == "boilerplate":
                place = f"{place}: {segment.skip.detail}"
        else:
            row = parallel.row_of[document].get(i)
            if row is None:
                continue  # lost: the sum will show it
            place = ALIGNED if len(parallel.rows[row].present) > 1 else UNMATCHED
        characters[place] += _visible(doc.text[segment.start : segment.stop])
        segments[place] += 1
    return Ledger(_visible(doc.text), dict(characters), dict(segments))


def bead_types(parallel: ParallelText) -> dict[tuple[int, ...], int]:
    """Count the rows of each type, most frequent first; a type is segments per document."""
    return dict(Counter(row.type for row in parallel.rows).most_common())


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
