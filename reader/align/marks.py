"""What the marks of the originals tell in any language: who speaks, what is counted, what ends how.

Translators move clauses from sentence to sentence, but hardly words from one mouth to another.
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
"""Marks that translators tend to keep, in folded text."""
MOST = 4
"""Marks of one kind beyond which it makes no difference how many more there are."""
ENDS = (".。۔।", "?؟", "!", ":", ";؛", ",、،")
"""Marks that sentences end with, folded, by kind,"""
QUOTES = ('"“”„‟«»「」', "'‘’‚‹›『』")
"""Quotation marks that a text may use for speech; those of the other family are then quotes in it,
or apostrophes."""
LEFT = "“„«「‘‚‹『"
"""Quotation marks that open where their neighbours do not tell."""
CLOSING = "".join(QUOTES) + ")] "
"""and what may follow them."""
STOPS = ",;:!?."
"""Marks after which none opens, nor before them but for an ellipsis."""
SPACED = "\u2e80"
"""From here on, scripts set no blanks around quotation marks."""
DASHES = re.compile(r"^[—–―-]\s", re.MULTILINE)
"""How speech begins where it has no quotation marks."""
TURNS = 3
"""Fewer turns on either side are no dialogue."""
LONGEST = 2000
"""Characters of speech beyond which the mark that ended it is missing."""
LAST = 3
"""Characters at the end of a segment, one of which closes speech."""
WORDLESS = 3
"""A segment with fewer letters is dust: a page number, a rule, what a scanner saw in a stain."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Marks:
    """The marks of one version, by segment or by the boundaries before, between and after them."""

    folded: Sequence[str]

    @cached_property
    def counts(self) -> Floats:
        """Segments x what is counted."""
        kinds = COUNTED.values()
        found = [[sum(1 for _ in kind.finditer(text)) for kind in kinds] for text in self.folded]
        return np.array(found, np.float32).reshape(-1, len(COUNTED))

    @cached_property
    def ends(self) -> Ints:
        """The kind of mark that every segment ends with, 0 for none."""
        kind = {mark: k for k, marks in enumerate(ENDS, 1) for mark in marks}
        last = (text.rstrip(CLOSING)[-1:] for text in self.folded)
        return np.array([kind.get(mark, 0) for mark in last], np.int32)

    @cached_property
    def dust(self) -> Floats:
        """1 for every segment that has next to no letters, else 0."""
        letters = (sum(1 for _ in islice(_LETTER.finditer(t), WORDLESS)) for t in self.folded)
        return np.array([n < WORDLESS for n in letters], np.float32)

    @cached_property
    def speech(self) -> Speech:
        """Who speaks when."""
        return Speech.of(self.folded)


@dataclass(frozen=True)
class Speech:
    """Where somebody speaks in a version, by boundary: one more than there are segments."""

    turns: Ints
    """How many times somebody has begun to speak before."""
    inside: NDArray[np.bool_]
    """Whether somebody is speaking across the boundary."""
    closed: NDArray[np.bool_]
    """Whether speech ends just before."""

    @classmethod
    def of(cls, folded: Sequence[str]) -> Speech:
        """Find speech by the quotation marks that the version uses most, or else by dashes."""
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
    """Return where the quotation marks of a family stand, and which of them open.

    Marks that could be either, and apostrophes, are left out.
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
    """Return whether a quotation mark between two characters opens, or None if it is not one."""
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
    """Yield how far the marks of the two sides of beads agree; null beads are not allowed."""
    first, second = (np.cumsum(np.pad(m.counts, ((1, 0), (0, 0))), axis=0) for m in (one, two))
    counts = first[beads.i1] - first[beads.i0] - second[beads.j1] + second[beads.j0]
    for kind, difference in zip(COUNTED, counts.T, strict=True):
        unmatched: Floats = np.minimum(np.abs(difference), MOST).astype(np.float32)
        yield f"{kind} unmatched", unmatched
    yield "ends alike", (one.ends[beads.i1 - 1] == two.ends[beads.j1 - 1]).astype(np.float32)
    a, b = one.speech, two.speech
    fewer, more = sorted((int(a.turns[-1]), int(b.turns[-1])))
    # Where one side has quotes that the other lacks, they say little.
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
