"""The searches find what looking at every path finds."""

from itertools import combinations, pairwise
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reader.align.anchors import heaviest_chain
from reader.align.graph import Gaps, Graph
from reader.align.jumps import Moves, marginals
from reader.align.lattice import TYPES, Band, Beads, posteriors
from reader.align.monotone import likely_path

Box = tuple[int, int, int, int]
"""A bead that pairs segments: [i0, i1) and [j0, j1)."""
sizes = st.integers(1, 3)
seeds = st.integers(0, 10_000)
costs = st.builds(Gaps, st.floats(-3, 1), st.floats(-3, 1))


@st.composite
def bands(draw: st.DrawFn) -> Band:
    """All nodes, or those near the diagonal, or a stair."""
    m, n = draw(sizes), draw(sizes)
    kind = draw(st.sampled_from(["full", "diagonal", "stair"]))
    if kind == "full" or m < 2:
        return Band.full(m, n)
    rows = np.arange(m + 1)
    if kind == "diagonal":
        return Band(np.maximum(rows - 1, 0), np.minimum(rows + 1, m))
    return Band(rows, np.minimum(rows + 1, m))


def pairings(band: Band) -> set[frozenset[Box]]:
    """Every way to pair segments with a path through the nodes of a band."""
    found = set()

    def go(i: int, j: int, beads: frozenset[Box]) -> None:
        if i == band.m and j == band.hi[band.m]:
            found.add(beads)
        for a, b in TYPES:
            if i + a <= band.m and band.lo[i + a] <= j + b <= band.hi[i + a]:
                go(i + a, j + b, beads | {(i, i + a, j, j + b)} if a and b else beads)

    go(0, 0, frozenset())
    return found


def gaps_of(beads: frozenset[Box], m: int, n: int) -> Gaps:
    """The gaps before, between and after beads."""
    edges = [(0, 0), *((i1, j1) for _, i1, _, j1 in sorted(beads))]
    following = [*((i0, j0) for i0, _, j0, _ in sorted(beads)), (m, n)]
    alone = [(i - x, j - y) for (x, y), (i, j) in zip(edges, following, strict=True)]
    return Gaps(sum(x + y > 0 for x, y in alone), sum(x * y > 0 for x, y in alone))


def random_scores(band: Band, seed: int) -> NDArray[np.float32]:
    """Scores of beads; that of a null bead is its segment's."""
    random = np.random.default_rng(seed)
    scores = random.normal(0, 2, (len(TYPES), band.size)).astype(np.float32)
    for t, place in enumerate((band.row, band.column)):
        scores[t] = random.normal(0, 2, int(place.max()) + 1)[place]
    for t, (a, b) in enumerate(TYPES):
        scores[t][band.shifted(-a, -b) == band.size] = -inf
    return scores


def beads_of(band: Band, scores: NDArray[np.float32]) -> tuple[Beads, NDArray[np.float32]]:
    kind, node = np.nonzero(scores > -inf)
    size = np.array(TYPES, np.int32)[kind]
    i, j = band.row[node], band.column[node]
    return Beads(i - size[:, 0], j - size[:, 1], i, j), scores[kind, node]


def boxes_of(beads: Beads) -> list[Box]:
    columns = (c.tolist() for c in (beads.i0, beads.i1, beads.j0, beads.j1))
    return list(zip(*columns, strict=True))


def weighed(
    band: Band, beads: Beads, scores: NDArray[np.float32], costs: Gaps
) -> dict[frozenset[Box], float]:
    """The score of every pairing, from its beads, what they leave alone, and its gaps."""
    score = dict(zip(boxes_of(beads), scores.tolist(), strict=True))
    alone: dict[str, dict[int, float]] = {"i": {}, "j": {}}
    for (i0, i1, j0, j1), value in score.items():
        if j0 == j1:
            alone["i"][i0] = value
        elif i0 == i1:
            alone["j"][j0] = value
    result = {}
    for pairing in pairings(band):
        taken_i = {i for i0, i1, _, _ in pairing for i in range(i0, i1)}
        taken_j = {j for _, _, j0, j1 in pairing for j in range(j0, j1)}
        total = sum(score[box] for box in pairing)
        total += sum(v for i, v in alone["i"].items() if i not in taken_i)
        total += sum(v for j, v in alone["j"].items() if j not in taken_j)
        gaps = gaps_of(pairing, band.m, int(band.hi[band.m]))
        result[pairing] = total + gaps.opened * costs.opened + gaps.facing * costs.facing
    return result


@settings(max_examples=60)
@given(bands(), seeds)
def test_every_pairing_counts_once(band: Band, seed: int) -> None:
    scores = random_scores(band, seed)
    beads, flat = beads_of(band, scores)
    weight = {p: exp(v) for p, v in weighed(band, beads, flat, Gaps()).items()}
    found, total = posteriors(band, scores)
    assert exp(total) == pytest.approx(sum(weight.values()), rel=1e-4)
    kind, node = np.nonzero(scores > -inf)
    expected = [sum(w for p, w in weight.items() if box in p) for box in boxes_of(beads)]
    pairs = ~beads.null
    assert found[kind, node][pairs] == pytest.approx(
        np.array(expected)[pairs] / exp(total), abs=1e-4
    )
    assert Graph(beads).posteriors(flat)[0] == pytest.approx(found[kind, node], abs=1e-4)


