"""Batches against one sentence after another."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.packages import installed, route
from reader.translate import ArgosTranslator
from tests.bench.argos import argos_translation
from tests.bench.sentences import SENTENCES

CHECKOUT = Path(__file__).parents[2]
PACKAGES = CHECKOUT / "cache" / "packages"
COUNT = 200


def portuguese() -> list[str]:
    """Return some hundred real sentences where there are any, else a few of our own."""
    shared = Path(os.environ.get("READER_SHARED", CHECKOUT.parent / "shared"))
    flores = shared / "corpora" / "eval" / "flores-dev.pt"
    if flores.exists():
        return flores.read_text(encoding="utf-8").splitlines()[:COUNT]
    return list(SENTENCES["pt"])


def bench_translate() -> dict[str, float]:
    """Translate with `ArgosTranslator` in one call and with Argos Translate one by one.

    Both use the starter package and beam 4; models are loaded before the clocks start. CPU seconds
    count all threads, so they hold on a busy machine too.
    """
    texts = portuguese()
    ours = ArgosTranslator(route(installed([PACKAGES]), "pt", "en"))
    theirs = argos_translation(PACKAGES, "pt", "en")
    for warm_up in (ours.translate(["um"]), theirs("um")):
        assert warm_up
    a, a_wall, a_cpu = _timed(ours.translate, texts)
    b, b_wall, b_cpu = _timed(lambda batch: [theirs(text) for text in batch], texts)
    return {
        "sentences": len(texts),
        "reader sentences/s": len(texts) / a_wall,
        "argos sentences/s": len(texts) / b_wall,
        "ratio": b_wall / a_wall,
        "reader sentences/CPU s": len(texts) / a_cpu,
        "argos sentences/CPU s": len(texts) / b_cpu,
        "ratio of CPU": b_cpu / a_cpu,
        "share of equal texts": sum(map(str.__eq__, a, b)) / len(texts),
    }


def _timed(
    function: Callable[[Sequence[str]], list[str]], texts: Sequence[str]
) -> tuple[list[str], float, float]:
    """Return the outputs, wall seconds and CPU seconds of a call."""
    wall, cpu = time.perf_counter(), time.process_time()
    outputs = function(texts)
    return outputs, time.perf_counter() - wall, time.process_time() - cpu
