"""Since when the oldest event waits that a follower has not seen: cheap enough to ask every moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shared.postgres.pool import Connection
from shared.store.source import Source
from shared.store.status import FLOOR, HEAD, UNSEALED, VIEWS, seconds_behind


class Sealing(NamedTuple):
    """What waits to be sealed, since when the oldest of it does, and since when no sealer looked."""

    unsealed: int
    oldest_seconds: float
    seconds_ago: float


def sealing(sealer: Connection) -> Sealing:
    """Asked by whoever seals: it may know nothing of the views."""
    _, _, ago = sealer.execute(HEAD).fetchone() or (1, 0, 0)
    return Sealing(*waiting_for_the_seal(sealer), float(ago))


def unsealed_for(sealer: Connection) -> float:
    """Seconds since the oldest event was acknowledged that is not sealed."""
    return waiting_for_the_seal(sealer)[1]


def waiting_for_the_seal(sealer: Connection) -> tuple[int, float]:
    unsealed, oldest = sealer.execute(UNSEALED).fetchone() or (0, 0)
    return unsealed, float(oldest)


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
