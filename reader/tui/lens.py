"""How rows are looked at: what lies open, what is covered, what is marked."""

from __future__ import annotations

from reader.model import Place, Reveal, Row
from reader.tui.search import Hit, Query

_NEXT: dict[Reveal, Reveal] = {"all": "row", "row": "asked", "asked": "all"}


class Lens:
    """What the reader wants to see of each row."""

    def __init__(self, place: Place, pivot_language: str, *, bidi: bool = False) -> None:
        self.bidi = bidi
        """Right-to-left text is put in the order in which it is seen."""
        self.pivot = place.pivot
        """The machine translation stands under the original."""
        self.pivot_language = pivot_language
        self.unfolded = place.unfolded
        """What was skipped is shown in full."""
        self.differences = False
        """The words that versions do not share are marked."""
        self.reveal = place.reveal
        self.covered = frozenset(place.covered)
        """The documents that `reveal` covers."""
        self.opened = False
        """The reader asked to see all of the cursor row."""
        self.correcting = False
        """Rows are being corrected: all is open, and the bounds of sentences are seen."""
        self.query: Query | None = None
        self.hit: Hit | None = None
        """The match that was found last: what hides it is open in its row."""

    def next_reveal(self, shown: tuple[int, ...], focus: int) -> None:
        """Cover more: where the cursor is not, until it is asked for; then nothing.

        At first all but the version in focus are covered.
        """
        self.reveal = _NEXT[self.reveal]
        self.opened = False
        if not self.covered & frozenset(shown):
            self.covered = frozenset(shown) - {focus}

    def toggle_cover(self, document: int) -> None:
        """Count a version among those that are covered, or no longer."""
        self.covered ^= {document}
        if self.reveal == "all":
            self.reveal = "row"

    def covers(self, row: Row, *, opened: bool) -> frozenset[int]:
        """Return the documents that are covered in a row; what stands alone gives nothing away."""
        seen = opened or self.correcting or self.reveal == "all"
        seen = seen or not set(row.present) - self.covered
        return frozenset() if seen else self.covered

    def opens(self, row: int, where: str) -> bool:
        """Tell whether the last match lies in a part of this row that is hidden elsewhere."""
        return self.hit is not None and (self.hit.row, self.hit.where) == (row, where)
