"""From the command to the first row on the screen, cold and kept, against bare imports."""

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.cli.reading import DEMO

RUNS = 5
FIRST_ROW = b"aground"
TIMEOUT_S = 120


def bench_start() -> dict[str, float]:
    """Open the demo in a pseudo-terminal: with an empty cache, then again; median wall seconds.

    Cold includes loading the packages and translating two documents; its first row is provisional.
    The baseline imports what draws and what remembers, and does nothing with it.
    """
    baseline = [sys.executable, "-c", "import textual.app, textual.widgets, sqlite_utils"]
    cold, kept, imports = [], [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(_first_row(Path(cache)))
            _finish(Path(cache))
            kept.append(_first_row(Path(cache)))
        started = time.perf_counter()
        subprocess.run(baseline, check=True)
        imports.append(time.perf_counter() - started)
    base = statistics.median(imports)
    return {
        "import s": base,
        "cold s": statistics.median(cold),
        "kept s": statistics.median(kept),
        "ratio cold": statistics.median(cold) / base,
        "ratio kept": statistics.median(kept) / base,
    }


def _finish(cache: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "reader", "print", *map(str, DEMO), "--cache", str(cache)],
        check=True,
        capture_output=True,
    )


def _first_row(cache: Path) -> float:
    """Return the seconds from the start of the command until a row of the text is drawn."""
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
        command = [sys.executable, "-m", "reader", "demo", "--cache", str(cache)]
        os.execv(sys.executable, command)
    seen = b""
    try:
        while FIRST_ROW not in seen:
            ready, _, _ = select.select([terminal], [], [], TIMEOUT_S)
            if not ready:
                raise TimeoutError(f"no row after {TIMEOUT_S} s; the terminal got {seen[-200:]!r}")
            seen += os.read(terminal, 1 << 16)
        return time.perf_counter() - started
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
