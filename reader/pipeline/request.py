"""What the user asked for, and how a caller looks on while it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.model import Mode, ParallelText, Progress


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    paths: tuple[Path, ...]
    cache: Path
    languages: Mapping[Path, str] = field(default_factory=dict)
    """Codes the user gave; the others are identified."""
    segmented: bool = False
    """One sentence a line, nothing to split."""
    mode: Mode | None = None
    """None: chosen by the texts."""
    hub: int = 0
    pivot: str = "en"
    min_score: float | None = None
    """Least score of a pair that is shown; None: as the mode has it."""
    machine: bool = False
    """Whether every sentence is to be translated, also those that are aligned already."""


def _ignore(_: object) -> None:
    """Do nothing: the default of a callback."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a caller looks on: called from the thread that runs the job."""

    progress: Callable[[Progress], None] = _ignore
    partial: Callable[[ParallelText], None] | None = None
    """Gets provisional rows while translation runs, and before a long text is aligned."""
    cancelled: Callable[[], bool] = lambda: False
    """Asked between batches; true stops translation and aligns with what there is."""


UNWATCHED = Watch()
