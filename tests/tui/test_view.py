"""The view under a pilot: keys and mouse that move, and what they cost."""

from dataclasses import replace

import pytest
from textual import events
from textual.strip import Strip

from reader.model import Place
from reader.tui.status import Status
from tests.builders import document, parallel
from tests.tui.desks import Log, chapters, desk, long
from tests.tui.piloting import reader, rows_on, until

# Where the wheel is turned: x, y, how far, which button, with which modifiers.
WHEEL = (1, 1, 0, 0, 0, False, False, False)


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        pytest.param("j", 2, id="next"),
        pytest.param("j j k", 2, id="previous"),
        pytest.param("down down up", 2, id="arrows"),
        pytest.param("1 2 j", 13, id="count"),
        pytest.param("1 0 j", 11, id="count-with-zero"),
        pytest.param("1 2 j 5 k", 8, id="count-up"),
        pytest.param("G", 60, id="last"),
        pytest.param("end home", 1, id="home"),
        pytest.param("G g", 1, id="first"),
        pytest.param("1 2 G", 12, id="row-by-count"),
        pytest.param("1 2 g", 12, id="row-by-count-too"),
        pytest.param("5 0 %", 30, id="percent"),
        pytest.param("j %", 2, id="percent-of-nothing"),
        pytest.param("space", 11, id="page"),
        pytest.param("pagedown pageup", 1, id="page-keys"),
        pytest.param("ctrl+f ctrl+b", 1, id="page-controls"),
        pytest.param("space b", 1, id="page-back"),
        pytest.param("ctrl+d", 6, id="half"),
        pytest.param("ctrl+d ctrl+u", 1, id="half-back"),
        pytest.param("]", 10, id="doubtful"),
        pytest.param("enter", 2, id="pair"),
        pytest.param("8 enter", 10, id="pair-beyond-a-gap"),
        pytest.param("8 enter backspace", 8, id="pair-back"),
        pytest.param("] ] [", 10, id="doubtful-back"),
        pytest.param("3 ]", 30, id="third-doubtful"),
        pytest.param(")", 9, id="gap"),
        pytest.param(") ) (", 9, id="gap-back"),
        pytest.param("о о л", 2, id="russian-layout"),
        pytest.param("П", 60, id="russian-shift"),
        pytest.param(": 4 2 enter", 42, id="goto"),
        pytest.param(": 5 0 % enter", 30, id="goto-percent"),
        pytest.param(": 9 9 9 enter", 60, id="goto-beyond"),
        pytest.param(": 4 2 escape", 1, id="goto-given-up"),
        pytest.param("4 escape j", 2, id="count-forgotten"),
    ],
)
async def test_keys_move_the_cursor(keys: str, row: int) -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.reading.row + 1 == row
        assert f"row {row}/60" in app.query_one(Status).where
        assert f"▌{row:>2} " in rows_on(app)


@pytest.mark.parametrize(
    ("keys", "column"),
    [("l", 1), ("l h", 0), ("tab tab", 2), ("shift+tab", 2), ("right left", 0), ("l l l", 0)],
)
async def test_keys_focus_a_version(keys: str, column: int) -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press(*keys.split())
        assert app.reading.column == column


@pytest.mark.parametrize(
    ("keys", "shown", "not_shown"),
    [
        pytest.param("", "⋯ 2 skipped: see also, repeat", "Leia também", id="folded"),
        pytest.param("f", "⋯ see also: Leia", "2 skipped", id="unfolded"),
        pytest.param("f f", "2 skipped", "Leia", id="folded-again"),
        pytest.param("p", "≈ en: Every", "≈ en: The old keeper", id="pivot"),
        pytest.param("p p", "Маяк", "≈ en", id="pivot-off"),
        pytest.param("v", "1 = EN   The lamp", "│", id="stacked"),
        pytest.param("v v", "The lamp", "farol", id="one-version"),
        pytest.param("v v l", "O farol", "lamp", id="another-version"),
        pytest.param("v v space", "PT   O farol", "Lia", id="one-version-opened"),
        pytest.param("v v space space", "The lamp", "farol", id="one-version-read-on"),
        pytest.param("v v v", "│", "EN   The lamp", id="columns"),
        pytest.param("<", "EN  keeper", "nothing", id="first-stays-first"),
        pytest.param("d", "≈ en: Every", "≈ en: The old keeper went off", id="differences"),
        pytest.param("", "≠14 ships", "≈ en", id="numbers-that-differ"),
        pytest.param("l u j j", "— Quem está aí?", "O farol", id="unlocked"),
        pytest.param("l u j u", "O farol", "Ninguém lia as suas cartas. ↕", id="locked-again"),
        pytest.param("r", "O farol", "Ninguém", id="covered-except-here"),
        pytest.param("r r", "░░░", "O farol", id="covered-until-space"),
        pytest.param("r r space", "O farol", "Ninguém", id="uncovered"),
        pytest.param("r r space space", "░░░", "O farol", id="covered-again"),
        pytest.param("r r r", "Ninguém", "░", id="nothing-covered"),
        pytest.param("l R h j", "Маяк", "O farol", id="one-covered"),
        pytest.param("z 2", "smotritel", "faroleiro", id="hidden"),
        pytest.param("z 2 z 2", "faroleiro", "nothing", id="shown-again"),
        pytest.param("z 2 z 3 z 0", "smotritel", "nothing", id="all-shown"),
        pytest.param("l z z", "smotritel", "faroleiro", id="hidden-in-focus"),
        pytest.param("я 1", "faroleiro", "keeper", id="hidden-from-a-russian-layout"),
        pytest.param("я я", "faroleiro", "keeper", id="hidden-in-focus-from-a-russian-layout"),
        pytest.param("z j", "faroleiro", "nothing", id="hide-given-up"),
    ],
)
async def test_keys_change_the_look(keys: str, shown: str, not_shown: str) -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert shown in rows_on(app)
        assert not_shown not in rows_on(app)


