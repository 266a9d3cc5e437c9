"""What stands where: columns and pages fill the window and never leave it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.geometry import Geometry, Shape, geometry
from reader.tui.layout import MEASURE, NARROWEST

shapes = st.builds(
    Shape,
    versions=st.integers(1, 9),
    rows=st.integers(1, 10**6),
    stacked=st.booleans(),
    measure=st.just(0) | st.integers(NARROWEST, 120),
)


@given(st.integers(30, 400), shapes)
def test_all_fits_and_is_in_the_middle(total: int, shape: Shape) -> None:
    made = geometry(total, shape)
    right = total - 1 - made.left - made.used
    assert 0 <= made.left <= right <= made.left + 1
    assert made.width <= (shape.measure or MEASURE)
    assert made.pages == 1 or shape.stacked
    assert made.columns == 1 or not shape.stacked


@pytest.mark.parametrize(
    ("total", "measure", "pages", "width"),
    [
        (80, 0, 1, 67),
        (120, 0, 1, 76),
        (160, 0, 2, 66),
        (200, 0, 2, 76),
        (300, 0, 4, 60),
        (200, 120, 1, 120),
    ],
)
def test_stacked_versions_fill_a_wide_window_page_by_page(
    total: int, measure: int, pages: int, width: int
) -> None:
    made = geometry(total, Shape(3, 100, stacked=True, measure=measure))
    assert (made.pages, made.width) == (pages, width)


@given(st.integers(30, 400), shapes, st.integers(1, 60), st.data())
def test_a_cell_of_any_page_is_one_of_the_first(
    total: int, shape: Shape, lines: int, data: st.DataObject
) -> None:
    made: Geometry = geometry(total, shape)
    page, x, y = (
        data.draw(st.integers(0, made.pages - 1)),
        data.draw(st.integers(0, made.page - 1)),
        data.draw(st.integers(0, lines - 1)),
    )
    at = made.left + page * (made.page + 3) + x, y
    assert made.on_first(*at, lines) == (made.left + x, page * lines + y)
