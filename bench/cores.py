"""Which cores the server and we may use, and how long processors worked for both together."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Worked:
    seconds: float = 0.0


class Cores:
    """The server by its first process's id, and this process with its children."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.all = sorted(os.sched_getaffinity(0))

    @contextmanager
    def only(self, count: int) -> Iterator[None]:
        """So many cores for everybody together."""
        self._pin(self.all[:count])
        try:
            yield
        finally:
            self._pin(self.all)

    @contextmanager
    def worked(self, *, ours: bool = True) -> Iterator[Worked]:
        """Seconds of processor between here and the end, once children and sessions have ended."""
        worked, begun = Worked(), self._seconds(ours)
        yield worked
        worked.seconds = self._seconds(ours) - begun

    def _pin(self, cores: list[int]) -> None:
        for process in (os.getpid(), self.server, *self._sessions()):
            with suppress(ProcessLookupError):  # a session may have ended since it was listed
                os.sched_setaffinity(process, cores)

    def server_seconds(self) -> float:
        """How long processors have worked for the server, in the sessions that are and that were."""
        of_sessions = sum(ticks(one, whole=False) for one in self._sessions())
        return (ticks(self.server, whole=True) + of_sessions) / TICKS

    def _seconds(self, ours: bool) -> float:
        seconds = self.server_seconds()
        if ours:
            for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
                used = resource.getrusage(whose)
                seconds += used.ru_utime + used.ru_stime
        return seconds

    def _sessions(self) -> list[int]:
        """The server's own children: sessions, the checkpointer, the writers of its log."""
        running = [int(e.name) for e in Path("/proc").iterdir() if e.name.isdigit()]
        return [one for one in running if fields(one)[1:2] == [str(self.server)]]


def ticks(process: int, *, whole: bool) -> int:
    """User and system time; `whole` with that of its children which have ended."""
    return sum(int(field) for field in fields(process)[11 : 15 if whole else 13])


def fields(process: int) -> list[str]:
    """What the system says of a process, after its name; nothing when it has ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return []
    return told.rpartition(")")[2].split()
