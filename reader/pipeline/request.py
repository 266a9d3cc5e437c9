"""What the user asked for, and how a caller watches the job."""

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
    """Codes the user gave; the other languages are identified."""
    segmented: bool = False
    """Every line is one sentence; nothing is split."""
    mode: Mode | None = None
    """None: chosen by the aligner."""
    hub: int = 0
    pivot: str = "en"
    min_score: float | None = None
    """Least score of a pair; None for that of the mode."""
    machine: bool = False
    """Translate every sentence, not only those that alignment needs."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a caller watches a job and stops it; called from the thread that runs the job."""

    progress: Callable[[Progress], None] = ignore
    partial: Callable[[ParallelText], None] | None = None
    """Is given provisional rows while translation runs, and before a long text is aligned."""
    cancelled: Callable[[], bool] = lambda: False
    """Asked between batches of translation and between pairs of versions; True stops the job."""

    def pairing(self, sentences: int, *, stoppable: bool) -> Advanced:
        """Return the callback for the alignment of so many sentences.

        It raises `Interrupted` once the job is cancelled, if it is stoppable then.
        """

        def advanced(done: int, total: int) -> None:
            self.progress(Progress("align", done * sentences // total, sentences, "sentences"))
            if stoppable and self.cancelled():
                raise Interrupted("pairing: stopped; open the files again to go on with it")

        return advanced


UNWATCHED = Watch()
