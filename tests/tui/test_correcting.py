"""The correcting mode under a pilot: every key of it, and that reading keys do no harm."""

from dataclasses import replace

import pytest
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from reader.corrections import Operation
from reader.errors import StoreError
from reader.model import ParallelText, Place
from reader.tui.app import ReaderApp
from reader.tui.correcting import MOST
from reader.tui.keys import KEYS, entries
from reader.tui.status import Status
from tests.builders import document, parallel, slipped
from tests.tui.desks import Pencil, desk, long, story
from tests.tui.piloting import reader, rows_on, settle


def cells(app: ReaderApp) -> list[str]:
    """Return every row in short: its sign, and the segments of each version."""
    return [
        row.confidence.strip() + " ".join("".join(map(str, cell)) or "-" for cell in row.segments)
        for row in app.reading.rows
    ]


def pencil(app: ReaderApp) -> Pencil:
    editor = app._desk.editor
    assert isinstance(editor, Pencil)
    return editor


STORY = ["=0 0 0", "≈1 1 12", "=2 2 -", "=3 5 3", "?4 - 4", "≈5 6 -"]


@pytest.mark.parametrize(
    ("keys", "changed", "row"),
    [
        pytest.param("a M", {0: ["✎01 01 012"], 1: []}, 1, id="merge"),
        pytest.param("a j S", {1: ["✎1 1 1", "✎- - 2"]}, 2, id="split"),
        pytest.param("a j J", {1: ["✎12 1 12"], 2: ["- 2 -"]}, 2, id="pull-next"),
        pytest.param("a j K", {1: ["✎- 1 12"], 2: ["✎12 2 -"]}, 2, id="push-next"),
        pytest.param("a j I", {0: ["?- 0 0"], 1: ["✎01 1 12"]}, 2, id="pull-previous"),
        pytest.param("a j O", {0: ["✎01 0 0"], 1: ["✎- 1 12"]}, 2, id="push-previous"),
        pytest.param("a j l l O", {0: ["✎0 0 01"], 1: ["✎1 1 2"]}, 2, id="of-the-version-in-focus"),
        pytest.param("a j l U", {1: ["✎1 - 12", "- 1 -"]}, 2, id="unlink"),
        pytest.param("a l X j j X", {0: ["?0 - 0"], 2: ["✎2 02 -"]}, 3, id="link"),
        pytest.param("a enter", {0: ["✓0 0 0"]}, 2, id="confirm"),
        pytest.param("a 3 enter", {0: ["✓0 0 0"], 1: ["✓1 1 12"], 2: ["✓2 2 -"]}, 4, id="three"),
        pytest.param("a G enter", {5: ["✓5 6 -"]}, 6, id="confirm-the-last"),
        pytest.param("a enter g enter", {0: ["✓0 0 0"]}, 2, id="confirmed-already"),
        pytest.param("a enter k backspace", {}, 1, id="release"),
        pytest.param("a 2 J", {0: ["✎012 0 0"], 1: ["?- 1 12"], 2: ["- 2 -"]}, 1, id="count"),
        pytest.param("a 9 J", {0: ["✎012345 0 0"], 1: ["?- 1 12"], 2: ["- 2 -"], 3: ["?- 5 3"],
                               4: ["- - 4"], 5: ["- 6 -"]}, 1, id="as-far-as-there-are-any"),
        pytest.param("a M u", {}, 1, id="undo"),
        pytest.param("a M j enter 2 u", {}, 1, id="undo-two"),
        pytest.param("a M u ctrl+r", {0: ["✎01 01 012"], 1: []}, 1, id="redo"),
        pytest.param("a M G u", {}, 1, id="undo-goes-where-it-was"),
        pytest.param("a M M 2 u 2 ctrl+r", {0: ["✎012 012 012"], 1: [], 2: []}, 1, id="redo-two"),
        pytest.param("ф Ь", {0: ["✎01 01 012"], 1: []}, 1, id="russian-layout"),
        pytest.param("a j M escape", {1: ["✎12 12 12"], 2: []}, 2, id="stays-when-it-ends"),
    ],
)  # fmt: skip
async def test_keys_correct(keys: str, changed: dict[int, list[str]], row: int) -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press(*keys.split())
        await settle(app, pilot)
        expected = [line for r, old in enumerate(STORY) for line in changed.get(r, [old])]
        assert cells(app) == expected
        assert app.reading.row + 1 == row
        assert f"{row:>{len(str(len(expected)))}} " in rows_on(app)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param("a G M", "this is the last row", id="merge"),
        pytest.param("a S", "no version has two sentences", id="split"),
        pytest.param("a j j l l U", "RU has nothing in this row", id="unlink"),
        pytest.param("a j j l l X", "RU has nothing in this row", id="hold"),
        pytest.param("a l X X", "in this row already", id="link-in-place"),
        pytest.param("a X j X", "the rows follow EN", id="link-the-hub"),
        pytest.param("a l X", "holding PT “O farol”", id="held"),
        pytest.param("a l X escape", "let go", id="let-go"),
        pytest.param("a u", "nothing was corrected", id="undo"),
        pytest.param("a ctrl+r", "nothing was undone", id="redo"),
        pytest.param("a backspace", "nothing was said of this row", id="release"),
        pytest.param("a M u", "undone: merge", id="undone"),
        pytest.param("a M enter 2 u 2 ctrl+r", "done again: merge, confirm", id="redone"),
    ],
)
async def test_what_is_said(keys: str, message: str) -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert message in app.query_one(Status).says


