"""The order of rows on the screen, for versions that agree on none."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align.order import by_hub
from reader.model import Span

Cells = dict[int, Span]


def row(**segments: int) -> Cells:
    """Make a row of single segments: row(a=0, b=3)."""
    return {"abc".index(d): Span(i, i + 1) for d, i in segments.items()}


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([row(a=1), row(a=0)], [1, 0]),
        ([row(a=0, b=0), row(b=1), row(a=1)], [0, 1, 2]),
        ([row(b=0), row(a=0), row(a=1, b=1)], [1, 0, 2]),
        ([row(b=0), row(b=1), row(a=0), row(a=1)], [2, 3, 0, 1]),
        ([row(c=0), row(b=0, c=1), row(b=1), row(a=0)], [3, 0, 1, 2]),
        ([row(a=0, b=1), row(a=1, b=0), row(b=2)], [0, 2, 1]),
    ],
    ids=["hub", "behind", "opening", "nothing shared", "shared with another", "crossing"],
)
def test_rows_follow_the_hub_and_stand_beside_their_neighbours(
    rows: list[Cells], order: list[int]
) -> None:
    assert by_hub(rows, 0) == order


@given(st.lists(st.sets(st.integers(0, 2), min_size=1), max_size=12), st.randoms())
def test_every_row_has_one_place_and_the_hub_its_order(
    kinds: list[set[int]], random: Random
) -> None:
    rows: list[Cells] = [{} for _ in kinds]
    for d in range(3):
        mine = [r for r, kind in enumerate(kinds) if d in kind]
        random.shuffle(mine)
        for i, r in enumerate(mine):
            rows[r][d] = Span(i, i + 1)
    order = by_hub(rows, 1)
    assert sorted(order) == list(range(len(rows)))
    starts = [rows[r][1].start for r in order if 1 in rows[r]]
    assert starts == sorted(starts)
