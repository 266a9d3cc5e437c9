"""Stars, notes and marks, under a pilot."""

from dataclasses import replace

import pytest
from textual import events
from textual.widgets import OptionList

from reader.annotations import Annotation
from reader.errors import StoreError
from reader.tui.status import Status
from tests.tui.desks import Log, desk
from tests.tui.piloting import reader, rows_on


async def test_all_that_is_pasted_is_noted() -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("i")
        assert app.focused
        app.focused.post_message(events.Paste("Two\n  lines.\n"))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert [each.note for each in log.annotations.values()] == ["Two lines."]


@pytest.mark.parametrize(
    ("keys", "kept"),
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
async def test_stars_and_notes(keys: str, kept: dict[str, Annotation]) -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert {at.text: what for at, what in log.annotations.items()} == kept
        last = kept.get("The lamp", Annotation())
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
