"""The application under a pilot: every key, the job, the dialogs."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from threading import Event

import pytest
from textual import events
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, OptionList, Static

from reader.annotations import Annotation
from reader.errors import Interrupted, StoreError, TranslationError
from reader.model import ParallelText, Place, Progress, Reveal
from reader.tui.app import ReaderApp
from reader.tui.desk import Desk
from reader.tui.dialogs import Page, Prompt
from reader.tui.keys import changed, entries
from reader.tui.search import Hit, Query
from reader.tui.status import Status
from tests.builders import document, parallel
from tests.tui.desks import Log, Steps, chapters, desk, long, story

# Where the wheel is turned: x, y, how far, which button, with which modifiers.
WHEEL = (1, 1, 0, 0, 0, False, False, False)


@asynccontextmanager
async def reader(
    table: Desk, size: tuple[int, int] = (80, 24), keys: dict[str, tuple[str, ...]] | None = None
) -> AsyncIterator[tuple[ReaderApp, Pilot[int]]]:
    app = ReaderApp(table, keys=changed(keys or {}), clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        yield app, pilot


async def settle(app: ReaderApp, pilot: Pilot[int]) -> None:
    """Wait for the job or the search, unless the job waits for us."""
    waiting = [w for w in app.workers if w.group != "job"] or list(app.workers)
    if not isinstance(app._desk.job, Steps):
        await app.workers.wait_for_complete(waiting)
    await pilot.pause()


def text_of(app: ReaderApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def rows_on(app: ReaderApp) -> str:
    """Return what the view shows, as plain text."""
    view = app.view
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.size.height))


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
        pytest.param("я 1", "faroleiro", "keeper", id="hidden-from-a-russian-layout"),
        pytest.param("z j", "faroleiro", "nothing", id="hide-given-up"),
    ],
)
async def test_keys_change_the_look(keys: str, shown: str, not_shown: str) -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert shown in rows_on(app)
        assert not_shown not in rows_on(app)


async def test_a_filter_holds_while_the_text_changes() -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press("ampersand", *"light", "enter")
        await settle(app, pilot)
        app._show(replace(story(), rows=story().rows[1:]))
        await settle(app, pilot)
        assert app.reading.filter == [0, 2]


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
    ("keys", "row", "said"),
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
async def test_chapters_and_marks(keys: str, row: int, said: str) -> None:
    async with reader(desk(chapters())) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.reading.row + 1 == row
        assert said in app.query_one(Status).says


async def test_a_number_of_thousands_of_digits_is_no_row() -> None:
    async with reader(desk(chapters())) as (app, pilot):
        app._go("9" * 5000)
        await pilot.pause()
        assert "9' is no row and in no heading" in app.query_one(Status).says


@pytest.mark.parametrize(("keys", "row"), [("o j j enter", 7), ("G o enter", 58), ("o escape", 1)])
async def test_the_overview_leads_anywhere(keys: str, row: int) -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.reading.row + 1 == row


async def test_without_headings_there_are_no_contents() -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press("t")
        await pilot.pause()
        assert "no headings" in app.query_one(Status).says


@pytest.mark.parametrize(
    ("keys", "row", "said"),
    [
        pytest.param("/ l a m p a d a enter", 2, "", id="accents-do-not-matter"),
        pytest.param("/ l i g h t enter", 1, "machine translation", id="pivot"),
        pytest.param("/ l i g h t enter n", 2, "machine translation", id="next-in-the-pivot"),
        pytest.param("/ h e space enter n", 2, "", id="next"),
        pytest.param("/ h e space enter N N", 5, "", id="previous"),
        pytest.param("/ l a m p a d a enter n", 2, "round the end", id="round"),
        pytest.param("/ m a r e s enter", 3, "what was skipped", id="skipped"),
        pytest.param("/ x y z enter", 1, "not found: xyz", id="nowhere"),
        pytest.param("/ / l [ a â ] m p a enter", 2, "", id="regular-expression"),
        pytest.param("/ / ( enter", 1, "no regular expression", id="no-regular-expression"),
        pytest.param("& l i g h t enter", 1, "3 of 6 rows hold light", id="filter"),
        pytest.param("& l i g h t enter j", 2, "", id="filter-next"),
        pytest.param("& l i g h t enter G", 4, "", id="filter-last"),
        pytest.param("& l i g h t enter j k 3 G", 4, "", id="filter-goes-to-what-is-shown"),
        pytest.param("& l i g h t enter / s h i p enter", 1, "not found: ship", id="in-filter"),
        pytest.param("& l i g h t enter j escape j", 3, "", id="filter-put-away"),
        pytest.param("& l i g h t enter & enter j j", 3, "", id="filter-emptied"),
        pytest.param("}", 5, "", id="number-that-differs"),
        pytest.param("} }", 5, "no number differs below", id="no-more-numbers"),
        pytest.param("G {", 5, "", id="number-that-differs-above"),
        pytest.param("& x y z enter j", 2, "", id="filter-without-a-match"),
        pytest.param("& ( escape j", 2, "", id="filter-given-up"),
        pytest.param("n", 1, "/ searches", id="nothing-searched"),
        pytest.param("/ x escape", 1, "", id="given-up"),
    ],
)
async def test_search(keys: str, row: int, said: str) -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        for key in keys.split():
            await pilot.press(key)
            await settle(app, pilot)
        assert app.reading.row + 1 == row
        assert said in app.query_one(Status).says


async def test_keys_typed_ahead_of_the_prompt_are_not_lost() -> None:
    async with reader(desk(long())) as (app, pilot):
        typed = [("slash", "/"), *((c, c) for c in "42"), ("enter", "\r")]
        for key, character in typed:
            app.post_message(events.Key(key, character))
        await until(lambda: app.reading.row == 41, pilot)


async def test_a_key_typed_ahead_names_the_mark() -> None:
    async with reader(desk(long())) as (app, pilot):
        for key in "jma":
            app.post_message(events.Key(key, key))
        await until(lambda: "a" in app.reading.marks, pilot)
        assert app.view.mode == "read"


async def test_a_search_looks_again_for_what_it_looked_for() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("/", "n", "i", "g", "h", "t", "enter")
        await settle(app, pilot)
        await pilot.press("/")
        assert app.query_one("Prompt Input", Input).value == "night"


async def test_all_that_is_pasted_is_noted() -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("i")
        assert app.focused
        app.focused.post_message(events.Paste("Two\n  lines.\n"))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert [said.note for said in log.said.values()] == ["Two lines."]


async def test_a_click_on_the_text_puts_the_prompt_away() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("/", "a")
        assert app.query_one(Prompt).region == app.query_one(Status).region
        await pilot.click("ParallelView", offset=(20, 4))
        await pilot.pause()
        assert not app.query_one(Prompt).display


async def test_a_match_in_an_older_state_of_the_text_is_looked_for_again() -> None:
    async with reader(desk()) as (app, pilot):
        app._finder.found(long(), Query("летом"), Hit(59, 0, "text"), False)
        await settle(app, pilot)
        assert app.reading.row == 0
        app._finder.found(long(), Query("ночью"), Hit(59, 0, "text"), False)
        await settle(app, pilot)
        assert app.reading.row == 3


async def test_vi_quits() -> None:
    log = Log()
    async with reader(desk(long(), log=log)) as (app, pilot):
        await pilot.press("j", ":", "q", "enter")
        await pilot.pause()
    assert app.return_value == 0
    assert [place.segment for place in log.places] == [1]


async def test_a_notice_lasts_until_the_next_key() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("n")
        await pilot.pause()
        assert app.query_one(Status).says
        await pilot.press("j")
        await pilot.pause()
        assert not app.query_one(Status).says


async def test_explain_shows_harmless_lines() -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("j", "e")
        await settle(app, pilot)
        assert isinstance(app.screen, Page)
        assert text_of(app, "Page Static") == "score 0.82\n␛ shared: lamp, stairs"
        await pilot.press("escape")
        assert not isinstance(app.screen, Page)
    assert log.explained == [1]


async def test_what_is_known_of_the_texts_can_be_read() -> None:
    text = replace(story(), notes=("pt: \x1brough English",))
    async with reader(desk(text)) as (app, pilot):
        await pilot.press("escape", "M")
        await settle(app, pilot)
        page = text_of(app, "Page Static")
        assert page.startswith(
            "6 rows, read as translations of one text\n3 sure, 2 likely, 1 doubt"
        )
        assert "PT  faroleiro.txt\n  Portuguese, 7 sentences" in page
        assert "skipped (repeat, see also)" in page
        assert page.endswith("pt: ␛rough English")


async def test_a_page_that_takes_long_does_not_get_in_the_way() -> None:
    go_on = Event()

    def slow(*_: object) -> str:
        go_on.wait()
        return "because"

    async with reader(replace(desk(), explain=slow)) as (app, pilot):
        await pilot.press("e")
        await pilot.pause()
        assert "one moment" in app.query_one(Status).says
        await pilot.press("j")
        go_on.set()
        await until(lambda: not any(not worker.is_finished for worker in app.workers), pilot)
        assert (app.reading.row, len(app.screen_stack)) == (1, 1)


async def test_a_page_that_cannot_be_made_is_said() -> None:
    def fail(*_: object) -> str:
        raise StoreError("cache: it is full; free some space")

    async with reader(replace(desk(), explain=fail)) as (app, pilot):
        await pilot.press("e")
        await settle(app, pilot)
        assert "it is full" in app.query_one(Status).says


@pytest.mark.parametrize("key", ["question_mark", "f1", "comma"])
async def test_help_lists_every_key(key: str) -> None:
    async with reader(desk(), keys={"next-row": ("D",)}) as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        text = text_of(app, "Page Static")
        for entry in entries():
            assert entry.help in text
        assert "  D                  next row" in text
        await pilot.press("j", "k", "space", "b", "q")
        assert not isinstance(app.screen, Page)


@pytest.mark.parametrize("key", ["question_mark", "o", "x", "c"])
async def test_what_is_open_can_be_closed_twice(key: str) -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press(key)
        assert len(app.screen_stack) == 2
        for _ in range(2):  # typed before the first one had its effect
            app.screen.dismiss()
        await pilot.press("j")
        assert (app.reading.row, len(app.screen_stack)) == (1, 1)


async def test_keys_can_be_changed() -> None:
    async with reader(desk(long()), keys={"next-row": ("D", "f5")}) as (app, pilot):
        await pilot.press("D", "f5", "В", "j")
        assert app.reading.row == 3


async def test_the_palette_knows_the_keys() -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press("ctrl+p", *"last row")
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.reading.row == 59


async def test_the_palette_has_what_can_be_done_now() -> None:
    async with reader(desk()) as (app, pilot):
        for mode in ("read", "correct"):
            offered = {command.help for command in app.get_system_commands(app.screen)}
            keys = {" ".join(entry.keys) for entry in entries() if entry.mode in {"read", mode}}
            assert offered == keys
            await pilot.press("a")


async def test_theme_key_opens_the_choice_of_themes() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("c")
        await pilot.pause()
        assert app.screen.is_modal


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        ("y", "The lamp"),
        ("l y", "O farol"),
        ("Y", "EN\tThe lamp\nPT\tO farol\nRU\tМаяк"),
        ("z 2 Y", "EN\tThe lamp\nRU\tМаяк"),
        ("j j tab tab y", ""),
    ],
)
async def test_copy(keys: str, copied: str) -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.clipboard == copied


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        pytest.param("s", {"The lamp": Annotation(star=True)}, id="star"),
        pytest.param("s s", {"The lamp": Annotation()}, id="no-star"),
        pytest.param("i a space b enter", {"The lamp": Annotation(note="a b")}, id="note"),
        pytest.param("i a enter s", {"The lamp": Annotation(star=True, note="a")}, id="both"),
        pytest.param("i a enter i b enter", {"The lamp": Annotation(note="ab")}, id="longer-note"),
        pytest.param("i a enter i backspace enter", {"The lamp": Annotation()}, id="no-note"),
        pytest.param("i a escape", {}, id="note-given-up"),
    ],
)
async def test_stars_and_notes(keys: str, said: dict[str, Annotation]) -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert {at.text: what for at, what in log.said.items()} == said
        last = said.get("The lamp", Annotation())
        assert ("1★" in rows_on(app)) is last.star
        assert ("※ a" in rows_on(app)) is bool(last.note)


async def test_stars_notes_and_marks_are_listed() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("B")
        await pilot.pause()
        assert "nothing is starred" in app.query_one(Status).says
        await pilot.press(*"jsGixy", "enter", *"kkmzgB")
        await pilot.pause()
        options = app.screen.query_one(OptionList).options
        assert [str(option.prompt)[:12] for option in options] == [
            "2  ★  The ol", "4  'z  One n", "6  ※ xy  “Wh",
        ]  # fmt: skip
        await pilot.press("G", "enter")
        assert app.reading.row == 5


async def test_a_star_that_cannot_be_kept_is_said() -> None:
    def fail(*_: object) -> None:
        raise StoreError("cache: it is full; free some space")

    async with reader(replace(desk(), annotate=fail)) as (app, pilot):
        await pilot.press("s")
        await pilot.pause()
        assert "it is full" in app.query_one(Status).says
        assert "★" not in rows_on(app)


async def test_the_theme_is_remembered() -> None:
    log = Log()
    async with reader(replace(desk(log=log), theme="nord")) as (app, pilot):
        assert app.theme == "nord"
        app.theme = "dracula"
        await pilot.pause()
    assert log.themes[-1] == "dracula"
    async with reader(replace(desk(), theme="a theme of the past")) as (app, _):
        assert app.theme == "textual-dark"


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


async def test_the_place_is_kept_on_quit() -> None:
    log = Log()
    async with reader(desk(long(), log=log)) as (app, pilot):
        await pilot.press("5", "j", "v", "p", "q")
    assert app.return_value == 0
    (there,) = log.places
    assert (there.document, there.segment, there.said) == (0, 5, ("Line 6 of the tale.",))
    assert (there.layout, there.pivot, there.progress) == ("stacked", True, 10)
    assert there.languages == ("en", "pt")


async def test_opens_at_its_place_and_keeps_no_place_that_did_not_change() -> None:
    log, said = Log(), ("Line 42 of the tale.",)
    place = Place(0, 41, column=1, progress=70, languages=("en", "pt"), said=said)
    async with reader(replace(desk(long(), log=log), place=place)) as (app, pilot):
        assert app.reading.row == 41
        await pilot.press("ctrl+q")
    assert not log.places


@pytest.mark.parametrize(
    ("reveal", "said"),
    [
        ("all", ""),
        ("row", "PT RU covered except in this row"),
        ("asked", "PT RU covered until Space"),
    ],
)
async def test_what_was_left_covered_is_told(reveal: Reveal, said: str) -> None:
    place = Place(reveal=reveal, covered=(1, 2))
    async with reader(replace(desk(), place=place)) as (app, _):
        assert app.query_one(Status).says == said


async def test_a_place_that_cannot_be_kept_is_no_crash() -> None:
    def fail(place: Place) -> None:
        raise StoreError("cache: it is full; free some space")

    async with reader(replace(desk(long()), keep_place=fail)) as (app, pilot):
        await pilot.press("j", "q")
    assert app.return_value == 0


# The job


async def until(condition: Callable[[], object], pilot: Pilot[int]) -> None:
    for _ in range(300):
        if condition():
            return
        await pilot.pause(0.01)
    pytest.fail("waited in vain")


async def test_what_there_is_can_be_read_while_the_job_runs() -> None:
    job = Steps()
    async with reader(desk(job=job)) as (app, pilot):
        await until(lambda: job.on_partial, pilot)
        assert "Opening keeper" in rows_on(app)
        await pilot.press("j", "e", "x", "y", "slash", "escape", "v", "v", "v")
        assert job.on_partial
        assert job.on_progress
        job.on_partial(replace(story(), rows=story().rows[1:], provisional=True))
        job.on_progress(Progress("translate", 3, 9, "sentences", "pt-en"))
        await until(lambda: "3/9" in app.query_one(Status).says, pilot)
        await pilot.press("j")
        assert app.reading.place.segment == 2
        job.done.set()
        await until(lambda: len(app.reading.rows) == 6, pilot)
        await pilot.pause()
        assert app.reading.place.segment == 2
        assert not app.query_one(Status).says


SOME = replace(story(), rows=story().rows[:2], provisional=True)


@pytest.mark.parametrize("outcome", [SOME, Interrupted("stopped")], ids=["text", "raises"])
async def test_ctrl_c_stops_the_job_and_keeps_the_view(outcome: ParallelText | Exception) -> None:
    job = Steps(outcome=outcome)
    async with reader(desk(job=job)) as (app, pilot):
        await until(lambda: job.on_partial, pilot)
        assert job.on_partial
        job.on_partial(SOME)
        await pilot.press("ctrl+c")
        await until(lambda: "stopped" in app.query_one(Status).says, pilot)
        assert job.saw_stop.is_set()
        assert len(app.reading.rows) == 2
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.query_one(Status).says == "q quits"


async def test_what_is_ready_before_it_can_be_stopped_is_not_called_stopped() -> None:
    job = Steps()
    async with reader(desk(job=job)) as (app, pilot):
        await pilot.press("ctrl+c")
        await until(lambda: app._job and app._job.is_finished, pilot)
        await until(lambda: len(app.reading.rows) == 6, pilot)
        await pilot.pause()
        assert not app.query_one(Status).says
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "nothing was stopped" in app.query_one(Status).says


@pytest.mark.parametrize("outcome", [SOME, TranslationError("out of memory; close something")])
async def test_a_job_that_ended_early_goes_on(outcome: ParallelText | Exception) -> None:
    job = Steps(outcome=outcome)
    async with reader(desk(job=job)) as (app, pilot):
        await until(lambda: job.on_partial, pilot)
        assert job.on_partial
        job.on_partial(SOME)
        await pilot.press("ctrl+r")
        await until(lambda: "nothing was stopped" in app.query_one(Status).says, pilot)
        await pilot.press("ctrl+c")
        await until(lambda: app._unfinished, pilot)
        job.outcome = story()
        job.done.set()
        await pilot.press("ctrl+r")
        await until(lambda: app._job and app._job.is_finished, pilot)
        await pilot.pause()
        assert len(app.reading.rows) == 6
        assert not app.query_one("#notes").has_class("-error")
        await pilot.press("q")
    assert app.return_value == 0


async def test_a_failing_job_says_so_and_leaves_what_there_is() -> None:
    job = Steps(outcome=TranslationError("pt-en: \x1bout of memory; close something"))
    async with reader(desk(job=job)) as (app, pilot):
        await until(lambda: job.on_partial, pilot)
        assert job.on_partial
        job.on_partial(story())
        job.done.set()
        await until(lambda: app.query_one("#notes").display, pilot)
        assert "␛out of memory" in text_of(app, "#notes")
        assert "The lamp" in rows_on(app)
        await pilot.press("q")
    assert app.return_value == 1


async def test_a_job_that_fails_at_once_says_so_in_the_middle() -> None:
    job = Steps(outcome=TranslationError("pt-en: no package; install one"), done=Event())
    job.done.set()
    async with reader(desk(job=job)) as (app, pilot):
        await until(lambda: "no package" in rows_on(app), pilot)


async def test_a_mistake_in_the_job_leaves_the_screen_to_be_raised() -> None:
    job = Steps(outcome=ZeroDivisionError("ours"))
    job.done.set()
    app = ReaderApp(desk(job=job))
    async with app.run_test() as pilot:
        await until(lambda: app.crash, pilot)
    assert isinstance(app.crash, ZeroDivisionError)
    assert app.return_value == 1


async def test_the_job_goes_on_behind_a_dialog() -> None:
    job = Steps()
    async with reader(desk(job=job)) as (app, pilot):
        await until(lambda: job.on_partial, pilot)
        assert job.on_partial
        assert job.on_progress
        await pilot.press("question_mark")
        job.on_progress(Progress("translate", 3, 9, "sentences", "pt-en"))
        job.on_partial(story())
        job.done.set()
        await until(lambda: app._job and app._job.is_finished, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.reading.rows) == 6


async def test_quitting_stops_the_job() -> None:
    job = Steps()
    async with reader(desk(job=job)) as (_, pilot):
        await until(lambda: job.on_partial, pilot)
        await pilot.press("q")
    assert job.saw_stop.wait(2)


@pytest.mark.parametrize("keys", ["", "j", "e", "x", "y Y", "z 1", "p v f", "/ a enter", "] ) G"])
async def test_a_text_without_sentences_says_so(keys: str) -> None:
    async with reader(desk(parallel([document([])], []))) as (app, pilot):
        await pilot.press(*keys.split())
        await settle(app, pilot)
        assert "There is no sentence in these files." in rows_on(app)


async def test_notes_are_shown_until_escape_and_not_again_unless_there_are_others() -> None:
    text, log = replace(story(), notes=("pt-en: starter package\x07",)), Log()
    async with reader(desk(text, log=log)) as (app, pilot):
        assert "starter package␇" in text_of(app, "#notes")
        assert app.query_one("#notes").display
        await pilot.press("escape")
        assert not app.query_one("#notes").display
    place = app.reading.place
    async with reader(replace(desk(text), place=place)) as (app, _):
        assert not app.query_one("#notes").display
    more = replace(text, notes=(*text.notes, "b.txt: guessed"))
    async with reader(replace(desk(more), place=place)) as (app, _):
        assert text_of(app, "#notes").startswith("b.txt: guessed")
        assert app.query_one("#notes").display


async def test_notes_for_which_there_is_no_room_are_on_a_page() -> None:
    text = replace(story(), notes=tuple(f"{code}: no package" for code in ("ja", "ko", "zh", "fi")))
    text = replace(text, documents=(replace(text.documents[0], name="a\nb"), *text.documents[1:]))
    async with reader(desk(text)) as (app, pilot):
        shown = [
            strip.text.strip()
            for strip in app.query_one("#notes").render_lines(app.query_one("#notes").size.region)
        ]
        assert shown == ["ja: no package", "ko: no package", "… M tells the rest  (Esc hides this)"]
        await pilot.press("M")
        await settle(app, pilot)
        page = text_of(app, "Page Static")
        assert page.endswith("zh: no package\nfi: no package")
        assert "  a␊b\n" in page


async def test_notes_of_the_text_are_shown_once() -> None:
    text = replace(story(), notes=("ja: no package",))
    async with reader(desk(text)) as (app, pilot):
        assert "ja: no package" in text_of(app, "#notes")
        await pilot.press("escape")
        app._show(replace(text, provisional=True))
        assert not app.query_one("#notes").display


async def test_own_quit_key_does_not_quit_while_typing() -> None:
    async with reader(desk(), keys={"quit": ("Q",)}) as (app, pilot):
        await pilot.press("slash", "Q", "q")
        assert app.query_one("Prompt Input", Input).value == "Qq"
        await pilot.press("escape", "Q")
    assert app.return_value == 0


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
