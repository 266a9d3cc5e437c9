"""The features of the model: those that are computed for all beads of a lattice, and all names.

Similarities are absolute masses of matched and unmatched terms rather than ratios, so that sums
over different segmentations of a text can be compared (ALIGNMENT.md 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from reader.align.lattice import NULLS, TYPES, Beads, Nodes
from reader.align.marks import COUNTED
from reader.align.pair import Pair, View
from reader.align.slabs import CORES, each
from reader.align.text import Floats

WINDOW = 30
"""Characters before and after a boundary that are compared; few enough for one machine word."""
LONGEST = 2000
"""Characters of a span that are compared: the cost is quadratic, and more would add nothing."""
SEEING = 0.2
"""Dice's coefficient below which a bead is "blind": its sides have next to no words in common."""
WINDOWS = 200_000
"""Nodes whose boundaries are compared at a time."""
BARRED = np.float32(-1e4)
"""Score of a bead that pins or seams exclude; finite, as `lattice` adds up the scores of a row."""
SLAB = 4000
"""Beads or nodes whose bags are in memory at a time."""


def bias(a: int, b: int) -> str:
    """Return the name of the feature of a type of beads; "" for 1-1, which has none."""
    if not a or not b:
        return "null"
    if min(a, b) == 1:
        return f"type 1:{min(max(a, b), 5)}" if max(a, b) > 1 else ""
    return {(2, 2): "type 2:2", (2, 3): "type 2:3", (3, 2): "type 2:3"}.get((a, b), "type m:n")


BIASES = (
    "null",
    "type 1:2",
    "type 1:3",
    "type 1:4",
    "type 1:5",
    "type 2:2",
    "type 2:3",
    "type m:n",
)
CHEAP = (
    *BIASES,
    "length",
    "dot",
    "alone",
    "garbled",
    "garbled alone",
    "blind",
    "dice",
    "inside",
    "outside",
)
FULL = (
    *CHEAP,
    "ratio",
    "ratio mass",
    "grams",
    "grams unmatched",
    "words in order",
    *(f"{kind} unmatched" for kind in COUNTED),
    "ends alike",
    "turns unmatched",
    "speech broken",
    "speech closed",
    "imputed",
    "doubt",
    "doubt mass",
    "length doubt",
    "null rate",
)
DUST = ("dust", "dust alone")
ECHO = ("echo", "echo share", "recalled")
ANY_ORDER = (*FULL, *ECHO)
TYPICAL = ("size", "likeness", "likeness mass", "stretch")
FIRST = (*FULL, *TYPICAL, *DUST, *ECHO, "blind rate", "split rate", "join rate")
FINAL = (*FIRST, "lexicon", "lexicon share")
GAPS = ("gap", "gap rate", "facing")
"""Features of gaps, in order only; beads do not have them."""

Prefixes = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Per side the sums of a quantity over all segments before each boundary."""


def prefix(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the sums over all values before each, followed by the sum over all, along axis 0."""
    total = np.cumsum(values, axis=0, dtype=np.float64)
    return np.concatenate([np.zeros_like(total[:1]), total])


def summed(beads: Beads, sums: Prefixes) -> Floats:
    """Return per bead the sum of a quantity over its segments of both sides."""
    first, second = sums
    both = first[beads.i1] - first[beads.i0] + second[beads.j1] - second[beads.j0]
    return both.astype(np.float32)


def length_misfit(pair: Pair, beads: Beads) -> Floats:
    """Return per bead the squared difference in length over its variance, at most 9.

    As Gale & Church (1993), by the ratio of the whole texts, with a variance that is proportional
    to the length of both sides.
    """
    first, second = (prefix(x) for x in pair.length)
    ratio = second[-1] / first[-1]
    x = ratio * (first[beads.i1] - first[beads.i0])
    y = second[beads.j1] - second[beads.j0]
    misfit: Floats = np.minimum((y - x) ** 2 / (x + y + 10), 9).astype(np.float32)
    return misfit


def mean(views: Iterable[Floats]) -> Floats:
    """Return the mean over the views."""
    found = list(views)
    return found[0] if len(found) == 1 else np.mean(found, axis=0, dtype=np.float32)


class Cells:
    """What the cheap features of beads are made of: similarities of segments and of boundaries."""

    def __init__(self, pair: Pair, nodes: Nodes) -> None:
        self.pair, self.nodes = pair, nodes
        self.dot = mean(_dots(view, nodes) for view in pair.views)
        first, second = _masses_of(pair)
        self.mass = prefix(first), prefix(second)
        first, second = garbled(pair)
        self.garbled = prefix(first), prefix(second)
        windows = [_windows(view, nodes) for view in pair.views]
        self.head, self.tail = (mean(w) for w in zip(*windows, strict=True))


