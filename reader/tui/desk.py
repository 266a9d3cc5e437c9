"""What the screen is given: the seam between it and the rest of the program."""

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
"""Makes the text; reports on the way, and stops soon once it is cancelled."""


class Editing(Protocol):
    """Corrects the text that the job has made, and keeps every correction at once.

    Methods raise a ReaderError, and have then changed nothing.
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
        """Return the index of the row that holds a segment that takes part."""

    def do(self, operation: Operation) -> None:
        """Do an operation."""

    def undo(self) -> Operation:
        """Take back what was done last and return it; slow where it was to `realign`."""

    def redo(self) -> Operation:
        """Do again what was undone last and return it; slow where it was to `realign`."""

    def realign(self) -> None:
        """Make all rows anew that nothing was said of; slow."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the screen is given; through it alone it reaches the rest of the program."""

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
    """Says why the segments of a row stand together."""
    follow: Callable[[ParallelText, int], ParallelText]
    """Lets the rows follow the order of another document."""
    annotations: Callable[[ParallelText], Annotations]
    """Finds the stars and notes of a text. Raises ReaderError."""
    annotate: Callable[[ParallelText, Annotations], None]
    """Keeps what is said of some sentences. Raises ReaderError."""
    keep_theme: Callable[[str], None]
    """Raises ReaderError."""
    theme: str = ""
    """The colours chosen last; "" for none."""
    pivot_language: str = "en"
    bidi: bool = False
    """The terminal leaves the order of right-to-left text to us."""
