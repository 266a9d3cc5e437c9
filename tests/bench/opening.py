"""From the store to the first paint of a long text, in a process of its own."""

import asyncio
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from reader import pipeline
from reader.editor import Editor
from reader.model import Pivot, Row
from reader.pipeline.aligning import Material
from reader.pipeline.request import Request
from reader.store import FILE_NAME, Store
from reader.tui.app import ReaderApp
from tests.bench.screen import ROWS, SIZE, VERSIONS, reading_desk, sentences


def bench_open() -> dict[str, float]:
    """Measure seconds from the files to the first row on the screen, and megabytes at their most.

    Nothing is left to compute; libraries are loaded before the clock starts.
    """
    with tempfile.TemporaryDirectory() as folder:
        _keep(_request(Path(folder)))
        child = [sys.executable, "-m", "tests.bench.opening", folder]
        done = subprocess.run(child, capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout))


def _request(folder: Path) -> Request:
    paths = tuple(folder / f"{v}.txt" for v in range(VERSIONS))
    languages = dict.fromkeys(paths, "en")
    return Request(paths, folder, languages=languages, segmented=True, mode="parallel")


def _keep(request: Request) -> None:
    """Write the files, and keep what would be made of them."""
    for v, path in enumerate(request.paths):
        path.write_text("\n\n".join(sentences(ROWS, v)), encoding="utf-8")
    loaded = pipeline.load(request)
    pivots = [tuple(Pivot(text) for text in d.sentences) for d in loaded.documents]
    material = Material(request, loaded.documents, pivots)
    rows = [Row(((i,),) * VERSIONS, 0.95) for i in range(ROWS)]
    with Store(request.cache / FILE_NAME) as store:
        store.keep_alignment(material.key(()), "parallel", rows)


async def _open(request: Request) -> dict[str, float]:
    started = time.process_time()
    gc.disable()  # as the command does
    loaded = pipeline.load(request)
    editor = Editor(request)
    app = ReaderApp(replace(reading_desk(lambda *_: editor.open(loaded=loaded)), editor=editor))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        opened = time.process_time() - started
        assert len(app.reading.rows) == ROWS
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"open s": opened, "peak MB": kilobytes / 1024}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_open(_request(Path(sys.argv[1]))))))
