"""What the user asked for, and how a caller looks on while it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import Interrupted
from reader.model import Advanced, Mode, ParallelText, Progress, ignore


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


@dataclass(frozen=True, slots=True)
class Watch:
    """How a caller looks on: called from the thread that runs the job."""

    progress: Callable[[Progress], None] = ignore
    partial: Callable[[ParallelText], None] | None = None
    """Gets provisional rows while translation runs, and before a long text is aligned."""
    cancelled: Callable[[], bool] = lambda: False
    """Asked between batches of translation and between pairs of versions; true stops the job."""

    def pairing(self, sentences: int, *, stoppable: bool) -> Advanced:
        """Return what is told how far the versions of so many sentences are paired.

        Where it is stoppable, it raises `Interrupted` once the job is cancelled.
        """

        def advanced(done: int, total: int) -> None:
            self.progress(Progress("align", done * sentences // total, sentences, "sentences"))
            if stoppable and self.cancelled():
                raise Interrupted("pairing: stopped; open the files again to go on with it")

        return advanced


UNWATCHED = Watch()
