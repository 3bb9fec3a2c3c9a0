"""The runner of views: reads sealed events in order and keeps every view of a service up to date."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

import psycopg

from shared.postgres.pool import connect
from shared.store.cursors import OvertakenError, freshen, move, read
from shared.store.folding import Batch, fold_batch
from shared.store.rows import Rows
from shared.store.source import BehindError, Page, Sealed, Source
from shared.store.told import TAKING_BACK, Told
from shared.store.views import View

PAGE = 5000
IDLE_SECONDS = 0.02
TYPE = re.compile(rb'"type":"([a-z_.0-9]+)"')
BROKEN_SECONDS = 1.0

log = logging.getLogger("cosigne.projector")
Teller = Callable[[str, Sealed], Told]


@dataclass(frozen=True)
class Consumer:
    """One version of one view, as the cursors know it."""

    view: View[Any]
    version: int

    @property
    def name(self) -> str:
        return f"{self.view.name}_v{self.version}"

    @property
    def rows(self) -> Rows:
        return Rows(self.view, self.version)


class Projector:
    """Keeps the views of one service. `step` once, or `run` until told to stop."""

    def __init__(
        self,
        conninfo: str,
        sources: Mapping[str, Source],
        views: Sequence[View[Any]],
        tell: Teller,
    ) -> None:
        self.sources = sources
        self.views = views
        self._conninfo = conninfo
        self._tell = tell
        self._connection: psycopg.Connection[Any] | None = None

    def run(self, stop: Event, wake: Event | None = None) -> None:
        """Until `stop`; a failure of a component is logged and tried again."""
        wake = wake or Event()
        while not stop.is_set():
            try:
                busy = self.step()
            except (psycopg.Error, BehindError, OvertakenError, OSError) as failure:
                log.warning("projecting stopped for a moment: %s", failure)
                self.close()
                stop.wait(BROKEN_SECONDS)
                continue
            if not busy:
                wake.wait(IDLE_SECONDS)
                wake.clear()
        self.close()

    def step(self) -> int:
        """Read one page of each source for the views that follow it; how many events were new."""
        active = self._active()
        done = 0
        for name, source in self.sources.items():
            consumers = [c for c in active if name in c.view.sources]
            if consumers:
                done += self.advance(source, consumers)
        return done

    def advance(self, source: Source, consumers: Sequence[Consumer]) -> int:
        """One page of one source, from the consumer furthest behind."""
        era = source.page(0, 0).era
        with self.connection.transaction(), self.connection.cursor() as cursor:
            known = {c: read(cursor, c.name, source.name, era) for c in consumers}
        page = source.page(min(k.floor for k in known.values()), PAGE)
        told: dict[int, Told] = {}
        done = 0
        for consumer in consumers:
            fresh = [e for e in page.events if not known[consumer].seen(e.lane, e.gpos)]
            if fresh:
                done += len(fresh)
                self._apply(source, consumer, known[consumer], fresh, told)
            if consumer.view.tells_freshness and len(page.events) < PAGE:
                self._freshen(source, consumer, page)
        return done

    def _apply(
        self,
        source: Source,
        consumer: Consumer,
        known: Any,
        events: Sequence[Sealed],
        told: dict[int, Told],
    ) -> None:
        lanes = {e.lane: e.gpos for e in events}
        wanted = [self._told(source, e, told) for e in events if wants(consumer.view, e)]
        with self.connection.transaction(), self.connection.cursor(binary=True) as cursor:
            batch = Batch(consumer.rows, consumer.name, source, self._again(consumer))
            fold_batch(cursor, batch, wanted)
            move(cursor, known, lanes, events[-1].gpos)

    def _told(self, source: Source, event: Sealed, told: dict[int, Told]) -> Told:
        if event.gpos not in told:
            told[event.gpos] = self._tell(source.name, event)
        return told[event.gpos]

    def _again(self, consumer: Consumer) -> Callable[[Told], list[Told]]:
        """All of a subject's events that this consumer has seen, for folding it from the start."""

        def again(trigger: Told) -> list[Told]:
            found: list[Told] = []
            for name in sorted(consumer.view.sources & self.sources.keys()):
                source, upto = self.sources[name], trigger.gpos
                if name != trigger.source:
                    with self.connection.cursor() as cursor:
                        upto = read(cursor, consumer.name, name, trigger.era).floor
                for event in source.of_subject(trigger.tenant, trigger.subject, upto):
                    if wants(consumer.view, event):
                        found.append(self._tell(name, event))
            return found

        return again

    def _freshen(self, source: Source, consumer: Consumer, page: Page) -> None:
        with self.connection.transaction(), self.connection.cursor() as cursor:
            freshen(cursor, consumer.name, source.name, page)

    def _active(self) -> list[Consumer]:
        with self.connection.transaction():
            found = self.connection.execute("SELECT name, active FROM view_version").fetchall()
        versions = dict(found)
        return [Consumer(v, versions[v.name]) for v in self.views if v.name in versions]

    @property
    def connection(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._conninfo)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def wants(view: View[Any], event: Sealed) -> bool:
    """Whether a view listens to this event; what takes words back concerns every view."""
    name = stored_name(event.envelope)
    return view.wants(name) or name.rsplit(".", 1)[-1] in TAKING_BACK


def stored_name(envelope: bytes) -> str:
    """The type told by an envelope, found without decoding the rest (keys are sorted)."""
    found = TYPE.search(envelope)
    return found[1].decode() if found else ""
