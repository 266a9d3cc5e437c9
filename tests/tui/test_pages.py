"""What opens over the text, under a pilot."""

from dataclasses import replace
from threading import Event

import pytest

from reader.errors import StoreError
from reader.tui.dialogs import Frame, Page
from reader.tui.keys import entries
from reader.tui.status import Status
from tests.tui.desks import Log, desk, long, story
from tests.tui.piloting import reader, settle, text_of, until


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


async def test_a_page_is_read_by_the_keys_of_the_text() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        frame = app.screen.query_one(Frame)
        for key, at in (("G", frame.max_scroll_y), ("g", 0), ("j", 1), ("k", 0)):
            await pilot.press(key)
            await until(lambda at=at: frame.scroll_y == at, pilot)  # type: ignore[misc]
        assert frame.max_scroll_y > 0


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
