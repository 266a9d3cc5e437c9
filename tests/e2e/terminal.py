"""A real terminal of fixed size to drive a program in: tmux on a socket of its own."""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path


class Terminal:
    """One tmux window; use as a context manager. The shell's prompt is `$ `."""

    def __init__(
        self,
        folder: Path,
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._socket = folder / "tmux"
        self._environment = environment or {}
        self._columns, self._lines = columns, lines
        self._folder = folder

    def __enter__(self) -> "Terminal":
        # The prompt is set late: the shell that tmux starts its command with would forget it.
        shell = "env PS1='$ ' bash --norc --noprofile -i"
        variables = {"LANG": "C.UTF-8", "HISTFILE": ""} | dict(self._environment)
        assignments = [f"{name}={value}" for name, value in variables.items()]
        self._tmux(
            "new-session",
            "-d",
            "-x",
            str(self._columns),
            "-y",
            str(self._lines),
            "-c",
            str(self._folder),
            *(w for a in assignments for w in ("-e", a)),
            shell,
        )
        try:
            self.wait(lambda screen: screen.strip() == "$")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the window, whatever runs in it; again does nothing."""
        with suppress(subprocess.CalledProcessError):
            self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        environment = {k: v for k, v in os.environ.items() if k != "TMUX"}
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), "-f", "/dev/null", *arguments],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            check=True,
        )
        return done.stdout

    def type(self, *keys: str) -> None:
        """Press keys, by tmux's names (Enter, C-c, Space) or as characters."""
        self._tmux("send-keys", *keys)

    def run(self, *arguments: object) -> None:
        """Type a command line."""
        self._tmux("send-keys", "-l", shlex.join(map(str, arguments)))
        self.type("Enter")

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does, bracketed."""
        path = self._folder / "pasted"
        path.write_text(text)
        self._tmux("load-buffer", str(path))
        self._tmux("paste-buffer", "-p")

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def screen(self) -> str:
        """Return what can be seen."""
        return self._tmux("capture-pane", "-p")

    def wait(self, condition: Callable[[str], object], timeout_s: float = 30) -> str:
        """Return the screen once the condition holds for it."""
        deadline = time.monotonic() + timeout_s
        while True:
            screen = self.screen()
            if condition(screen):
                return screen
            if time.monotonic() > deadline:
                raise AssertionError(f"never seen in {timeout_s} s; the screen is\n{screen}")
            time.sleep(0.05)

    def see(self, *texts: str) -> str:
        """Wait until all texts are on the screen."""
        return self.wait(lambda screen: all(text in screen for text in texts))

    def prompt(self) -> str:
        """Wait until the shell asks again, below what it was told; return the screen."""
        return self.wait(lambda screen: screen.rstrip().splitlines()[1:][-1:] == ["$"])

    def pids(self, command: str) -> list[int]:
        """Return the processes of this window whose command line holds `command`."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        done = subprocess.run(
            ["pgrep", "-P", shell, "-f", command], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in done.stdout.split()]
