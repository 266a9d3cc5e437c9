"""Right-to-left text in visual order, for terminals that do not reorder it.

The algorithm is that of Unicode Standard Annex 9, by python-bidi; the shapes of Arabic letters are
by arabic-reshaper. This module keeps track of where each character came from. What is searched,
copied and exported is in logical order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TextIO

from rich.cells import split_graphemes

from reader.tui.differences import Mark, Marks

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

Bidi = Literal["auto", "on", "off"]

OWN_ORDER = "\x1b[8l"
"""Tells a terminal that the program reorders (ECMA-48 BDSM; terminal-wg BiDi recommendation)."""
TERMINALS_ORDER = "\x1b[8h"

# Hebrew, Arabic, Syriac, Thaana, N'Ko ... and their presentation forms.
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")


def reorders(bidi: Bidi, environment: Mapping[str, str]) -> bool:
    """Tell whether the program is to reorder; with "auto", unless the terminal always does."""
    if bidi != "auto":
        return bidi == "on"
    by_itself = (
        environment.get("TERM_PROGRAM") == "Apple_Terminal",
        "KONSOLE_VERSION" in environment,
        environment.get("TERM", "").startswith("mlterm"),
    )
    return not any(by_itself)


@contextmanager
def own_order(terminal: TextIO, wanted: bool) -> Iterator[None]:
    """Tell the terminal, if `wanted`, that the program reorders; undo that at the end."""
    if wanted:
        terminal.write(OWN_ORDER)
        terminal.flush()
    try:
        yield
    finally:
        if wanted:
            terminal.write(TERMINALS_ORDER)
            terminal.flush()


def visual(text: str, marks: Marks, *, rtl: bool) -> tuple[str, Marks, Sequence[int]]:
    """Return a line in visual order, its marks there, and the place of each character in `text`.

    Args:
        text: one line of a paragraph in logical order.
        marks: spans of `text`.
        rtl: whether the paragraph is right-to-left.
    """
    if not _FROM_RIGHT.search(text):
        return text, marks, range(len(text))
    shaped = _reshaper().reshape(text)
    order = list(_order(shaped if len(shaped) == len(text) else text, rtl=rtl))
    seen = "".join(character for _, character in order)
    places = [at for at, _ in order]
    return seen, tuple(_moved(marks, places)), places


@cache
def _reshaper() -> ArabicReshaper:
    from arabic_reshaper import ArabicReshaper

    # No ligatures and nothing deleted: a character stays a character.
    return ArabicReshaper(
        {"delete_harakat": False, "delete_tatweel": False, "support_ligatures": False}
    )


def _order(text: str, *, rtl: bool) -> Iterator[tuple[int, str]]:
    """Yield (place in the text, character to show) from left to right."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = int(rtl), "LR"[rtl]
    algorithm.get_embedding_levels(text, storage)
    for at, character in enumerate(storage["chars"]):
        character["at"] = at
    for step in (
        algorithm.explicit_embed_and_overrides,
        *(algorithm.resolve_weak_types, algorithm.resolve_neutral_types),
        *(algorithm.resolve_implicit_levels, algorithm.reorder_resolved_levels),
        algorithm.apply_mirroring,
    ):
        step(storage, False)
    shown = {character["at"]: character["ch"] for character in storage["chars"]}
    # Rule L3: what combines follows its base in a terminal, from whichever side it is read.
    cluster = {start: stop for start, stop, _ in split_graphemes(text)[0]}
    for character in storage["chars"]:
        start = character["at"]
        for at in range(start, cluster.get(start, start)):
            if at in shown:
                yield at, shown[at]


def _moved(marks: Marks, places: Sequence[int]) -> Iterator[Mark]:
    """Yield the marks in visual order; a mark may be divided."""
    for mark in marks:
        hit = [mark.start <= at < mark.stop for at in places]
        for inside, run in groupby(range(len(places)), key=hit.__getitem__):
            if inside:
                first, *rest = run
                yield Mark(first, (rest[-1] if rest else first) + 1, mark.kind)
