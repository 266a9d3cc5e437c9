"""The application under a pilot: the job, the place, notes, how it ends."""

from dataclasses import replace
from threading import Event

import pytest
from textual.widgets import Input

from reader.errors import Interrupted, StoreError, TranslationError
from reader.model import ParallelText, Place, Progress, Reveal
from reader.tui.app import QUIT, ReaderApp
from reader.tui.status import Status
from tests.builders import document, parallel
from tests.tui.desks import Log, Steps, desk, long, story
from tests.tui.piloting import reader, rows_on, settle, text_of, until


async def test_vi_quits() -> None:
    log = Log()
    async with reader(desk(long(), log=log)) as (app, pilot):
        await pilot.press("j", ":", "q", "enter")
        await pilot.pause()
    assert app.return_value == 0
    assert [place.segment for place in log.places] == [1]


async def test_keys_can_be_changed() -> None:
    async with reader(desk(long()), keys={"next-row": ("D", "f5")}) as (app, pilot):
        await pilot.press("D", "f5", "В", "j")
        assert app.reading.row == 3


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


async def test_the_theme_is_remembered() -> None:
    log = Log()
    async with reader(replace(desk(log=log), theme="nord")) as (app, pilot):
        assert app.theme == "nord"
        app.theme = "dracula"
        await pilot.pause()
    assert log.themes[-1] == "dracula"
    async with reader(replace(desk(), theme="a theme of the past")) as (app, _):
        assert app.theme == "textual-dark"


async def test_the_place_is_kept_on_quit() -> None:
    log = Log()
    async with reader(desk(long(), log=log)) as (app, pilot):
        await pilot.press("5", "j", "v", "p", "q")
    assert app.return_value == 0
    (there,) = log.places
    assert (there.document, there.segment, there.sentences) == (0, 5, ("Line 6 of the tale.",))
    assert (there.layout, there.pivot, there.progress) == ("stacked", True, 10)
    assert there.languages == ("en", "pt")


async def test_opens_at_its_place_and_keeps_no_place_that_did_not_change() -> None:
    log, sentences = Log(), ("Line 42 of the tale.",)
    place = Place(0, 41, column=1, progress=70, languages=("en", "pt"), sentences=sentences)
    async with reader(replace(desk(long(), log=log), place=place)) as (app, pilot):
        assert app.reading.row == 41
        await pilot.press("ctrl+q")
    assert not log.places


@pytest.mark.parametrize(
    ("reveal", "message"),
    [
        ("all", ""),
        ("row", "PT RU covered except in this row"),
        ("asked", "PT RU covered until Space"),
    ],
)
async def test_what_was_left_covered_is_told(reveal: Reveal, message: str) -> None:
    place = Place(reveal=reveal, covered=(1, 2))
    async with reader(replace(desk(), place=place)) as (app, _):
        assert app.query_one(Status).says == message


async def test_a_place_that_cannot_be_kept_is_no_crash() -> None:
    def fail(place: Place) -> None:
        raise StoreError("cache: it is full; free some space")

    async with reader(replace(desk(long()), keep_place=fail)) as (app, pilot):
        await pilot.press("j", "q")
    assert app.return_value == 0


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


@pytest.mark.parametrize("answer", QUIT)
async def test_fingers_used_to_vi_can_quit(answer: str) -> None:
    async with reader(desk()) as (app, pilot):
        await pilot.press(":", *answer, "enter")
        await pilot.pause()
        assert app.return_value == 0


async def test_own_quit_key_does_not_quit_while_typing() -> None:
    async with reader(desk(), keys={"quit": ("Q",)}) as (app, pilot):
        await pilot.press("slash", "Q", "q")
        assert app.query_one("Prompt Input", Input).value == "Qq"
        await pilot.press("escape", "Q")
    assert app.return_value == 0
