"""Long columns a slab at a time, on all cores.

Threads are enough: numpy, scipy and RapidFuzz hold no lock while they compute. Every slab is worked
on by itself, so the result is the same on any number of cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

CORES = min(os.cpu_count() or 1, 4)
"""Threads at a time; each holds a slab, so that more of them would cost memory."""


def each(total: int, size: int, work: Callable[[slice], T]) -> list[T]:
    """Return what becomes of every slab of so many rows, in order."""
    slabs = [slice(k, min(k + size, total)) for k in range(0, total, size)]
    if len(slabs) < 2 or CORES < 2:
        return [work(slab) for slab in slabs]
    with ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(work, slabs))
