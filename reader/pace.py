"""The progress of a job in words: how much is done, the rate, the time left."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model import Progress

_DOING = {
    "load": "reading",
    "translate": "translating",
    "align": "pairing",
    "download": "downloading",
}


def duration(seconds: float) -> str:
    """Return a time in words, in one or two units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{round(whole / 60)} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@dataclass(frozen=True, slots=True)
class Pace:
    """The first and the latest report on a stage, each with its time in seconds."""

    first: Progress
    began: float
    latest: Progress
    now: float

    def then(self, progress: Progress, now: float) -> Pace:
        """Add the next report; one on another stage or name begins anew."""
        if (progress.stage, progress.name) != (self.latest.stage, self.latest.name):
            return Pace(progress, now, progress, now)
        return Pace(self.first, self.began, progress, now)

    @property
    def rate(self) -> float:
        """Units per second since the stage began; 0 in its first second."""
        seconds = self.now - self.began
        return max(0.0, (self.latest.done - self.first.done) / seconds) if seconds >= 1 else 0.0

    def __str__(self) -> str:
        """Return all of it on one line."""
        now = self.latest
        unit, size = ("MB", 1e6) if now.unit == "bytes" else (now.unit, 1)
        words = [
            _DOING[now.stage],
            now.name,
            f"{_count(now.done / size)}/{_count(now.total / size)}",
        ]
        line = " ".join(word for word in (*words, unit) if word)
        if self.rate:
            left = duration(max(0, now.total - now.done) / self.rate)
            line += f" · {_count(self.rate / size)}/s · {left} left"
        return line


def _count(amount: float) -> str:
    """Return a number with one decimal place below ten, else rounded."""
    return f"{amount:,.0f}" if amount >= 10 or amount == int(amount) else f"{amount:.1f}"
