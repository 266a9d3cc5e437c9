"""Whether a probability is one: how often rows of a score are right (Guo et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BINS = (0.0, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0)

Judged = tuple[float, bool]
"""A score, and whether the row is right."""


def reliability(rows: Sequence[Judged]) -> tuple[list[str], float]:
    """Return the reliability table, and the expected calibration error."""
    lines, error = ["score        rows   mean  right"], 0.0
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row[0] < high or row[0] == high == 1.0]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            right = sum(hit for _, hit in inside) / len(inside)
            error += abs(mean - right) * len(inside) / len(rows)
            lines.append(f"{low:.2f}-{high:.2f} {len(inside):>6}  {mean:.3f}  {right:.3f}")
    return [*lines, f"expected calibration error {error:.3f}"], error
