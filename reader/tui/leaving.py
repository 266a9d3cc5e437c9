"""Quitting on a signal, so that the terminal is left clean."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from threading import Timer

LAST_RESORT = 3
"""Seconds for a clean end before the process exits anyway."""


def on_signals(leave: Callable[[int], None]) -> None:
    """Call `leave` with the exit code when SIGTERM or SIGHUP arrives."""

    def ended(by: signal.Signals) -> None:
        # Where the terminal is gone as well, Textual 8.2 may wait for it for ever.
        last_resort = Timer(LAST_RESORT, os._exit, (128 + by,))
        last_resort.daemon = True
        last_resort.start()
        leave(128 + by)

    if sys.platform != "win32":  # which has neither such handlers nor the second signal
        for end in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(end, ended, end)
