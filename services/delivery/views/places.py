"""Giving events their places: each subscription's next numbers, without a hole, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor

from services.delivery.domain.offer import ERASED, WITHHELD

TO_SEND, FEED_ONLY = 0, 3


@dataclass(frozen=True, slots=True)
class New:
    """An event that gets a place in a subscription's log."""

    tenant: UUID
    subscription: UUID
    id: UUID
    whose: UUID
    entry: UUID
    source: str
    type: str
    at: datetime
    by_her: bool
    gpos: int
    era: int
    lane: int
    sends: bool
    trace: str | None = None


KNOWN = "SELECT id FROM delivery WHERE tenant_id = %s AND subscription = %s AND id = ANY(%s)"
NUMBERS = """
INSERT INTO subscription_head AS h (tenant_id, subscription, last) VALUES (%s, %s, %s)
ON CONFLICT (tenant_id, subscription) DO UPDATE SET last = h.last + EXCLUDED.last RETURNING last
"""
PLACE = """
INSERT INTO delivery (tenant_id, subscription, sequence, id, whose, entry, source, type, at,
  by_her, gpos, era, lane, state, trace)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# a row that is there already is locked: whoever is about to remove it sees what came
QUEUE = """
INSERT INTO delivery_queue AS q (tenant_id, subscription, whose, due_at)
VALUES (%s, %s, %s, clock_timestamp())
ON CONFLICT (tenant_id, subscription, whose) DO UPDATE SET due_at = q.due_at
"""
TOLD = "SELECT subscription FROM person_told WHERE tenant_id = %s AND whose = %s"
TELL = """
INSERT INTO person_told (tenant_id, subscription, whose)
SELECT %s, %s, whose FROM unnest(%s::uuid[]) AS u (whose) ON CONFLICT DO NOTHING
"""
FORGET = """
DELETE FROM person_told p USING delivery d WHERE d.tenant_id = %s AND d.subscription = %s
   AND d.id = %s AND p.tenant_id = d.tenant_id AND p.subscription = d.subscription
   AND p.whose = d.whose
"""
PURGE = """
UPDATE delivery SET whose = tenant_id, type = %s, entry = id, by_her = false, trace = NULL,
       at = date_trunc('day', at), state = CASE state WHEN 0 THEN 3 ELSE state END
 WHERE tenant_id = %s AND whose = %s AND type <> %s
"""
UNQUEUE = "DELETE FROM delivery_queue WHERE tenant_id = %s AND whose = %s"
ERASURE = """
INSERT INTO erasure_told (tenant_id, subscription, id, partner, sequence, told_at, chased_at)
SELECT tenant_id, subscription, id, %s, sequence, at, made_at FROM delivery
 WHERE tenant_id = %s AND subscription = %s AND id = %s
ON CONFLICT DO NOTHING
"""
ACKNOWLEDGED = """
UPDATE erasure_told SET acknowledged_at = coalesce(acknowledged_at, %s)
 WHERE tenant_id = %s AND subscription = %s AND id = %s
"""
FORGOTTEN = """
UPDATE delivery SET whose = tenant_id
 WHERE tenant_id = %s AND subscription = %s AND id = %s AND type = %s
"""
AGAIN = """
WITH again AS (
  UPDATE delivery SET state = 0
   WHERE tenant_id = %s AND subscription = %s AND sequence BETWEEN %s AND %s
     AND (NOT %s OR state = 2)
   RETURNING tenant_id, subscription, whose)
INSERT INTO delivery_queue AS q (tenant_id, subscription, whose, due_at)
SELECT DISTINCT tenant_id, subscription, whose, now() FROM again
ON CONFLICT (tenant_id, subscription, whose) DO UPDATE SET due_at = EXCLUDED.due_at, failures = 0
"""
DUE_NOW = """
UPDATE delivery_queue SET due_at = clock_timestamp(), failures = 0
 WHERE tenant_id = %s AND subscription = %s
"""


def place(cursor: Cursor[Any], events: Sequence[New]) -> int:
    """In the caller's transaction; how many are new. What has its place keeps it."""
    by_log: dict[tuple[UUID, UUID], list[New]] = defaultdict(list)
    for event in events:
        by_log[event.tenant, event.subscription].append(event)
    done = 0
    for log in sorted(by_log):
        ids = [event.id for event in by_log[log]]
        known = {id_ for (id_,) in cursor.execute(KNOWN, (*log, ids)).fetchall()}
        fresh = [event for event in by_log[log] if event.id not in known]
        if fresh:
            append(cursor, log, fresh)
            done += len(fresh)
    return done


def append(cursor: Cursor[Any], log: tuple[UUID, UUID], fresh: Sequence[New]) -> None:
    found = cursor.execute(NUMBERS, (*log, len(fresh))).fetchone()
    first = (found[0] if found else 0) - len(fresh) + 1
    cursor.executemany(PLACE, [(*log, first + n, *row(e)) for n, e in enumerate(fresh)])
    remember(cursor, log, {e.whose for e in fresh} - {log[0]})
    waiting = sorted({e.whose for e in fresh if e.sends})
    if waiting:
        cursor.executemany(QUEUE, [(*log, whose) for whose in waiting])


def row(event: New) -> tuple[Any, ...]:
    state = TO_SEND if event.sends else FEED_ONLY
    return (
        event.id, event.whose, event.entry, event.source, event.type, event.at, event.by_her,
        event.gpos, event.era, event.lane, state, event.trace,
    )  # fmt: skip


def remember(cursor: Any, log: tuple[UUID, UUID], persons: Collection[UUID]) -> None:
    """Of these people something is told: who hears of it must hear when they are erased."""
    if persons:
        cursor.execute(TELL, (*log, sorted(persons)))


def told_of(cursor: Cursor[Any], tenant: UUID, person: UUID) -> frozenset[UUID]:
    """The subscriptions in whose logs something of hers stands."""
    return frozenset(s for (s,) in cursor.execute(TOLD, (tenant, person)).fetchall())


def purge(cursor: Cursor[Any], tenant: UUID, person: UUID) -> None:
    """What was hers keeps its place and tells nothing: not whose it was, nor what."""
    cursor.execute(PURGE, (WITHHELD, tenant, person, ERASED))
    if cursor.rowcount:  # once: what comes after is that she was erased
        cursor.execute(UNQUEUE, (tenant, person))


def ask_erasures(cursor: Cursor[Any], told: Iterable[tuple[New, UUID]]) -> None:
    for event, partner in told:
        cursor.execute(ERASURE, (partner, event.tenant, event.subscription, event.id))


def acknowledged(
    cursor: Cursor[Any], tenant: UUID, subscription: UUID, event: UUID, at: datetime
) -> None:
    cursor.execute(ACKNOWLEDGED, (at, tenant, subscription, event))
    cursor.execute(FORGET, (tenant, subscription, event))
    cursor.execute(FORGOTTEN, (tenant, subscription, event, ERASED))


def replay(
    cursor: Cursor[Any], tenant: UUID, subscription: UUID, first: int, last: int, *, failed: bool
) -> None:
    cursor.execute(AGAIN, (tenant, subscription, first, last, failed))


def due_now(cursor: Cursor[Any], tenant: UUID, subscriptions: Collection[UUID]) -> None:
    for subscription in subscriptions:
        cursor.execute(DUE_NOW, (tenant, subscription))
