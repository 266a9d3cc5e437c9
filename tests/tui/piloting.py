"""The application under a pilot, for tests of the screen."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from reader.tui.app import ReaderApp
from reader.tui.desk import Desk
from reader.tui.keys import with_changes
from tests.tui.desks import Steps


@asynccontextmanager
async def reader(
    table: Desk, size: tuple[int, int] = (80, 24), keys: dict[str, tuple[str, ...]] | None = None
) -> AsyncIterator[tuple[ReaderApp, Pilot[int]]]:
    app = ReaderApp(table, keys=with_changes(keys or {}), clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        yield app, pilot


async def settle(app: ReaderApp, pilot: Pilot[int]) -> None:
    """Wait for the job or the search, and a count that follows, unless the job waits for us."""
    for _ in range(2):
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


async def until(condition: Callable[[], object], pilot: Pilot[int]) -> None:
    for _ in range(300):
        if condition():
            return
        await pilot.pause(0.01)
    pytest.fail("waited in vain")
