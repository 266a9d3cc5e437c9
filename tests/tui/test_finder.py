"""Searching, filtering and going somewhere, under a pilot."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event

import pytest
from textual import events
from textual.widgets import Input

from reader.model import ParallelText
from reader.tui.dialogs import Prompt
from reader.tui.search import Hit, Query, hit
from reader.tui.status import Status
from tests.tui.desks import chapters, desk, long, story
from tests.tui.piloting import reader, settle, until


async def test_a_filter_holds_while_the_text_changes() -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press("ampersand", *"light", "enter")
        await settle(app, pilot)
        app._show(replace(story(), rows=story().rows[1:]))
        await settle(app, pilot)
        assert app.reading.filter == [0, 2]


async def test_a_number_of_thousands_of_digits_is_no_row() -> None:
    async with reader(desk(chapters())) as (app, pilot):
        app._go("9" * 5000)
        await pilot.pause()
        assert "9' is no row and in no heading" in app.query_one(Status).says


@pytest.mark.parametrize(
    ("keys", "row", "said"),
    [
        pytest.param("/ l a m p a d a enter", 2, "", id="accents-do-not-matter"),
        pytest.param("/ l i g h t enter", 1, "machine translation, 1 of 3 rows that", id="pivot"),
        pytest.param("/ l i g h t enter n", 2, "translation, 2 of 3 rows", id="next-in-the-pivot"),
        pytest.param("/ h e space enter n", 2, "", id="next"),
        pytest.param("/ h e space enter N N", 5, "", id="previous"),
        pytest.param("/ l a m p a d a enter n", 2, "round the end, the only row that", id="round"),
        pytest.param("/ m a r e s enter", 3, "what was skipped", id="skipped"),
        pytest.param("/ x y z enter", 1, "not found: xyz", id="nowhere"),
        pytest.param("/ / l [ a â ] m p a enter", 2, "", id="regular-expression"),
        pytest.param("/ / ( enter", 1, "no regular expression", id="no-regular-expression"),
        pytest.param("& l i g h t enter", 1, "3 of 6 rows hold light", id="filter"),
        pytest.param("& d a w n enter", 5, "1 of 6 rows holds dawn", id="filter-one"),
        pytest.param("& l i g h t enter j", 2, "", id="filter-next"),
        pytest.param("& l i g h t enter G", 4, "", id="filter-last"),
        pytest.param("& l i g h t enter j k 3 G", 4, "", id="filter-goes-to-what-is-shown"),
        pytest.param("& l i g h t enter / n i g h t enter", 2, "1 of 2 rows", id="count-in-filter"),
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


async def test_a_match_of_an_earlier_search_is_not_gone_to(monkeypatch: pytest.MonkeyPatch) -> None:
    ready, told = Event(), Event()

    def slow(
        parallel: ParallelText, row: int, documents: Sequence[int], query: Query
    ) -> Hit | None:
        found = hit(parallel, row, documents, query)
        if found and query.text == "night":
            ready.wait(5)
            told.set()
        return found

    monkeypatch.setattr("reader.tui.finder.hit", slow)
    async with reader(desk()) as (app, pilot):
        await pilot.press("/", *"night", "enter", "/", *"lampada", "enter")
        await until(lambda: app.reading.row == 1, pilot)
        ready.set()
        await until(told.is_set, pilot)
        await pilot.pause(0.1)
        assert app.reading.row == 1
        assert app.query_one(Status).says == "the only row that matches"


async def test_a_search_looks_again_for_what_it_looked_for() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("/", "n", "i", "g", "h", "t", "enter")
        await settle(app, pilot)
        await pilot.press("/")
        assert app.query_one("Prompt Input", Input).value == "night"


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
