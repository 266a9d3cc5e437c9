"""The searches find what looking at every path finds."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reader.align.anchors import heaviest_chain
from reader.align.jumps import Moves, marginals
from reader.align.lattice import TYPES, Band, Beads, Graph, posteriors
from reader.align.monotone import likely_path

Edges = tuple[tuple[int, int], ...]
"""A path: (type, end node) of every bead."""
sizes = st.integers(1, 3)
seeds = st.integers(0, 10_000)


def paths(band: Band, node: tuple[int, int], goal: tuple[int, int]) -> Iterator[Edges]:
    if node == goal:
        yield ()
        return
    for t, (a, b) in enumerate(TYPES):
        i, j = node[0] + a, node[1] + b
        if i <= goal[0] and j <= goal[1]:
            end = int(band.start[i]) + j - int(band.lo[i])
            yield from (((t, end), *rest) for rest in paths(band, (i, j), goal))


def random_scores(band: Band, seed: int) -> NDArray[np.float32]:
    scores = np.random.default_rng(seed).normal(0, 2, (len(TYPES), band.size)).astype(np.float32)
    for t, (a, b) in enumerate(TYPES):
        scores[t][band.shifted(-a, -b) == band.size] = -inf
    return scores


def beads_of(band: Band, scores: NDArray[np.float32]) -> tuple[Beads, NDArray[np.float32]]:
    kind, node = np.nonzero(scores > -inf)
    size = np.array(TYPES, np.int32)[kind]
    i, j = band.row[node], band.column[node]
    return Beads(i - size[:, 0], j - size[:, 1], i, j), scores[kind, node]


@settings(deadline=None, max_examples=30)
@given(sizes, sizes, seeds)
def test_probabilities_are_those_of_all_paths(m: int, n: int, seed: int) -> None:
    band = Band.full(m, n)
    scores = random_scores(band, seed)
    weight = {p: exp(sum(float(scores[e]) for e in p)) for p in paths(band, (0, 0), (m, n))}
    expected = np.zeros_like(scores, dtype=float)
    for path, w in weight.items():
        for edge in path:
            expected[edge] += w / sum(weight.values())
    found, total = posteriors(band, scores)
    assert found == pytest.approx(expected, abs=1e-4)
    assert exp(total) == pytest.approx(sum(weight.values()), rel=1e-4)
    beads, flat = beads_of(band, scores)
    assert Graph(beads).posteriors(flat)[0] == pytest.approx(expected[scores > -inf], abs=1e-4)


@settings(deadline=None, max_examples=30)
@given(sizes, sizes, seeds)
def test_best_path_is_the_best_of_all(m: int, n: int, seed: int) -> None:
    band = Band.full(m, n)
    scores = random_scores(band, seed)
    beads, flat = beads_of(band, scores)
    best = max(sum(float(scores[e]) for e in p) for p in paths(band, (0, 0), (m, n)))
    assert float(flat[Graph(beads).best_path(flat)].sum()) == pytest.approx(best, abs=1e-4)


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


@settings(deadline=None)
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
