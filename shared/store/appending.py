"""What a command appends, what may come of it, and the one statement that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg import Cursor

from shared.postgres.arrays import bigints, byteas, jsons, uuids
from shared.postgres.pool import Connection
from shared.store.stored import Stored

APPEND_MANY = "SELECT conflicts, xid::text::bigint FROM append_many(%s, %s, %s, %s, %s, %s, %s)"
# one command without company, as the role that also reads; no function between it and the table
APPEND = """
INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body)
SELECT %s, s, v, p, %s, e, b
FROM set_config('app.tenant', %s, true), unnest(%s, %s, %s, %s, %s) r (s, v, p, e, b)
RETURNING xid::text::bigint
"""


@dataclass(frozen=True, slots=True)
class Appending:
    """All rows of one command, of one tenant: they are stored whole or not at all."""

    tenant_id: UUID
    command_id: UUID
    rows: tuple[Stored, ...]

    @classmethod
    def of(cls, rows: Sequence[Stored]) -> Appending:
        """Raises ValueError for rows of several commands or organisations, or without a body."""
        first = rows[0]
        if any(r.command_id != first.command_id or r.tenant_id != first.tenant_id for r in rows):
            raise ValueError("rows that are stored together share command and organisation")
        if not all(r.state for r in rows):
            raise ValueError("every event has a body")
        return cls(first.tenant_id, first.command_id, tuple(rows))


@dataclass(frozen=True, slots=True)
class Appended:
    """Stored. `xid` tells when it is sealed; None when found to have been stored already."""

    xid: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A version it wanted was taken: load and decide again."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Not stored, or not known to be: the database said why."""

    reason: Exception


Outcome = Appended | Conflict | Failed


def append_many(connection: Connection, batch: Sequence[Appending]) -> list[Outcome]:
    """Several commands in one statement and one transaction, each on its own terms."""
    rows = [row for appending in batch for row in appending.rows]
    cursor: Cursor[tuple[list[UUID], int]] = connection.cursor(binary=True)
    found = cursor.execute(
        APPEND_MANY,
        (
            uuids([r.tenant_id for r in rows]),
            uuids([r.originator_id for r in rows]),  # type: ignore[misc]
            bigints([r.originator_version for r in rows]),
            uuids([r.subject_id for r in rows]),
            uuids([r.command_id for r in rows]),
            jsons([r.envelope for r in rows]),
            byteas([r.state for r in rows]),
        ),
        prepare=True,
    ).fetchone()
    conflicts, xid = found if found is not None else ([], 0)
    return [Conflict() if a.command_id in conflicts else Appended(xid) for a in batch]


def append(connection: Connection, appending: Appending) -> Appended:
    """One command alone; raises psycopg's UniqueViolation when a version is taken."""
    rows = appending.rows
    found = connection.execute(
        APPEND,
        (
            appending.tenant_id,
            appending.command_id,
            str(appending.tenant_id),
            uuids([r.originator_id for r in rows]),  # type: ignore[misc]
            bigints([r.originator_version for r in rows]),
            uuids([r.subject_id for r in rows]),
            jsons([r.envelope for r in rows]),
            byteas([r.state for r in rows]),
        ),
        prepare=True,
    ).fetchone()
    return Appended(found[0] if found else None)