@pytest.mark.parametrize(
    ("width", "place", "layout"),
    [
        (51, Place(), "columns"),
        (50, Place(), "stacked"),
        (29, Place(), "stacked"),
        (28, Place(), "columns"),
        (40, Place(segment=1), "columns"),
    ],
)
async def test_at_first_versions_are_stacked_where_two_columns_do_not_fit(
    width: int, place: Place, layout: str
) -> None:
    async with reader(replace(desk(), place=place), (width, 20)) as (app, _):
        assert app.reading.panes.layout == layout


async def test_versions_beyond_the_ninth_are_named_by_letters() -> None:
    documents = [document(["One."], name=f"{d}.txt") for d in range(12)]
    text = parallel(documents, [([[0]] * 12, 0.9)])
    async with reader(desk(text), (120, 40)) as (app, pilot):
        await pilot.press("z", "c")
        await pilot.pause()
        assert app.reading.panes.hidden == {11}


async def test_rows_follow_another_version() -> None:
    left = document(["a1", "a2", "a3"], name="a.txt")
    right = document(["b1", "b2", "b3"], name="b.txt", language="pt")
    rows = [([[0], [2]], 0.9), ([[1], []], 0.0), ([[2], [0]], 0.9), ([[], [1]], 0.0)]
    text = replace(parallel([left, right], rows), mode="comparable")
    log = Log()
    async with reader(desk(text, log=log)) as (app, pilot):
        await pilot.press("l", "w")
        await pilot.pause()
        assert [row.segments[1] for row in app.reading.rows if row.segments[1]] == [
            (0,),
            (1,),
            (2,),
        ]
        assert (app.reading.order, app.reading.row) == ((1, 0), 2)
        assert "rows follow PT" in app.query_one(Status).says
        await pilot.press("q")
    assert log.places[0].hub == 1


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        pytest.param("l <", (1, 0, 2), id="left"),
        pytest.param(">", (1, 0, 2), id="right"),
        pytest.param("> >", (1, 2, 0), id="to-the-end"),
        pytest.param("l z 1 >", (0, 2, 1), id="over-a-hidden-one"),
        pytest.param("<", (0, 1, 2), id="not-beyond"),
    ],
)
async def test_keys_reorder_versions(keys: str, order: tuple[int, ...]) -> None:
    async with reader(desk()) as (app, pilot):
        focus = 1 if keys.startswith("l") else 0
        await pilot.press(*keys.split())
        assert app.reading.order == order
        assert app.reading.column == focus


@pytest.mark.parametrize(
    ("keys", "width", "columns"),
    [
        pytest.param("", 36, 3, id="as-suits"),
        pytest.param("-", 32, 3, id="narrower"),
        pytest.param("+", 40, 2, id="wider"),
        pytest.param("- - + =", 36, 3, id="natural"),
        pytest.param("- - - - - - - -", 20, 3, id="least"),
    ],
)
async def test_keys_change_the_width(keys: str, width: int, columns: int) -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press(*keys.split())
        assert (app.reading.geometry.width, app.reading.geometry.columns) == (width, columns)


