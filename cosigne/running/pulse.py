"""Whether a thread still does its work: it is known by how often it asks whether to stop."""

from __future__ import annotations

import sys
import threading
import time
from threading import Event

# whoever waits in one of these waits for another machine: a new process would wait just so
ELSEWHERE = frozenset({"httpcore", "httpx", "kafka", "psycopg", "psycopg_pool", "socket", "ssl"})


class Pulse(Event):
    """The word to stop, as one thread hears it. All work asks for it in each of its rounds."""

    def __init__(self, stop: Event) -> None:
        super().__init__()
        self._told, self._expected = stop, time.monotonic()

    def is_set(self) -> bool:
        self._expected = time.monotonic()
        return self._told.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Nothing is heard of a thread while it rests; it is expected back afterwards."""
        self._expected = time.monotonic() + (timeout or 0)
        told = self._told.wait(timeout)
        self._expected = time.monotonic()
        return told

    @property
    def silent(self) -> float:
        """For how many seconds nothing was heard, past what was said of a rest."""
        return max(0.0, time.monotonic() - self._expected)


def waits_elsewhere(thread: threading.Thread) -> bool:
    """Whether it waits for a database, a broker or another server at this moment."""
    frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001 - there is no other way
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).partition(".")[0] in ELSEWHERE:
            return True
        frame = frame.f_back
    return False
