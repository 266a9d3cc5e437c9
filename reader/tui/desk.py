"""What the screen is given: the seam between it and the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reader.annotations import Annotations
from reader.model import ParallelText, Place, Progress

OnProgress = Callable[[Progress], None]
OnPartial = Callable[[ParallelText], None]
Cancelled = Callable[[], bool]
Job = Callable[[OnProgress, OnPartial, Cancelled], ParallelText]
"""Makes the text; reports on the way, and stops soon once it is cancelled."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the screen is given; through it alone it reaches the rest of the program."""

    job: Job
    title: str
    place: Place
    """Where to open."""
    keep_place: Callable[[Place], None]
    export: Callable[[ParallelText, Path], str]
    """Writes a file and returns a line to show. Raises ReaderError."""
    export_formats: tuple[str, ...]
    """Suffixes without the dot."""
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
    notes: tuple[str, ...] = ()
    """What the reader should know from the start, one line each."""
    pivot_language: str = "en"
