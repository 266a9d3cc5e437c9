"""The search for rows: in an order that all versions have or can be put in, or in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from reader.align import chapters, jumps, monotone, passages
from reader.align.links import FREE, Links
from reader.align.merge import Bitext, Bitexts, Cells, in_order, out_of_order, unite, within
from reader.align.modes import apart, choose, pairs_of, related, text_groups
from reader.align.monotone import WORTH
from reader.align.pins import Units
from reader.align.text import Ints
from reader.align.versions import Library, seams_before
from reader.model import Advanced, Mode, Span, ignore

COVERED = 0.4
"""Share of segments with a counterpart below which versions are no translations of one text."""
ABRIDGED = 0.6
"""Share of the segments of the shorter version with a counterpart from which it is an abridged
version, if it is long."""
SHORT = 60
"""Segments of the shorter version below which versions in one order must be alike in any order,
too. Of the rows of made-up reports that share a third in one order 83-94 % are right so, instead of
64-94 %; short free translations lose up to 1 row in 20 (`python -m tests.eval.short` on mac-dev and
textberg-dev)."""
ALIKE = 0.6
"""Share of segments that are alike in any order from which the others may be paired by place."""
MOVED = 0.65
"""Share of segments with a counterpart from which translated versions whose passages stand in
different orders are translations of one text. Below, they may be reports that share much."""
STRAY = 0.65
"""Score from which segments that are alike, but were unpaired in order, are a moved passage. In the
development sets such passages have 0.69 and more, others 0.6 at most; with 30 % of the translations
destroyed, 0.85."""
STRAY_LENGTH = 0.35
"""Least length of such a passage, in mean segments of its version: a novel has many a "Why?"."""


@dataclass(frozen=True)
class Arrangement:
    """Versions whose segments stand in the order in which they are searched."""

    units: Units
    library: Library
    """Their texts, prepared for comparison."""
    groups: Sequence[int]
    """Per version a number; those with the same number tell one text, in one order."""

    @classmethod
    def of(cls, units: Units, groups: Sequence[int] | None = None) -> Arrangement:
        """Return versions in their present order; without groups, all tell one text."""
        library = Library(units.versions, units.pins)
        return cls(units, library, groups or [0] * len(units.sizes))

    def rearranged(self, orders: Sequence[Sequence[int]]) -> Arrangement:
        """Return the versions with their units in another order; see `Units.rearranged`."""
        return Arrangement.of(self.units.rearranged(orders), self.groups)

    @property
    def long(self) -> bool:
        """Whether no version is short, but for empty ones."""
        return min(filter(None, self.units.sizes)) >= SHORT

    def bitexts(self, method: Callable[[int, int], Bitext], advanced: Advanced = ignore) -> Bitexts:
        """Return the bitexts that a method of this class finds for all pairs of versions."""
        sizes = self.units.sizes
        found = {}
        # Of every two versions all segments are compared, so that each counts as often as there
        # are others.
        done, total = 0, max(1, (len(sizes) - 1) * sum(sizes))
        for d, e in combinations(range(len(sizes)), 2):
            advanced(done, total)
            done += sizes[d] + sizes[e]
            both = sizes[d], sizes[e]
            found[d, e] = method(d, e) if all(both) else Bitext([], sizes=both)
        advanced(done, total)
        return Bitexts(found, self.units.pins)

    def in_order(self, d: int, e: int) -> Bitext:
        """Return the beads of two versions in one order; in any order if they tell two texts.

        There are none if they have nothing in common, as two chapters beside their book.
        """
        if self.groups[d] != self.groups[e]:
            return self.in_any_order(d, e)
        if len(self.groups) > 2 and apart(self.library.pair(d, e)):
            return Bitext([], sizes=(0, 0))
        pair, x, y = self.library.overlap(d, e)
        beads, probability, level = monotone.decode(pair)
        if pair.links is not None:
            beads, probability = pair.links.settled(beads, probability)
        return Bitext.of(beads.shifted(x.start, y.start), probability, level, (pair.m, pair.n))

    def in_any_order(self, d: int, e: int) -> Bitext:
        """Return the beads of two versions in any order."""
        pair = self.library.pair(d, e)
        beads, probability, level = jumps.decode(pair)
        if pair.pinned is not None:
            beads, probability = pair.pinned.settled(beads, probability)
        return Bitext.of(beads, probability, level, (pair.m, pair.n))

    def in_order_unless_reports(self, d: int, e: int) -> Bitext:
        """Return the beads of two versions in order; of short reports only those that are alike.

        Short texts that have little in common though hardly a translation is garbled may be reports
        that tell the same at first. Where few of their beads may be beads in any order, too, the
        others are left out: they were paired by place alone.
        """
        found, pair = self.in_order(d, e), self.library.pair(d, e)
        if found.level != "rough parallel" or min(found.sizes) >= SHORT or jumps.many_garbled(pair):
            return found
        other = self.in_any_order(d, e)
        alike = found.only(lambda x, y: other.agreement(x, y) > 0)
        return alike if sum(alike.covered) < ALIKE * sum(found.sizes) else found

    def supported(self, ordered: Bitexts, anyhow: Bitexts, d: int, e: int) -> Bitext:
        """Return the beads of two versions in order that those in any order support.

        Such a bead may be one in any order, too; or it lies between two that may, in a passage that
        has the same order in both versions. Elsewhere, and in short texts, place proves little in
        versions that were put in order. All beads are kept if there is no translation, or so many
        are garbled that hardly a bead would be found in any order.

        Args:
            ordered: the bitexts in order.
            anyhow: the bitexts in any order, of the versions in their own order.
            d: index of the first version.
            e: index of the second version.
        """
        found, pair = ordered[d, e], self.library.pair(d, e)
        if pair.untranslated or jumps.many_garbled(pair):
            return found
        other, place = anyhow[d, e], self.units.in_version
        alike = found.only(lambda x, y: other.agreement(place(d, x), place(e, y)) > 0)
        if min(found.sizes) < SHORT:
            return alike
        passages = [seams_before(self.units.versions[k]).tolist() for k in (d, e)]

        def passage(x: Span, y: Span) -> tuple[int, int]:
            return passages[0][x.start], passages[1][y.start]

        sure: dict[tuple[int, int], list[Cells]] = defaultdict(list)
        for bead in alike.beads:
            if bead.p > WORTH:
                sure[passage(bead.x, bead.y)].append({d: bead.x, e: bead.y})
        between = {key: unite(beads) for key, beads in sure.items()}

        def holds(x: Span, y: Span) -> bool:
            hull = between.get(passage(x, y))
            return hull is not None and within(x, hull[d]) and within(y, hull[e])

        likely = {(bead.x, bead.y) for bead in alike.beads}
        return found.only(lambda x, y: (x, y) in likely or holds(x, y))

    def of_the_rest(self, taken: Sequence[Ints], d: int, e: int) -> Bitext:
        """Return the beads in any order of what two translations of one text have left unpaired.

        Args:
            taken: per version and segment a number, or `FREE` for the unpaired ones.
            d: index of the first version.
            e: index of the second version.
        """
        pair = self.library.pair(d, e)
        if pair.untranslated or self.groups[d] != self.groups[e]:
            return Bitext([])
        beads, probability, level = jumps.decode(pair, Links((taken[d], taken[e])))
        return Bitext.of(beads, probability, level, (pair.m, pair.n))


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search, before rows that are too doubtful are taken apart."""

    units: Units
    """In the order in which they were searched."""
    mode: Mode
    bitexts: Bitexts
    rows: list[Cells]
    translations: bool
    """Whether the versions have so much in common, in whatever order, that they are translations:
    then doubtful rows stand, too."""


