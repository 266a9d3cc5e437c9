"""How the screen looks, as pictures; update with `pytest --snapshot-update`, then look at them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.errors import TranslationError
from reader.model import ParallelText, Place, Progress
from reader.tui.app import ReaderApp
from reader.tui.desk import Desk
from reader.tui.dialogs import Page, help_text
from reader.tui.keys import KEYS
from tests.builders import document, parallel
from tests.tui.desks import Steps, desk, long, scripts, story

Compare = Callable[..., bool]
NOTE = "pt-en: starter package, rough English; `reader models install pt` gets the full one"


def app(table: Desk, theme: str = "textual-dark") -> ReaderApp:
    made = ReaderApp(table, clock=lambda: 0.0)
    made.theme = theme
    return made


async def settle(pilot: Pilot[int]) -> None:
    for _ in range(2):  # a search is followed by a count
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        pytest.param((80, 24), "textual-dark", "j", id="columns"),
        pytest.param((120, 40), "textual-light", "j l p f", id="light-pivot-unfolded"),
        pytest.param((200, 60), "textual-dark", "z 3 j", id="wide"),
        pytest.param((80, 24), "gruvbox", "v j j", id="stacked"),
        pytest.param((80, 24), "textual-dark", "r s i w h y enter j", id="covered-starred-noted"),
        pytest.param((10, 4), "textual-dark", "j", id="tiny"),
    ],
)
def test_story(snap_compare: Compare, size: tuple[int, int], theme: str, keys: str) -> None:
    made = app(desk(replace(story(), notes=(NOTE,))), theme)

    async def press(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await pilot.press(*keys.split())
        await settle(pilot)

    assert snap_compare(made, terminal_size=size, run_before=press)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param(scripts(), "j", id="scripts"),
        pytest.param(parallel([document([])], []), "", id="empty"),
        pytest.param(long(), ": 5 0 % enter", id="middle"),
        pytest.param(story(), "x enter", id="export"),
        pytest.param(long(), "j v", id="pages"),
        pytest.param(story(), "a j K enter l", id="correcting"),
    ],
)
def test_views(
    snap_compare: Compare,
    text: ParallelText,
    keys: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("keeper.tmx").touch()

    async def press(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in keys.split():
            await pilot.press(key)
        await settle(pilot)

    size = (160, 30) if "v" in keys else (100, 30)
    assert snap_compare(app(desk(text)), terminal_size=size, run_before=press)


def test_help(snap_compare: Compare) -> None:
    few = {group: members[:2] for group, members in KEYS.items()}  # a new key is no new picture
    made = app(desk())

    async def press(pilot: Pilot[int]) -> None:
        await settle(pilot)
        made.push_screen(Page("keys", help_text(few, lambda entry: list(entry.keys))))
        await settle(pilot)

    assert snap_compare(made, terminal_size=(100, 30), run_before=press)


def test_search_without_colours(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def press(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await pilot.press("slash", *"light", "enter")
        await settle(pilot)

    assert snap_compare(app(desk()), terminal_size=(80, 24), run_before=press)


def test_loading_fills_in(snap_compare: Compare) -> None:
    job = Steps()

    async def start(pilot: Pilot[int]) -> None:
        while not job.on_partial:
            await pilot.pause(0.01)
        assert job.on_progress
        job.on_partial(replace(story(), provisional=True))
        job.on_progress(Progress("translate", 3, 12, "sentences", "pt-en"))
        await pilot.pause()

    assert snap_compare(app(desk(job=job)), terminal_size=(80, 24), run_before=start)


def test_failure_before_anything(snap_compare: Compare) -> None:
    job = Steps(outcome=TranslationError("xx: no package for this language; see `reader models`"))
    job.done.set()
    made = app(replace(desk(job=job), place=Place(layout="stacked")))

    async def fail(pilot: Pilot[int]) -> None:
        while "no package" not in made.view.waiting:
            await pilot.pause(0.01)
        await pilot.pause()

    assert snap_compare(made, terminal_size=(80, 24), run_before=fail)
