"""What is to be known of the texts, over the status line until it is put away."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from reader.tui.wrapping import wrap

MOST = 3
"""Lines at most: they are taken from the text."""


def in_few_lines(text: str, width: int, rest: str) -> list[str]:
    """Return a text in lines of a width; where that gives more than `MOST`, the last is `rest`."""
    lines = [line[slice(*span)] for line in text.split("\n") for span in wrap(line, width)]
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], rest]


class Notes(Static):
    """Shows its text in few lines, and that there is more."""

    def __init__(self, rest: str) -> None:
        """Say `rest` in place of what there is no room for."""
        super().__init__(id="notes", markup=False)
        self._rest = rest

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Fill them."""
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return in_few_lines(str(self.content), width, self._rest)
