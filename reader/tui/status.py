"""The status line in words: which row it is, how sure its pairing, what is half typed."""

from __future__ import annotations

from reader.model import Confidence
from reader.tui.reading import Reading

_WORDS = {
    Confidence.CONFIRMED: "confirmed",
    Confidence.SURE: "sure",
    Confidence.LIKELY: "likely",
    Confidence.DOUBTFUL: "doubtful",
}


def where(reading: Reading, count: int = 0) -> str:
    """Say where the cursor is; `count` is what was typed before a key, 0 for nothing."""
    if not reading.rows:
        return ""
    row, total, tags = reading.rows[reading.row], len(reading.rows), reading.tags
    sure = row.confidence
    if sure is Confidence.ALONE:
        pairing = f"only {tags[row.present[0]]}"
    else:
        pairing = f"{sure} {_WORDS[sure]} {':'.join(map(str, row.type))}"
    words = [
        str(count) if count else "",
        pairing,
        "moved" if row.moved else "",
        f"hidden {' '.join(tags[d] for d in sorted(reading.hidden))}" if reading.hidden else "",
        f"row {reading.row + 1}/{total} {100 * (reading.row + 1) // total}%",
    ]
    return " · ".join(word for word in words if word)
