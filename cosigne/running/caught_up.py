"""Waiting until everything is sealed and every view has seen it."""

from __future__ import annotations

import time
from collections.abc import Callable

from cosigne.plans import plans
from shared.http.service import sources_of
from shared.kafka.relayed import RELAY
from shared.settings import Settings
from shared.store.status import StoreStatus, status

LOOK_EVERY = 1.0


def statuses(settings: Settings) -> list[StoreStatus]:
    """How each service's store is doing."""
    found: list[StoreStatus] = []
    relay = RELAY if settings.kafka is not None else None
    for name, plan in plans().items():
        sources = sources_of(settings, plan)
        try:
            reader = settings.conninfo(name, "reader")
            others = dict(plan.followers)
            found.append(status(name, reader, sources, plan.all_views, others, relay))
        finally:
            for source in sources.values():
                source.close()
    return found


def behind(found: list[StoreStatus]) -> int:
    """How many events are not sealed yet, or not seen by the view furthest behind."""
    views = max((v.behind_events for one in found for v in one.views), default=0)
    return sum(one.unsealed for one in found) + views


def wait_until_caught_up(settings: Settings, say: Callable[[int], None]) -> float:
    """For as long as it takes; the seconds it took. `say` hears how much is left."""
    began = time.monotonic()
    while left := behind(statuses(settings)):
        say(left)
        time.sleep(LOOK_EVERY)
    return time.monotonic() - began
