"""What the keys do to a `Reading`: tables of name -> function, called by `ParallelView`.

A function returns why it did nothing; None or "" if there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.model import Confidence
from reader.tui.reading import Reading

Move = Callable[[Reading, int], str | None]
"""Takes how many times to move; negative: back."""


def _doubtful(reading: Reading, row: int) -> bool:
    return reading.rows[row].confidence is Confidence.DOUBTFUL


def _pair(reading: Reading, row: int) -> bool:
    return sum(bool(reading.rows[row].segments[d]) for d in reading.shown) > 1


def _gap(reading: Reading, row: int) -> bool:
    return not all(reading.rows[row].segments[d] for d in reading.shown)


def _seek(name: str, wanted: Callable[[Reading, int], bool]) -> Move:
    """Make the move to the next row that is wanted."""

    def move(reading: Reading, by: int) -> str:
        return reading.seek(by, lambda row: wanted(reading, row), name)

    return move


MOVES: dict[str, Move] = {
    "row": Reading.step,
    "page": Reading.page,
    "half": Reading.half,
    "version": Reading.focus,
    "doubtful": _seek("doubtful row", _doubtful),
    "pair": _seek("pair", _pair),
    "gap": _seek("gap", _gap),
}

LOOKS: dict[str, Callable[[Reading], str | None]] = {
    "pivot": Reading.toggle_pivot,
    "layout": Reading.toggle_layout,
    "folds": Reading.toggle_folds,
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A key that waits for the next one."""

    prompt: Callable[[Reading], str]
    take: Callable[[Reading, str], str | None]
    """Takes the character of the next key."""


def _versions(reading: Reading) -> str:
    return "  ".join(f"{i} {reading.tags[d]}" for i, d in enumerate(reading.order, 1))


def _hide(reading: Reading, key: str) -> str:
    return reading.toggle_version(int(key)) if key in DIGITS else ""


DIGITS = "0123456789"
PICKS: dict[str, Pick] = {
    "hide": Pick(lambda reading: f"hide or show: {_versions(reading)}  0 all", _hide),
}