def garbled(pair: Pair) -> tuple[Floats, Floats]:
    """Return per side and segment the share of views in which it is garbled."""
    sides = zip(*(view.garbled for view in pair.views), strict=True)
    first, second = (mean(x.astype(np.float32) for x in side) for side in sides)
    return first, second


def _masses_of(pair: Pair) -> tuple[Floats, Floats]:
    """Return per side and segment its weighted product with itself; mean segment = 1."""
    masses = [_masses(view) for view in pair.views]
    first, second = (mean(side) for side in zip(*masses, strict=True))
    return first, second


def _masses(view: View) -> tuple[Floats, Floats]:
    first, second = (
        np.asarray(bag.multiply(bag) @ view.weight, dtype=np.float32).ravel() for bag in view.bags
    )
    unit = max(float(first.sum() + second.sum()) / max(view.clear, 1), 1e-9)
    return first / np.float32(unit), second / np.float32(unit)


def _dots(view: View, nodes: Nodes) -> Floats:
    """Return per node (i, j) the weighted product of segments i - 1 and j - 1; mean segment = 1."""
    a, b = view.bags
    weighted = a.copy()
    weighted.data = weighted.data * view.weight[a.indices]
    own = sum(float((x.multiply(x) @ view.weight).sum()) for x in (a, b)) / max(view.clear, 1)
    result = np.zeros(nodes.size, np.float32)
    inner = np.flatnonzero((nodes.row > 0) & (nodes.column > 0))

    def multiply(slab: slice) -> None:
        here = inner[slab]
        left, right = weighted[nodes.row[here] - 1], b[nodes.column[here] - 1]
        result[here] = np.asarray(left.multiply(right).sum(axis=1)).ravel()

    each(len(inner), SLAB, multiply)
    return result / np.float32(max(own, 1e-9))


def _windows(view: View, nodes: Nodes) -> tuple[Floats, Floats]:
    """Return per node the similarity of the texts after it, and of those before it.

    0.5 where there is nothing to compare.
    """
    (end_a, begin_a), (end_b, begin_b) = (_boundaries(c.folded) for c in (view.a, view.b))
    head, tail = np.empty((2, nodes.size), np.float32)
    for k in range(0, nodes.size, WINDOWS):
        here = slice(k, k + WINDOWS)
        i, j = nodes.row[here].tolist(), nodes.column[here].tolist()
        ends, begins = [end_a[x] for x in i], [begin_a[x] for x in i]
        other_ends, other_begins = [end_b[x] for x in j], [begin_b[x] for x in j]
        head[here], tail[here] = compare(begins, other_begins), compare(ends, other_ends)
    before, after = _unknown(view, nodes)
    head[after] = tail[before] = np.float32(0.5)
    return head, tail


def _unknown(view: View, nodes: Nodes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return per node whether there is nothing to compare before it, and after it."""
    i, j = nodes.row, nodes.column
    border = (i == 0) | (i == len(view.a)) | (j == 0) | (j == len(view.b))
    one, two = view.garbled
    before = border | np.append(True, one)[i] | np.append(True, two)[j]
    return before, border | np.append(one, True)[i] | np.append(two, True)[j]


def compare(xs: Sequence[str], ys: Sequence[str]) -> Floats:
    """Return the Indel similarity of texts pair by pair, in [0, 1]."""
    return each_two(xs, ys, fuzz.ratio) / np.float32(100)


def each_two(xs: Sequence[str], ys: Sequence[str], scorer: Callable[..., float]) -> Floats:
    """Return the scores of texts pair by pair, by a scorer of RapidFuzz."""
    if not xs:
        return np.zeros(0, np.float32)
    workers = CORES if len(xs) > SLAB else 1
    found: Floats = process.cpdist(xs, ys, scorer=scorer, dtype=np.float32, workers=workers)
    return found


def _boundaries(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the characters before and after every boundary between segments."""
    running = " ".join(texts)
    places = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])]).tolist()
    ends = [running[max(p - 1 - WINDOW, 0) : max(p - 1, 0)] for p in places]
    begins = [running[p : p + WINDOW] for p in places]
    return ends, begins


