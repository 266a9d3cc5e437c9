"""What the keys do to a `Reading`: tables of name -> function for `ParallelView`.

The functions return a notice for the user, None or "" for none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.model import Confidence, Document
from reader.tui import loose
from reader.tui.keys import latin
from reader.tui.reading import Reading
from reader.tui.status import covering
from reader.tui.steps import half, page, read_on, step

Move = Callable[[Reading, int], str | None]
"""(reading, how many times, negative for back) -> notice."""


def _doubtful(reading: Reading, row: int) -> bool:
    return reading.rows[row].confidence is Confidence.DOUBTFUL


def _pair(reading: Reading, row: int) -> bool:
    return sum(bool(reading.rows[row].segments[d]) for d in reading.shown) > 1


def _gap(reading: Reading, row: int) -> bool:
    return not all(reading.rows[row].segments[d] for d in reading.shown)


def _chapter(reading: Reading, row: int) -> bool:
    return reading.parallel is not None and row in reading.parallel.headings


def _seek(name: str, wanted: Callable[[Reading, int], bool]) -> Move:
    """Return the move to the next row for which `wanted` is true."""

    def move(reading: Reading, by: int) -> str:
        return reading.seek(by, lambda row: wanted(reading, row), name)

    return move


def _or_loose(move: Move, share: Callable[[Reading], int]) -> Move:
    """Return a move that scrolls the unlocked version instead, by a share of lines, if in focus."""

    def moved(reading: Reading, by: int) -> str | None:
        return None if loose.scrolled(reading, by, share(reading)) else move(reading, by)

    return moved


MOVES: dict[str, Move] = {
    "row": _or_loose(step, lambda _: 1),
    "page": _or_loose(page, lambda reading: reading.lines),
    "on": _or_loose(read_on, lambda reading: reading.lines),
    "half": _or_loose(half, lambda reading: reading.lines // 2),
    "version": Reading.focus,
    "doubtful": _seek("doubtful row", _doubtful),
    "pair": _seek("pair", _pair),
    "gap": _seek("gap", _gap),
    "chapter": _seek("chapter", _chapter),
}

Change = Callable[[Reading], str | None]
"""Changes what is shown; the caller lays out the rows again."""


def _translated(reading: Reading) -> list[Document]:
    """Return the versions shown that are in the pivot language, or translated to it."""
    if reading.parallel is None or not reading.parallel.pivots:
        return []
    pivots, documents = reading.parallel.pivots, reading.parallel.documents
    return [documents[d] for d in reading.shown if pivots[d].texts.whole]


def _pivot(reading: Reading) -> str:
    lens = reading.lens
    lens.pivot = not lens.pivot
    spoken = set[str]().union(*(d.segments.languages(d.kept) for d in _translated(reading)))
    if not lens.pivot or spoken - {lens.pivot_language}:
        return ""
    return "no version shown is translated by machine; M tells what is known of each"


def _folds(reading: Reading) -> str:
    reading.lens.unfolded = not reading.lens.unfolded
    documents = reading.parallel.documents if reading.parallel else ()
    skips = any(documents[d].segments.skips for d in reading.shown)
    return "" if skips or not reading.lens.unfolded else "nothing was skipped"


def _differences(reading: Reading) -> str:
    reading.lens.differences = not reading.lens.differences
    if not reading.lens.differences:
        return ""
    if len(_translated(reading)) < 2:
        return "no words to compare: fewer than two versions shown are translated"
    return "underlined: in no other version"


def _layout(reading: Reading) -> str:
    reading.panes.focus = reading.column
    reading.panes.next_layout()
    reading.lens.opened = False
    return "one version; Space shows the others" if reading.panes.layout == "single" else ""


def _reveal(reading: Reading) -> str:
    reading.lens.next_reveal(reading.shown, reading.column)
    return covering(reading) or "nothing is covered"


def _cover(reading: Reading) -> str:
    reading.lens.toggle_cover(reading.column)
    return f"covered: {reading.names(reading.lens.covered) or 'none'}"


LOOKS: dict[str, Change] = {
    "pivot": _pivot,
    "folds": _folds,
    "differences": _differences,
    "layout": _layout,
    "unlock": loose.toggle,
    "left": lambda reading: reading.panes.move(-1),
    "right": lambda reading: reading.panes.move(1),
    "narrower": lambda reading: reading.panes.widen(-1, reading.geometry),
    "wider": lambda reading: reading.panes.widen(1, reading.geometry),
    "natural": lambda reading: reading.panes.widen(0, reading.geometry),
    "reveal": _reveal,
    "cover": _cover,
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A key that waits for the next one."""

    prompt: Callable[[Reading], str]
    take: Callable[[Reading, str], str | None]
    """Does what the character of the next key means."""


def _versions(reading: Reading) -> str:
    places = zip(PLACES, reading.order, strict=False)
    return "  ".join(f"{key} {reading.tags[d]}" for key, d in places)


def _hide(reading: Reading, key: str) -> str:
    key = latin(key)
    if key == HERE:
        return reading.panes.toggle(reading.order.index(reading.column) + 1)
    return reading.panes.toggle(f"0{PLACES}".index(key)) if key in f"0{PLACES}" else ""


def _mark(reading: Reading, name: str) -> str:
    if reading.rows:
        reading.marks[name] = reading.segment(reading.row)
    return f"marked; '{name} returns here"


def _return(reading: Reading, name: str) -> str:
    row = reading.row_of(*reading.marks[name]) if name in reading.marks else None
    if row is None:
        return f"no mark {name}"
    reading.go_to(row)
    return ""


DIGITS = "0123456789"
PLACES = "123456789abcdefghijklmnopqrstuvwxy"
"""The keys that name a version by its place from the left."""
HERE = "z"
"""The key that names the version in focus."""
PICKS: dict[str, Pick] = {
    "hide": Pick(
        lambda reading: f"hide or show: {HERE} this one  0 all  {_versions(reading)}", _hide
    ),
    "mark": Pick(lambda _: "mark this row as …", _mark),
    "return": Pick(lambda reading: f"return to … {' '.join(sorted(reading.marks))}", _return),
}