async def test_outside_of_the_mode_no_key_corrects() -> None:
    keys = [key for entry in entries() if entry.mode == "correct" for key in entry.keys]
    async with reader(desk()) as (app, pilot):
        for key in (*keys, "a", "escape", *keys):
            await pilot.press(key)
            if app.screen.is_modal:
                await pilot.press("escape")
        await app.run_action("correct('merge')", app.view)  # as the palette does
        await settle(app, pilot)
        assert cells(app) == STORY
        assert pencil(app).done == []


async def test_a_count_that_slipped_does_not_hold_up_the_screen() -> None:
    async with reader(desk(long(200))) as (app, pilot):
        await pilot.press("a", *"99999", "M")
        await settle(app, pilot)
        assert len(app.reading.rows) == 200 - MOST


def test_every_way_to_correct_has_a_key() -> None:
    ids = {entry.id for entry in KEYS["Correct (after a)"]}
    assert {
        *("merge", "split", "pull-next", "push-next", "pull-previous", "push-previous"),
        *("unlink", "link", "confirm", "release", "realign", "undo", "redo", "repair", "leave"),
    } <= ids


async def test_the_mode_is_seen_in_cursor_status_and_footer() -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        assert "▌1" in rows_on(app)
        await pilot.press("a")
        await pilot.pause()
        assert "█1" in rows_on(app)
        assert "▌1" not in rows_on(app)
        assert "correcting" in app.query_one(Status).where
        shown = {b.binding.description for b in app.screen.active_bindings.values()}
        assert {"merge", "end", "search"} <= shown
        assert "лестнице. ¦ Он зажигал" in " ".join(rows_on(app).split())
        await pilot.press("a")
        await pilot.pause()
        assert "▌1" in rows_on(app)
        assert "correcting" not in app.query_one(Status).where
        assert "¦" not in rows_on(app)


async def test_the_line_of_keys_cuts_none() -> None:
    async with reader(desk(), (100, 30)) as (app, pilot):
        await pilot.press("a")
        await pilot.pause()
        for width in (100, 60, 200):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            keys = app.query_one(Footer).query(FooterKey)
            shown = [key for key in keys if key.visible]
            assert all(key.region and key.region.right <= width for key in shown)
            assert (len(shown) == len(keys)) == (width == 200)
            assert len(shown) > 5


async def test_moving_works_in_the_mode() -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press("a", "1", "2", "j", "k", "space", "]", "G")
        assert app.reading.row + 1 == 60
        assert pencil(app).done == []


async def test_the_corrected_row_stays_where_it_is_on_the_screen() -> None:
    async with reader(desk(long())) as (app, pilot):
        await pilot.press("a", "3", "0", "g")
        await pilot.pause()
        before = (
            rows_on(app)
            .splitlines()
            .index(next(line for line in rows_on(app).splitlines() if line.startswith("█30")))
        )
        await pilot.press("l", "J", "U", "U", "u", "M")
        await pilot.pause()
        assert rows_on(app).splitlines()[before].startswith("█30")


