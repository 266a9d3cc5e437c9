"""Set aside the licence around a text of Project Gutenberg."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.model import Paragraph

_LINE = r"\*{3} ?{} OF (?:THE|THIS) PROJECT GUTENBERG EBOOK"
_START = re.compile(_LINE.replace("{}", "START"), re.IGNORECASE)
_END = re.compile(_LINE.replace("{}", "END"), re.IGNORECASE)
_ASIDE = "licence"


def set_licence_aside(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, those outside of the start and end lines of the licence set aside."""
    if "GUTENBERG" not in text:
        return list(paragraphs)
    starts = [k for k, p in enumerate(paragraphs) if _START.search(text, p.start, p.stop)]
    ends = [k for k, p in enumerate(paragraphs) if _END.search(text, p.start, p.stop)]
    first = starts[0] + 1 if starts else 0
    last = ends[-1] if ends else len(paragraphs)
    return [
        p if first <= k < last else replace(p, kind="text", aside=p.aside or _ASIDE)
        for k, p in enumerate(paragraphs)
    ]
