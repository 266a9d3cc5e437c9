"""Moving the cursor by rows, pages, half pages and lines, and with the mouse."""

from __future__ import annotations

from reader.tui.reading import Reading


def step(reading: Reading, by: int) -> None:
    """Move by rows; by one, first through the lines of a row taller than the window."""
    if not reading.sieve:
        return
    window = reading.window
    at, height = window.offset(reading.top, reading.at), window.height(reading.at) - 1
    if abs(by) == 1 and at is not None and height > reading.lines:
        unread = at + height > reading.lines if by > 0 else at < 0
        if unread:
            reading.top = window.shift(reading.top, by)
            reading.settled()
            return
    reading.go(reading.at + by)


def read_on(reading: Reading, by: int) -> None:
    """Uncover the row; if it is not covered, go on to the next row or page."""
    asked = reading.lens.reveal == "asked" or reading.panes.layout == "single"
    if asked and reading.sieve and not reading.lens.opened and by == 1:
        reading.uncover()
    elif asked:
        step(reading, by)
    else:
        page(reading, by)


def page(reading: Reading, by: int) -> None:
    """Move by pages; at the end of the text to its last row."""
    for _ in range(abs(by) if reading.sieve else 0):
        before = reading.top, reading.at
        if by > 0:
            reading.top, at = reading.window.next_page(reading.top)
        else:
            reading.top = reading.window.previous_page(reading.top)
            at = reading.top.row
        reading.put(at)
        if before == (reading.top, at):
            break
    reading.settled()


def half(reading: Reading, by: int) -> None:
    """Move by half windows; the cursor keeps its line of the window."""
    if not reading.sieve:
        return
    top = reading.window.shift(reading.top, by * max(1, reading.lines // 2))
    if top == reading.top:
        at = len(reading.sieve) - 1 if by > 0 else 0
    else:
        at = reading.window.at(top, max(0, reading.line))
    reading.top = top
    reading.put(at)
    reading.settled()


def scroll(reading: Reading, lines: int) -> None:
    """Scroll by lines; the cursor stays unless it would leave the window."""
    if not reading.sieve:
        return
    reading.top = reading.window.shift(reading.top, lines)
    seen = list(reading.window.visible(reading.top))
    begun = [at for at, line in seen if line == 0] or [seen[0][0]]
    reading.put(max(begun[0], min(reading.at, begun[-1])))
    reading.settled()


def point(reading: Reading, x: int, line: int) -> None:
    """Put the cursor on the row and version at a cell of the window."""
    if not reading.sieve:
        return
    reading.put(reading.window.at(reading.top, line))
    reading.settled()
    cells = reading.block(reading.row).at(line - reading.line)
    if reading.panes.layout == "columns":
        reading.panes.focus = reading.columns[reading.geometry.column_at(x)]
    elif cells and cells[0] and reading.panes.layout == "stacked":
        reading.panes.focus = cells[0].document
