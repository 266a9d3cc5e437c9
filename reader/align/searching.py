"""The search for rows: in an order that versions keep or can be put in, or in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from reader.align import chapters, jumps, monotone, passages
from reader.align.links import FREE, Links
from reader.align.merge import Bitext, Bitexts, Cells, in_order, out_of_order
from reader.align.modes import choose, pairs_of, related, texts
from reader.align.pins import Units
from reader.align.text import Ints
from reader.align.versions import Library
from reader.model import Advanced, Mode, ignore

COVERED = 0.4
"""Share of segments with a counterpart below which texts are no translations after all."""
SHORT = 60
"""Segments of the shorter version below which it is looked at whether texts in one order are alike.
Of the pairs of made-up reports that share a third in one order 83-94 % are right so, instead of
64-94 %; free translations as short as that lose up to 1 in 20 (`python -m tests.eval.short` on
mac-dev and textberg-dev)."""
ALIKE = 0.6
"""Share of segments that are alike by themselves from which place tells of the others, too."""
MOVED = 0.65
"""The same from which texts whose passages stand in another order are shown as translations, where
they could be compared in one language. Below, they may be reports that share much."""
STRAY = 0.65
"""Score from which what was left alone in order is a passage that was moved. In the development
sets it is from 0.69 on, and where it is none, the score is 0.6 at most; with 30 % of the
translations destroyed, 0.85."""
TELLING = 0.35
"""Length that it has at least, in mean segments of its version: in a novel many a "Why?" is left
alone."""


@dataclass(frozen=True)
class Arrangement:
    """Versions in the order in which they are searched."""

    units: Units
    library: Library
    """Their texts, ready to be compared."""
    of: Sequence[int]
    """Per version a number that those of one text share: only these keep one order."""

    @classmethod
    def by(cls, units: Units, of: Sequence[int] | None = None) -> Arrangement:
        """Return versions as they are, by default of one text."""
        library = Library(units.versions, units.pins)
        return cls(units, library, of or [0] * len(units.sizes))

    def rearranged(self, orders: Sequence[Sequence[int]]) -> Arrangement:
        """Return the same in another order."""
        return Arrangement.by(self.units.rearranged(orders), self.of)

    def bitexts(self, method: Callable[[int, int], Bitext], advanced: Advanced = ignore) -> Bitexts:
        """Return what a method finds of every two versions that have segments."""
        sizes = self.units.sizes
        found = {}
        # Of every two versions all segments are compared, so that each counts as often as there
        # are others.
        done, total = 0, max(1, (len(sizes) - 1) * sum(sizes))
        for d, e in combinations(range(len(sizes)), 2):
            advanced(done, total)
            done += sizes[d] + sizes[e]
            found[d, e] = method(d, e) if sizes[d] and sizes[e] else Bitext([])
        advanced(done, total)
        return Bitexts(found, self.units.pins)

    def in_order(self, d: int, e: int) -> Bitext:
        """Return what two versions say in one order, if they are of one text."""
        if self.of[d] != self.of[e]:
            return self.in_any_order(d, e)
        pair = self.library.pair(d, e)
        beads, probability, level = monotone.decode(pair)
        if pair.links is not None:
            beads, probability = pair.links.settled(beads, probability)
        return Bitext.of(beads, probability, level, min(pair.m, pair.n))

    def borne_out(self, d: int, e: int) -> Bitext:
        """Return what two versions say in one order, and what they are like bears out.

        Short texts that have little in common though no translation is lost may be reports that
        tell the same at first: there place alone makes no pair.
        """
        found, pair = self.in_order(d, e), self.library.pair(d, e)
        if found.level != "rough parallel" or found.size >= SHORT or jumps.lost(pair):
            return found
        other = self.in_any_order(d, e)
        alike = found.only(lambda x, y: other.agreement(x, y) > 0)
        return alike if alike.covered < ALIKE * (pair.m + pair.n) else found

    def in_any_order(self, d: int, e: int) -> Bitext:
        """Return what two versions say in any order."""
        pair = self.library.pair(d, e)
        beads, probability, level = jumps.find(pair)
        if pair.pinned is not None:
            beads, probability = pair.pinned.settled(beads, probability)
        return Bitext.of(beads, probability, level, min(pair.m, pair.n))

    def confirmed(self, anyhow: Bitexts, d: int, e: int) -> Bitext:
        """Return what two versions say in one order and might have said in any order, too.

        That it stands between two pairs makes no pair of what is none by itself, unless there is no
        translation, or so many are lost that nothing is.
        """
        found, pair = self.in_order(d, e), self.library.pair(d, e)
        if pair.untranslated or jumps.lost(pair):
            return found
        other, own = anyhow[d, e], self.units.own
        return found.only(lambda x, y: other.agreement(own(d, x), own(e, y)) > 0)

    def left(self, taken: Sequence[Ints], d: int, e: int) -> Bitext:
        """Return what two translations of one text say in any order of what is not taken."""
        pair = self.library.pair(d, e)
        if pair.untranslated or self.of[d] != self.of[e]:
            return Bitext([])
        beads, probability, level = jumps.find(pair, Links((taken[d], taken[e])))
        return Bitext.of(beads, probability, level, min(pair.m, pair.n))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds, before anything is said of how sure it is."""

    units: Units
    """In the order that was searched."""
    mode: Mode
    bitexts: Bitexts
    rows: list[Cells]
    translations: bool
    """Whether they tell so much the same, in some order, that a doubtful row stands, too."""


