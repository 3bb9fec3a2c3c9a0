"""What a process needs, looked at now and then on a thread of its own.

Whoever asks is answered at once with what was last seen: a database that hangs holds up the look,
never the answer, and never a thread that serves people.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from threading import Event, Lock, Thread

from shared.http.leaving import leaving
from shared.telemetry.words import Word

Check = Callable[[], object]  # raises, or answers False, when what it looks at is not there
EVERY_SECONDS = 2.0
STALE_SECONDS = 10.0  # a look that takes longer says that something does not answer
FIRST_SECONDS = 3.0  # for as long the first who asks waits
UNASKED_SECONDS = 60.0  # then nobody looks any more, until somebody asks again
log = logging.getLogger(__name__)


class Watch:
    """Looks for as long as it is asked now and then; `close` ends it."""

    def __init__(
        self,
        checks: Mapping[str, Check],
        *,
        every: float = EVERY_SECONDS,
        stale: float = STALE_SECONDS,
    ) -> None:
        self.checks, self._every, self._stale = dict(checks), every, stale
        self._found: dict[str, tuple[float, bool]] = {}
        self._said: set[str] = set()
        self._stop, self._first, self._lock = Event(), Event(), Lock()
        self._thread: Thread | None = None
        self._asked = 0.0

    def answer(self) -> dict[str, bool]:
        """Each thing by name, and whether it was there a moment ago."""
        self._begin()
        self._first.wait(FIRST_SECONDS)
        now = time.monotonic()
        told = {name: self._stood(name, now) for name in self.checks}
        return told | ({"staying": False} if leaving() else {})

    def close(self) -> None:
        self._stop.set()

    def _begin(self) -> None:
        with self._lock:
            self._asked = time.monotonic()
            if not self.checks:
                self._first.set()
            elif self._thread is None:
                self._first.clear()
                self._thread = Thread(target=self._look, name="readiness", daemon=True)
                self._thread.start()

    def _stood(self, name: str, now: float) -> bool:
        seen, stands = self._found.get(name, (0.0, False))
        return stands and now - seen <= self._stale

    def _look(self) -> None:
        while not self._rests():
            for name, check in self.checks.items():
                self._found[name] = (time.monotonic(), self._stands(name, check))
            self._first.set()
            self._stop.wait(self._every)

    def _rests(self) -> bool:
        with self._lock:
            if self._stop.is_set() or time.monotonic() - self._asked > UNASKED_SECONDS:
                self._thread = None
                return True
            return False

    def _stands(self, name: str, check: Check) -> bool:
        """Said in the log when it is no longer there, and not at each look."""
        new = name not in self._said
        try:
            stands = check() is not False
        except Exception:  # whatever a dependency raises, it is not ready
            stands = False
            log.log(
                logging.WARNING if new else logging.DEBUG, "%s failed", Word(name), exc_info=True
            )
        if not stands and new:
            log.warning("not ready: %s", Word(name))
        (self._said.discard if stands else self._said.add)(name)
        return stands
