"""The export dialog: formats, filters, and what it says when it cannot write."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.export import EXPORTERS, Options, Selection, select
from reader.export.excerpt import Excerpt
from reader.model import ParallelText
from reader.tui.app import ReaderApp
from reader.tui.exporting import Box, ExportDialog
from reader.tui.status import Status
from tests.tui.desks import Log, desk, story
from tests.tui.piloting import reader, text_of, until


async def typed(app: ReaderApp, pilot: Pilot[int], **fields: str) -> None:
    """Fill in fields of the dialog."""
    for name, value in fields.items():
        app.screen.query_one(f"#{name}", Input).value = value
    await settled(app, pilot)


async def settled(app: ReaderApp, pilot: Pilot[int]) -> None:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_enter_writes_what_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("x")
        await settled(app, pilot)
        assert text_of(app, "#about") == EXPORTERS["tmx"].about
        assert text_of(app, "#count") == "6 of 6 rows"
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.query_one(Status).says == "6 units written"
    assert Path("keeper.tmx").is_file()
    assert log.exports == [Options()]


async def test_rows_that_will_change_are_not_exported() -> None:
    async with reader(desk(replace(story(), provisional=True))) as (app, pilot):
        await pilot.press("x")
        assert "wait until all is aligned" in app.query_one(Status).says
        assert not app.screen.is_modal


@pytest.mark.parametrize("width", [110, 80])
async def test_what_was_left_out_is_told_in_full(tmp_path: Path, width: int) -> None:
    lines = (
        "2 units written",
        "4 rows left out of pt-ru: a version has nothing there",
        "3 skipped segments left out",
    )
    table = replace(desk(), export=lambda *_: lines)
    async with reader(table, (width, 24)) as (app, pilot):
        await pilot.press("x")
        await typed(app, pilot, file=str(tmp_path / "a.tmx"))
        await pilot.press("enter")
        await settled(app, pilot)
        if width > len("; ".join(lines)):
            assert app.query_one(Status).says == "; ".join(lines)
        else:
            assert text_of(app, "Page Static") == "\n".join(lines)


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("down", "keeper.xlf"),
        ("down down", "keeper.v2.xlf"),
        ("down down up up", "keeper.tmx"),
        ("up", "keeper.md"),
        ("backspace down", "keeper.tm.tmx"),
    ],
)
async def test_arrows_go_through_the_formats(keys: str, name: str) -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("x", "end", *keys.split())
        await settled(app, pilot)
        assert app.screen.query_one("#file", Input).value == name


@pytest.mark.parametrize(
    ("fields", "boxes", "count", "asked"),
    [
        ({"rows": "2-4"}, "", 3, {"rows": ((2, 4),)}),
        ({"pairs": "ru-en"}, "", 4, {"pairs": ("ru-en",)}),
        ({"types": "1-1"}, "", 5, {"types": frozenset({(1, 1)})}),
        ({"min_score": "0.9"}, "", 3, {"min_score": 0.9}),
        ({}, "complete", 3, {"complete": True}),
        ({}, "starred", 1, {"starred": frozenset({0})}),
    ],
    ids=["rows", "pairs", "types", "score", "complete", "starred"],
)
async def test_filters(
    tmp_path: Path, fields: dict[str, str], boxes: str, count: int, asked: dict[str, Any]
) -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("s", "x")
        await typed(app, pilot, file=str(tmp_path / "out.tsv"), **fields)
        if boxes:
            app.screen.query_one(f"#{boxes}").focus()
            await pilot.press("space")
            await settled(app, pilot)
        assert text_of(app, "#count") == f"{count} of 6 rows"
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.query_one(Status).says == f"{count} {'row' if count == 1 else 'rows'} written"
    assert log.exports == [Options(Selection(**asked))]


async def test_a_count_that_comes_late_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    ready, told = Event(), Event()

    def slow(parallel: ParallelText, selection: Selection) -> tuple[Excerpt, tuple[str, ...]]:
        found = select(parallel, selection)
        if selection.complete:
            ready.wait(5)
            told.set()
        return found

    monkeypatch.setattr("reader.tui.exporting.select", slow)
    async with reader(desk()) as (app, pilot):
        await pilot.press("x")
        await settled(app, pilot)
        box = app.screen.query_one("#complete", Box)
        box.value = True
        await pilot.pause()
        box.value = False
        await until(lambda: text_of(app, "#count") == "6 of 6 rows", pilot)
        ready.set()
        await until(told.is_set, pilot)
        await pilot.pause(0.1)
        assert text_of(app, "#count") == "6 of 6 rows"


async def test_where_rows_are_filtered_these_are_written(tmp_path: Path) -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("&", *"night", "enter")
        await settled(app, pilot)
        for name, count in (("some.tsv", 2), ("all.tsv", 6)):
            await pilot.press("x")
            await typed(app, pilot, file=str(tmp_path / name))
            if count == 6:
                app.screen.query_one("#shown").focus()
                await pilot.press("space")
                await settled(app, pilot)
            assert text_of(app, "#count") == f"{count} of 6 rows"
            await pilot.press("enter")
            await settled(app, pilot)
    shown = frozenset({1, 3})
    assert log.exports == [Options(Selection(shown=shown)), Options()]


async def test_notes_go_in_on_request(tmp_path: Path) -> None:
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("i", *"why", "enter", "x")
        await typed(app, pilot, file=str(tmp_path / "out.tsv"))
        app.screen.query_one("#noted").focus()
        await pilot.press("space", "enter")
        await settled(app, pilot)
    assert log.exports == [Options(notes={0: "why"})]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"file": "there.tmx"}, "already there; Enter again overwrites", id="exists"),
        pytest.param({"file": "out.doc"}, "no format has this end", id="format"),
        pytest.param({"file": "."}, "is a folder", id="folder"),
        pytest.param({"file": ""}, "type the name", id="no-name"),
        pytest.param({"file": "x" * 5000}, "is no name", id="too-long"),
        pytest.param({"file": "a\0b"}, "is no name", id="null"),
        pytest.param({"rows": "9-1"}, "rows '9-1': no row numbers", id="rows"),
        pytest.param({"rows": "99"}, "rows: none is left", id="none"),
        pytest.param({"pairs": "pt"}, "pair 'pt': not two languages", id="pair"),
        pytest.param({"pairs": "pt-xx"}, "pair 'pt-xx': no two versions", id="versions"),
        pytest.param({"types": "one"}, "type 'one'", id="types"),
        pytest.param({"min_score": "7"}, "score '7': no number from 0 to 1", id="score"),
    ],
)
async def test_it_stays_open_when_it_cannot_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.tmx").write_text("mine", encoding="utf-8")
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        await pilot.press("x")
        await typed(app, pilot, **fields)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExportDialog)
        assert message in text_of(app, "#trouble")
        assert Path("there.tmx").read_text(encoding="utf-8") == "mine"
        if fields.get("file") == "there.tmx":
            await pilot.press("enter")
            await settled(app, pilot)
            assert "<tmx" in Path("there.tmx").read_text(encoding="utf-8")
        else:
            await pilot.press("escape")
            assert not log.exports


async def test_it_offers_what_was_written_last(tmp_path: Path) -> None:
    path = tmp_path / "out.anki.txt"
    log = Log()
    async with reader(desk(log=log)) as (app, pilot):
        for _ in range(2):
            await pilot.press("x")
            await settled(app, pilot)
            if not log.exports:
                await typed(app, pilot, file=str(path), pairs="ru-en")
                app.screen.query_one("#complete").focus()
                await pilot.press("space")
            await pilot.press("enter")
            await settled(app, pilot)
        await pilot.press("enter")  # it is there by now
        await settled(app, pilot)
        assert app.query_one(Status).says == "4 cards written"
    assert log.exports == [Options(Selection(pairs=("ru-en",), complete=True))] * 2


async def test_files_of_several_are_not_overwritten_unasked(tmp_path: Path) -> None:
    there = tmp_path / "out.en-pt.pt"
    there.write_text("mine", encoding="utf-8")
    async with reader(desk()) as (app, pilot):
        await pilot.press("x")
        await typed(app, pilot, file=str(tmp_path / "out.moses"))
        await pilot.press("enter")
        await settled(app, pilot)
        assert "out.en-pt.pt: already there" in text_of(app, "#trouble")
    assert [path.name for path in tmp_path.iterdir()] == ["out.en-pt.pt"]


async def test_a_box_shows_its_state_without_colours() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("x")
        box = app.screen.query_one("#complete")
        assert str(box.render()) == "[ ] in every version"
        box.focus()
        await pilot.press("space")
        assert str(box.render()) == "[x] in every version"