def search(
    units: Units,
    mode: Mode | None,
    advanced: Advanced = ignore,
    *,
    groups: Sequence[int] | None = None,
) -> Found:
    """Return the bitexts of all pairs of versions, and rows of all; for the arguments see `align`.

    Unless a mode is given, three ways are tried, and the first whose result is plausible is taken:
    in one order, in which the chapters of a version may have to be put first; in any order, and
    then in the order that this shows; in any order alone.
    """
    given = Arrangement.of(units, groups)
    if mode == "parallel":
        return _in_order(given, given.bitexts(given.in_order, advanced))
    if mode is None and (ordered := _in_one_order(given)) is not None:
        # Another text among translations would be paired with them by length and place alone.
        ordered = replace(ordered, groups=groups or text_groups(ordered.library))
        found = _in_order(ordered, ordered.bitexts(ordered.in_order_unless_reports, advanced))
        if _are_translations(ordered, found):
            return _with_moved_passages(ordered, found, advanced)
    found = in_any_order(given, advanced)
    return _in_found_order(given, found.bitexts, advanced) or found


def in_any_order(given: Arrangement, advanced: Advanced = ignore) -> Found:
    """Return what is found if no order is assumed."""
    bitexts = given.bitexts(given.in_any_order, advanced)
    rows = out_of_order(bitexts, given.units.sizes)
    return Found(given.units, "comparable", bitexts, rows, translations=False)


