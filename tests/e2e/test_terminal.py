"""The installed command in a real terminal: start, read, search, export, quit, rough handling."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

READER = Path(sys.executable).parent / "reader"

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that knows the demo, so that the tests wait for the screen alone."""
    cache = tmp_path_factory.mktemp("cache")
    subprocess.run([READER, "demo", "--plain", "--cache", cache], check=True, capture_output=True)
    return cache


@pytest.fixture
def environment(tmp_path: Path, warm: Path) -> dict[str, str]:
    """Return variables that give each test a cache of its own."""
    shutil.copytree(warm, tmp_path / "cache")
    return {"READER_CACHE": str(tmp_path / "cache")}


@pytest.fixture
def terminal(tmp_path: Path, environment: dict[str, str]) -> Iterator[Terminal]:
    with Terminal(tmp_path, environment=environment) as terminal:
        yield terminal


FIRST = "Ferry with 214 people"


def test_demo_opens_reads_searches_and_leaves_the_terminal_clean(terminal: Terminal) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST, "Barco encalha")
    terminal.type("/", "fishermen", "Enter")
    terminal.wait(lambda screen: FIRST not in screen and "fishermen" in screen)
    terminal.type("?")
    terminal.see("twelve rows on")
    terminal.type("Escape")  # by itself: with a key right behind it, it is that key with Alt
    terminal.wait(lambda screen: "twelve rows on" not in screen)
    terminal.type("q")
    screen = terminal.prompt()
    assert screen.split() == ["$", str(READER), "demo", "$"]


def test_it_opens_where_it_was_left(terminal: Terminal) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    terminal.type("G")
    end = terminal.wait(lambda screen: FIRST not in screen)
    last = end.splitlines()[2:8]
    terminal.type("q")
    terminal.prompt()
    terminal.run(READER)
    terminal.see("harbour-post.txt, diario-da-costa.txt", "EN PT RU · 100% · today")
    terminal.type("Enter")
    terminal.wait(lambda screen: screen.splitlines()[2:8] == last)
    terminal.type("g", "q")
    terminal.prompt()


@pytest.mark.parametrize("killed", [False, True], ids=["quit", "killed"])
def test_corrections_are_still_there(terminal: Terminal, killed: bool) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    terminal.type("J")  # a reading key: nothing
    terminal.type("a")
    terminal.see("correcting", "merge")
    terminal.type("M")
    corrected = terminal.see("█ 1 ✎", "edited 2:2:2").splitlines()[1:16]
    if killed:
        for pid in terminal.pids("demo"):
            os.kill(pid, signal.SIGKILL)
        terminal.run("reset")
        terminal.wait(lambda screen: FIRST not in screen)
    else:
        terminal.type("q")
        terminal.prompt()
    terminal.run(READER, "demo")
    terminal.see("1 ✎", FIRST)
    terminal.type("a")
    terminal.see("correcting", "edited 2:2:2")
    terminal.wait(lambda screen: screen.splitlines()[1:16] == corrected)
    terminal.type("u")
    terminal.see("undone: merge", "1:1:1")
    terminal.type("q")
    terminal.prompt()


def test_export_from_the_screen(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    terminal.type("x")
    offered = "harbour-post.tmx"
    terminal.see(offered)
    terminal.type("C-u")
    terminal.wait(lambda screen: offered not in screen)
    terminal.type("pairs.jsonl", "Enter")
    terminal.see("rows written")
    terminal.type("q")
    terminal.prompt()
    assert (tmp_path / "pairs.jsonl").read_text(encoding="utf-8").startswith('{"format"')


def test_a_storm_of_sizes_keeps_the_row(terminal: Terminal) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    for columns, lines in [(40, 10), (200, 60), (10, 4), (300, 5), (1, 1), (80, 24)] * 3:
        terminal.resize(columns, lines)
    terminal.see(FIRST)
    terminal.type("q")
    terminal.prompt()


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGHUP], ids=["term", "hup"])
def test_a_signal_ends_it_with_a_clean_terminal(
    terminal: Terminal, signal_: signal.Signals
) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    for pid in terminal.pids("demo"):
        os.kill(pid, signal_)
    screen = terminal.wait(lambda screen: "$" in screen and FIRST not in screen)
    assert "Traceback" not in screen


@pytest.mark.parametrize("signalled", [False, True], ids=["closed", "and ended"])
def test_nothing_runs_on_in_a_terminal_that_is_closed(terminal: Terminal, signalled: bool) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    (pid,) = terminal.pids("demo")
    if signalled:
        os.kill(pid, signal.SIGTERM)
    terminal.close()
    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline, "it still runs"
        time.sleep(0.1)


def test_suspend_and_return(terminal: Terminal) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    terminal.type("C-z")
    terminal.see("Stopped")
    terminal.run("fg")
    terminal.see(FIRST, "Barco encalha")
    terminal.type("q")
    terminal.prompt()


def test_a_pasted_megabyte_does_no_harm(terminal: Terminal) -> None:
    terminal.run(READER, "demo")
    terminal.see(FIRST)
    terminal.paste("q\nx\n" * 250_000)
    terminal.type("g")
    terminal.see(FIRST)
    terminal.type("q")
    terminal.prompt()


def test_a_locale_without_its_signs_does_not_spoil_the_screen(terminal: Terminal) -> None:
    bare = ("LC_ALL=POSIX", "PYTHONCOERCECLOCALE=0", "PYTHONUTF8=0")
    terminal.run("env", *bare, READER, "demo")
    assert "\\u" not in terminal.see(FIRST, "│ Barco encalha")
    terminal.type("q")
    terminal.prompt()


def test_a_dumb_terminal_gets_the_plain_view(terminal: Terminal) -> None:
    terminal.run("env", "TERM=dumb", READER, "demo")
    screen = terminal.prompt()
    assert "RU: " in screen
    assert "\x1b" not in screen


def test_an_error_before_the_screen_is_one_line(terminal: Terminal) -> None:
    terminal.run(READER, "missing.txt")
    screen = terminal.prompt()
    assert len(screen.rstrip().splitlines()) == 3
    assert "missing.txt" in screen.splitlines()[1]