@settings(max_examples=60)
@given(sizes, sizes, seeds, costs)
def test_gaps_cost_what_they_are(m: int, n: int, seed: int, cost: Gaps) -> None:
    band = Band.full(m, n)
    beads, scores = beads_of(band, random_scores(band, seed))
    weight = {p: exp(v) for p, v in weighed(band, beads, scores, cost).items()}
    whole = sum(weight.values())
    found, gaps, total = Graph(beads).posteriors(scores, cost)
    assert exp(total) == pytest.approx(whole, rel=1e-4)
    expected = [sum(w for p, w in weight.items() if box in p) / whole for box in boxes_of(beads)]
    assert found[~beads.null] == pytest.approx(np.array(expected)[~beads.null], abs=1e-4)
    for k in range(len(gaps)):
        mean = sum(w * gaps_of(p, m, n)[k] for p, w in weight.items()) / whole
        assert gaps[k] == pytest.approx(mean, abs=1e-4)


@settings(max_examples=30)
@given(bands(), seeds)
def test_best_path_is_the_best_of_all(band: Band, seed: int) -> None:
    beads, scores = beads_of(band, random_scores(band, seed))
    best = max(weighed(band, beads, scores, Gaps()).values())
    chosen = Graph(beads).best_path(scores)
    assert float(scores[chosen].sum()) == pytest.approx(best, abs=1e-4)
    ends = [(0, 0), *((i1, j1) for _, i1, _, j1 in boxes_of(beads.take(chosen)))]
    assert ends[:-1] == [(i0, j0) for i0, _, j0, _ in boxes_of(beads.take(chosen))]


boxes = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 2), st.integers(1, 2))


def some_beads(found: list[tuple[int, int, int, int]]) -> Beads:
    i, j, a, b = np.array(found, dtype=np.int32).reshape(-1, 4).T
    return Beads(i, j, i + a, j + b)


@given(st.lists(boxes, max_size=8), seeds)
def test_chain_is_the_heaviest_of_all(found: list[tuple[int, int, int, int]], seed: int) -> None:
    beads = some_beads(found)
    weights = np.random.default_rng(seed).integers(1, 9, len(found)).astype(float)

    def ordered(chosen: tuple[int, ...]) -> bool:
        row = sorted(chosen, key=lambda e: beads.i0[e])
        return all(
            beads.i1[e] <= beads.i0[f] and beads.j1[e] <= beads.j0[f] for e, f in pairwise(row)
        )

    best = max(
        weights[list(chosen)].sum()
        for k in range(len(found) + 1)
        for chosen in combinations(range(len(found)), k)
        if ordered(chosen)
    )
    chain = heaviest_chain(beads, weights)
    assert ordered(tuple(chain.tolist()))
    assert weights[chain].sum() == best


@given(st.lists(boxes, min_size=1, max_size=7, unique=True), seeds)
def test_paths_that_jump_are_all_counted(found: list[tuple[int, int, int, int]], seed: int) -> None:
    beads, moves = some_beads(found), Moves(2.0, 1.5)
    gain = np.random.default_rng(seed).normal(0, 1, len(found))
    total, expected = 0.0, np.zeros(len(found))
    for k in range(len(found) + 1):
        for chosen in combinations(range(len(found)), k):
            row = sorted(chosen, key=lambda e: int(beads.i0[e]))
            steps = list(pairwise(row))
            if any(beads.i1[e] > beads.i0[f] for e, f in steps):
                continue
            weight = exp(gain[row].sum())
            for e, f in steps:
                if beads.j0[f] < beads.j1[e]:
                    weight *= exp(-moves.back)
                elif beads.j0[f] == beads.j1[e] and beads.i0[f] == beads.i1[e]:
                    weight *= exp(moves.follow)
            total += weight
            expected[row] += weight
    log_p, log_total = marginals(beads, gain, moves, 6, 6)
    assert np.exp(log_p) == pytest.approx(expected / total, rel=1e-6)
    assert exp(log_total) == pytest.approx(total, rel=1e-6)


@given(st.integers(1, 5), st.integers(1, 5))
def test_a_band_around_nothing_holds_all_of_a_short_text(m: int, n: int) -> None:
    band = Band.around(np.zeros((0, 2), np.int64), m, n)
    assert band.size == Band.full(m, n).size


@pytest.mark.parametrize(("m", "n"), [(1, 1), (300, 20), (20, 300), (5000, 5000), (1, 3000)])
def test_a_band_is_connected_and_bounded(m: int, n: int) -> None:
    band = Band.around(np.zeros((0, 2), np.int64), m, n)
    assert band.lo[0] == 0
    assert band.hi[-1] == n
    assert (band.lo[1:] <= band.hi[:-1]).all()
    assert (np.diff(band.lo) >= 0).all()
    assert (np.diff(band.hi) >= 0).all()
    assert band.size <= 500_000 + 60 * (m + n)


def test_a_path_is_whole_where_nothing_is_likely() -> None:
    band = Band.around(np.array([[2, 9], [12, 10]]), 14, 12)
    kinds, nodes = likely_path(band, np.zeros((len(TYPES), band.size), np.float32))
    steps = [TYPES[t] for t in kinds]
    assert tuple(map(sum, zip(*steps, strict=True))) == (14, 12)
    assert nodes[0] == band.size - 1
