"""From a key to the painted screen, on a long text and a short one."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from reader.corrections import Operation, version_keys
from reader.model import Document, ParallelText, Pivot, Pivots, Place, Row, Segment, Segments
from reader.store import FILE_NAME, Store
from reader.tui.app import ReaderApp
from reader.tui.desk import Desk, Job
from tests.tui.desks import Pencil

ROWS, SHORT, VERSIONS, SIZE = 100_000, 100, 4, (200, 60)
PRESSES, ROUNDS = 15, 3
KEYS = ("j", "pagedown", "G", "k", "n")
EDITS = ("J", "K", "M", "S", "enter", "u", "u")
WORDS = ("the", "keeper", "of", "a", "light", "remembered", "every", "ship", "that", "passed")


def bench_screen() -> dict[str, float]:
    """Measure milliseconds of work, median and worst, from a key to the end of its paint.

    Textual paints at most 60 times a second, so that up to 16 ms of waiting come on top.
    """
    text = tale(ROWS)
    long, short = _least(lambda: _measure(text)), _least(lambda: _measure(tale(SHORT)))
    return long | {"short text median ms": short["median ms"]}


def bench_correct() -> dict[str, float]:
    """Measure the same for the keys that correct; each correction is written as it is made."""
    text = tale(ROWS)
    text.row_of  # noqa: B018 - as the editor has it when the text is opened
    return _least(lambda: _measure_edits(text))


def _least(measure: Callable[[], Coroutine[Any, Any, dict[str, float]]]) -> dict[str, float]:
    """Return the least of each figure of some rounds: other programs only ever add to one."""
    rounds = [asyncio.run(measure()) for _ in range(ROUNDS)]
    return {name: min(figures[name] for figures in rounds) for name in rounds[0]}


async def _measure(text: ParallelText) -> dict[str, float]:
    app = ReaderApp(reading_desk(lambda *_: text, Pencil(text)))
    started = time.process_time()
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        opened = time.process_time() - started
        await pilot.press("/", *"remembered", "enter")
        await app.workers.wait_for_complete()
        figures = {"show s": opened} | await _spent(app, pilot, KEYS)
        return figures | {"resize ms": await _resized(pilot)}


async def _resized(pilot: Pilot[int]) -> float:
    """Return milliseconds of a change of the screen's size."""
    spent = []
    for k in range(PRESSES):
        before = time.process_time()
        await pilot.resize_terminal(SIZE[0] - 1 - k % 2, SIZE[1])
        await pilot.pause()
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


async def _measure_edits(text: ParallelText) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        app = ReaderApp(reading_desk(lambda *_: text, Pen(text, Path(folder) / FILE_NAME)))
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            await pilot.press("5", "0", "%", "a")
            started = time.process_time()
            await pilot.press("M")
            await pilot.pause()
            first = (time.process_time() - started) * 1000
            return {"first ms": first} | await _spent(app, pilot, EDITS)


async def _spent(app: ReaderApp, pilot: Pilot[int], pressed: Sequence[str]) -> dict[str, float]:
    """Return milliseconds of each key, and of all together."""
    spent: dict[str, list[float]] = {key: [] for key in pressed}
    for key in tuple(pressed) * PRESSES:
        before = time.process_time()
        await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        spent[key].append((time.process_time() - before) * 1000)
    every = [ms for times in spent.values() for ms in times]
    figures = {f"{key} ms": statistics.median(times) for key, times in spent.items()}
    return figures | {"median ms": statistics.median(every), "worst ms": max(every)}


class Pen(Pencil):
    """A pencil that writes every correction to a file, as the editor does."""

    def __init__(self, base: ParallelText, path: Path) -> None:
        super().__init__(base)
        self.path = path

    def do(self, operation: Operation) -> None:
        done = len(self.done)
        super().do(operation)
        with Store(self.path) as store:
            store.corrections.add(version_keys(self.base.documents), done, [operation], "")

    def undo(self) -> Operation:
        done = len(self.done)
        with Store(self.path) as store:
            store.corrections.move(version_keys(self.base.documents), done, done - 1)
        return super().undo()


def reading_desk(job: Job, editor: Pencil | None = None) -> Desk:
    """Make a desk that keeps nothing."""
    return Desk(
        job=job,
        editor=editor or Pencil(tale(1)),
        title="tale",
        place=Place(),
        keep_place=lambda _: None,
        export=lambda *_: (),
        explain=lambda *_: "",
        follow=lambda parallel, _: parallel,
        annotations=lambda _: {},
        annotate=lambda *_: None,
        keep_theme=lambda _: None,
    )


def sentences(rows: int, version: int) -> list[str]:
    """Make sentences of 3 to 20 words, each of its own."""
    words = WORDS[version:] + WORDS[:version]
    return [" ".join(words[i % 5 : i % 5 + 3] * (1 + i % 6)) + f" {i}." for i in range(rows)]


def tale(rows: int) -> ParallelText:
    """Make versions of so many rows."""
    texts = [sentences(rows, v) for v in range(VERSIONS)]
    cells = tuple(Row(((i,),) * VERSIONS, 0.95) for i in range(rows))
    pivots = tuple(Pivots.of(map(Pivot, column)) for column in texts)
    return ParallelText(tuple(map(_document, range(VERSIONS), texts)), pivots, cells)


def _document(version: int, column: Sequence[str]) -> Document:
    ends = list(accumulate(len(sentence) + 1 for sentence in column))
    segments = Segments.of(
        Segment(end - 1 - len(sentence), end - 1, i, "en")
        for i, (sentence, end) in enumerate(zip(column, ends, strict=True))
    )
    return Document(f"id{version}", f"{version}.txt", "en", "\n".join(column), segments)