def cheap(
    cells: Cells, t: int, dots: Floats, at: slice | NDArray[np.integer] = slice(None)
) -> Iterator[tuple[str, Floats]]:
    """Yield the features of the beads of a type that end in the given nodes.

    Args:
        cells: of all nodes.
        t: index of the type.
        dots: per given node the sum of products over the bead, from `spans`.
        at: indices of the nodes; by default all.
    """
    nodes = cells.nodes
    a, b = TYPES[t]
    i1, j1 = nodes.row[at], nodes.column[at]
    i0, j0 = np.maximum(i1 - a, 0), np.maximum(j1 - b, 0)
    one = np.ones(len(i1), np.float32)
    span = Beads(i0, j0, i1, j1)
    mass, garbled = summed(span, cells.mass), summed(span, cells.garbled)
    if t < NULLS:
        yield "null", one
        yield "alone", mass
        yield "garbled alone", garbled
        return
    if name := bias(a, b):
        yield name, one
    yield "length", length_misfit(cells.pair, span)
    yield "dot", dots
    dice = dots / np.maximum(mass / np.float32(2), np.float32(1e-6))
    yield "dice", dice
    # A garbled segment has no word in common anyway, whether the translation is rough or not.
    yield "blind", np.maximum(1 - dice / np.float32(SEEING) - garbled, np.float32(0))
    yield "garbled", garbled
    before = np.minimum(nodes.shifted(-a, -b, at), nodes.size - 1)
    yield "inside", cells.head[before] + cells.tail[at]
    yield "outside", cells.tail[before] + cells.head[at]


def spans(cells: Cells) -> Iterator[tuple[int, Floats]]:
    """Yield per type but the null ones the sums of products over its beads, by end node."""
    nodes = cells.nodes
    zero = np.zeros(1, np.float32)
    above = [nodes.shifted(-a, 0) for a in range(max(a for a, _ in TYPES))]
    left = nodes.shifted(0, -1)
    # A strip is one segment high and b wide; the rectangle of a bead is a pile of strips.
    strip = np.zeros(nodes.size + 1, np.float32)
    for b in range(1, max(b for _, b in TYPES) + 1):
        strip = np.concatenate([cells.dot + strip[left], zero])
        pile = np.zeros(nodes.size, np.float32)
        for a in range(1, max(a for a, width in TYPES if width == b) + 1):
            pile = pile + strip[above[a - 1]]
            if (a, b) in TYPES:
                yield TYPES.index((a, b)), pile


def cheap_scores(cells: Cells, weights: Mapping[str, float]) -> Floats:
    """Return types x nodes: the score of the bead of a type that ends at a node; -inf if none."""
    nodes = cells.nodes
    scores = np.empty((len(TYPES), nodes.size), np.float32)
    none = np.zeros(0, np.float32)
    for t, dots in [(0, none), (1, none), *spans(cells)]:
        total = np.zeros(nodes.size, np.float32)
        for name, values in cheap(cells, t, dots):
            total += np.float32(weights[name]) * values
        a, b = TYPES[t]
        total[nodes.shifted(-a, -b) == nodes.size] = -np.inf
        i1, j1 = nodes.row, nodes.column
        span = Beads(np.maximum(i1 - a, 0), np.maximum(j1 - b, 0), i1, j1)
        if (allowed := cells.pair.allow(span)) is not None:
            total[~allowed] = BARRED
        scores[t] = total
    return scores


def describe(
    cells: Cells, kind: NDArray[np.integer], node: NDArray[np.integer]
) -> tuple[Beads, dict[str, Floats]]:
    """Return the beads of given types and end nodes, and features; only cheap ones are set."""
    i1, j1 = cells.nodes.row[node], cells.nodes.column[node]
    size = np.array(TYPES, np.int32)[kind]
    beads = Beads(i1 - size[:, 0], j1 - size[:, 1], i1, j1)
    features = {name: np.zeros(len(beads), np.float32) for name in FINAL}
    none = np.zeros(cells.nodes.size, np.float32)
    for t, dots in [(0, none), (1, none), *spans(cells)]:
        mine = np.flatnonzero(kind == t)
        for name, values in cheap(cells, t, dots[node[mine]], node[mine]):
            features[name][mine] = values
    features["split"] = ((beads.a == 1) & (beads.b > 1)).astype(np.float32)
    features["join"] = ((beads.a > 1) & (beads.b == 1)).astype(np.float32)
    return beads, features


def score(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the log-linear score of beads."""
    total = np.zeros(len(features["null"]), np.float32)
    for name, weight in weights.items():
        if name not in GAPS:
            total += np.float32(weight) * features[name]
    return total
