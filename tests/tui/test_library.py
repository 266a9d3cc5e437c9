"""The library: what is listed, what Enter opens, what is said of files that are gone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from reader.errors import StoreError
from reader.tui.library import DEMO, Library, Volume, when

NOW = datetime(2026, 11, 22, 12).timestamp()
KEEPER = Volume(("keeper.txt", "faroleiro.epub"), ("en", "pt"), 34, NOW)
NOVEL = Volume(("novel.txt", "роман.txt"), ("en", ""), 100, NOW - 86400, "/home/anna/books")
GONE = Volume(("a\x1b.txt", "b.txt"), (), 0, NOW - 10 * 86400, missing=("a\x1b.txt",))
VOLUMES = [KEEPER, NOVEL, GONE]


def library(volumes: list[Volume], forgotten: list[int] | None = None) -> Library:
    return Library(volumes, forget=([] if forgotten is None else forgotten).append, now=NOW)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("enter", 0),
        ("j enter", 1),
        ("down k enter", 0),
        ("G k enter", 1),
        ("о enter", 1),
        ("d", DEMO),
        ("q", None),
        ("escape", None),
    ],
)
async def test_keys_choose(keys: str, chosen: int | None) -> None:
    app = library(VOLUMES)
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
    assert app.return_value == chosen


@pytest.mark.parametrize(
    ("keys", "forgotten", "chosen"),
    [
        ("x enter", [0], 1),
        ("j x k enter", [1], 0),
        ("G delete k ч enter", [2, 0], 1),
        ("x x x enter", [0, 1, 2], DEMO),
        ("x x x x q", [0, 1, 2], None),
    ],
)
async def test_what_is_not_wanted_is_taken_off(
    keys: str, forgotten: list[int], chosen: int | None
) -> None:
    taken: list[int] = []
    app = library(VOLUMES, taken)
    async with app.run_test() as pilot:
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause()
    assert (taken, app.return_value) == (forgotten, chosen)


async def test_what_cannot_be_forgotten_stays() -> None:
    def fail(index: int) -> None:
        raise StoreError("cache: it is locked; wait")

    app = Library(VOLUMES, forget=fail, now=NOW)
    async with app.run_test() as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "it is locked" in str(app.query_one("#trouble", Static).content)
        await pilot.press("enter")
    assert app.return_value == 0


async def test_what_is_missing_is_said_and_not_opened() -> None:
    app = library(VOLUMES)
    async with app.run_test() as pilot:
        await pilot.press("G", "enter")
        await pilot.pause()
        said = str(app.query_one("#trouble", Static).content)
        assert said == "not there any more: a␛.txt"
        option = str(app.query_one(OptionList).options[2].prompt)
        assert "missing: a␛.txt" in option
        await pilot.press("q")
    assert app.return_value is None


@pytest.mark.parametrize(("keys", "chosen"), [("enter", DEMO), ("q", None)])
async def test_a_first_start_says_how_to_begin(keys: str, chosen: int | None) -> None:
    app = library([])
    async with app.run_test() as pilot:
        assert "Nothing was read yet" in str(app.query_one("#library Static", Static).content)
        await pilot.press(keys)
    assert app.return_value == chosen


def test_how_it_looks(snap_compare: Callable[..., bool]) -> None:
    async def settle(pilot: Pilot[int]) -> None:
        await pilot.pause()

    app = library(VOLUMES)
    assert snap_compare(app, terminal_size=(80, 24), run_before=settle)


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (6, "6 days ago"), (7, "2026-11-15")]
)
def test_days(days: int, said: str) -> None:
    assert when((datetime(2026, 11, 22, 12) - timedelta(days=days)).timestamp(), NOW) == said
