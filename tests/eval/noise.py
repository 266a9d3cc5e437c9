"""Harder copies of gold pairs: what real documents add and clean development sets lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from reader.align import Version
from tests.eval.sets import GoldPair

PASSAGE = 40
"""Beads of a passage that is taken for a report."""

NUMBERED = ("{}", "{} -", "[{}]", "({})", "- {} -", "{} .")
"""How pages and notes are numbered."""
DIRT = "....,-_*:;'|~ab l i1"
"""What a scanner reads where nothing is written."""

Line = tuple[str, str, str]
"""Original, pivot, second."""


@dataclass(frozen=True)
class Noise:
    """How a copy is spoiled; all shares in [0, 1]."""

    lost: float = 0.0
    """Beads that lose one side, in runs of one to three."""
    foreign: float = 0.0
    """Lines of other documents that are put in, per bead and side."""
    fragments: float = 0.0
    """Captions, page numbers and dirt that are put in, per bead and side."""
    repeats: int = 0
    """Paragraphs of three to six beads that one side has a second time, far away."""
    words: float = 0.0
    """Words of the machine translation that are lost or replaced."""
    emptied: float = 0.0
    """Lines whose machine translation is lost."""
    destroyed: float = 0.0
    """Lines whose whole machine translation is replaced by other words or no words, or lost."""


@dataclass
class _Unit:
    """A bead with its lines; the copy of a bead is another unit."""

    source: list[Line]
    target: list[Line]


def spoil(pair: GoldPair, noise: Noise, others: Sequence[GoldPair], seed: int) -> GoldPair:
    """Return a copy with noise; the same seed gives the same copy.

    Args:
        pair: with gold in order: a bead that is not contiguous comes out as its hull or as nulls.
        noise: what is done to it.
        others: documents in the same languages, whence foreign lines come.
        seed: of all choices.
    """
    random = Random(f"{pair.set} {pair.name} {noise} {seed}")
    units = _units(pair)
    _lose(units, noise.lost, random)
    units = _repeat(units, noise.repeats, random)
    units = _insert(units, noise.foreign, others, random)
    _garble(units, noise, random)
    units = _scatter(units, noise.fragments, random)
    return _assemble(pair, units, units)


def _lines(version: Version) -> list[Line]:
    second = version.second or ("",) * len(version.originals)
    return list(zip(version.originals, version.pivots, second, strict=True))


def _units(pair: GoldPair) -> list[_Unit]:
    """Return the beads in order; each segment in exactly one."""
    source, target = (_lines(version) for version in pair.versions)
    spans = sorted((min(s), max(s) + 1, min(t), max(t) + 1) for s, t in pair.gold if s and t)
    units: list[_Unit] = []
    i = j = 0
    for i0, i1, j0, j1 in [*spans, (len(source), len(source), len(target), len(target))]:
        if i0 < i or j0 < j:
            continue
        units += [_Unit([line], []) for line in source[i:i0]]
        units += [_Unit([], [line]) for line in target[j:j0]]
        if i1 > i0 or j1 > j0:
            units.append(_Unit(source[i0:i1], target[j0:j1]))
        i, j = i1, j1
    return units


def _lose(units: list[_Unit], share: float, random: Random) -> None:
    wanted = round(share * len(units))
    lost: set[int] = set()
    while len(lost) < wanted:
        first = random.randrange(len(units))
        side = random.random() < 0.5
        for unit in units[first : first + random.randint(1, 3)]:
            if unit.source and unit.target and len(lost) < wanted:
                if side:
                    unit.source = []
                else:
                    unit.target = []
            lost.add(id(unit))


def _repeat(units: list[_Unit], times: int, random: Random) -> list[_Unit]:
    for _ in range(times):
        if len(units) < 20:
            return units
        size = random.randint(3, 6)
        first = random.randrange(len(units) - size)
        one_side = random.random() < 0.5
        copies = [
            _Unit(list(u.source) if one_side else [], [] if one_side else list(u.target))
            for u in units[first : first + size]
        ]
        copies = [unit for unit in copies if unit.source or unit.target]
        units = units + copies if first < len(units) / 2 else copies + units
    return units


def _insert(
    units: list[_Unit], share: float, others: Sequence[GoldPair], random: Random
) -> list[_Unit]:
    if not others or not share:
        return units
    units = list(units)
    for side in (0, 1):
        pool = [line for pair in others for line in _lines(pair.versions[side])]
        for line in random.sample(pool, min(len(pool), round(share * len(units)))):
            unit = _Unit([line], []) if side == 0 else _Unit([], [line])
            units.insert(random.randint(0, len(units)), unit)
    return units


def _scatter(units: list[_Unit], share: float, random: Random) -> list[_Unit]:
    """Put in what a page has between its sentences, alone or up to three at a time."""
    result = list(units)
    for side in (0, 1) if share else ():
        lines = [line for unit in units for line in (unit.target if side else unit.source)]
        for _ in range(round(share * len(units))):
            place = random.randint(0, len(result))
            for _ in range(random.choice((1, 1, 1, 2, 3))):
                line = _fragment(random.choice(lines), random)
                result.insert(place, _Unit([], [line]) if side else _Unit([line], []))
    return result


def _fragment(line: Line, random: Random) -> Line:
    """Return a caption of some words of a line, the number of a page or a note, or dirt."""
    original, pivot, second = line
    kind = random.random()
    if kind < 0.5:
        start, words = random.random(), random.randint(1, 4)
        original, pivot, second = (_excerpt(text, start, words) for text in line)
        return original, pivot, second
    if kind < 0.75:
        text = random.choice(NUMBERED).format(random.randint(1, 400))
    else:
        text = "".join(random.choice(DIRT) for _ in range(random.randint(1, 6))).strip() or "."
    return text, text if pivot else "", text if second else ""


def _excerpt(text: str, start: float, words: int) -> str:
    """Return some words from a place in [0, 1) of a text; characters where there are no blanks."""
    found, between = (text.split(), " ") if " " in text else (list(text), "")
    size = words if between else 2 * words
    first = int(start * max(len(found) - size, 0))
    return between.join(found[first : first + size])


def _garble(units: list[_Unit], noise: Noise, random: Random) -> None:
    sources = [unit.source for unit in units]
    words = [word for lines in sources for line in lines for word in line[1].split()]
    for lines in sources:
        lines[:] = [(x, _spoilt(pivot, noise, words, random), z) for x, pivot, z in lines]


def _spoilt(pivot: str, noise: Noise, words: Sequence[str], random: Random) -> str:
    """Return a machine translation as it might have gone wrong."""

    def wrong(word: str) -> str:
        return random.choice(words) if random.random() < 0.6 else _scrambled(word, random)

    found = pivot.split()
    if random.random() < noise.emptied:
        return ""
    if random.random() < noise.destroyed:
        return " ".join(map(wrong, found)) if random.random() < 0.5 else ""
    found = [w if random.random() >= noise.words / 2 else wrong(w) for w in found]
    return " ".join(w for w in found if random.random() >= noise.words / 2)


def destroy(pair: GoldPair, share: float, seed: int) -> GoldPair:
    """Return a copy in which so many machine translations are lost or made of other words."""
    random = Random(f"{pair.set} {pair.name} {share} {seed}")
    version = pair.versions[0]
    words = [word for pivot in version.pivots for word in pivot.split()]
    noise = Noise(destroyed=share)
    pivots = tuple(_spoilt(pivot, noise, words, random) for pivot in version.pivots)
    return replace(pair, versions=(replace(version, pivots=pivots), pair.versions[1]))


def _scrambled(word: str, random: Random) -> str:
    return "".join(random.choice("abcdefghijklmnoprstuvyz") for _ in word)


def reports(pair: GoldPair, noise: Noise, overlap: float, seed: int) -> Iterator[GoldPair]:
    """Yield pairs of passages as two reports of one event would be: part shared, in any order.

    Args:
        pair: with gold in order.
        noise: what else is done to them.
        overlap: share of the passage that both have; the rest is of the same text all the same,
            so that names and topics agree where nothing else does.
        seed: of all choices.
    """
    units = _units(pair)
    for first in range(0, len(units), PASSAGE):
        random = Random(f"{pair.set} {pair.name} {noise} {overlap} {seed} {first}")
        shift = round(PASSAGE * (1 - overlap))
        own = [
            _Unit(list(unit.source), list(unit.target))
            for unit in units[first : first + PASSAGE + shift]
        ]
        _lose(own, noise.lost, random)
        _garble(own, noise, random)
        source, target = own[:PASSAGE], own[shift:]
        blocks = []
        while target:
            size = random.randint(1, 6)
            blocks.append(target[:size])
            target = target[size:]
        random.shuffle(blocks)
        yield _assemble(pair, source, [unit for block in blocks for unit in block])


def short(pair: GoldPair, size: int, share: float, seed: int) -> Iterator[GoldPair]:
    """Yield passages of a few beads, of which both sides have a share and each a half of the rest.

    All in one order: of a share of 1 they are translations, of less as reports of one event.

    Args:
        pair: with gold in order.
        size: beads that either side has of a passage, about.
        share: of the beads of either side that the other has, too, in (0, 1].
        seed: of all choices.
    """
    random = Random(f"{pair.set} {pair.name} {size} {share} {seed}")
    units = _units(pair)
    whole = round(size * (2 - share))
    both = share / (2 - share)
    ours = (1 + both) / 2
    for first in range(0, len(units) - whole, 2 * whole):
        passage = units[first : first + whole]
        fated = [(random.random(), unit) for unit in passage]
        source = [unit for fate, unit in fated if fate < ours]
        target = [unit for fate, unit in fated if not both <= fate < ours]
        found = _assemble(pair, source, target)
        if all(version.originals for version in found.versions):
            yield found


def untranslated(pair: GoldPair) -> GoldPair:
    """Return a pair without any translation."""
    first, second = (
        replace(version, pivots=("",) * len(version.pivots), second=()) for version in pair.versions
    )
    return replace(pair, versions=(first, second))


def excerpt(pair: GoldPair, share: float) -> GoldPair:
    """Return a pair of which the second side has only a part of its segments, in the middle."""
    first, second = pair.versions
    size = len(second.originals)
    kept = range(round(size * (1 - share) / 2), round(size * (1 + share) / 2))
    gold: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    for s, t in pair.gold:
        left = tuple(j - kept.start for j in t if j in kept)
        gold |= {(s, left)} if left else {((i,), ()) for i in s}
    return replace(pair, versions=(first, second.part(kept)), gold=frozenset(gold))


EXCERPTS = 4
"""Excerpts of a document that go together, and as many that do not."""
LARGEST_EXCERPT = 4
"""Beads of an excerpt, at most."""


def excerpts(pair: GoldPair, seed: int) -> Iterator[GoldPair]:
    """Yield a few beads of a pair, and then one side of them with the other of different beads."""
    random = Random(f"{pair.set} {pair.name} {seed}")
    beads = sorted(bead for bead in pair.gold if bead[0] and bead[1])
    for k in range(2 * EXCERPTS):
        size = min(random.randint(1, LARGEST_EXCERPT), len(beads))
        first = random.randrange(len(beads) - size + 1)
        other = first if k % 2 == 0 else random.randrange(len(beads) - size + 1)
        chosen = [
            sorted(i for bead in beads[x : x + size] for i in bead[side])
            for side, x in enumerate((first, other))
        ]
        where = [{i: k for k, i in enumerate(kept)} for kept in chosen]
        gold = frozenset(
            (tuple(where[0][i] for i in s), tuple(where[1][j] for j in t))
            for s, t in beads
            if where[0].keys() >= set(s) and where[1].keys() >= set(t)
        )
        a, b = (v.part(kept) for v, kept in zip(pair.versions, chosen, strict=True))
        yield replace(pair, versions=(a, b), gold=gold)


def _assemble(pair: GoldPair, source: Sequence[_Unit], target: Sequence[_Unit]) -> GoldPair:
    """Return the sources of some units and the targets of some, each in the order given."""
    sides: tuple[list[Line], list[Line]] = ([], [])
    where: tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]] = ({}, {})
    for side, places, units in zip(sides, where, (source, target), strict=True):
        for unit in units:
            lines = unit.source if side is sides[0] else unit.target
            places[id(unit)] = tuple(range(len(side), len(side) + len(lines)))
            side.extend(lines)
    gold: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for key in dict.fromkeys([*where[0], *where[1]]):
        first, second = where[0].get(key, ()), where[1].get(key, ())
        if first and second:
            gold.append((first, second))
        else:
            gold += [*(((i,), ()) for i in first), *(((), (j,)) for j in second)]
    versions = [
        replace(
            version,
            originals=tuple(line[0] for line in lines),
            pivots=tuple(line[1] for line in lines),
            second=tuple(line[2] for line in lines) if version.second else (),
        )
        for version, lines in zip(pair.versions, sides, strict=True)
    ]
    return GoldPair(pair.set, pair.name, (versions[0], versions[1]), frozenset(gold))
