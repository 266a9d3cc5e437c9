"""Work on long columns slab by slab, on all cores.

Threads are enough: numpy, scipy and RapidFuzz release the lock while they compute. Every slab is
computed by itself, so the result is the same on any number of cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

CORES = min(os.cpu_count() or 1, 4)
"""Number of threads; each has a slab in memory, which is why there are not more."""


def each(total: int, size: int, work: Callable[[slice], T]) -> list[T]:
    """Return the results of work on slabs of `size` rows, in order.

    Args:
        total: number of rows.
        size: rows of a slab.
        work: called with the rows of a slab.
    """
    slabs = [slice(k, min(k + size, total)) for k in range(0, total, size)]
    if len(slabs) < 2 or CORES < 2:
        return [work(slab) for slab in slabs]
    with ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(work, slabs))
