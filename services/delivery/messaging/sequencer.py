"""Gives what happened its place in each subscription's log: once, in order, without a hole.

Whether she consents is asked here so that nobody's log counts the events of people who do not, and
again at each delivery. A `no` is believed only once all that the directory had acknowledged when
the event was recorded has been seen.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

from services.delivery.domain.offer import (
    CONFIRMED,
    CONSENTED,
    ERASED,
    OFFER,
    WITHDRAWN,
    YES_CONFIRMED,
)
from services.delivery.messaging.own_log import OWN, heard
from services.delivery.messaging.placing import DECIDING, Placing
from services.delivery.views.following import chase, remove_old, view_at
from services.delivery.views.places import FAULTS, place, set_aside
from shared.postgres.pool import Connection, connect
from shared.store.cursors import move, read
from shared.store.projector import PASSING
from shared.store.source import Page, Source, Wanted
from shared.store.told import Teller, Told

CONSUMER = "places"
LIMIT = 5000
PAUSE, BROKEN, CHORES_EVERY = 0.1, 1.0, 60.0
KEPT, ATTEMPTS_KEPT = timedelta(days=90), timedelta(days=30)
CHASED_AFTER = timedelta(days=1)
LISTENS: Mapping[str, frozenset[str]] = {
    "directory": frozenset({CONSENTED, CONFIRMED, WITHDRAWN, ERASED}),
    "plans": frozenset({*OFFER, YES_CONFIRMED}),
    "delivery": OWN,
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
        self._conninfo, self._tell, self._placed = conninfo, tell, placed
        self._connection: Connection | None = None
        self._placing = Placing(secret, {name: sources[name] for name in DECIDING})
        self._chores_at = 0.0

    def run(self, stop: Event, wake: Event) -> None:
        while not stop.is_set():
            try:
                busy = self.step()
                self._chores()
            except PASSING as failure:
                log.warning("placing stopped for a moment: %s", type(failure).__name__)
                self.close()
                stop.wait(BROKEN)
                continue
            if not busy:
                wake.wait(PAUSE)
                wake.clear()
        self.close()

    def step(self) -> int:
        """One page of each source; how many events got a place."""
        return sum(self._advance(source) for source in self.sources.values())

    def _advance(self, source: Source) -> int:
        era = source.head().era
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute(ALONE)  # a second worker waits, and goes on from there
            known = read(cursor, CONSUMER, source.name, era)
            wanted = Wanted(names=tuple(sorted(LISTENS[source.name])))
            page = source.page(known.floor, LIMIT, wanted)
            if page.upto == known.floor:
                return 0
            # asked before anything is decided: what is known then is at least as new
            certain = max(known.floor, self._certain(cursor, source.name, page))
            if source.name == "delivery":
                page = page._replace(events=[e for e in page.events if e.gpos <= certain])
            self._tell.prepare(page.events)
            done = self._place(cursor, source.name, page)
            move(cursor, known, {}, certain)
        if done:
            self._placed()
        return done

    def _place(self, cursor: Any, source: str, page: Page) -> int:
        """A page at once; where something in it cannot be placed, one after the other."""
        try:
            with cursor.connection.transaction():
                told = [self._tell(source, event) for event in page.events]
                return self._take(cursor, source, told)
        except FAULTS as fault:
            log.warning("placing one after the other: %s", type(fault).__name__)
        done = 0
        for event in page.events:
            try:
                with cursor.connection.transaction():
                    done += self._take(cursor, source, [self._tell(source, event)])
            except FAULTS as fault:
                # this one is set aside, visibly; everybody else's go on
                set_aside(cursor, CONSUMER, source, event, type(fault).__name__)
        return done

    def _take(self, cursor: Any, source: str, told: Sequence[Told]) -> int:
        if source == "delivery":
            return heard(cursor, told, self._placing)
        if source == "directory":
            return sum(self._of_directory(cursor, event) for event in told)
        return place(cursor, self._placing.offered(cursor, told))

    def _of_directory(self, cursor: Any, told: Told) -> int:
        if told.type == ERASED:
            return self._placing.erasures(cursor, told)
        if told.type == CONFIRMED:
            return place(cursor, self._placing.confirmed(cursor, told))
        return place(cursor, self._placing.consents(cursor, told))

    def _certain(self, cursor: Any, source: str, page: Page) -> int:
        """Up to where of a page nothing more can come of it."""
        if source == "delivery":
            # no further than it is known here to whom a subscription was granted, and where to
            return min(page.upto, view_at(cursor, "subscriptions", source, page.era))
        return self._placing.decided_up_to(cursor, source, page)

    def _chores(self) -> None:
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
