"""What is to be known of the texts, over the status line until it is put away."""

from __future__ import annotations

from reader.tui.wrapping import wrap

MOST = 3
"""Lines at most: they are taken from the text."""


def in_few_lines(text: str, width: int, rest: str) -> list[str]:
    """Return a text in lines of a width; where that gives more than `MOST`, the last is `rest`."""
    lines = [line[slice(*span)] for line in text.split("\n") for span in wrap(line, width)]
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], rest]
