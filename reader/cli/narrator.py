"""Output to stderr: notes, and a line of progress if it is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Self

from reader.pace import Pace
from reader.printable import printable

if TYPE_CHECKING:
    from reader.model import Progress

BAR_CELLS = 24
REDRAW_S = 0.1
WIPE = "\r\x1b[K"


def say(lines: Iterable[str]) -> None:
    """Print lines to stderr, each on one line and printable."""
    for line in lines:
        print(printable(" ".join(line.split())), file=sys.stderr)


class Narrator:
    """Draws progress on one line of stderr and wipes it at the end; silent without a terminal."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._drawn = 0.0
        self._pace: Pace | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._draw("")

    def progress(self, progress: Progress) -> None:
        """Draw how far a job is, with its rate and the time left."""
        now = time.monotonic()
        if self._pace is None:
            self._pace = Pace(progress, now, progress, now)
        self._pace = self._pace.then(progress, now)
        if self._watched and (now - self._drawn >= REDRAW_S or progress.done == progress.total):
            self._drawn = now
            share = progress.done / progress.total if progress.total else 1.0
            filled = round(BAR_CELLS * share)
            self._draw(f"[{'#' * filled}{'-' * (BAR_CELLS - filled)}] {printable(str(self._pace))}")

    @staticmethod
    def _draw(line: str) -> None:
        # A line that wraps could not be wiped.
        width = get_terminal_size().columns - 1
        print(f"{WIPE}{line[:width]}", end="", file=sys.stderr, flush=True)
