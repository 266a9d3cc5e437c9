"""Reading without a screen: the cursor, what is shown, what a key costs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Mode, ParallelText, Place, Row, Skip
from reader.tui.moves import LOOKS, MOVES
from reader.tui.reading import Reading
from reader.tui.search import Hit, Query
from reader.tui.status import titles, where
from reader.tui.steps import point, scroll, step
from tests.builders import document, parallel
from tests.tui.desks import story

TALL = " ".join(["word"] * 200)


def book(rows: int = 30, versions: int = 2, *, tall: int | None = None) -> ParallelText:
    """Make a text in which every fifth row is doubtful and version 1 lacks every seventh."""
    documents = [
        document(
            [TALL if i == tall else f"Sentence {i} of version {d}." for i in range(rows)],
            language="en" if d == 0 else "pt",
            name=f"{d}.txt",
        )
        for d in range(versions)
    ]
    cells = [
        ([[] if d == 1 and i % 7 == 6 else [i] for d in range(versions)], 0.5 if i % 5 == 4 else 1)
        for i in range(rows)
    ]
    alone = [([[], [i], *([[]] * (versions - 2))], 0.0) for i in range(6, rows, 7)]
    pivots = [d.sentences for d in documents]
    return parallel(documents, cells + alone if versions > 1 else cells, pivots=pivots)


def reading(text: ParallelText, place: Place | None = None, lines: int = 20) -> Reading:
    made = Reading(place or Place())
    made.resize(80, lines)
    made.show(text)
    return made


def seen(made: Reading) -> list[int]:
    return sorted({row for row, _ in made.frame()})


def test_opens_at_the_place_and_gives_it_back() -> None:
    place = Place(1, 22, column=1, layout="stacked", hidden=(0,), pivot=True, unfolded=True)
    made = reading(book(), place)
    assert made.rows[made.row].segments[1] == (22,)
    sentences = (book().documents[0].sentence(22),)
    languages = ("en", "pt")
    there = replace(place, document=0, progress=67, languages=languages, sentences=sentences)
    assert made.place == there  # the row is named by the hub


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Place(9, 9, column=9, hidden=(0, 1, 2)), id="of-another-set"),
        pytest.param(Place(0, 10_000), id="beyond-the-end"),
        pytest.param(Place(1, 3, hidden=(1,)), id="in-a-hidden-version"),
    ],
)
def test_any_place_opens_somewhere(place: Place) -> None:
    made = reading(book(), place)
    assert made.row in seen(made)
    assert made.column in made.shown


UNTRANSLATED = parallel(
    [document(["Dort"], language="de"), document(["There"])],
    [([[0], [0]], 1)],
    pivots=[[""], ["There"]],
)


@pytest.mark.parametrize(
    ("text", "key", "notice"),
    [
        pytest.param(story(), "pivot", "", id="translated"),
        pytest.param(UNTRANSLATED, "pivot", "no version shown is translated", id="no-package"),
        pytest.param(story(), "differences", "underlined: in no other version", id="compared"),
        pytest.param(UNTRANSLATED, "differences", "no words to compare", id="not-compared"),
        pytest.param(story(), "folds", "", id="skipped"),
        pytest.param(UNTRANSLATED, "folds", "nothing was skipped", id="not-skipped"),
    ],
)
def test_a_key_that_has_nothing_to_show_says_so(text: ParallelText, key: str, notice: str) -> None:
    made = reading(text)
    said = LOOKS[key](made) or ""
    assert said.startswith(notice)
    assert bool(said) == bool(notice)
    assert not LOOKS[key](made)


def test_a_place_in_what_is_skipped_is_the_row_before() -> None:
    text = parallel(
        [document(["a", "b", "menu"], skip={2: Skip("boilerplate", "menu")})],
        [([[0]], 0), ([[1]], 0)],
    )
    assert reading(text, Place(0, 2)).row == 1


def test_the_cursor_stays_on_its_segment_when_the_rows_change() -> None:
    made = reading(book())
    made.go_to(20)
    before, at = made.place, made.frame().index((20, 0))
    rows = tuple(Row(((i,), ()), 0) for i in range(30)) + tuple(
        Row(((), (i,)), 0) for i in range(30)
    )
    made.show(replace(book(), rows=tuple(sorted(rows, key=lambda r: max(r.segments)))))
    assert (made.place.document, made.place.segment) == (before.document, before.segment)
    assert made.frame().index((made.row, 0)) == at


def test_resize_keeps_the_row() -> None:
    made = reading(book())
    made.go_to(15)
    for width, lines in ((200, 60), (10, 3), (1, 1), (40, 9)):
        made.resize(width, lines)
        assert made.row == 15
        assert 15 in seen(made)


@given(st.lists(st.integers(1, 200), min_size=1, max_size=5), st.integers(1, 5))
def test_a_new_width_lays_out_as_if_it_had_been_the_first(widths: list[int], versions: int) -> None:
    text = book(4, versions, tall=2)
    made = reading(text)
    for width in widths:
        made.resize(width, 10)
    fresh = Reading(Place())
    fresh.resize(widths[-1], 10)
    fresh.show(text)
    assert made.columns == fresh.columns
    assert list(map(made.block, range(4))) == list(map(fresh.block, range(4)))


def test_a_cursor_that_waits_at_the_start_stays_there() -> None:
    text = book(3)
    made = reading(replace(text, rows=text.rows[1:], provisional=True))
    made.show(text)
    assert made.row == 0


def excerpt(first: int, mode: Mode = "parallel") -> ParallelText:
    """Make a text of 100 sentences, with an excerpt of ten from the given row on."""
    whole, part = ([f"Sentence {i}." for i in range(n)] for n in (100, 10))
    cells = [([[i], [i - first] if 0 <= i - first < 10 else []], 1) for i in range(100)]
    text = parallel([document(whole, language="en"), document(part, language="pt")], cells)
    return replace(text, mode=mode)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(excerpt(60), 60, id="far-down"),
        pytest.param(excerpt(20), 0, id="within-sight"),
        pytest.param(excerpt(60, "comparable"), 0, id="reports"),
    ],
)
def test_an_excerpt_opens_where_it_begins(text: ParallelText, row: int) -> None:
    assert reading(text).row == row
    assert seen(reading(text))[0] == row
    waiting = reading(replace(text, rows=text.rows[:5], provisional=True))
    waiting.show(text)
    assert waiting.row == row
    moved = reading(replace(text, rows=text.rows[:5], provisional=True))
    moved.go(2)
    moved.show(text)
    assert moved.row == 2


def test_the_hub_stands_first() -> None:
    made = reading(replace(book(versions=3), hub=1))
    assert made.order == (1, 0, 2)
    assert made.column == 1


def test_the_last_version_cannot_be_hidden() -> None:
    made = reading(book())
    assert made.panes.toggle(2) == ""
    assert made.shown == (0,)
    assert made.panes.toggle(1) == "the last version stays"
    assert made.panes.toggle(3) == "there are only 2 versions"
    assert "hidden PT" in where(made)
    assert made.panes.toggle(0) == ""
    assert not made.panes.hidden


def test_versions_that_do_not_fit_page_sideways_beside_the_first() -> None:
    made = reading(book(versions=5))
    met: list[tuple[int, ...]] = []
    for _ in range(5):
        assert made.columns[0] == 0
        assert made.column in made.columns
        assert sum(made.beyond) == 2
        met.append(made.columns)
        made.focus(1)
    assert met == [(0, 1, 2), (0, 1, 2), (0, 1, 2), (0, 2, 3), (0, 3, 4)]
    assert made.column == 0


def reports() -> ParallelText:
    """Make three reports that share one row of four."""
    cells = [([[0], [], []], 0), ([[], [0], []], 0), ([[1], [], [0]], 0.9), ([[], [1], [1]], 0.9)]
    return parallel([document(["a.", "b."], name=f"{d}.txt") for d in range(3)], cells)


def test_of_stacked_versions_one_that_is_there_is_in_focus() -> None:
    made = reading(reports())
    made.panes.layout = "stacked"
    made.changed()
    met = []
    for row in range(4):
        made.go_to(row)
        met.append(made.column)
    assert met == [0, 1, 0, 1]
    made.focus(1)
    assert made.column == 2
    made.focus(1)
    assert made.column == 1
    LOOKS["layout"](made)
    made.changed()
    assert (made.panes.layout, made.row, made.column) == ("single", 3, 1)


def test_while_correcting_a_stacked_version_that_is_absent_can_be_in_focus() -> None:
    made = reading(reports())
    made.panes.layout, made.lens.correcting = "stacked", True
    made.changed()
    made.focus(1)
    assert (made.row, made.column) == (0, 1)


def test_rows_without_a_version_that_is_shown_are_left_out() -> None:
    made = reading(reports())
    made.panes.toggle(1)
    made.changed()
    assert (list(made.sieve), made.row) == ([1, 2, 3], 1)
    made.panes.toggle(2)
    made.changed()
    assert list(made.sieve) == [2, 3]
    made.panes.toggle(0)
    made.changed()
    assert list(made.sieve) == [0, 1, 2, 3]


def test_a_row_taller_than_the_window_is_read_through() -> None:
    made = reading(book(tall=1), lines=5)
    met = set()
    for _ in range(200):
        step(made, 1)
        met |= set(made.frame())
        if made.row == 2:
            break
    assert {line for row, line in met if row == 1} == set(range(made.block(1).height))


@pytest.mark.parametrize(
    ("move", "rows"),
    [
        pytest.param(lambda r: MOVES["doubtful"](r, 1), [4, 9, 14, 19, 24], id="doubtful"),
        pytest.param(lambda r: MOVES["gap"](r, 1), [6, 13, 20, 27, 30], id="gap"),
        pytest.param(lambda r: MOVES["gap"](r, 2), [13, 27, 31, 33, 33], id="every-second-gap"),
    ],
)
def test_jumps(move: Callable[[Reading], object], rows: list[int]) -> None:
    made = reading(book())
    visited = []
    for _ in rows:
        move(made)
        assert made.row in seen(made)
        visited.append(made.row)
    assert visited == rows


def test_a_jump_to_nowhere_says_so() -> None:
    made = reading(book(4))
    assert MOVES["doubtful"](made, -1) == "no doubtful row above"
    assert MOVES["gap"](made, 1) == "no gap below"


def test_a_hit_in_the_pivot_opens_the_pivot_of_that_row_only() -> None:
    text = parallel(
        [document(["A maré.", "O mar."], language="pt")],
        [([[0]], 0), ([[1]], 0)],
        pivots=[["The tide.", "The sea."]],
    )
    made = reading(text)
    made.find(Query("sea"))
    made.go_to_hit(Hit(1, 0, "pivot"))
    assert [len(made.block(row).lines) for row in (0, 1)] == [1, 2]


def look(name: str) -> Callable[[Reading, int], object]:
    def change(made: Reading, _: int) -> None:
        LOOKS[name](made)
        made.changed()

    return change


def toggle(made: Reading, number: int) -> None:
    made.panes.toggle(abs(number) % 6)
    made.changed()


ANYTHING: dict[str, Callable[[Reading, int], object]] = {
    **MOVES,
    **{name: look(name) for name in LOOKS},
    "scroll": scroll,
    "go_to": Reading.go_to,
    "percent": Reading.go_to_percent,
    "toggle": toggle,
    "size": lambda r, n: r.resize(abs(n) * 3, 2 + abs(n)),
    "point": lambda r, n: point(r, abs(n) * 3, abs(n)),
}


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ANYTHING)), st.integers(-40, 40).filter(bool)), max_size=12
    ),
    st.integers(1, 5),
)
def test_whatever_is_pressed_the_cursor_is_in_sight(
    moves: list[tuple[str, int]], versions: int
) -> None:
    made = reading(book(12, versions, tall=5))
    for name, number in moves:
        ANYTHING[name](made, number)
        assert 0 <= made.row < len(made.rows)
        assert any(row == made.row and made.block(row).at(line) for row, line in made.frame())
        assert made.column in made.shown
        assert titles(made)
        assert made.place


def test_an_empty_text_takes_every_key() -> None:
    made = reading(parallel([document([])], []))
    for move in ANYTHING.values():
        move(made, 1)
    assert made.frame() == []
    assert where(made) == ""


@pytest.mark.parametrize("move", ["row", "on", "page", "half", "scroll"])
def test_a_key_lays_out_no_more_than_two_windows(move: str) -> None:
    costs = []
    for rows in (100, 20_000):
        made = reading(book(rows), lines=50)
        made.go_to(60)
        before = made.blocks.made
        ANYTHING[move](made, 1)
        made.frame()
        costs.append(made.blocks.made - before)
    assert costs[0] == costs[1] <= 50


def test_another_match_in_sight_lays_out_its_row_and_that_of_the_match_before() -> None:
    made = reading(book(100), lines=50)
    made.find(Query("lamp"))
    made.go_to_hit(Hit(4, 0, "text"))
    made.frame()
    before = made.blocks.made
    made.go_to_hit(Hit(6, 1, "pivot"))
    made.frame()
    assert made.column == 1
    assert made.blocks.made - before <= 4


@pytest.mark.parametrize(
    ("mode", "versions", "place", "stacked"),
    [
        ("comparable", 5, Place(), True),
        ("comparable", 3, Place(), False),
        ("parallel", 5, Place(), False),
        ("comparable", 5, Place(segment=1), False),
    ],
    ids=["many reports", "few reports", "translations", "as it was left"],
)
def test_many_reports_open_stacked(mode: Mode, versions: int, place: Place, stacked: bool) -> None:
    documents = [document(["One.", "Two."], name=f"{d}.txt") for d in range(versions)]
    text = parallel(documents, [([[i]] * versions, 0.9) for i in range(2)])
    made = Reading(place)
    made.show(replace(text, mode=mode))
    assert (made.panes.layout == "stacked") is stacked
