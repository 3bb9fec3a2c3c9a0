"""How far the views of this service have come: whether a `no` of theirs can be believed yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Cursor

ZONES = "SELECT tenant_id, timezone FROM known_organisations WHERE tenant_id = ANY(%s)"
OLD = """
WITH last AS (
  -- the last one stays: a cursor can always be made of it
  SELECT d.tenant_id, d.subscription, least(max(d.sequence), min(h.last) - 1) AS sequence
    FROM delivery d JOIN subscription_head h USING (tenant_id, subscription)
   WHERE d.made_at < %s GROUP BY 1, 2),
gone AS (
  DELETE FROM delivery d USING last l WHERE d.tenant_id = l.tenant_id
     AND d.subscription = l.subscription AND d.sequence <= l.sequence
     -- what waits to be sent stays, and so does an erasure that nobody has acknowledged
     AND d.state <> 0 AND NOT EXISTS (SELECT FROM erasure_told e WHERE e.tenant_id = d.tenant_id
       AND e.subscription = d.subscription AND e.id = d.id AND e.acknowledged_at IS NULL))
UPDATE subscription_head h SET removed = greatest(h.removed, l.sequence) FROM last l
 WHERE h.tenant_id = l.tenant_id AND h.subscription = l.subscription
"""
OLD_ATTEMPTS = "DELETE FROM delivery_attempt WHERE at < %s"
CHASE = """
WITH late AS (
  UPDATE erasure_told SET chased_at = %(now)s, chased = chased + 1
   WHERE acknowledged_at IS NULL AND chased_at < %(before)s
   RETURNING tenant_id, subscription, id),
again AS (
  UPDATE delivery d SET state = 0 FROM late l
   WHERE d.tenant_id = l.tenant_id AND d.subscription = l.subscription AND d.id = l.id
     AND d.state IN (1, 2)
   RETURNING d.tenant_id, d.subscription, d.whose)
INSERT INTO delivery_queue AS q (tenant_id, subscription, whose, due_at)
SELECT tenant_id, subscription, whose, %(now)s FROM again
ON CONFLICT (tenant_id, subscription, whose) DO UPDATE SET due_at = EXCLUDED.due_at, failures = 0
"""


def today_of(cursor: Cursor[Any], tenants: list[UUID], at: datetime) -> dict[UUID, date]:
    """The day it is where each organisation is."""
    zones = dict(cursor.execute(ZONES, (tenants,)).fetchall())
    return {t: at.astimezone(ZoneInfo(zones.get(t, "UTC"))).date() for t in tenants}


def remove_old(cursor: Cursor[Any], rows_before: datetime, attempts_before: datetime) -> None:
    """Whoever comes with an older position is told to start again."""
    cursor.execute(OLD, (rows_before,))
    cursor.execute(OLD_ATTEMPTS, (attempts_before,))


def chase(cursor: Cursor[Any], now: datetime, before: datetime) -> None:
    """Tell once more whom to erase to those who have not said since that they did."""
    cursor.execute(CHASE, {"now": now, "before": before})
