"""Whose turn it is to be sent, and what became of it: the queue of each subscription."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.delivery.views.consented import DECIDING
from services.delivery.views.telling import Logged

DONE, GIVEN_UP = 1, 2
# whose view was set aside is waited for: that is a fault of ours, and not her will
DUE = """
SELECT whose, failures FROM delivery_queue q
 WHERE tenant_id = %s AND subscription = %s AND due_at <= clock_timestamp()
   AND NOT whose = ANY(%s) AND NOT EXISTS (
     SELECT FROM parked p JOIN view_version v ON p.consumer = v.name || '_v' || v.active
      WHERE v.name = ANY(%s) AND p.tenant_id = q.tenant_id AND p.subject_id = q.whose)
 ORDER BY due_at LIMIT %s
"""
# each person's first: the rest of hers waits for it
FIRST = """
SELECT f.* FROM unnest(%s::uuid[]) AS w (whose) CROSS JOIN LATERAL (
  SELECT sequence, id, d.whose, entry, source, type, at, by_her, gpos, trace FROM delivery d
   WHERE d.tenant_id = %s AND d.subscription = %s AND d.whose = w.whose AND d.state = 0
   ORDER BY sequence LIMIT 1) f
"""
STATE = """
UPDATE delivery SET state = %s
 WHERE tenant_id = %s AND subscription = %s AND sequence = ANY(%s) AND state = 0
"""
ATTEMPT = """
INSERT INTO delivery_attempt (tenant_id, subscription, sequence, at, outcome, status, milliseconds)
SELECT %s, %s, * FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::int[], %s::int[])
ON CONFLICT DO NOTHING
"""
# locked first: whoever places an event for her waits, and then finds the row there or gone
HOLD = """
SELECT whose FROM delivery_queue
 WHERE tenant_id = %s AND subscription = %s AND whose = ANY(%s) ORDER BY whose FOR UPDATE
"""
NEXT = """
UPDATE delivery_queue SET due_at = clock_timestamp(), failures = 0
 WHERE tenant_id = %s AND subscription = %s AND whose = ANY(%s)
"""
# one look into the index of what waits, for each: an anti-join may read everything for everybody
EMPTY = """
DELETE FROM delivery_queue q WHERE tenant_id = %s AND subscription = %s AND whose = ANY(%s)
   AND (SELECT sequence FROM delivery d WHERE d.tenant_id = q.tenant_id
     AND d.subscription = q.subscription AND d.whose = q.whose AND d.state = 0
     ORDER BY sequence LIMIT 1) IS NULL
"""
LATER = """
UPDATE delivery_queue q SET due_at = u.due_at, failures = u.failures
  FROM unnest(%s::uuid[], %s::timestamptz[], %s::int[]) AS u (whose, due_at, failures)
 WHERE q.tenant_id = %s AND q.subscription = %s AND q.whose = u.whose
"""
LAST_DONE = """
SELECT max(at) FROM delivery_attempt
 WHERE tenant_id = %s AND subscription = %s AND outcome = 'done'
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt: what came of it, and when to try again (None: no more)."""

    sequence: int
    whose: UUID
    at: datetime
    outcome: str
    status: int | None
    milliseconds: int
    failures: int = 0
    again_at: datetime | None = None

    @property
    def done(self) -> bool:
        return self.outcome == "done"


def due(
    connection: Connection[Any],
    tenant: UUID,
    subscription: UUID,
    under_way: Collection[UUID],
    limit: int,
) -> list[tuple[Logged, int]]:
    """Each person's next event whose time has come, with how often it failed already."""
    log = (tenant, subscription)
    asked = (*log, list(under_way), list(DECIDING), limit)
    failures = dict(connection.execute(DUE, asked).fetchall())
    rows = connection.execute(FIRST, (list(failures), *log)).fetchall()
    found = [Logged(*row) for row in rows]
    if idle := failures.keys() - {row.whose for row in found}:
        leave(connection, log, list(idle))
    return [(row, failures[row.whose]) for row in found]


def leave(connection: Connection[Any], log: tuple[UUID, UUID], whose: list[UUID]) -> None:
    """Nothing of theirs is left to be sent, unless something came meanwhile."""
    connection.execute(HOLD, (*log, whose))
    connection.execute(EMPTY, (*log, whose))


def keep(
    connection: Connection[Any], tenant: UUID, subscription: UUID, tried: Sequence[Tried]
) -> None:
    """What came of these attempts, in one transaction."""
    log = (tenant, subscription)
    columns = zip(
        *((t.sequence, t.at, t.outcome, t.status, t.milliseconds) for t in tried), strict=True
    )
    connection.execute(ATTEMPT, (*log, *(list(column) for column in columns)))
    ended = [t for t in tried if t.done or t.again_at is None]
    for state, some in (
        (DONE, [t.sequence for t in ended if t.done]),
        (GIVEN_UP, [t.sequence for t in ended if not t.done]),
    ):
        if some:
            connection.execute(STATE, (state, *log, some))
    if ended:
        over = [t.whose for t in ended]
        leave(connection, log, over)
        connection.execute(NEXT, (*log, over))
    again = [t for t in tried if not t.done and t.again_at is not None]
    if again:
        whose, at, failures = zip(*((t.whose, t.again_at, t.failures) for t in again), strict=True)
        connection.execute(LATER, (list(whose), list(at), list(failures), *log))


def last_done(connection: Connection[Any], tenant: UUID, subscription: UUID) -> datetime | None:
    """When a webhook last arrived there."""
    found = connection.execute(LAST_DONE, (tenant, subscription)).fetchone()
    return found[0] if found else None
