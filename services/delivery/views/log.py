"""A subscription's log as the feed reads it: after a place, since a time, one by its id."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from services.delivery.views.telling import Logged

COLUMNS = "sequence, id, whose, entry, source, type, at, by_her, gpos"
AFTER = f"""
SELECT {COLUMNS} FROM delivery
 WHERE tenant_id = %s AND subscription = %s AND sequence > %s ORDER BY sequence LIMIT %s
"""
HEAD = """
SELECT h.last, h.removed, coalesce(a.sequence, 0) FROM subscription_head h
  LEFT JOIN feed_acknowledged a USING (tenant_id, subscription)
 WHERE h.tenant_id = %s AND h.subscription = %s
"""
BY_ID = f"SELECT {COLUMNS} FROM delivery WHERE tenant_id = %s AND subscription = %s AND id = %s"
SINCE = """
SELECT coalesce(max(sequence), 0) FROM delivery
 WHERE tenant_id = %s AND subscription = %s AND made_at < %s
"""
ACKNOWLEDGE = """
INSERT INTO feed_acknowledged AS a (tenant_id, subscription, sequence) VALUES (%s, %s, %s)
ON CONFLICT (tenant_id, subscription) DO UPDATE
  SET sequence = greatest(a.sequence, EXCLUDED.sequence), at = clock_timestamp()
RETURNING sequence
"""
DIGESTS = """
SELECT s.subscription, coalesce(h.last, 0), coalesce(a.sequence, 0),
       coalesce(w.to_send, 0), coalesce(w.given_up, 0), w.first
  FROM unnest(%(subscriptions)s::uuid[]) AS s (subscription)
  LEFT JOIN subscription_head h ON h.tenant_id = %(tenant)s AND h.subscription = s.subscription
  LEFT JOIN feed_acknowledged a ON a.tenant_id = %(tenant)s AND a.subscription = s.subscription
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = 0) AS to_send,
           count(*) FILTER (WHERE state = 2) AS given_up, min(sequence) AS first
      FROM delivery d WHERE d.tenant_id = %(tenant)s AND d.subscription = s.subscription
       AND d.state IN (0, 2)) w ON true
"""
ATTEMPTS = """
SELECT sequence, at, outcome, status, milliseconds FROM delivery_attempt
 WHERE tenant_id = %s AND subscription = %s AND (at, sequence) < (%s, %s)
 ORDER BY at DESC, sequence DESC LIMIT %s
"""
# how far the views that say what may be told have come in each log, as they are read now
RIPE = """
SELECT c.source, min(c.gpos) FROM lane_cursor c
  JOIN view_version v ON c.consumer = v.name || '_v' || v.active
 WHERE v.name IN ('offered', 'goals_agreed', 'relations') AND c.lane = -1
   AND c.era = (SELECT max(era) FROM lane_cursor o WHERE o.consumer = c.consumer
                AND o.source = c.source)
 GROUP BY 1
"""
ERASURES = """
SELECT subscription, e.partner, id, e.sequence, e.told_at, e.chased, d.whose
  FROM erasure_told e LEFT JOIN delivery d USING (tenant_id, subscription, id)
 WHERE tenant_id = %s AND acknowledged_at IS NULL AND (%s::uuid IS NULL OR subscription = %s)
 ORDER BY told_at, subscription, id LIMIT 200
"""


class Head(NamedTuple):
    """How far the log goes, up to where rows were removed, and what was acknowledged."""

    last: int = 0
    removed: int = 0
    acknowledged: int = 0


class Digest(NamedTuple):
    """How far a log goes, what was acknowledged, and what is still to be sent or was given up."""

    head: int
    acknowledged: int
    to_send: int
    given_up: int
    first_missing: int | None


def after(
    connection: Connection[Any], tenant: UUID, subscription: UUID, sequence: int, limit: int
) -> list[Logged]:
    """The next rows that the views can tell already, in order, none passed over."""
    rows = connection.execute(AFTER, (tenant, subscription, sequence, limit)).fetchall()
    return ripe(connection, [Logged(*row) for row in rows])


def ripe(connection: Connection[Any], rows: list[Logged]) -> list[Logged]:
    """Up to the first that the views have not come to yet."""
    seen = come(connection)
    for number, row in enumerate(rows):
        if row.source in seen and row.gpos > seen[row.source]:
            return rows[:number]
    return rows


def come(connection: Connection[Any]) -> dict[str, int]:
    """How far what may be told is known, in each log that it is made of."""
    return dict(connection.execute(RIPE).fetchall())


def head(connection: Connection[Any], tenant: UUID, subscription: UUID) -> Head:
    found = connection.execute(HEAD, (tenant, subscription)).fetchone()
    return Head(*found) if found else Head()


def by_id(
    connection: Connection[Any], tenant: UUID, subscription: UUID, id_: UUID
) -> Logged | None:
    found = connection.execute(BY_ID, (tenant, subscription, id_)).fetchone()
    return Logged(*found) if found else None


def before(connection: Connection[Any], tenant: UUID, subscription: UUID, since: datetime) -> int:
    """The last place that was given before this time."""
    found = connection.execute(SINCE, (tenant, subscription, since)).fetchone()
    return int(found[0]) if found else 0


def acknowledge(
    connection: Connection[Any], tenant: UUID, subscription: UUID, sequence: int
) -> int:
    """Up to here, never less than before."""
    found = connection.execute(ACKNOWLEDGE, (tenant, subscription, sequence)).fetchone()
    return int(found[0]) if found else 0


def digests(
    connection: Connection[Any], tenant: UUID, subscriptions: Collection[UUID]
) -> dict[UUID, Digest]:
    """Of each of these subscriptions, in one question."""
    asked = {"tenant": tenant, "subscriptions": list(subscriptions)}
    rows = connection.execute(DIGESTS, asked).fetchall()
    return {subscription: Digest(*told) for subscription, *told in rows}


def attempts(
    connection: Connection[Any],
    tenant: UUID,
    subscription: UUID,
    before_: tuple[Any, ...] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """The latest first."""
    at, sequence = before_ or ("infinity", 0)
    rows = connection.execute(ATTEMPTS, (tenant, subscription, at, sequence, limit)).fetchall()
    names = ("sequence", "at", "outcome", "status", "took_ms")
    return [dict(zip(names, row, strict=True)) for row in rows]


def erasures(
    connection: Connection[Any], tenant: UUID, subscription: UUID | None = None
) -> list[dict[str, Any]]:
    """Those told to a partner that has not said that it did them; the oldest first."""
    rows = connection.execute(ERASURES, (tenant, subscription, subscription)).fetchall()
    names = ("subscription", "partner", "event", "sequence", "told_at", "chased", "whose")
    return [dict(zip(names, row, strict=True)) for row in rows]
