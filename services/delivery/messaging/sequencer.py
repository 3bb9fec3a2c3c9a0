"""Gives what happened its place in each subscription's log: once, in order, without a hole.

Whether she consents is asked here so that nobody's log counts the events of people who do not, and
again at each delivery. A `no` is believed only once all that the directory had acknowledged when
the event was recorded has been seen.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

from services.delivery.domain.schedule import KEPT
from services.delivery.messaging.placing import DECIDING, Placing
from services.delivery.messaging.taking import LISTENS, Taking
from services.delivery.views.aside import (
    CONSUMER,
    FAULTS,
    VIEW,
    Person,
    all_held,
    freed,
    held_of,
    tried,
)
from services.delivery.views.following import chase, remove_old
from shared.postgres.pool import Connection, connect
from shared.store.cursors import move, read, view_at
from shared.store.pausing import Pausing
from shared.store.projector import PASSING
from shared.store.replaying import LOST
from shared.store.source import Page, Source, Wanted
from shared.store.told import Teller
from shared.telemetry import tracing
from shared.telemetry.attributes import EVENTS, SOURCE
from shared.telemetry.kinds import PLACE

LIMIT = 5000
SOON, LATER, BROKEN, CHORES_EVERY = 0.02, 0.2, 1.0, 60.0
FREED_SECONDS = 1.0  # at a time: nobody's deliveries wait for what one organisation missed
ATTEMPTS_KEPT, CHASED_AFTER = timedelta(days=30), timedelta(days=1)
# the views by which a page is decided: no event is looked at before they know it
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "directory": ("relations",),
    "plans": ("offered", "goals_agreed"),
    "delivery": ("subscriptions",),
}
ALONE = "SELECT pg_advisory_xact_lock(hashtext('cosigne places'))"
log = logging.getLogger("cosigne.delivery")


class Sequencer:
    """`step` once, or `run` until told to stop."""

    def __init__(
        self,
        conninfo: str,
        sources: Mapping[str, Source],
        tell: Teller,
        secret: Callable[[UUID], bytes],
        placed: Callable[[], None] = lambda: None,
    ) -> None:
        self.sources = {name: sources[name] for name in LISTENS}
        self._conninfo, self._placed = conninfo, placed
        self._connection: Connection | None = None
        self._placing = Placing(secret, {name: sources[name] for name in DECIDING})
        self._taking = Taking(tell, self._placing)
        self._behind, self._chores_at, self._freed_at = False, 0.0, 0.0

    def run(self, stop: Event, wake: Event) -> None:
        pausing = Pausing(SOON, LATER)
        while not stop.is_set():
            try:
                busy = self.step()
                self._chores()
            except PASSING as failure:
                log.warning("placing stopped for a moment: %s", failure)
                self.close()
                stop.wait(BROKEN)
                continue
            if busy or self._behind:  # views come a moment later than what they are made of
                pausing.broken()
            if not busy and wake.wait(pausing.seconds):
                pausing.broken()
            wake.clear()
        self.close()

    def step(self) -> int:
        """One page of each source; how many events got a place."""
        self._behind = False
        return sum(self._advance(source) for source in self.sources.values())

    def replay_parked(self) -> int:
        """Place what was set aside, once what was wrong is mended; of how many it could be."""
        with self.connection.cursor() as cursor:
            waiting = all_held(cursor)
        return sum(self._again(person) is None for person in waiting)

    def replay_freed(self, seconds: float = FREED_SECONDS) -> bool:
        """Place what waited for a lost key; False where the time was over before all were tried.

        The first of an organisation whose key is still away speaks for the others.
        """
        with self.connection.cursor() as cursor:
            waiting = freed(cursor)
        until, still = time.monotonic() + seconds, set[UUID]()
        for person in waiting:
            if person[0] in still:
                continue
            if time.monotonic() > until:
                return False
            if self._again(person) == LOST:
                still.add(person[0])
        return True

    def _again(self, person: Person) -> str | None:
        """Why what is hers is still set aside; None where all of it has its place."""
        why = VIEW
        try:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                cursor.execute(ALONE)
                begins = held_of(cursor, *person)
                if self._taking.again(cursor, self.sources, person, begins):
                    return None
        except FAULTS as fault:
            log.warning("still set aside: %s", fault)
            why = type(fault).__name__
        with self.connection.transaction(), self.connection.cursor() as cursor:
            tried(cursor, *person, why)
        return why

    def _advance(self, source: Source) -> int:
        era, begun = source.head().era, time.time_ns()
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute(ALONE)  # a second worker waits, and goes on from there
            known = read(cursor, CONSUMER, source.name, era)
            wanted = Wanted(names=tuple(sorted(LISTENS[source.name])))
            page = self._known(cursor, source.page(known.floor, LIMIT, wanted), source.name)
            if page.upto <= known.floor:
                return 0
            # asked before anything is decided: what is known then is at least as new
            certain = max(known.floor, self._certain(cursor, source.name, page))
            done = self._taking.take(cursor, source.name, page.events)
            move(cursor, known, {}, certain)
        if done:
            self._placed()
            traces = tracing.traces_in(e.envelope for e in page.events)
            tracing.after(PLACE, traces, begun, "", (SOURCE, source.name), (EVENTS, done))
        return done

    def _known(self, cursor: Any, page: Page, source: str) -> Page:
        """As much of a page as the views know that it is decided by."""
        upto = min(view_at(cursor, view, source, page.era) for view in KNOWN_BY[source])
        if upto >= page.upto:
            return page
        self._behind = True
        return page._replace(upto=upto, events=[e for e in page.events if e.gpos <= upto])

    def _certain(self, cursor: Any, source: str, page: Page) -> int:
        """Up to where of a page nothing more can come of it."""
        if source == "delivery":
            return page.upto  # to whom a subscription was granted, and where to, is known here
        return self._placing.decided_up_to(cursor, source, page)

    def _chores(self) -> None:
        if time.monotonic() > self._freed_at and self.replay_freed():
            self._freed_at = time.monotonic() + CHORES_EVERY
        if time.monotonic() - self._chores_at < CHORES_EVERY:
            return
        self._chores_at, now = time.monotonic(), datetime.now(UTC)
        with self.connection.transaction(), self.connection.cursor() as cursor:
            remove_old(cursor, now - KEPT, now - ATTEMPTS_KEPT)
            chase(cursor, now, now - CHASED_AFTER)

    @property
    def connection(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._conninfo)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        for source in self.sources.values():
            source.close()
