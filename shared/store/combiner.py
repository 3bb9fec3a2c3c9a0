"""Commands that wait at the same time in one process go to the database together.

No timer: whoever comes when nobody is under way leads and takes along all who wait. When the
statement is back, the first of those who came meanwhile leads the next one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from copy import copy
from threading import Lock
from uuid import UUID

import psycopg

from shared.postgres.pool import Pool
from shared.store.appending import Appended, Appending, Conflict, Failed, Outcome, append_many

ROWS = 1000  # in one statement
LEADERS = 2  # statements under way: one is built while the other is being written to disk
ENOUGH = 16  # who wait before a second statement is worth it: small batches cost throughput
TRIES = 3  # of a statement whose connection was lost
# the database took offence at somebody's row, or waited too long for it: then each alone
SOMEBODYS = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.errors.InsufficientPrivilege,  # a row that its policy refuses
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
)
Settle = Callable[[Appending], bool]


class Waiting:
    """A command that waits to be stored, or to lead."""

    __slots__ = ("appending", "gate", "outcome")

    def __init__(self, appending: Appending) -> None:
        self.appending = appending
        self.outcome: Outcome | None = None
        self.gate = Lock()
        self.gate.acquire()


class Combiner:
    """One for each process. `is_mine` asks whether a command's rows stand already."""

    def __init__(
        self, pool: Pool, is_mine: Settle, *, leaders: int = LEADERS, rows: int = ROWS
    ) -> None:
        self._pool, self._is_mine = pool, is_mine
        self._leaders, self._rows = leaders, rows
        self._lock = Lock()
        self._queue: deque[Waiting] = deque()
        self._leading = 0

    def append(self, appending: Appending) -> Appended | Conflict:
        """Wait until this command is stored or refused.

        Raises what the database said when it is neither, or not known to be.
        """
        waiting = Waiting(appending)
        with self._lock:
            leads = self._leading == 0 or self._worth_another(len(self._queue) + 1)
            if leads:
                self._leading += 1
            else:
                self._queue.append(waiting)
        if not leads:
            waiting.gate.acquire()
        if waiting.outcome is None:
            self._lead(waiting)
        if waiting.outcome is None:
            raise AssertionError("a leader always settles its own command")
        return told(waiting.outcome)

    def append_each(self, batch: Sequence[Appending]) -> list[Appended | Conflict]:
        """Several commands of one caller in one statement, each on its own terms.

        Their ids differ. Raises what the database said of the first that is neither; the others
        may be stored.
        """
        return [told(outcome) for outcome in self._store(batch)] if batch else []

    def _lead(self, first: Waiting) -> None:
        try:
            batch = self._take(first)
            outcomes = self._store([w.appending for w in batch])
            for waiting, outcome in zip(batch, outcomes, strict=True):
                waiting.outcome = outcome
            for waiting in batch[1:]:
                waiting.gate.release()
        finally:
            self._hand_over()

    def _take(self, first: Waiting) -> list[Waiting]:
        """Those who wait, up to a statement's size; never two with the same command id."""
        batch, rows = [first], len(first.appending.rows)
        ids: set[UUID] = {first.appending.command_id}
        later: list[Waiting] = []
        with self._lock:
            while self._queue and rows < self._rows:
                waiting = self._queue.popleft()
                if waiting.appending.command_id in ids:
                    later.append(waiting)
                    continue
                ids.add(waiting.appending.command_id)
                rows += len(waiting.appending.rows)
                batch.append(waiting)
            self._queue.extendleft(reversed(later))
        return batch

    def _hand_over(self) -> None:
        with self._lock:
            self._leading -= 1
            waiting = len(self._queue)
            if not waiting or (self._leading and not self._worth_another(waiting)):
                return
            self._leading += 1
            heir = self._queue.popleft()
        heir.gate.release()

    def _worth_another(self, waiting: int) -> bool:
        return self._leading < self._leaders and waiting >= ENOUGH

    def _store(self, batch: Sequence[Appending]) -> Sequence[Outcome]:
        """An outcome for each, whatever happens."""
        try:
            return self._ask(batch)
        except SOMEBODYS as reason:
            if len(batch) == 1:
                return [Failed(reason)]
        except Exception as reason:  # noqa: BLE001 - everyone who waits hears of it
            return [Failed(again(reason)) for _ in batch]
        return [outcome for one in batch for outcome in self._store([one])]

    def _ask(self, batch: Sequence[Appending]) -> Sequence[Outcome]:
        lost: psycopg.Error | None = None
        for _ in range(TRIES):
            with self._pool.connection() as connection:
                try:
                    outcomes = append_many(connection, batch)
                except psycopg.OperationalError as reason:
                    if not connection.closed:
                        raise
                    lost = reason
                else:
                    return outcomes if lost is None else self._settled(batch, outcomes)
        raise LostError(f"it is not known whether this was stored: {lost}")

    def _settled(
        self, batch: Sequence[Appending], outcomes: Sequence[Outcome]
    ) -> Sequence[Outcome]:
        """A connection was lost at commit: a version taken may have been taken by ourselves.

        The statement was repeated first, which waits for the lost one to end either way.
        """
        return [
            Appended(None) if isinstance(outcome, Conflict) and self._is_mine(one) else outcome
            for one, outcome in zip(batch, outcomes, strict=True)
        ]


def told(outcome: Outcome) -> Appended | Conflict:
    """To whom it concerns: raises what the database said when it is neither."""
    if isinstance(outcome, Failed):
        raise outcome.reason
    return outcome


def again(reason: Exception) -> Exception:
    """The same for another thread: an exception raised in two has the traces of both."""
    another = copy(reason)
    another.__cause__ = reason
    return another


class LostError(Exception):
    """The database went away, and did not come back in time to say what it had stored."""
