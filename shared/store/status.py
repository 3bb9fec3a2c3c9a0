"""How a service's store is doing: what waits to be sealed, how far each view is, who is parked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from shared.postgres.pool import connect
from shared.store.source import Page, Source
from shared.store.views import View


@dataclass(frozen=True)
class ViewStatus:
    """How far one view has come in one source; `seconds` since the oldest event it lacks."""

    view: str
    version: int
    source: str
    behind_events: int
    behind_seconds: float
    parked: int
    building: bool


@dataclass(frozen=True)
class StoreStatus:
    """`oldest_unsealed_seconds` is 0 when everything acknowledged is sealed."""

    service: str
    era: int
    head: int
    tenants: int
    unsealed: int
    oldest_unsealed_seconds: float
    sealed_seconds_ago: float
    views: tuple[ViewStatus, ...]


UNSEALED = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp()
         - min((envelope ->> 'recorded_at')::timestamptz)), 0)
  FROM events, seal
 WHERE NOT pg_visible_in_snapshot(xid, prev) AND seq > floor_seq
   AND (xid >= pg_snapshot_xmax(prev) OR xid = ANY(ARRAY(SELECT pg_snapshot_xip(prev))))
"""
HEAD = """
SELECT era, gpos, extract(epoch FROM clock_timestamp() - sealed_at),
       (SELECT count(*) FROM (SELECT DISTINCT tenant_id FROM log) t) FROM seal
"""
VIEWS = """
SELECT v.name, v.active, v.building IS NOT NULL,
       (SELECT count(*) FROM parked p WHERE p.consumer = v.name || '_v' || v.active)
  FROM view_version v ORDER BY v.name
"""
FLOOR = (
    "SELECT gpos FROM lane_cursor WHERE consumer = %s AND source = %s AND era = %s AND lane = -1"
)


def status(
    service: str, reader: str, sources: dict[str, Source], views: Sequence[View[Any]]
) -> StoreStatus:
    """Ask everything once, in one transaction of the reader."""
    by_name = {v.name: v for v in views}
    pages = {name: source.head() for name, source in sources.items()}
    with connect(reader) as connection, connection.transaction():
        unsealed, oldest = connection.execute(UNSEALED).fetchone() or (0, 0)
        era, head, ago, tenants = connection.execute(HEAD).fetchone() or (1, 0, 0, 0)
        found: list[ViewStatus] = []
        for name, version, building, parked in connection.execute(VIEWS).fetchall():
            view = by_name.get(name)
            for source in sorted(view.sources & sources.keys()) if view else ():
                page = pages[source]
                asked = (f"{name}_v{version}", source, page.era)
                floor = (connection.execute(FLOOR, asked).fetchone() or (0,))[0]
                waited = seconds_behind(sources[source], page, floor)
                behind = page.head - floor
                found.append(ViewStatus(name, version, source, behind, waited, parked, building))
    times = (float(oldest), float(ago))
    return StoreStatus(service, era, head, tenants, unsealed, *times, tuple(found))


def seconds_behind(source: Source, page: Page, floor: int) -> float:
    """Seconds since the first event after the floor was recorded, by the source's own clock."""
    if floor >= page.head:
        return 0.0
    first = source.page(floor, 1).events
    if not first:
        return 0.0
    recorded = datetime.fromisoformat(orjson.loads(first[0].envelope)["recorded_at"])
    return max(0.0, (page.sealed_at - recorded).total_seconds())