@pytest.mark.parametrize(
    ("keys", "row", "message"),
    [
        pytest.param("L", 3, "", id="next-chapter"),
        pytest.param("G H", 5, "", id="previous-chapter"),
        pytest.param("G H H H H", 1, "no chapter above", id="no-more-chapters"),
        pytest.param("t j enter", 3, "", id="contents"),
        pytest.param("G t enter", 5, "", id="contents-open-where-the-reader-is"),
        pytest.param("t j escape", 1, "", id="contents-given-up"),
        pytest.param("j m a G ' a", 2, "", id="mark"),
        pytest.param("j m 7 G ' 7", 2, "", id="mark-by-a-digit"),
        pytest.param("j ь ф П э ф", 2, "", id="mark-on-a-russian-layout"),
        pytest.param("j G ' '", 2, "", id="where-the-jump-began"),
        pytest.param("j m a G ` a", 2, "", id="mark-by-the-other-quote"),
        pytest.param("' q", 1, "no mark q", id="no-such-mark"),
        pytest.param(": t h r enter", 5, "", id="words-of-a-heading"),
        pytest.param("L : o enter : o enter", 3, "", id="next-heading-with-these-words"),
        pytest.param(": z z enter", 1, "'zz' is no row and in no heading", id="no-such-heading"),
    ],
)
async def test_chapters_and_marks(keys: str, row: int, message: str) -> None:
    async with reader(desk(chapters())) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.reading.row + 1 == row
        assert message in app.query_one(Status).says


async def test_a_key_typed_ahead_names_the_mark() -> None:
    async with reader(desk(long())) as (app, pilot):
        for key in "jma":
            app.post_message(events.Key(key, key))
        await until(lambda: "a" in app.reading.marks, pilot)
        assert app.view.mode == "read"


async def test_a_notice_lasts_until_the_next_key() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("n")
        await pilot.pause()
        assert app.query_one(Status).says
        await pilot.press("j")
        await pilot.pause()
        assert not app.query_one(Status).says


async def test_mouse_points_and_scrolls() -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.click("ParallelView", offset=(60, 5))
        assert (app.reading.row, app.reading.column) == (2, 1)
        top = app.reading.top
        view = app.view
        view.on_mouse_scroll_down(events.MouseScrollDown(view, *WHEEL))
        assert app.reading.top > top
        view.on_mouse_scroll_up(events.MouseScrollUp(view, *WHEEL))
        assert app.reading.top == top
        await pilot.press("v")
        await pilot.click("ParallelView", offset=(20, 3))
        assert app.reading.column == 1


async def test_the_mouse_points_on_the_second_page_too() -> None:
    async with reader(desk(long()), (200, 24)) as (app, pilot):
        await pilot.press("v")
        assert app.reading.geometry.pages == 2
        seen = app.reading.frame()
        lines = app.view.size.height - 1
        await pilot.click("ParallelView", offset=(150, 2))
        assert app.reading.row == seen[lines + 1][0]
        await pilot.mouse_down("ParallelView", offset=(0, 2))
        await pilot.mouse_up()
        assert app.reading.row == seen[1][0]


async def test_what_the_mouse_selects_is_copied() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.mouse_down("ParallelView", offset=(5, 1))
        await pilot.hover("ParallelView", offset=(9, 1))
        await pilot.mouse_up("ParallelView", offset=(9, 1))
        await pilot.pause()
        assert app.clipboard
        assert app.clipboard in "The lamp"
        assert app.query_one(Status).says == f"copied {app.clipboard.strip()}"
        copied = app.clipboard
        await pilot.click("ParallelView", offset=(60, 5))
        assert (app.clipboard, app.reading.row, app.reading.column) == (copied, 1, 2)


@pytest.mark.parametrize("size", [(10, 4), (1, 1), (30, 8), (80, 24), (250, 70)])
async def test_any_size_draws_and_keeps_the_row(size: tuple[int, int]) -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press("7", "j")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert app.reading.row == 7
        await pilot.press("j", "space", "v", "p")
        widths = {app.view.render_line(y).cell_length for y in range(app.view.size.height)}
        assert widths <= {app.view.size.width}


async def test_a_new_size_is_laid_out_and_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reader(desk(long()), (120, 40)) as (app, pilot):
        drawn, draw, before = list[int](), app.view.render_line, app.reading.blocks.made

        def spied(y: int) -> Strip:
            drawn.append(y)
            return draw(y)

        monkeypatch.setattr(app.view, "render_line", spied)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert sorted(drawn) == list(range(app.view.size.height))
        assert app.reading.blocks.made - before <= app.view.size.height


async def test_a_key_lays_out_only_what_comes_into_sight() -> None:
    async with reader(desk(long(20_000)), (200, 60)) as (app, pilot):
        await pilot.press("G")
        await pilot.pause()
        costs = []
        for key in ("k", "pageup", "j", "g", "pagedown", "5", "0", "%"):
            before = app.reading.blocks.made
            await pilot.press(key)
            await pilot.pause()
            costs.append(app.reading.blocks.made - before)
        assert max(costs) <= 2 * 60
        assert costs[0] <= 1
