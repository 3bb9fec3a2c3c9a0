"""How a service's store is doing: what waits to be sealed or published, how far each view is.

And whose events were set aside, by a view or by what else follows the logs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from shared.postgres.pool import connect
from shared.store.source import Page, Source
from shared.store.views import View


@dataclass(frozen=True)
class ViewStatus:
    """How far one view has come in one source; `seconds` since the oldest event it lacks.

    What else follows the logs has no version.
    """

    view: str
    version: int | None
    source: str
    behind_events: int
    behind_seconds: float
    parked: int
    building: bool


@dataclass(frozen=True)
class Unpublished:
    """Events that the brokers have not acknowledged, and since when the first of them waits."""

    events: int
    seconds: float


@dataclass(frozen=True)
class StoreStatus:
    """`oldest_unsealed_seconds` is 0 when everything acknowledged is sealed.

    `unpublished` is None where nothing is published; `others` follow the logs and are no views.
    """

    service: str
    era: int
    head: int
    tenants: int
    unsealed: int
    oldest_unsealed_seconds: float
    sealed_seconds_ago: float
    views: tuple[ViewStatus, ...]
    others: tuple[ViewStatus, ...] = ()
    unpublished: Unpublished | None = None

    @property
    def followers(self) -> tuple[ViewStatus, ...]:
        return (*self.views, *self.others)


UNSEALED = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp()
         - min((envelope ->> 'recorded_at')::timestamptz)), 0)
  FROM events, seal
 WHERE NOT pg_visible_in_snapshot(xid, prev) AND seq > floor_seq
   AND (xid >= pg_snapshot_xmax(prev) OR xid = ANY(ARRAY(SELECT pg_snapshot_xip(prev))))
"""
HEAD = "SELECT era, gpos, extract(epoch FROM clock_timestamp() - sealed_at) FROM seal"
TENANTS = "SELECT count(*) FROM (SELECT DISTINCT tenant_id FROM log) t"  # reads all there is
VIEWS = "SELECT name, active, building IS NOT NULL FROM view_version ORDER BY name"
PARKED = "SELECT consumer, source, count(*) FROM parked GROUP BY consumer, source"
FLOOR = (
    "SELECT gpos FROM lane_cursor WHERE consumer = %s AND source = %s AND era = %s AND lane = -1"
)


def status(
    service: str,
    reader: str,
    sources: dict[str, Source],
    views: Sequence[View[Any]],
    others: Mapping[str, Collection[str]] | None = None,
    relay: str | None = None,
    *,
    cheap: bool = False,
) -> StoreStatus:
    """Ask everything once, in one transaction of the reader.

    `others`: which sources each further consumer follows; `relay`: as which one publishes;
    `cheap`: without counting organisations.
    """
    by_name = {v.name: v for v in views}
    pages = {name: source.head() for name, source in sources.items()}
    with connect(reader) as connection, connection.transaction():
        unsealed, oldest = connection.execute(UNSEALED).fetchone() or (0, 0)
        era, head, ago = connection.execute(HEAD).fetchone() or (1, 0, 0)
        counted = None if cheap else connection.execute(TENANTS).fetchone()
        parked = {(c, s): number for c, s, number in connection.execute(PARKED).fetchall()}

        def floor(consumer: str, source: str) -> int:
            asked = (consumer, source, pages[source].era)
            return int((connection.execute(FLOOR, asked).fetchone() or (0,))[0])

        def follows(name: str, version: int | None, source: str, *, building: bool) -> ViewStatus:
            consumer = name if version is None else f"{name}_v{version}"
            stands = floor(consumer, source)
            waited = seconds_behind(sources[source], pages[source], stands)
            behind, aside = pages[source].head - stands, parked.get((consumer, source), 0)
            return ViewStatus(name, version, source, behind, waited, aside, building)

        found = [
            follows(name, version, source, building=building)
            for name, version, building in connection.execute(VIEWS).fetchall()
            for source in (
                sorted(by_name[name].sources & sources.keys()) if name in by_name else ()
            )
        ]
        more = [
            follows(name, None, source, building=False)
            for name, followed in sorted((others or {}).items())
            for source in sorted(followed)
        ]
        unpublished = None
        if relay is not None:
            stands = floor(relay, service)
            waited = seconds_behind(sources[service], pages[service], stands)
            unpublished = Unpublished(max(0, pages[service].head - stands), waited)
    times = (float(oldest), float(ago))
    counts = (service, era, head, counted[0] if counted else 0, unsealed)
    return StoreStatus(*counts, *times, tuple(found), tuple(more), unpublished)


def seconds_behind(source: Source, page: Page, floor: int) -> float:
    """Seconds since the first event after the floor was recorded, by the source's own clock."""
    if floor >= page.head:
        return 0.0
    first = source.page(floor, 1).events
    if not first:
        return 0.0
    recorded = datetime.fromisoformat(orjson.loads(first[0].envelope)["recorded_at"])
    return max(0.0, (page.sealed_at - recorded).total_seconds())
