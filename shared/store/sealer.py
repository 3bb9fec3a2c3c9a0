"""The sealer: one function call a batch, in autocommit, by any number of processes at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event

import psycopg

from shared.postgres.pool import Connection, connect, service_of
from shared.store.pausing import Pausing
from shared.store.told_of_sealing import ToldOfSealing
from shared.telemetry.words import Word

BATCH = 5000
# without a wake; each look in vain reads, and writes once a second
SOON_SECONDS, LATER_SECONDS = 0.002, 0.1
REST_SECONDS = 0.004  # at most, after a batch
BROKEN_SECONDS = 1.0
ANOTHER_IS_AT_IT = -1
NOT_REPLICATED = "01000"  # a WARNING at commit: the wait for the standby was cancelled

HEAD = "SELECT gpos, sealed_at FROM published_head"

log = logging.getLogger("cosigne.sealer")


class Unanchored(Exception):
    """Sealed on another server or timeline: an operator decides between resume and reanchor."""


class Sealer:
    """Seals one service's events. `step` once, or `run` until told to stop.

    `confirmed` is the highest gpos whose sealing is known to stand on the standbys too; whoever
    publishes from this process goes no further. `sealed` is called after each batch that sealed
    something: it wakes those who follow the log in this process.
    """

    def __init__(
        self, conninfo: str, *, batch: int = BATCH, sealed: Callable[[], None] = lambda: None
    ) -> None:
        self._told = ToldOfSealing(service_of(conninfo))
        self._conninfo, self._batch, self._sealed = conninfo, batch, sealed
        self._connection: Connection | None = None
        self._doubt = False
        self._doubtful: datetime | None = None
        self._wake, self._pausing = Event(), Pausing(SOON_SECONDS, LATER_SECONDS)
        self.confirmed = 0

    def wake(self) -> None:
        """Something was appended in this process: look at once."""
        self._wake.set()

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            begun = time.monotonic()
            try:
                sealed = self.step()
            except Unanchored as reason:
                log.critical("nothing is sealed: %s", Word(reason))
                stop.wait(BROKEN_SECONDS)
                continue
            except (psycopg.Error, OSError) as failure:
                log.warning("sealing stopped for a moment: %s", failure)
                self.close()
                stop.wait(BROKEN_SECONDS)
                continue
            if sealed == self._batch:
                continue
            self._wait(time.monotonic() - begun if sealed > 0 else None)
        self.close()

    def step(self) -> int:
        """Seal up to a batch; how many, or -1 when another sealer is at it."""
        begun = time.time_ns()
        try:
            found = self.connection.execute("SELECT seal(%s)", (self._batch,)).fetchone()
        except psycopg.Error as error:
            if error.sqlstate == "ES002":
                raise Unanchored(str(error).splitlines()[0]) from error
            raise
        sealed = int(found[0]) if found else 0
        if sealed != ANOTHER_IS_AT_IT:
            self._confirm()
        if sealed > 0:
            self._sealed()
            self._told(self.connection, sealed, begun)
        return sealed

    @property
    def connection(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._conninfo)
            self._connection.add_notice_handler(self._hear)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _hear(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.sqlstate == NOT_REPLICATED:
            log.error(
                "a sealing is not known to stand on a standby: %s", Word(notice.message_primary)
            )
            self._doubt = True

    def _confirm(self) -> None:
        """A commit that waited in full also vouches for all before it: the log goes in order.

        A look in vain commits nothing and vouches for nothing: the head stays where it was.
        """
        found = self.connection.execute(HEAD).fetchone()
        if found is None:
            return
        gpos, sealed_at = found
        if self._doubt:
            self._doubt, self._doubtful = False, sealed_at
        elif self._doubtful is None or sealed_at > self._doubtful:
            self._doubtful, self.confirmed = None, gpos

    def _wait(self, took: float | None) -> None:
        """After a batch as long as it took: what is acknowledged meanwhile is sealed together."""
        if took is not None:
            self._pausing.broken()
            self._wake.wait(max(SOON_SECONDS, min(took, REST_SECONDS)))
        elif self._wake.wait(self._pausing.seconds):
            self._pausing.broken()
        self._wake.clear()


def run(conninfo: str, stop: Event, ready: Callable[[Sealer], None] = lambda _sealer: None) -> None:
    """Seal until told to stop; `ready` receives the sealer, to wake it."""
    sealer = Sealer(conninfo)
    ready(sealer)
    sealer.run(stop)


def reanchor(conninfo: str, fence: int) -> int:
    """After a dump and restore, or a logical copy. Answers how many events were sealed by it."""
    return asked(conninfo, "SELECT reanchor(%s)", fence)


def resume(conninfo: str, fence: int) -> None:
    """After a failover or point-in-time recovery; `fence` is the highest gpos ever published."""
    asked(conninfo, "SELECT resume(%s)", fence)


def asked(conninfo: str, statement: str, fence: int) -> int:
    with connect(conninfo) as connection:
        try:
            found = connection.execute(statement.encode(), (fence,)).fetchone()
        except psycopg.Error as error:
            if error.sqlstate == "ES002":
                raise Unanchored(str(error).splitlines()[0]) from error
            raise
        return int(found[0] or 0) if found and isinstance(found[0], int) else 0
