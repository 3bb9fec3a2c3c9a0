"""Since when the oldest event waits that a follower has not seen: cheap enough to ask every moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.postgres.pool import Connection
from shared.store.source import Source
from shared.store.status import FLOOR, UNSEALED, VIEWS, seconds_behind


def unsealed_for(reader: Connection) -> float:
    """Seconds since the oldest event was acknowledged that is not sealed."""
    _, oldest = reader.execute(UNSEALED).fetchone() or (0, 0)
    return float(oldest)


def views_behind(
    reader: Connection, sources: Mapping[str, Source], followed: Mapping[str, Iterable[str]]
) -> float:
    """Of the view furthest behind, in the version that readers see; `followed`: view -> sources."""
    consumers = {
        name: f"{name}_v{active}"
        for name, active, _ in reader.execute(VIEWS).fetchall()
        if name in followed
    }
    pairs = [(consumers[view], one) for view in consumers for one in followed[view]]
    return max((behind(reader, sources[one], consumer) for consumer, one in pairs), default=0.0)


def behind(reader: Connection, source: Source, consumer: str) -> float:
    """Seconds since the oldest event was recorded that this consumer lacks."""
    page = source.head()
    found = reader.execute(FLOOR, (consumer, source.name, page.era)).fetchone()
    return seconds_behind(source, page, int(found[0]) if found else 0)
