"""The words of header and status line: row, confidence, position, notices."""

from __future__ import annotations

from bisect import bisect_right

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive

from reader.model import Confidence, ParallelText
from reader.printable import counted, printable
from reader.tui.paint import Title
from reader.tui.reading import Reading
from reader.tui.unscrolled import Unscrolled

BETWEEN = " · "
CHAPTER = 40
"""Most cells of the name of a chapter."""


def where(reading: Reading, count: int = 0) -> str:
    """Return where the cursor is; `count` is the number typed so far, 0 for none."""
    if reading.parallel is None or not reading.rows:
        return ""
    kept = len(reading.filter) if reading.filter else 0
    row, total, tags = reading.rows[reading.row], len(reading.rows), reading.tags
    sure, hidden = row.confidence, reading.panes.hidden
    if len(tags) == 1:
        pairing = ""
    elif reading.parallel.provisional:
        pairing = f"{':'.join(map(str, row.type))} for now"
    elif sure is Confidence.ALONE:
        pairing = f"only {tags[row.present[0]]}"
    else:
        pairing = f"{sure} {sure.word} {':'.join(map(str, row.type))}"
    words = [
        reading.lens.drawn(_cut(chapter(reading.parallel, reading.row, reading.column), CHAPTER)),
        str(count) if count else "",
        "correcting" if reading.lens.correcting else "",
        pairing,
        "moved" if row.moved else "",
        f"hidden {' '.join(tags[d] for d in sorted(hidden))}" if hidden else "",
        f"{counted(kept, 'row', 'rows')} shown" if kept else "",
        f"row {reading.row + 1}/{total} {100 * (reading.row + 1) // total}%",
    ]
    return BETWEEN.join(word for word in words if word)


def chapter(parallel: ParallelText, row: int, preferred: int) -> str:
    """Return the heading that a row stands under, in the preferred version if that has the row.

    "" for none, for reports, and in a version whose only heading is its title.
    """
    if parallel.mode == "comparable":
        return ""
    cells = parallel.rows[row].segments
    d = preferred if cells[preferred] else parallel.rows[row].present[0]
    headings = parallel.headings_of[d]
    above = bisect_right(headings, cells[d][0])
    if not above or len(headings) < 2:
        return ""
    return parallel.documents[d].sentence(headings[above - 1])


def status_line(says: str, where: str, width: int) -> str:
    """Return a line of so many cells with the notice `says` on the left and `where` on the right.

    If both do not fit, `where` loses its first words; a notice that is still too long is cut.
    """
    gap = 2 if says else 0
    while where and cell_len(says) + gap + cell_len(where) > width:
        where = where.partition(BETWEEN)[2]
    room = width - cell_len(where)
    return set_cell_size(_cut(says, room), room) + where


def _cut(text: str, room: int) -> str:
    """Cut a text that is longer than so many cells."""
    return set_cell_size(text, room - 1) + "…" if cell_len(text) > room > 0 else text


def covering(reading: Reading) -> str:
    """Return which versions are covered, and until when; "" for none."""
    names = reading.names(reading.lens.covered)
    until = {"all": "", "row": "covered except in this row", "asked": "covered until Space"}
    return f"{names} {until[reading.lens.reveal]}" if until[reading.lens.reveal] else ""


def welcome(reading: Reading, pair: str) -> str:
    """Return a hint on how to read a text that has just opened; "" for none."""
    reports = reading.parallel is not None and reading.parallel.mode == "comparable"
    return covering(reading) or (f"{pair}: next row that pairs versions" if reports else "")


UNLOCKED = "↕"


def titles(reading: Reading) -> list[Title]:
    """Return the heads of the columns."""
    if reading.parallel is None or not reading.rows:
        return []
    titles, names = [], reading.tags
    for d in reading.columns:
        document, indices = reading.parallel.documents[d], reading.rows[reading.row].segments[d]
        if reading.loose and reading.loose.document == d:
            indices = (reading.loose.segment,)
        position = f"{indices[0] + 1}/{len(document.segments)}" if indices else ""
        position += UNLOCKED if reading.loose and reading.loose.document == d else ""
        titles.append(
            Title(names[d], reading.lens.drawn(document.name), position, d == reading.column)
        )
    return titles


class Status(Unscrolled):
    """The status line: notices on the left, the position of the cursor on the right.

    It never asks for a new layout of the screen, since it changes with every key.
    """

    says = reactive("")
    where = reactive("")

    def render(self) -> Content:
        """Fill the line."""
        return Content(status_line(printable(self.says), self.where, self.size.width))
