"""What a worker tells of the stores it works on, asked anew at each reading of the metrics."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

import psycopg

from cosigne.running.delivering import deliveries
from cosigne.running.kinds import FOLLOWING
from shared.http.service import Plan, source_of
from shared.kafka.relayed import RELAY
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.lag import Sealing, sealing
from shared.store.status import StoreStatus, status
from shared.telemetry import instruments as told
from shared.telemetry.metering import Gauge, Reading

FRESH_FOR = 5.0  # one reading asks once for all of its gauges
# one whose day has come and is not done: its worker is not running, or something holds it up
ERASURES = """
SELECT count(*) FILTER (WHERE stage = 'scheduled' AND after > clock_timestamp()),
       count(*) FILTER (WHERE stage = 'begun' OR stage = 'scheduled' AND after <= clock_timestamp()),
       count(*) FILTER (WHERE stage IN ('begun', 'scheduled')
         AND after < clock_timestamp() - interval '1 hour')
  FROM erasures
"""
Read = Callable[[], Iterable[Reading]]
T = TypeVar("T")
log = logging.getLogger("cosigne.measuring")


def measure(settings: Settings, plans: Mapping[str, Plan], kinds: Collection[str]) -> None:
    """Of what this process does, and of nothing that others do."""
    stores = Stores(settings, plans, everywhere=bool(FOLLOWING & set(kinds)))
    found: dict[Gauge, Read] = {}
    if "seal" in kinds:
        found |= {
            told.UNSEALED: stores.of_sealing(lambda one: one.unsealed),
            told.UNSEALED_AGE: stores.of_sealing(lambda one: one.oldest_seconds),
            told.SEALER_AGE: stores.of_sealing(lambda one: one.seconds_ago),
        }
    if {"project", "consume"} & set(kinds):
        found |= {
            told.VIEW_LAG: stores.of_views("behind_seconds"),
            told.VIEW_BEHIND: stores.of_views("behind_events"),
            told.VIEW_PARKED: stores.of_views("parked"),
        }
    if "relay" in kinds and settings.kafka is not None:
        found |= {
            told.RELAY_LAG: stores.of_relay("seconds"),
            told.RELAY_BEHIND: stores.of_relay("events"),
        }
    if "work" in kinds and "delivery" in plans:
        found |= of_deliveries(settings)
    if "forget" in kinds and "directory" in plans:
        found[told.ERASURES] = lambda: of_erasures(settings)
    for gauge, read in found.items():
        gauge.read_by(patiently(read))


class Fresh(Generic[T]):
    """An answer that is asked for once where several gauges want to know."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known: tuple[float, T] | None = None

    def __call__(self) -> T:
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > FRESH_FOR:
                self._known = (time.monotonic(), self._ask())
            return self._known[1]


class Stores:
    """How each service's store stands, as the roles know it that this process works as."""

    def __init__(self, settings: Settings, plans: Mapping[str, Plan], *, everywhere: bool) -> None:
        self._settings, self._everywhere = settings, everywhere
        self.now = Fresh(lambda: [self._ask(plan) for plan in plans.values()])
        self.sealed = Fresh(lambda: {name: self._ask_sealer(name) for name in plans})

    def _ask_sealer(self, service: str) -> Sealing:
        with connect(self._settings.conninfo(service, "sealer")) as sealer:
            return sealing(sealer)

    def _ask(self, plan: Plan) -> StoreStatus:
        """Of other services' logs only where this process follows them: it may not know their own."""
        followed = plan.follows if self._everywhere else {plan.name}
        sources = {name: source_of(self._settings, plan, name) for name in sorted(followed)}
        relay = RELAY if self._settings.kafka is not None else None
        try:
            reader = self._settings.conninfo(plan.name, "reader")
            others = dict(plan.followers) if self._everywhere else {}
            return status(plan.name, reader, sources, plan.all_views, others, relay, cheap=True)
        finally:
            for source in sources.values():
                source.close()

    def of_sealing(self, value: Callable[[Sealing], float]) -> Read:
        return lambda: [(value(one), service) for service, one in self.sealed().items()]

    def of_views(self, name: str) -> Read:
        return lambda: [
            (getattr(view, name), one.service, view.view, view.source)
            for one in self.now()
            for view in one.followers
        ]

    def of_relay(self, name: str) -> Read:
        return lambda: [
            (getattr(one.unpublished, name), one.service)
            for one in self.now()
            if one.unpublished is not None
        ]


def of_deliveries(settings: Settings) -> dict[Gauge, Read]:
    now = Fresh(lambda: deliveries(settings))

    def waiting() -> Iterator[Reading]:
        yield (sum(one.waiting for one in now()),)

    def oldest() -> Iterator[Reading]:
        yield (max((one.seconds for one in now()), default=0.0),)

    def given_up() -> Iterator[Reading]:
        yield (sum(one.given_up for one in now()),)

    def stopped() -> Iterator[Reading]:
        yield (sum(one.disabled for one in now()),)

    return {
        told.WAITING: waiting,
        told.OLDEST: oldest,
        told.GIVEN_UP: given_up,
        told.STOPPED: stopped,
    }


def of_erasures(settings: Settings) -> Iterator[Reading]:
    yield from zip(erasures_of(settings), ("scheduled", "begun", "late"), strict=True)


def erasures_of(settings: Settings) -> tuple[int, int, int]:
    """How many wait for their day, are under way, and are late."""
    with connect(settings.conninfo("directory", "reader")) as reader:
        found: tuple[int, int, int] = reader.execute(ERASURES).fetchone() or (0, 0, 0)
    return found


def patiently(read: Read) -> Read:
    """A database that is away leaves a gap in the picture, and a line; nothing else."""

    def readings() -> list[Reading]:
        try:
            return list(read())
        except (psycopg.Error, Refused) as failure:
            log.warning("not measured: %s", failure)
            return []

    return readings
