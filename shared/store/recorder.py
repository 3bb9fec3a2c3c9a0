"""The library's application recorder over the insert-only events and the sealed log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    DataError,
    IntegrityError,
    OperationalError,
    PersistenceError,
    StoredEvent,
)
from psycopg_pool import PoolTimeout

from shared.postgres.pool import Pool
from shared.store.appending import Appended, Appending, Conflict
from shared.store.combiner import Combiner, LostError
from shared.store.notifications import Following
from shared.store.observed import observed
from shared.store.stored import Stored

READ = "SELECT version, subject_id, command_id, envelope, body FROM read_stream(%s, %s, %s, %s)"
READ_MANY = """
SELECT q.stream, r.version, r.subject_id, r.command_id, r.envelope, r.body
  FROM unnest(%s::uuid[], %s::bigint[]) q (stream, after),
       LATERAL read_stream(%s, q.stream, q.after, %s) r
"""
COMMAND = "SELECT version, subject_id, command_id, envelope, body FROM read_command(%s, %s, %s)"
MOST = 2**63 - 1
# a row the database cannot take: no conflict, and no sense in trying again
OFFENCES = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.InsufficientPrivilege)
asking: ContextVar[UUID | None] = ContextVar("asking", default=None)


class AwayError(OperationalError, psycopg.OperationalError):
    """The database did not answer: the library's word for it, and the driver's.

    What was asked may have been stored; asking again with the same command id settles it.
    """


@contextmanager
def asking_for(tenant: UUID) -> Iterator[None]:
    """Whose streams the library's own `select_events`, which knows no tenants, may see here."""
    token = asking.set(tenant)
    try:
        yield
    finally:
        asking.reset(token)


@contextmanager
def in_the_librarys_words() -> Iterator[None]:
    """Raises AwayError or the library's own errors for what the database said."""
    try:
        yield
    except (LostError, PoolTimeout, psycopg.OperationalError) as error:
        raise AwayError(str(error)) from error
    except OFFENCES as error:
        raise DataError(str(error)) from error
    except psycopg.Error as error:
        raise PersistenceError(str(error)) from error


class SealedRecorder(Following, ApplicationRecorder):
    """Appends through the combiner, reads a tenant's streams, follows the sealed log.

    `appended` is called after each append: it wakes the sealer of this process, if there is one.
    """

    def __init__(
        self,
        app: Pool,
        combine: Pool,
        reader: Pool | None = None,
        appended: Callable[[], None] = lambda: None,
        service: str | None = None,
    ) -> None:
        super().__init__(reader)
        self._app, self._appended, self._service = app, appended, service
        self._combiner = Combiner(combine, self._is_mine)

    def append(self, appending: Appending) -> Appended | Conflict:
        """Store a command's rows. Raises AwayError or the library's DataError otherwise."""
        with observed(self._service, [appending]) as outcomes, in_the_librarys_words():
            outcome = self._combiner.append(appending)
            outcomes.append(outcome)
        self._appended()
        return outcome

    def append_each(self, batch: Sequence[Appending]) -> list[Appended | Conflict]:
        """Store several commands in one commit; one that conflicts keeps no other from it."""
        with observed(self._service, batch) as outcomes, in_the_librarys_words():
            outcomes.extend(self._combiner.append_each(batch))
        self._appended()
        return outcomes

    def insert_events(self, stored_events: Sequence[StoredEvent], **_kwargs: Any) -> None:
        """As the library has it: raises IntegrityError on a conflict.

        Positions are answered by the sealed log, later; so none here.
        """
        if stored_events:
            appending = Appending.of([stored(e) for e in stored_events])
            if isinstance(self.append(appending), Conflict):
                raise IntegrityError("version taken")

    def select(
        self, tenant: UUID, stream: UUID, after: int = 0, upto: int | None = None
    ) -> list[Stored]:
        """The rows of a stream in order; none when it is unknown or another tenant's."""
        return self._rows(READ, tenant, stream, after, MOST if upto is None else upto)

    def select_many(self, tenant: UUID, after: Mapping[UUID, int]) -> dict[UUID, list[Stored]]:
        """The rows of several streams, each after a version and in order, in one question."""
        found: dict[UUID, list[Stored]] = {stream: [] for stream in after}
        asked = (list(after), list(after.values()), tenant, MOST)
        with self._app.connection() as connection:
            cursor = connection.cursor(binary=True)
            cursor.execute(READ_MANY.encode(), asked)
            for stream, version, subject, command, envelope, body in cursor:
                found[stream].append(
                    Stored(stream, version, "", body or b"", tenant, subject, command, envelope)
                )
        for rows in found.values():
            rows.sort(key=lambda row: row.originator_version)
        return found

    def find_command(self, tenant: UUID, stream: UUID, command: UUID) -> list[Stored]:
        """The rows that a command left in a stream: settles repeated and ambiguous commands."""
        return self._rows(COMMAND, tenant, stream, command)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        tenant = asking.get()
        if tenant is None:  # no organisation, no rows
            return []
        found = self.select(tenant, cast("UUID", originator_id), gt or 0, lte)
        return (found[::-1] if desc else found)[:limit]

    def _rows(self, statement: str, tenant: UUID, stream: UUID, *more: object) -> list[Stored]:
        with self._app.connection() as connection:
            cursor = connection.cursor(binary=True)
            cursor.execute(statement.encode(), (tenant, stream, *more))
            return [
                Stored(stream, version, "", body or b"", tenant, subject, command, envelope)
                for version, subject, command, envelope, body in cursor
            ]

    def _is_mine(self, appending: Appending) -> bool:
        first = appending.rows[0]
        rows = self.find_command(
            appending.tenant_id, cast("UUID", first.originator_id), appending.command_id
        )
        return any(row.originator_version == first.originator_version for row in rows)


def stored(event: StoredEvent) -> Stored:
    if not isinstance(event, Stored):
        raise TypeError(f"{event!r} has no envelope: it was not made by our mapper")
    return event
