"""How the pools of this process stand, asked of themselves at each reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from weakref import WeakSet

from psycopg_pool import ConnectionPool

from shared.telemetry.instruments import CONNECTIONS, MOST_CONNECTIONS, PENDING, TIMEOUTS
from shared.telemetry.metering import Gauge, Reading

Pool = ConnectionPool[Any]
_watched: WeakSet[Pool] = WeakSet()


def watch(pool: Pool) -> None:
    """Until it is closed. Nothing is asked where telemetry is off."""
    _watched.add(pool)


def begin() -> None:
    for gauge, of in READINGS.items():
        gauge.read_by(partial(readings, of))


def readings(of: Callable[[Pool], Iterable[Reading]]) -> list[Reading]:
    return [one for pool in live() for one in of(pool)]


def live() -> list[Pool]:
    return [pool for pool in list(_watched) if not pool.closed]


def by_state(pool: Pool) -> Iterable[Reading]:
    stats = pool.get_stats()
    idle = stats.get("pool_available", 0)
    yield idle, pool.name, "idle"
    yield stats.get("pool_size", 0) - idle, pool.name, "used"


def of_stat(name: str) -> Callable[[Pool], Iterable[Reading]]:
    return lambda pool: [(pool.get_stats().get(name, 0), pool.name)]


READINGS: Mapping[Gauge, Callable[[Pool], Iterable[Reading]]] = {
    CONNECTIONS: by_state,
    MOST_CONNECTIONS: of_stat("pool_max"),
    PENDING: of_stat("requests_waiting"),
    TIMEOUTS: of_stat("requests_errors"),
}
