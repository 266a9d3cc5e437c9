"""Anchors: pairs of segments that are too similar for chance, and chains of them."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from reader.align.lattice import Beads
from reader.align.slabs import each
from reader.align.text import Floats, Ints, frequency, idf

LEAST_SIMILARITY = 0.15
"""Cosine that a pair must have."""
PER_SEGMENT = 4
"""Best pairs of a segment that are kept."""
_BLOCK = 2000
"""Segments that are compared with the other side at a time, to save memory."""


def similar(a: sparse.csr_matrix, b: sparse.csr_matrix) -> sparse.coo_matrix:
    """Return rows of `a` x rows of `b`: the cosine of the most similar pairs, weighted by idf.

    Terms that occur once or very often do not count. A pair is among the `PER_SEGMENT` best ones of
    either row.
    """
    total = a.shape[0] + b.shape[0]
    common = frequency(a) + frequency(b)
    most = total if total <= 1000 else max(30, min(0.05 * total, 200))
    weight = np.where((common >= 2) & (common <= most), idf(common, total), 0)
    unit_a, unit_b = _unit(a, weight), _unit(b, weight)
    return _closest(unit_a, unit_b).maximum(_closest(unit_b, unit_a).T.tocsr()).tocoo()


def _closest(a: sparse.csr_matrix, b: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return rows of `a` x rows of `b`: the products of each of the former with its best ones."""
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
    """Return the weights of anchors: by similarity, less if their column has a better one."""
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
    """Return the indices of the chain of beads with the highest sum of weights, in order.

    In a chain no two beads overlap or cross. O(n log n), by prefix maxima in a Fenwick tree (1994).

    Args:
        beads: none of them null.
        weights: of the beads.
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
