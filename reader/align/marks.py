"""Punctuation and numbers of the originals: features that need no translation.

Translators move clauses from sentence to sentence, but rarely words from one speaker to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from reader.align.lattice import Beads
from reader.align.text import Floats, Ints

COUNTED = {
    "commas": re.compile("[,،、]"),
    "numbers": re.compile(r"\d+"),
    "brackets": re.compile(r"[()\[\]]"),
}
"""Marks that translators tend to keep, in folded text; a feature counts those of each kind."""
MOST = 4
"""Largest difference in number that a feature can have."""
ENDS = (".。۔।", "?؟", "!", ":", ";؛", ",、،")
"""Marks that end sentences, by kind, in folded text."""
QUOTES = ('"“”„‟«»「」', "'‘’‚‹›『』")
"""Two families of quotation marks: a text uses one for speech, and the other for quotes within it
or for apostrophes."""
LEFT = "“„«「‘‚‹『"
"""Quotation marks that open a quote unless their neighbours show otherwise."""
CLOSING = "".join(QUOTES) + ")] "
"""Characters that may follow the mark that ends a sentence."""
STOPS = ",;:!?."
"""Punctuation marks after which no quote opens, nor before them, except before an ellipsis."""
SPACED = "\u2e80"
"""First character of the scripts that have no blanks around quotation marks."""
DASHES = re.compile(r"^[—–―-]\s", re.MULTILINE)
"""Dashes that begin speech in texts without quotation marks."""
TURNS = 3
"""Turns of speech that both sides must have for the features of speech to count."""
LONGEST = 2000
"""Characters of a speech; a longer one has lost the mark that ends it."""
LAST = 3
"""Last characters of a segment among which a mark may close speech."""
WORDLESS = 3
"""A segment with fewer letters is dust: a page number, a line, an error of a scanner."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Marks:
    """The marks of one version, by segment or by boundary: before, between and after segments."""

    folded: Sequence[str]

    @cached_property
    def counts(self) -> Floats:
        """Array of segments x `COUNTED`: the number of marks."""
        kinds = COUNTED.values()
        found = [[sum(1 for _ in kind.finditer(text)) for kind in kinds] for text in self.folded]
        return np.array(found, np.float32).reshape(-1, len(COUNTED))

    @cached_property
    def ends(self) -> Ints:
        """Per segment the kind of mark that ends it, from 1; 0 for none."""
        kind = {mark: k for k, marks in enumerate(ENDS, 1) for mark in marks}
        last = (text.rstrip(CLOSING)[-1:] for text in self.folded)
        return np.array([kind.get(mark, 0) for mark in last], np.int32)

    @cached_property
    def dust(self) -> Floats:
        """Per segment 1 if it is dust, else 0."""
        letters = (sum(1 for _ in islice(_LETTER.finditer(t), WORDLESS)) for t in self.folded)
        return np.array([n < WORDLESS for n in letters], np.float32)

    @cached_property
    def speech(self) -> Speech:
        """Where somebody speaks."""
        return Speech.of(self.folded)


@dataclass(frozen=True)
class Speech:
    """Where somebody speaks in a version, by boundary."""

    turns: Ints
    """Number of times that somebody has begun to speak before."""
    inside: NDArray[np.bool_]
    """Whether somebody is speaking across the boundary."""
    closed: NDArray[np.bool_]
    """Whether speech ends just before."""

    @classmethod
    def of(cls, folded: Sequence[str]) -> Speech:
        """Find speech by the quotation marks that open most often, or by dashes if more do."""
        running = "\n".join(folded)
        bounds = np.concatenate([[0], np.cumsum([len(text) + 1 for text in folded])])
        place, opens = max(
            (quotes(running, family) for family in QUOTES), key=lambda marks: int(marks[1].sum())
        )
        begin = np.flatnonzero(opens[:-1] & ~opens[1:] & (np.diff(place) < LONGEST))
        first, last = place[begin], place[begin + 1] if len(begin) else place[begin]
        dashes = np.array([found.start() for found in DASHES.finditer(running)], np.int64)
        if len(dashes) > len(first):
            first, last = dashes, dashes[:0]
        edges = np.sort(np.concatenate([first[: len(last)], last]))
        return cls(
            np.searchsorted(first, bounds).astype(np.int32),
            np.searchsorted(edges, bounds) % 2 == 1,
            np.searchsorted(last, bounds) > np.searchsorted(last, bounds - 1 - LAST),
        )


def quotes(text: str, family: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the places of the quotation marks of a family, and whether each opens a quote.

    Without apostrophes and marks that could both open and close.
    """
    places, opens = [], []
    for found in re.finditer(f"[{family}]", text):
        k = found.start()
        before, after = text[k - 1 : k] or "\n", text[k + 1 : k + 2] or "\n"
        opening = _opens(found.group(), before, after)
        if opening is not None:
            places.append(k)
            opens.append(opening)
    return np.array(places, np.int64), np.array(opens, bool)


def _opens(mark: str, before: str, after: str) -> bool | None:
    """Return whether a mark between two characters opens a quote; None if it may do neither."""
    directed = mark not in "\"'’"
    if mark in "「」『』" or ((directed or mark == "’") and max(before, after) >= SPACED):
        return mark in LEFT
    left = not (before.isalnum() or before in STOPS or after.isspace() or after in STOPS[:-1])
    right = not (before.isspace() or after.isalnum())
    if left == right:
        return mark in LEFT if directed else None
    if right and mark in "'’" and before.isalnum():
        return None
    return left


def compared(one: Marks, two: Marks, beads: Beads) -> Iterator[tuple[str, Floats]]:
    """Yield the features of beads, none of them null, by the marks of their sides."""
    first, second = (np.cumsum(np.pad(m.counts, ((1, 0), (0, 0))), axis=0) for m in (one, two))
    counts = first[beads.i1] - first[beads.i0] - second[beads.j1] + second[beads.j0]
    for kind, difference in zip(COUNTED, counts.T, strict=True):
        unmatched: Floats = np.minimum(np.abs(difference), MOST).astype(np.float32)
        yield f"{kind} unmatched", unmatched
    yield "ends alike", (one.ends[beads.i1 - 1] == two.ends[beads.j1 - 1]).astype(np.float32)
    a, b = one.speech, two.speech
    fewer, more = sorted((int(a.turns[-1]), int(b.turns[-1])))
    # The more one side has of quotes that the other lacks, the less they count.
    trust = fewer / more if fewer >= TURNS else 0.0
    turns = a.turns[beads.i1] - a.turns[beads.i0] - b.turns[beads.j1] + b.turns[beads.j0]
    broken = [a.inside[i] != b.inside[j] for i, j in ((beads.i0, beads.j0), (beads.i1, beads.j1))]
    told = {
        "turns unmatched": np.minimum(np.abs(turns), MOST),
        "speech broken": np.sum(broken, axis=0),
        "speech closed": a.closed[beads.i1] == b.closed[beads.j1],
    }
    for name, values in told.items():
        yield name, (trust * values).astype(np.float32)
