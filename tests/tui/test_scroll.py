"""Scrolling by row and line, against the plain list of all lines."""

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.scroll import Top, Window

heights = st.lists(st.integers(1, 7), min_size=1, max_size=25)
windows = st.integers(1, 12)


def lines(sizes: list[int]) -> list[tuple[int, int]]:
    return [(row, line) for row, size in enumerate(sizes) for line in range(size)]


def window(sizes: list[int], size: int) -> Window:
    return Window(len(sizes), size, sizes.__getitem__)


@given(heights, windows, st.data())
def test_what_is_seen_is_a_slice_of_all_lines(
    sizes: list[int], size: int, data: st.DataObject
) -> None:
    every = lines(sizes)
    at = data.draw(st.integers(0, len(every) - 1))
    assert list(window(sizes, size).lines_seen(Top(*every[at]))) == every[at : at + size]


@given(heights, windows, st.data())
def test_shift_moves_by_lines_and_stops_at_both_ends(
    sizes: list[int], size: int, data: st.DataObject
) -> None:
    every = lines(sizes)
    end = max(0, len(every) - size)
    at, by = data.draw(st.integers(0, end)), data.draw(st.integers(-99, 99))
    assert window(sizes, size).shift(Top(*every[at]), by) == every[max(0, min(at + by, end))]


@given(heights, windows, st.data())
def test_reveal_shows_the_whole_row_or_its_start(
    sizes: list[int], size: int, data: st.DataObject
) -> None:
    every, seen = lines(sizes), window(sizes, size)
    top = Top(*every[data.draw(st.integers(0, max(0, len(every) - size)))])
    row, context = data.draw(st.integers(0, len(sizes) - 1)), data.draw(st.integers(0, size // 3))
    after = seen.reveal(top, row, context)
    shown = [line for r, line in seen.lines_seen(after) if r == row]
    assert shown == list(range(min(sizes[row], size))) or (
        sizes[row] >= size and row == len(sizes) - 1 and shown  # the end of the text holds it down
    )
    if [line for r, line in seen.lines_seen(top) if r == row] == list(range(sizes[row])):
        assert after == top


def test_context_leaves_room_for_the_row() -> None:
    assert window([1, 1, 5], 6).reveal(Top(0, 0), 2, 2) == Top(1, 0)


@given(heights, windows)
def test_pages_leave_no_line_out_on_the_way_down(sizes: list[int], size: int) -> None:
    seen, top, met = window(sizes, size), Top(), set[tuple[int, int]]()
    for _ in range(len(lines(sizes)) + 1):
        met |= set(seen.lines_seen(top))
        top, _ = seen.next_page(top)
    blank = {(row, height - 1) for row, height in enumerate(sizes)}  # may fall between two pages
    assert met >= set(lines(sizes)) - blank


@given(heights, windows)
def test_pages_leave_no_line_out_on_the_way_up(sizes: list[int], size: int) -> None:
    seen, met = window(sizes, size), set[tuple[int, int]]()
    top = seen.clamp(Top(len(sizes) - 1, sizes[-1] - 1))
    for _ in range(len(lines(sizes)) + 1):
        met |= set(seen.lines_seen(top))
        top = seen.previous_page(top)
    assert met == set(lines(sizes))


def test_cost_is_that_of_the_window_not_of_the_text() -> None:
    asked = []

    def height(row: int) -> int:
        asked.append(row)
        return 3

    far = Window(1_000_000, 24, height)
    far.reveal(Top(), 999_999)
    far.shift(Top(500_000), 24)
    far.next_page(Top(500_000))
    assert len(asked) < 200
