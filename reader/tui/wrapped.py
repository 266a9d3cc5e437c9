"""A static text that is wrapped by a function of ours."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static


class Wrapped(Static):
    """Shows the lines that a function makes of a text for a width."""

    def __init__(
        self, text: str, lines: Callable[[str, int], list[str]], *, id: str | None = None
    ) -> None:
        super().__init__(text, id=id, markup=False)
        self._lines = lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(str(self.content), width))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n".join(self._lines(str(self.content), self.content_size.width)))
