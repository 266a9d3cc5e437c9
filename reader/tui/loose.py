"""An unlocked version: it scrolls by itself beside the rows of the others."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reader.tui.layout import Line, flow
from reader.tui.looking import plain_look

if TYPE_CHECKING:
    from reader.tui.panes import Panes
    from reader.tui.reading import Reading


class Loose:
    """Scrolls one version by sentences; the rows stay."""

    def __init__(self, reading: Reading) -> None:
        """Unlock the version in focus, at the cursor row."""
        assert reading.parallel is not None
        self.document = reading.column
        self._reading = reading
        self._kept = reading.parallel.documents[self.document].kept
        cells = (reading.rows[row].segments[self.document] for row in range(reading.row, -1, -1))
        self._at = next((self._kept.index(cell[0]) for cell in cells if cell), 0)
        """Index among the kept segments of the one that stands first."""

    @property
    def segment(self) -> int:
        """The segment that stands first."""
        return self._kept[self._at]

    def has_room(self, panes: Panes, columns: int) -> bool:
        """Tell whether this version has one of several columns."""
        return panes.layout == "columns" and columns > 1 and self.document in panes.shown

    def lines(self, count: int) -> list[Line | None]:
        """Return its next lines, None for a blank one."""
        parallel = self._reading.parallel
        assert parallel is not None
        segments = self._kept[self._at : self._at + count]
        return list(
            islice(flow(parallel, self.document, segments, plain_look(self._reading)), count)
        )

    def scroll(self, by: int, lines: int) -> None:
        """Scroll `by` times: by a sentence, or by the sentences on so many lines."""
        begun = sum(line is not None and 0 in line.origins for line in self.lines(lines))
        self._at = max(0, min(self._at + by * max(1, begun - 1), len(self._kept) - 1))


def toggle(reading: Reading) -> str:
    """Unlock the version in focus, or lock it again; return a notice."""
    if reading.loose:
        reading.loose = None
    elif reading.panes.layout != "columns" or len(reading.columns) < 2:
        return "only one of several columns can be unlocked"
    elif reading.sieve and reading.parallel and reading.parallel.documents[reading.column].kept:
        reading.loose = Loose(reading)
        return f"{reading.tags[reading.column]} scrolls by itself; u brings it back"
    return ""


def beside(reading: Reading) -> tuple[int, list[Line | None]] | None:
    """Return the column that is unlocked and its lines; None if none is in sight."""
    loose, columns = reading.loose, reading.columns
    if loose is None or loose.document not in columns:
        return None
    return columns.index(loose.document), loose.lines(reading.lines)


def scrolled(reading: Reading, by: int, lines: int) -> bool:
    """Scroll the unlocked version if it is in focus; return whether it was."""
    if reading.loose is None or reading.loose.document != reading.column:
        return False
    reading.loose.scroll(by, lines)
    return True
