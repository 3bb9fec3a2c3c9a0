"""What a process says of itself: lines on the error output, and telemetry where somebody receives it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from types import TracebackType

from shared.telemetry import process
from shared.telemetry.lines import to_terminal

log = logging.getLogger("cosigne")


def telling(mode: str, name: str, level: int = logging.INFO) -> process.Telemetry | None:
    """From now on, in this process. What nobody caught is told like the rest: without its message."""
    to_terminal(mode, level)
    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    return process.begin(name, os.environ)


def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("nobody caught this", exc_info=(kind, error, trace))


def uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        uncaught(told.exc_type, told.exc_value, told.exc_traceback)
