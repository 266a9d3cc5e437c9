"""The library: what is listed, what Enter opens, what is said of files that are gone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from reader.tui.library import DEMO, Library, Volume, when

NOW = datetime(2026, 11, 22, 12).timestamp()
KEEPER = Volume(("keeper.txt", "faroleiro.epub"), ("en", "pt"), 34, NOW)
NOVEL = Volume(("novel.txt", "роман.txt"), ("en", ""), 100, NOW - 86400)
GONE = Volume(("a\x1b.txt", "b.txt"), (), 0, NOW - 10 * 86400, missing=("a\x1b.txt",))
VOLUMES = [KEEPER, NOVEL, GONE]


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
    app = Library(VOLUMES, now=NOW)
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
    assert app.return_value == chosen


async def test_what_is_missing_is_said_and_not_opened() -> None:
    app = Library(VOLUMES, now=NOW)
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
    app = Library([], now=NOW)
    async with app.run_test() as pilot:
        assert "Nothing was read yet" in str(app.query_one("#library Static", Static).content)
        await pilot.press(keys)
    assert app.return_value == chosen


def test_how_it_looks(snap_compare: Callable[..., bool]) -> None:
    async def settle(pilot: Pilot[int]) -> None:
        await pilot.pause()

    app = Library(VOLUMES, now=NOW)
    assert snap_compare(app, terminal_size=(80, 24), run_before=settle)


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (6, "6 days ago"), (7, "2026-11-15")]
)
def test_days(days: int, said: str) -> None:
    assert when((datetime(2026, 11, 22, 12) - timedelta(days=days)).timestamp(), NOW) == said