def search(
    units: Units,
    mode: Mode | None,
    advanced: Advanced = ignore,
    *,
    of: Sequence[int] | None = None,
) -> Found:
    """Return what every two versions say of each other, and rows of all; see `align`."""
    given = Arrangement.by(units, of)
    if mode == "parallel":
        return _in_order(given, given.bitexts(given.in_order, advanced))
    if mode is None and (ordered := _translations(given)) is not None:
        # Another text among translations would be paired with them by length and place alone.
        ordered = replace(ordered, of=of or texts(ordered.library))
        found = _in_order(ordered, ordered.bitexts(ordered.borne_out, advanced))
        if _of_one_text(ordered, found):
            return _gathered(ordered, found, advanced)
    found = in_any_order(given, advanced)
    return _passages_moved(given, found.bitexts, advanced) or found


def in_any_order(given: Arrangement, advanced: Advanced = ignore) -> Found:
    """Return what is found if no order is looked for."""
    bitexts = given.bitexts(given.in_any_order, advanced)
    rows = out_of_order(bitexts, given.units.sizes)
    return Found(given.units, "comparable", bitexts, rows, translations=False)


def _in_order(arranged: Arrangement, bitexts: Bitexts) -> Found:
    rows = in_order(bitexts, arranged.units.sizes)
    return Found(arranged.units, "parallel", bitexts, rows, translations=True)


def _translations(given: Arrangement) -> Arrangement | None:
    """Return versions in an order that all keep by their anchors, if need be one of chapters."""
    if choose(given.library) == "parallel":
        return given
    found = chapters.orders(given.library)
    if found is None:
        return None
    arranged = given.rearranged(found)
    return arranged if choose(arranged.library) == "parallel" else None


def _of_one_text(arranged: Arrangement, found: Found) -> bool:
    """Return whether versions that were aligned in order bear it out that they tell the same."""
    if found.bitexts.covered(arranged.units.sizes, arranged.of) < COVERED:
        return False
    if any((column != FREE).any() for column in arranged.units.pins):
        return True
    met = (
        pair
        for row in found.rows
        for pair in found.bitexts.meeting([{d: x} for d, x in row.items()])
    )
    return related(arranged.library, [bitext.agreement(x, y) for bitext, x, y in met])


def _gathered(ordered: Arrangement, found: Found, advanced: Advanced) -> Found:
    """Return what is found once passages that were left alone stand beside their counterparts."""
    sizes = ordered.units.sizes
    left = ordered.bitexts(partial(ordered.left, _taken(found)))
    strays = [
        row
        for row in out_of_order(left, sizes)
        if len(row) > 1 and left.score(row) >= STRAY and _telling(row, ordered.units)
    ]
    orders = passages.orders([*found.rows, *strays], sizes) if strays else None
    if orders is None:
        return found
    arranged = ordered.rearranged(orders)
    gathered = _in_order(arranged, arranged.bitexts(arranged.borne_out, advanced))
    return max(found, gathered, key=lambda either: either.bitexts.covered(sizes, ordered.of))


def _telling(row: Cells, units: Units) -> bool:
    """Return whether both sides of a row are too long to be alike by chance."""
    for d, span in row.items():
        texts = units.versions[d].originals
        if sum(map(len, texts[slice(*span)])) * len(texts) < TELLING * sum(map(len, texts)):
            return False
    return True


def _taken(found: Found) -> list[Ints]:
    """Return per version and segment its pin, or the row in which it is with others, or `FREE`."""
    taken = [column.copy() for column in found.units.pins]
    for number, row in enumerate(found.rows):
        for d, span in row.items() if len(row) > 1 else ():
            taken[d][slice(*span)] = number
    return taken


def _passages_moved(given: Arrangement, bitexts: Bitexts, advanced: Advanced) -> Found | None:
    """Return what is found in the order in which versions tell the same; None if there is none.

    Args:
        given: the versions as they are.
        bitexts: what they say of each other in any order.
        advanced: as for `align`.
    """
    sizes = given.units.sizes
    if bitexts.covered(sizes, given.of) < COVERED / 2:
        return None
    orders = passages.orders(out_of_order(bitexts, sizes, passages.LEAST), sizes)
    if orders is None:
        return None
    arranged = given.rearranged(orders)
    if choose(arranged.library) != "parallel":
        return None
    arranged = replace(arranged, of=texts(arranged.library))
    found = _in_order(arranged, arranged.bitexts(partial(arranged.confirmed, bitexts), advanced))
    if not _of_one_text(arranged, found):
        return None
    translated = not all(pair.untranslated for pair in pairs_of(arranged.library))
    sure = translated and found.bitexts.covered(sizes, arranged.of) >= MOVED
    return replace(found, mode="comparable", translations=sure)
