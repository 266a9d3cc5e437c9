"""The times of segments, from the cues of subtitles."""

from bisect import bisect_right
from collections.abc import Sequence

from reader.model import Document

_SHORTEST_MS = 1
"""Players leave out a cue that ends as it begins."""


class Clock:
    """Tells the times of the segments of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [cue.start for cue in document.cues]

    def time_of(self, segments: Sequence[int]) -> tuple[int, int] | None:
        """Return begin and end of some segments in milliseconds, None if there are no times."""
        if not segments or not self._starts:
            return None
        first, last = (self._document.segments[i] for i in (segments[0], segments[-1]))
        begins, ends = self._at(first.start), self._at(last.stop)
        return begins, max(ends, begins + _SHORTEST_MS)

    def _at(self, place: int) -> int:
        """Return the time of an offset in the text, interpolated within its cue."""
        cue = self._document.cues[bisect_right(self._starts, place) - 1]
        share = min(1, (place - cue.start) / (cue.stop - cue.start))
        return cue.begins + round((cue.ends - cue.begins) * share)
