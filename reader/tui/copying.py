"""Copying: the text in its logical order, whatever is drawn of it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.tui.reading import Reading


def copy_text(reading: Reading, documents: Sequence[int]) -> tuple[str, str]:
    """Return the texts of versions in the cursor row, one a line, and the names of the versions."""
    assert reading.parallel is not None
    texts = dict(reading.parallel.cells(reading.row))
    found = [(reading.tags[d], texts[d]) for d in documents if d in texts]
    alone = len(documents) == 1
    lines = [text if alone else f"{tag}\t{text}" for tag, text in found]
    return "\n".join(lines), " ".join(tag for tag, _ in found)
