"""From a key to the painted screen, on a long text and a short one."""

import asyncio
import statistics
import time

from reader.model import Document, ParallelText, Pivot, Place, Row, Segment
from reader.tui.app import ReaderApp
from reader.tui.desk import Desk
from tests.tui.desks import Pencil

ROWS, SHORT, VERSIONS, SIZE = 100_000, 100, 4, (200, 60)
PRESSES = 15
KEYS = ("j", "pagedown", "G", "k", "n")
WORDS = ("the", "keeper", "of", "a", "light", "remembered", "every", "ship", "that", "passed")


def bench_screen() -> dict[str, float]:
    """Measure milliseconds of work, median and worst, from a key to the end of its paint.

    Textual paints at most 60 times a second, so that up to 16 ms of waiting come on top.
    """
    long, short = asyncio.run(_measure(ROWS)), asyncio.run(_measure(SHORT))
    return long | {"short text median ms": short["median ms"]}


async def _measure(rows: int) -> dict[str, float]:
    text = tale(rows)
    desk = Desk(
        job=lambda *_: text,
        editor=Pencil(text),
        title="tale",
        place=Place(),
        keep_place=lambda _: None,
        export=lambda *_: "",
        export_formats=("tsv",),
        explain=lambda *_: "",
        follow=lambda parallel, _: parallel,
        annotations=lambda _: {},
        annotate=lambda *_: None,
        keep_theme=lambda _: None,
    )
    app = ReaderApp(desk)
    started = time.process_time()
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        opened = time.process_time() - started
        await pilot.press("/", *"remembered", "enter")
        await app.workers.wait_for_complete()
        spent: dict[str, list[float]] = {key: [] for key in KEYS}
        for key in KEYS * PRESSES:
            before = time.process_time()
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            spent[key].append((time.process_time() - before) * 1000)
    every = [ms for times in spent.values() for ms in times]
    figures = {f"{key} ms": statistics.median(times) for key, times in spent.items()}
    return {
        "open s": opened,
        **figures,
        "median ms": statistics.median(every),
        "worst ms": max(every),
    }


def tale(rows: int) -> ParallelText:
    """Make versions of so many rows, sentences of 3 to 20 words."""
    sentences = [" ".join(WORDS[i % 5 : i % 5 + 3] * (1 + i % 6)) + f" {i}." for i in range(rows)]
    segments, start = [], 0
    for i, sentence in enumerate(sentences):
        segments.append(Segment(start, start + len(sentence), i, "en"))
        start += len(sentence) + 1
    text = "\n".join(sentences)
    documents = tuple(
        Document(f"id{v}", f"{v}.txt", "en", text, tuple(segments)) for v in range(VERSIONS)
    )
    pivots = tuple(Pivot(sentence) for sentence in sentences)
    cells = tuple(Row(((i,),) * VERSIONS, 0.95) for i in range(rows))
    return ParallelText(documents, (pivots,) * VERSIONS, cells)