async def test_rows_that_follow_another_version_can_be_corrected() -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press("l", "w", "a", "j", "M")
        await settle(app, pilot)
        assert app.reading.parallel is not None
        assert app.reading.parallel.hub == 1
        assert app.reading.row == 1
        assert cells(app)[1] == "✎12 12 12"
        assert pencil(app).text.hub == 0


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        pytest.param("j M", [2, 3, 30], id="merged"),
        pytest.param("j j l K", [2, 3, 4, 5, 31], id="the-row-that-changed-too"),
        pytest.param("j M u", [2, 3, 4, 31], id="undone"),
    ],
)
async def test_a_filter_holds_while_its_rows_are_corrected(keys: str, shown: list[int]) -> None:
    async with reader(desk(long())) as (app, pilot):
        app.reading.filter = [2, 3, 4, 31]
        app.reading.changed()
        await pilot.press("g", "a", *keys.split())
        await settle(app, pilot)
        assert list(app.reading.sieve) == shown


async def test_all_is_open_while_it_is_corrected() -> None:
    table = replace(desk(), place=Place(reveal="asked", covered=(1, 2)))
    async with reader(table, (120, 40)) as (app, pilot):
        assert "farol" not in rows_on(app).split("\n", 1)[1]
        await pilot.press("a")
        await pilot.pause()
        assert "farol" in rows_on(app).split("\n", 1)[1]


async def test_rows_that_are_to_change_are_left_alone() -> None:
    async with reader(desk(replace(story(), provisional=True))) as (app, pilot):
        await pilot.press("a")
        await pilot.pause()
        assert "wait until all is aligned" in app.query_one(Status).says
        assert app.view.mode == "read"


async def test_what_cannot_be_kept_is_not_done() -> None:
    async with reader(desk()) as (app, pilot):
        pencil(app).fails = StoreError("reader.db: disk full")
        await pilot.press("a", "M")
        await pilot.pause()
        assert "disk full" in app.query_one(Status).says
        assert cells(app) == STORY


async def test_realigning_keeps_the_cursor_and_can_be_undone() -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press("a", "M", "j", "R")
        await settle(app, pilot)
        assert cells(app) == STORY  # the pencil forgets what was said: its aligner has no pins
        assert "aligned anew" in app.query_one(Status).says
        assert app.reading.row == 2
        await pilot.press("u")
        await settle(app, pilot)
        assert cells(app)[0] == "✎01 01 012"
        await pilot.press("ctrl+r")
        await settle(app, pilot)
        assert cells(app) == STORY


async def test_a_correction_waits_for_realigning() -> None:
    async with reader(desk(), (120, 40)) as (app, pilot):
        await pilot.press("a")
        app.view._aligning = True
        await pilot.press("M")
        await pilot.pause()
        assert cells(app) == STORY
        assert "wait" in app.query_one(Status).says


async def test_a_correction_that_does_not_fit_can_be_undone() -> None:
    async with reader(desk()) as (app, pilot):
        pencil(app).done.append(Operation("merge"))
        await pilot.press("a", "u")
        await pilot.pause()
        assert cells(app) == STORY


@pytest.mark.parametrize(
    "keys", ["a 3 ] F", "a 5 g F F", "a 5 g j F"], ids=["told-by-moving", "told-by-asking", "moved"]
)
async def test_a_run_that_is_one_row_off_is_repaired_at_once(keys: str) -> None:
    async with reader(desk(slipped(3, 9, 1)), (120, 40)) as (app, pilot):
        before = cells(app)
        *most, last = keys.split()
        await pilot.press(*most)
        await pilot.pause()
        assert "PT fits rows 4-9 better one row up, 0." in app.query_one(Status).says
        assert cells(app) == before
        await pilot.press(last)
        await pilot.pause()
        assert [line.lstrip("?✎") for line in cells(app)] == [f"{i} {i}" for i in range(12)]
        await pilot.press("u")
        await pilot.pause()
        assert cells(app) == before


async def test_nothing_is_repaired_that_is_right() -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press("a", "]", "F")
        await pilot.pause()
        assert "no run of rows here" in app.query_one(Status).says
        assert pencil(app).done == []


def tall() -> ParallelText:
    """Make a text with a row that two versions tell in many sentences."""
    left = document([f"Sentence {i}." for i in range(12)])
    right = document([f"Frase {i}." for i in range(12)], name="b.txt", language="pt")
    return parallel([left, right], [([range(12), range(12)], 0.5)])


async def test_a_row_is_split_again_and_again() -> None:
    async with reader(desk(tall())) as (app, pilot):
        await pilot.press("a", *["S", "j"] * 11)
        await pilot.pause()
        assert cells(app) == [f"✎{i} {i}" for i in range(12)]
