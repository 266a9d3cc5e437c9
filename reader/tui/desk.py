"""The interface between the screen and the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reader.annotations import Annotations
from reader.corrections import Operation
from reader.export import Options
from reader.model import ParallelText, Place, Progress

OnProgress = Callable[[Progress], None]
OnPartial = Callable[[ParallelText], None]
Cancelled = Callable[[], bool]
Job = Callable[[OnProgress, OnPartial, Cancelled], ParallelText]
"""Makes the text; reports on the way, and stops soon after it is cancelled."""


class Editing(Protocol):
    """Corrects the text that the job has made; `reader.editor.Editor` does.

    A method that raises a ReaderError has changed nothing.
    """

    @property
    def text(self) -> ParallelText:
        """The text as it is now."""

    @property
    def next_undo(self) -> Operation | None:
        """What `undo` would take back."""

    @property
    def next_redo(self) -> Operation | None:
        """What `redo` would do."""

    def row(self, document: int, segment: int) -> int:
        """Return the index of the row that holds a segment; it must not be a skipped one."""

    def do(self, operation: Operation) -> None:
        """Do an operation."""

    def undo(self) -> Operation:
        """Undo the last operation and return it; slow if it is a `realign`."""

    def redo(self) -> Operation:
        """Redo the operation that was undone last and return it; slow if it is a `realign`."""

    def realign(self) -> None:
        """Align all rows anew that are not corrected; slow."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the screen is given: values to start with, and functions that do the rest."""

    job: Job
    editor: Editing
    title: str
    place: Place
    """Where to open."""
    keep_place: Callable[[Place], None]
    export: Callable[[ParallelText, Path, Options, bool], tuple[str, ...]]
    """Writes a file, over one that is there or not, and returns lines to show.

    Raises ReaderError; ExistsError if a file is there and may not be overwritten.
    """
    explain: Callable[[ParallelText, int], str]
    """Returns lines that say why the segments of a row are paired."""
    follow: Callable[[ParallelText, int], ParallelText]
    """Returns the text with its rows in the order of another document."""
    annotations: Callable[[ParallelText], Annotations]
    """Returns the stars and notes of a text. Raises ReaderError."""
    annotate: Callable[[ParallelText, Annotations], None]
    """Keeps annotations of some sentences. Raises ReaderError."""
    keep_theme: Callable[[str], None]
    """Raises ReaderError."""
    theme: str = ""
    """Name of the theme chosen last; "" for none."""
    pivot_language: str = "en"
    bidi: bool = False
    """Whether the screen puts right-to-left text into visual order."""
