"""Anchors: pairs of segments that resemble each other more than chance does."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.lattice import Beads
from reader.align.slabs import each
from reader.align.text import Floats, Ints, frequency, idf

LEAST_SIMILARITY = 0.15
PER_SEGMENT = 4
"""Partners that are kept for a segment."""
_BLOCK = 2000


def similar(a: sparse.csr_matrix, b: sparse.csr_matrix) -> sparse.coo_matrix:
    """Return the most similar pairs of rows of two bags, as cosine of idf-weighted terms.

    Terms that occur once, or so often that they say nothing, do not count. Either of a pair is
    among the `PER_SEGMENT` best partners of the other.
    """
    total = a.shape[0] + b.shape[0]
    common = frequency(a) + frequency(b)
    most = total if total <= 1000 else max(30, min(0.05 * total, 200))
    weight = np.where((common >= 2) & (common <= most), idf(common, total), 0)
    unit_a, unit_b = _unit(a, weight), _unit(b, weight)
    return _closest(unit_a, unit_b).maximum(_closest(unit_b, unit_a).T.tocsr()).tocoo()


def _closest(a: sparse.csr_matrix, b: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return for every row of `a` its products with the best rows of `b`."""
    turned = b.T.tocsr()
    found = each(a.shape[0], _BLOCK, lambda rows: _best(a[rows] @ turned, rows.start))
    row, column, value = (np.concatenate(part) for part in zip(*found, strict=True))
    return sparse.csr_matrix((value, (row, column)), shape=(a.shape[0], b.shape[0]))


def _unit(bag: sparse.csr_matrix, weight: NDArray[np.floating]) -> sparse.csr_matrix:
    result = bag.copy()
    result.data = result.data * weight[bag.indices].astype(np.float32)
    result.eliminate_zeros()
    norm = np.sqrt(np.asarray(result.multiply(result).sum(axis=1)).ravel())
    result.data /= np.repeat(norm, np.diff(result.indptr))
    return result


def _best(block: sparse.csr_matrix, offset: int) -> tuple[Ints, Ints, Floats]:
    row = np.repeat(np.arange(block.shape[0], dtype=np.int32), np.diff(block.indptr))
    keep = block.data >= LEAST_SIMILARITY
    row, column, value = row[keep], block.indices[keep], block.data[keep]
    order = np.lexsort((column, -value, row))
    row, column, value = row[order], column[order], value[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    keep = rank < PER_SEGMENT
    return row[keep] + np.int32(offset), column[keep], value[keep]


def anchor_weights(pairs: sparse.coo_matrix) -> NDArray[np.float64]:
    """Return how far each pair is to be trusted: its similarity, less if its column has better."""
    value = pairs.data.astype(np.float64)
    best = np.zeros(pairs.shape[1])
    np.maximum.at(best, pairs.col, value)
    weight: NDArray[np.float64] = value**2 * (value / best[pairs.col]) ** 2
    return weight


def points(pairs: sparse.coo_matrix) -> Beads:
    """Return pairs of segments as 1-1 beads."""
    i, j = pairs.row.astype(np.int32), pairs.col.astype(np.int32)
    return Beads(i, j, i + np.int32(1), j + np.int32(1))


def heaviest_chain(beads: Beads, weights: NDArray[np.number]) -> NDArray[np.int64]:
    """Return the beads of the heaviest chain in which both sides keep their order and none overlap.

    Null beads are not allowed. Prefix maxima in a Fenwick tree (1994): O(n log n).
    """
    if not len(beads):
        return np.zeros(0, np.int64)
    width = int(beads.j1.max()) + 1
    best = [0.0] * (width + 1)
    holder = [-1] * (width + 1)
    value = [-inf] * len(beads)
    by = [-1] * len(beads)
    ends = np.lexsort((beads.j1, beads.i1)).tolist()
    starts = np.lexsort((beads.j0, beads.i0)).tolist()
    i0, j0, i1, j1 = (x.tolist() for x in (beads.i0, beads.j0, beads.i1, beads.j1))
    weight = weights.tolist()
    done = 0
    for e in starts:
        while i1[ends[done]] <= i0[e]:
            f = ends[done]
            k = j1[f] + 1
            while k <= width:
                if value[f] > best[k]:
                    best[k], holder[k] = value[f], f
                k += k & -k
            done += 1
        top, top_by = 0.0, -1
        k = j0[e] + 1
        while k > 0:
            if best[k] > top:
                top, top_by = best[k], holder[k]
            k -= k & -k
        value[e], by[e] = weight[e] + top, top_by
    e = max(range(len(value)), key=value.__getitem__)
    chain = []
    while e >= 0 and value[e] > 0:
        chain.append(e)
        e = by[e]
    return np.array(chain[::-1], dtype=np.int64)
