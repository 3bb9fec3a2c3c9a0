"""The relay: a service's sealed log, published to its topic in order; nothing is told elsewhere.

Killed, frozen or doubled, it may publish an event twice, and never leaves one out: its place is
moved after the brokers have acknowledged. Whoever reads drops what came twice.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Event
from typing import Any

import psycopg
from kafka import KafkaProducer
from kafka.errors import KafkaError
from psycopg import Cursor

from shared.kafka.cluster import TROUBLE, Cluster
from shared.kafka.fence import Fence, fenced
from shared.kafka.record import record_of
from shared.kafka.relayed import RELAY
from shared.kafka.told_of_publishing import told_of_publishing
from shared.postgres.pool import Connection, connect
from shared.store.cursors import Cursors, OvertakenError, move, read
from shared.store.pausing import Pausing
from shared.store.sealer import NOT_REPLICATED
from shared.store.source import Page, Sealed, Source
from shared.telemetry.words import Word

PAGE = 5000
SOON_SECONDS, LATER_SECONDS = 0.005, 0.2
BROKEN_SECONDS, CLOSE_SECONDS = 1.0, 5.0
# longer than the client tries: one that has lost a page while its broker died answers never
PUBLISH_SECONDS = 60.0
ANOTHER_IS_AT_IT = -1
VOUCHED = "relay_fence"  # what is about to be published, as the log's own server knows it
ALONE = (
    "SELECT gpos FROM lane_cursor WHERE consumer = %s AND source = %s AND era = %s AND lane = -1 "
    "FOR UPDATE SKIP LOCKED"
)
BEGUN = (
    "INSERT INTO lane_cursor (consumer, source, era, lane, gpos) VALUES (%s, %s, %s, -1, 0) "
    "ON CONFLICT DO NOTHING"
)

log = logging.getLogger("cosigne.relay")


class FencedError(Exception):
    """Less is known here than was published: an operator decides what becomes of it."""


class DoubtfulError(Exception):
    """What would be published is not known to stand on a standby too."""


class Relay:
    """One service's. `source` reads its log; `reader` keeps the place, a cursor for each lane."""

    def __init__(self, source: Source, reader: str, cluster: Cluster) -> None:
        self.source, self._reader, self._cluster = source, reader, cluster
        self.topic = cluster.topic(source.name)
        self._open: tuple[Connection, Connection] | None = None
        self._producer: KafkaProducer | None = None
        self._fence: Fence | None = None
        # era and position: how far the fence stands, and all that is published
        self._allowed: tuple[int, int] = (0, 0)
        self._done: tuple[int, int] = (0, 0)
        self._doubt = False

    def run(self, stop: Event, wake: Event | None = None) -> None:
        wake, pausing = wake or Event(), Pausing(SOON_SECONDS, LATER_SECONDS)
        while not stop.is_set():
            try:
                sent = self.step()
            except FencedError as reason:
                log.critical("nothing is published: %s", Word(reason))
                stop.wait(BROKEN_SECONDS)
                continue
            except (psycopg.Error, OvertakenError, DoubtfulError, *TROUBLE) as failure:
                log.warning("relaying stopped for a moment: %s", failure)
                self.close()
                stop.wait(BROKEN_SECONDS)
                continue
            if sent > 0 or wake.wait(pausing.seconds):
                pausing.broken()
            wake.clear()
        self.close()

    def step(self) -> int:
        """Publish the next page; how many positions that were, or -1 when another relay is at it."""
        head = self.source.head()
        if (head.era, head.head) == self._done:
            return 0
        name = (RELAY, self.source.name, head.era)
        with self.connection.transaction(), self.connection.cursor() as cursor:
            if not self._alone(cursor, name):
                return ANOTHER_IS_AT_IT
            known = read(cursor, *name)
            if known.floor < head.head:
                self._allow(head)
            page = self.source.page(known.floor, PAGE)
            if page.upto > known.floor:
                move(cursor, known, self._publish(page.events, known), page.upto)
        self._done = (head.era, page.upto)
        return page.upto - known.floor

    def _alone(self, cursor: Cursor[Any], name: tuple[str, str, int]) -> bool:
        """The place is held until it is moved: of several relays one works, the others look on."""
        if cursor.execute(ALONE, name).fetchone() is not None:
            return True
        begun = self._vouching.execute(BEGUN, name).rowcount
        return bool(begun) and cursor.execute(ALONE, name).fetchone() is not None

    @told_of_publishing
    def _publish(self, events: Sequence[Sealed], known: Cursors) -> dict[int, int]:
        """Where each lane is once every event is acknowledged; what fails once fails the page."""
        producer, lanes = self.producer, dict(known.lanes)
        partitions = len(producer.partitions_for(self.topic))
        futures = []
        for event in events:
            sent = record_of(event, lanes.get(event.lane, 0))
            futures.append(
                producer.send(
                    self.topic,
                    key=sent.key,
                    value=sent.value,
                    headers=sent.headers,
                    partition=event.lane % partitions,
                )
            )
            lanes[event.lane] = event.gpos
        producer.flush(timeout=PUBLISH_SECONDS)
        for future in futures:
            if not future.succeeded():
                raise future.exception or KafkaError("not acknowledged")
        return {e.lane: lanes[e.lane] for e in events}

    def _allow(self, head: Page) -> None:
        """Raise the fence to the head, once that is known to stand here and on the standbys."""
        if self._allowed >= (head.era, head.head):
            return
        producer, name = self.producer, self.source.name
        if self._fence is None:
            self._fence = Fence(self._cluster, producer)
            known = [place for (of, *place) in fenced(self._cluster) if of == name]
            if (last := max(known, default=[0, 0])) > [head.era, head.head]:
                self._fence = None  # asked again: an operator may have decided
                told = f"up to {last[1]} of era {last[0]}, this server knows {head.head}"
                raise FencedError(f"{name}: {told} of era {head.era}")
        self._vouch(head)
        self._fence.put(name, head.era, head.head)
        self._allowed = (head.era, head.head)

    def _vouch(self, head: Page) -> None:
        """A commit that waited for the standbys in full vouches for all before it."""
        self._doubt = False
        known = Cursors(VOUCHED, self.source.name, head.era, 0, {})
        with self._vouching.transaction(), self._vouching.cursor() as cursor:
            move(cursor, known, {}, head.head)
        if self._doubt:
            raise DoubtfulError(f"{known.source}: {head.head} is not known to stand on a standby")

    @property
    def connection(self) -> Connection:
        return self._connected()[0]

    @property
    def _vouching(self) -> Connection:
        """Commits while the other one holds the place."""
        return self._connected()[1]

    def _connected(self) -> tuple[Connection, Connection]:
        if self._open is None or any(c.closed for c in self._open):
            for left in self._open or ():
                left.close()
            self._open = (connect(self._reader), connect(self._reader))
            self._open[1].add_notice_handler(self._hear)
        return self._open

    @property
    def producer(self) -> KafkaProducer:
        if self._producer is None:
            self._cluster.make_topics(self.source.name)
            self._producer = self._cluster.producer()
        return self._producer

    def _hear(self, notice: psycopg.errors.Diagnostic) -> None:
        self._doubt = self._doubt or notice.sqlstate == NOT_REPLICATED

    def close(self) -> None:
        """Whoever begins again asks where the fence stands."""
        for connection in self._open or ():
            connection.close()
        if self._producer is not None:
            self._producer.close(timeout=CLOSE_SECONDS)
        self._open, self._producer, self._fence = None, None, None
        self._allowed = self._done = (0, 0)
        self.source.close()
