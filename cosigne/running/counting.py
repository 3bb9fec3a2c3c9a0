"""What stands in the sealed logs: how much, whether positions are gapless, what plans hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.postgres.pool import connect
from shared.settings import KEYS, SERVICES, Settings

POSITIONS = """
SELECT tenant_id, count(*), min(position), max(position) FROM published GROUP BY tenant_id
"""
TYPES = """
SELECT envelope ->> 'type', count(*) FROM published WHERE tenant_id = ANY(%s) GROUP BY 1
"""
PLANS = """
SELECT count(*), count(*) FILTER (WHERE holds) FROM (
  SELECT bool_or(envelope ->> 'type' = ANY(%s)) AS holds FROM published
   WHERE tenant_id = ANY(%s) AND envelope ->> 'type' LIKE 'plans.%%'
     AND envelope ->> 'type' <> 'plans.record_read'
   GROUP BY stream_id) p
"""
SIZE = "SELECT pg_database_size(current_database())"
# what in a plan says no: to a theme, to a goal, or to what was noted
NO = ("plans.theme_declined", "plans.goal_declined", "plans.contribution_disputed")


@dataclass(frozen=True)
class Positions:
    """One organisation's in one service: gapless when they are as many as the last one says."""

    service: str
    tenant: UUID
    events: int
    first: int
    last: int

    @property
    def gapless(self) -> bool:
        return (self.first, self.last) == (1, self.events)


def positions(settings: Settings) -> list[Positions]:
    """Every organisation's in every service."""
    found: list[Positions] = []
    for service in SERVICES:
        with connect(settings.conninfo(service, "relay")) as relay:
            rows = relay.execute(POSITIONS).fetchall()
        found += [Positions(service, *row) for row in rows]
    return found


def types(settings: Settings, tenants: Iterable[UUID]) -> Mapping[str, int]:
    """How many events of each type these organisations have."""
    found: Counter[str] = Counter()
    asked = list(tenants)
    for service in SERVICES:
        with connect(settings.conninfo(service, "relay")) as relay:
            found.update(dict(relay.execute(TYPES, (asked,)).fetchall()))
    return found


def plans_with_a_no(settings: Settings, tenants: Iterable[UUID]) -> tuple[int, int]:
    """How many plans there are, and how many of them hold a no or a dispute."""
    with connect(settings.conninfo("plans", "relay")) as relay:
        plans, holding = relay.execute(PLANS, (list(NO), list(tenants))).fetchone() or (0, 0)
    return plans, holding


def stored_bytes(settings: Settings) -> int:
    """All databases of the installation: events, logs, views, keys."""
    total = 0
    for name in (*SERVICES, KEYS):
        role = "app" if name == KEYS else "reader"
        with connect(settings.conninfo(name, role)) as connection:
            (size,) = connection.execute(SIZE).fetchone() or (0,)
            total += size
    return total
