"""The notes on the texts above the status line."""

from __future__ import annotations

from reader.tui.wrapping import wrap

MOST = 3
"""Most lines, since they are taken from the text."""


def in_few_lines(text: str, width: int, rest: str) -> list[str]:
    """Return a text wrapped to a width; of more than `MOST` lines the last ones become `rest`."""
    lines = [line[slice(*span)] for line in text.split("\n") for span in wrap(line, width)]
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], rest]
