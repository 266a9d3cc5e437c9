"""What of each row is shown: machine translation, skipped text, covers, marks."""

from __future__ import annotations

from reader.model import Place, Reveal, Row
from reader.printable import printable
from reader.tui.bidi import visual
from reader.tui.layout import reads_from_right
from reader.tui.search import Hit, Query

_NEXT: dict[Reveal, Reveal] = {"all": "row", "row": "asked", "asked": "all"}


class Lens:
    """What the reader wants to see of the rows."""

    def __init__(self, place: Place, pivot_language: str, *, bidi: bool = False) -> None:
        self.bidi = bidi
        """Whether right-to-left text is put into visual order."""
        self.pivot = place.pivot
        """Whether the machine translation is shown under the original."""
        self.pivot_language = pivot_language
        self.unfolded = place.unfolded
        """Whether skipped segments are shown in full."""
        self.differences = False
        """Whether words are marked that no other version has."""
        self.reveal = place.reveal
        self.covered = frozenset(place.covered)
        """The documents that `reveal` covers."""
        self.opened = False
        """Whether the reader has uncovered the cursor row."""
        self.correcting = False
        """Whether rows are being corrected: none is covered, bounds of sentences are marked."""
        self.query: Query | None = None
        """What is marked as a match."""
        self.hit: Hit | None = None
        """The match that was found last; what would hide it is shown in its row."""

    def next_reveal(self, shown: tuple[int, ...], focus: int) -> None:
        """Change `reveal`: cover all rows but the cursor row, then all until asked, then none.

        If no version that is shown was covered yet, all but the one in focus will be.
        """
        self.reveal = _NEXT[self.reveal]
        self.opened = False
        if not self.covered & frozenset(shown):
            self.covered = frozenset(shown) - {focus}

    def toggle_cover(self, document: int) -> None:
        """Add a version to those that are covered, or remove it."""
        self.covered ^= {document}
        if self.reveal == "all":
            self.reveal = "row"

    def covers(self, row: Row, *, opened: bool) -> frozenset[int]:
        """Return the documents that are covered in a row; none if that would cover all of it."""
        seen = opened or self.correcting or self.reveal == "all"
        seen = seen or not set(row.present) - self.covered
        return frozenset() if seen else self.covered

    def drawn(self, text: str) -> str:
        """Return a line that is no cell as it is drawn: printable, and in visual order."""
        shown = printable(text)
        return visual(shown, (), rtl=reads_from_right(text))[0] if self.bidi else shown

    def opens(self, row: int, where: str) -> bool:
        """Tell whether the last match is in this part (see `Hit.where`) of this row."""
        return self.hit is not None and (self.hit.row, self.hit.where) == (row, where)
