"""From the store to the first paint of a long text, in a process of its own."""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader import pipeline
from reader.model import ParallelText, Pivot, Row
from reader.pipeline import Route
from reader.pipeline.aligning import Material
from reader.pipeline.pivoting import Pivoting
from reader.pipeline.request import Request
from reader.store import FILE_NAME, Store
from reader.tui.app import ReaderApp
from tests.bench.screen import ROWS, SIZE, VERSIONS, reading_desk, sentences
from tests.fakes import FakeTranslator

RUNS = 5
"""Openings of which the fastest counts: other programs only ever make one slower."""


def bench_open() -> dict[str, float]:
    """Measure CPU seconds from the files to the first row on the screen, and megabytes at most.

    Nothing is left to compute; libraries are loaded before the clock starts. Once all versions are
    in the pivot language, once all but the first are translated.
    """
    figures: dict[str, float] = {}
    for label, languages in (("", "en en en en"), ("translated ", "en pt fr de")):
        with tempfile.TemporaryDirectory() as folder:
            _keep(_request(Path(folder), languages))
            child = [sys.executable, "-m", "tests.bench.opening", folder, languages]
            runs = [
                json.loads(subprocess.run(child, stdout=subprocess.PIPE, check=True).stdout)
                for _ in range(RUNS)
            ]
            figures |= {label + name: min(run[name] for run in runs) for name in runs[0]}
    return figures


def _request(folder: Path, languages: str) -> Request:
    paths = tuple(folder / f"{v}.txt" for v in range(VERSIONS))
    spoken = dict(zip(paths, languages.split(), strict=True))
    return Request(paths, folder, languages=spoken, segmented=True, mode="parallel")


def _routes(source: str, target: str) -> Route:
    """Name what the translations are kept under; nothing is left to translate."""
    return Route(FakeTranslator(f"{source}-{target}", {}))


def _keep(request: Request) -> None:
    """Write the files, and keep what would be made of them."""
    for v, path in enumerate(request.paths):
        path.write_text("\n\n".join(sentences(ROWS, v)), encoding="utf-8")
    loaded = pipeline.load(request)
    with Store(request.cache / FILE_NAME) as store:
        for document in loaded.documents:
            made = {text: Pivot(text) for text in document.sentences}
            store.keep_translations(made, _routes(document.language, "en").translator.key)
        pivots = Pivoting(request, loaded.documents, store, _routes).columns()
    material = Material(request, loaded.documents, pivots)
    rows = [Row(((i,),) * VERSIONS, 0.95) for i in range(ROWS)]
    with Store(request.cache / FILE_NAME) as store:
        store.keep_alignment(material.key(()), "parallel", rows)


async def _open(request: Request) -> dict[str, float]:
    started = time.process_time()
    gc.disable()  # as the command does
    loaded = pipeline.load(request)

    def job(*_: object) -> ParallelText:
        text = pipeline.run(request, routes=_routes, loaded=loaded)
        text.row_of  # noqa: B018 - as the editor has it when the text is opened
        return text

    app = ReaderApp(reading_desk(job))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        opened = time.process_time() - started
        assert len(app.reading.rows) == ROWS
    return {"open s": opened, "peak MB": _peak()}


def _peak() -> float:
    """Return the megabytes that this process held at most; not the one it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_open(_request(Path(sys.argv[1]), sys.argv[2])))))
