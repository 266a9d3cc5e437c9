"""Whether versions tell the same in the same order."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from reader.align.anchors import anchor_weights, heaviest_chain, points, similar
from reader.align.pair import Pair
from reader.align.versions import Library
from reader.model import Mode

ORDERED = 0.85
"""Least share of the weight of mutual anchors that one chain in order must hold."""


def choose(library: Library) -> Mode:
    """Return the mode that suits all versions together; one version alone is in order.

    Without any text in common, order and length are all there is to go by.
    """
    sizes = [len(version.originals) for version in library.versions]
    ordered = total = 0.0
    for first, second in combinations(range(len(sizes)), 2):
        if sizes[first] and sizes[second]:
            chain, mutual = evidence_of_order(library.pair(first, second))
            ordered += chain
            total += mutual
    return "parallel" if ordered >= ORDERED * total else "comparable"


def evidence_of_order(pair: Pair) -> tuple[float, float]:
    """Return the weight of the best chain of anchors, and of all anchors that are mutual."""
    pairs = similar(*pair.views[0].bags)
    if not pairs.nnz:
        return 0.0, 0.0
    weight = anchor_weights(pairs)
    best_row, best_column = np.zeros(pair.m), np.zeros(pair.n)
    np.maximum.at(best_row, pairs.row, pairs.data)
    np.maximum.at(best_column, pairs.col, pairs.data)
    mutual = (pairs.data >= best_row[pairs.row]) & (pairs.data >= best_column[pairs.col])
    chain = heaviest_chain(points(pairs), weight)
    return float(weight[chain].sum()), float(weight[mutual].sum())
