"""The runner of views: reads sealed events in order and keeps every view of a service up to date."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from typing import Any

import psycopg
from psycopg_pool import PoolTimeout

from shared.postgres.pool import connect
from shared.store.cipher import Tampered
from shared.store.codec import Undecodable
from shared.store.consumers import Consumer, seen_by_readers, wanted_by, wants, whose
from shared.store.cursors import Cursors, OvertakenError, freshen, level, move, read, together
from shared.store.folding import fold_batch
from shared.store.key_files import KeyTrouble
from shared.store.parking import Batch, Whose, park
from shared.store.passing import Passed
from shared.store.pausing import Pausing
from shared.store.replaying import LOST, replay
from shared.store.source import EVERY, BehindError, Page, Sealed, Source, Wanted, lane_of
from shared.store.told import Teller, Told
from shared.store.told_of_folding import told_of_folding
from shared.store.views import View

PAGE, SPARSE_PAGE = 5000, 20_000  # positions; more where what no view listens to is left out
SOON_SECONDS, LATER_SECONDS = 0.005, 0.2  # without a wake
REST_SECONDS = 0.008  # at most, after a step that found something: as long as the step took
BROKEN_SECONDS, LOOK_FOR_SWAPS_SECONDS, LOOK_FOR_KEYS_SECONDS = 1.0, 0.5, 30.0
REPLAY_SECONDS = 0.5  # at a time: nobody's access waits for what one organisation missed
NEVER, FRESHENED_EVERY = datetime.min.replace(tzinfo=UTC), timedelta(seconds=0.5)
PASSING = (psycopg.Error, PoolTimeout, KeyTrouble, OSError, BehindError)  # seen, and tried again
log = logging.getLogger("cosigne.projector")


class Projector:
    """Keeps the views of one service. `step` once, or `run` until told to stop."""

    def __init__(
        self, conninfo: str, sources: Mapping[str, Source], views: Sequence[View[Any]], tell: Teller
    ) -> None:
        self.sources, self.views = sources, views
        self.conninfo, self._tell = conninfo, tell
        self._connection: psycopg.Connection[Any] | None = None
        self._known: dict[tuple[str, str, int], Cursors] = {}
        self._consumers: tuple[float, list[Consumer]] = (0.0, [])
        self._fresh: dict[tuple[str, str], datetime] = {}
        self._looked_for_keys = time.monotonic()

    def run(self, stop: Event, wake: Event | None = None) -> None:
        """Until `stop`; a failure of a component is logged and tried again."""
        wake, pausing = wake or Event(), Pausing(SOON_SECONDS, LATER_SECONDS)
        while not stop.is_set():
            begun = time.monotonic()
            try:
                busy = self.step()
            except OvertakenError:
                continue  # somebody else moved on from where we were: look there again
            except PASSING as failure:
                log.warning("projecting stopped for a moment: %s", failure)
                self.close()
                stop.wait(BROKEN_SECONDS)
                continue
            # what comes meanwhile is followed together: a step costs much, an event more in it little
            stop.wait(min(time.monotonic() - begun, REST_SECONDS) if busy else 0)
            if busy or wake.wait(pausing.seconds):
                pausing.broken()
            wake.clear()
        self.close()

    def step(self) -> int:
        """Read one page of each source for the views that follow it; how many events were new."""
        active, done = self._active(), 0
        if (now := time.monotonic()) - self._looked_for_keys > LOOK_FOR_KEYS_SECONDS:
            finished = replay(self, active, LOST, REPLAY_SECONDS).finished
            # those who are left come with the next step: first what everybody waits for
            self._looked_for_keys = now if finished else -LOOK_FOR_KEYS_SECONDS
        for name, source in self.sources.items():
            if consumers := [c for c in active if name in c.view.sources]:
                done += self.advance(source, consumers)
        return done

    def advance(self, source: Source, consumers: Sequence[Consumer], share: Wanted = EVERY) -> int:
        """One page of one source, from the consumer furthest behind; of one share of its lanes."""
        era = source.head().era
        known = {c: self._cursors(c, source.name, era) for c in consumers}
        wanted = wanted_by(consumers, share)
        limit = PAGE if wanted.names is None else SPARSE_PAGE
        page = source.follow(together(known.values()), limit, wanted)
        told: dict[int, Told] = {}
        if page.events:
            self._tell.prepare(page.events)
        done = 0
        for consumer in consumers:
            passed = Passed.of(source, page, known[consumer], share)
            if passed.count > 0:
                done += passed.count
                self._apply(consumer, passed, told)
            reached = self._cursors(consumer, source.name, era).floor
            if consumer.view.tells_freshness and reached >= page.head:
                self._freshen(source, consumer, page)
            if page.again:
                self._known.pop((consumer.name, source.name, era))
        return done

    def _cursors(self, consumer: Consumer, source: str, era: int, *, anew: bool = False) -> Cursors:
        """Where a consumer stands: remembered, unless another process may have come further."""
        name = (consumer.name, source, era)
        if anew or name not in self._known:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                self._known[name] = read(cursor, *name)
        return self._known[name]

    @told_of_folding
    def _apply(self, consumer: Consumer, passed: Passed, told: dict[int, Told]) -> None:
        source, known = passed.source, passed.known
        remembered = self._known.pop((consumer.name, source.name, known.era))
        with self.connection.transaction(), self.connection.cursor(binary=True) as cursor:
            consumer.take(cursor, (event.lane for event in passed.fresh))
            batch = self.batch(consumer, source)
            fold_batch(cursor, batch, self._open(cursor, batch, passed.fresh, told))
            moved = move(cursor, remembered, passed.lanes, passed.floor)
            if passed.partly:  # others follow the other lanes: whoever comes last raises the floor
                moved = level(cursor, moved)
        self._known[consumer.name, source.name, known.era] = moved

    def batch(self, consumer: Consumer, source: Source) -> Batch:
        return Batch(consumer.rows, consumer.name, source, partial(self._again, consumer))

    def replay_parked(self) -> int:
        """Fold every parked sequence again from its start; how many are no longer parked."""
        return replay(self, self._active()).mended

    def _open(
        self, cursor: Any, batch: Batch, events: Sequence[Sealed], told: dict[int, Told]
    ) -> list[Told]:
        """The events this view listens to, told once for all views of the page.

        One that is not what was written parks its subject, as a fold that fails does.
        """
        opened: list[Told] = []
        for event in events:
            if not wants(batch.rows.view, event):
                continue
            try:
                if event.gpos not in told:
                    told[event.gpos] = self._tell(batch.source.name, event)
                opened.append(told[event.gpos])
            except (Tampered, Undecodable) as offence:
                park(cursor, batch, whose(batch.source.name, event), offence)
        return opened

    def _again(self, consumer: Consumer, whose: Whose) -> list[Told]:
        """All of a subject's events that this consumer has seen, for folding it from the start."""
        found: list[Told] = []
        for name in sorted(consumer.view.sources & self.sources.keys()):
            source, upto = self.sources[name], whose.gpos
            if name != whose.source:
                stands = self._cursors(consumer, name, source.head().era, anew=True)
                upto = stands.at(lane_of(whose.tenant, whose.subject))
            events = source.of_subject(whose.tenant, whose.subject, upto)
            found += [self._tell(name, e) for e in events if wants(consumer.view, e)]
        return found

    def _freshen(self, source: Source, consumer: Consumer, page: Page) -> None:
        name = (consumer.name, source.name)
        if page.sealed_at - self._fresh.get(name, NEVER) >= FRESHENED_EVERY:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                freshen(cursor, consumer.name, source.name, page)
            self._fresh[name] = page.sealed_at

    def _active(self) -> list[Consumer]:
        """The versions that readers see; asked again now and then, as a rebuild may swap one."""
        asked, consumers = self._consumers
        if time.monotonic() - asked > LOOK_FOR_SWAPS_SECONDS or not consumers:
            self._consumers = (time.monotonic(), seen_by_readers(self.connection, self.views))
        return self._consumers[1]

    @property
    def connection(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self.conninfo)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._known.clear()
        for source in self.sources.values():
            source.close()