def _in_order(arranged: Arrangement, bitexts: Bitexts) -> Found:
    rows = in_order(bitexts, arranged.units.sizes)
    return Found(arranged.units, "parallel", bitexts, rows, translations=True)


def _in_one_order(given: Arrangement) -> Arrangement | None:
    """Return versions that have one order by their anchors, if need be with chapters moved.

    None if they have none.
    """
    if choose(given.library) == "parallel":
        return given
    orders = chapters.orders(given.library)
    if orders is None:
        return None
    arranged = given.rearranged(orders)
    return arranged if choose(arranged.library) == "parallel" else None


def _are_translations(arranged: Arrangement, found: Found) -> bool:
    """Return whether what was found in order shows that the versions tell the same."""
    bitexts, groups = found.bitexts, arranged.groups
    few = bitexts.covered(groups)[1] < COVERED
    if few and not (arranged.long and bitexts.covered_shorter(groups) >= ABRIDGED):
        return False
    if any((column != FREE).any() for column in arranged.units.pins):
        return True
    pairs = (
        pair
        for row in found.rows
        for pair in bitexts.pairs_joined([{d: x} for d, x in row.items()])
    )
    return related(arranged.library, [bitext.agreement(x, y) for bitext, x, y in pairs])


def _with_moved_passages(ordered: Arrangement, found: Found, advanced: Advanced) -> Found:
    """Return what is found once unpaired segments were moved to similar ones elsewhere.

    Args:
        ordered: the versions.
        found: in their order; returned if nothing moves or less is covered then.
        advanced: as for `align`.
    """
    sizes = ordered.units.sizes
    rest = ordered.bitexts(partial(ordered.of_the_rest, _taken(found)))
    strays = [
        row
        for row in out_of_order(rest, sizes)
        if len(row) > 1 and rest.score(row) >= STRAY and _long_enough(row, ordered.units)
    ]
    orders = passages.orders([*found.rows, *strays], sizes) if strays else None
    if orders is None:
        return found
    arranged = ordered.rearranged(orders)
    moved = _in_order(arranged, arranged.bitexts(arranged.in_order_unless_reports, advanced))
    return max(found, moved, key=lambda either: either.bitexts.covered(ordered.groups))


def _long_enough(row: Cells, units: Units) -> bool:
    """Return whether all sides of a row are too long to be alike by chance."""
    for d, span in row.items():
        texts = units.versions[d].originals
        if sum(map(len, texts[slice(*span)])) * len(texts) < STRAY_LENGTH * sum(map(len, texts)):
            return False
    return True


def _taken(found: Found) -> list[Ints]:
    """Return per version and segment its pin or the number of its row; `FREE` if it is alone."""
    taken = [column.copy() for column in found.units.pins]
    for number, row in enumerate(found.rows):
        for d, span in row.items() if len(row) > 1 else ():
            taken[d][slice(*span)] = number
    return taken


def _in_found_order(given: Arrangement, bitexts: Bitexts, advanced: Advanced) -> Found | None:
    """Return what is found once passages stand in the order that bitexts in any order show.

    None if too little was found for that, or if the versions have no one order even then.

    Args:
        given: the versions.
        bitexts: in any order.
        advanced: as for `align`.
    """
    sizes = given.units.sizes
    if bitexts.covered(given.groups)[1] < COVERED / 2:
        return None
    orders = passages.orders(out_of_order(bitexts, sizes, passages.LEAST), sizes)
    if orders is None:
        return None
    arranged = given.rearranged(orders)
    if choose(arranged.library) != "parallel":
        return None
    arranged = replace(arranged, groups=text_groups(arranged.library))
    ordered = arranged.bitexts(arranged.in_order, advanced)
    supported = arranged.bitexts(partial(arranged.supported, ordered, bitexts))
    translated = not all(pair.untranslated for pair in pairs_of(arranged.library))
    sure = translated and supported.covered(arranged.groups)[1] >= MOVED
    found = _in_order(arranged, ordered if sure and arranged.long else supported)
    if not _are_translations(arranged, found):
        return None
    return replace(found, mode="comparable", translations=sure)
