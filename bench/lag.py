"""How long after its acknowledgement an event is in a view, at half load, beside a long transaction.

Sealing and projecting run in a process of their own, as `cosigne work` does.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4, uuid5

import psycopg

from bench.ground import Ground
from bench.threads import TENANT_IDS
from services.assessment.domain.events import ThemeRated
from shared.http.service import keys_of
from shared.kernel import Act
from shared.postgres.pool import closed_pool, connect
from shared.settings import Settings
from shared.store.factory import combine_pool
from shared.store.mapper import FactMapper
from shared.store.projector import Projector
from shared.store.recorder import SealedRecorder
from shared.store.sealer import Sealer
from shared.store.source import SealedLog
from shared.store.subjects import SubjectLog
from shared.store.told import Teller

SECONDS, HELD_SECONDS = 10, 5
WRITERS, PERSONS = 8, 200
NUMBERS = count()
PROJECTED = """
SELECT 1 FROM events e JOIN log l USING (xid, seq)
  JOIN subject_log s ON s.tenant_id = e.tenant_id AND s.subject_id = e.subject_id AND s.gpos = l.gpos
 WHERE e.tenant_id = %s AND e.stream_id = %s AND l.gpos > %s
"""


def measured(here: Ground) -> dict[str, float | None]:
    """`lag_p99_commits`: the 99th percentile of the lag, in median commits."""
    skip_the_rounds(here)
    with followed(here.settings):
        full = Load(here, pause=0.0, seconds=3).run().rate
        pause = WRITERS / (full / 2) if full else 0.01
        holding = threading.Thread(target=hold, args=(here,), daemon=True)
        holding.start()
        half = Load(here, pause=pause, seconds=SECONDS).run()
        holding.join()
    commit, late = percentile(half.commits, 0.5), percentile(half.lags, 0.99)
    return {
        "lag_rate": half.rate,
        "commit_median_ms": commit * 1000,
        "lag_p50_ms": percentile(half.lags, 0.5) * 1000,
        "lag_p99_ms": late * 1000,
        "lag_p99_commits": late / commit,
    }


def skip_the_rounds(here: Ground) -> None:
    """What the rounds stored has made-up envelopes: the view begins after them."""
    with connect(here.settings.conninfo("assessment", "reader")) as connection:
        connection.execute(
            "INSERT INTO lane_cursor (consumer, source, era, lane, gpos) "
            "SELECT 'subject_log_v1', 'assessment', era, -1, gpos FROM published_head"
        )


@contextmanager
def followed(settings: Settings) -> Iterator[None]:
    """A worker that seals and projects, for as long as this lasts."""
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    worker = spawn.Process(target=follow, args=(settings, stop), daemon=True)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def follow(settings: Settings, stop: Any) -> None:
    """The worker's process: one thread seals, one projects, as `cosigne work` has them."""
    reader, wake = settings.conninfo("assessment", "reader"), threading.Event()
    with keys_of(settings) as keys:
        source = SealedLog("assessment", reader)
        projector = Projector(
            reader, {"assessment": source}, [SubjectLog("assessment")], Teller(keys)
        )
        sealer = Sealer(settings.conninfo("assessment", "sealer"), sealed=wake.set)
        sealing = threading.Thread(target=sealer.run, args=(stop,), daemon=True)
        sealing.start()
        projector.run(stop, wake)
        sealing.join()


class Load:
    """Writers at a pace, and someone who looks how long one event in a few takes to be seen."""

    def __init__(self, here: Ground, *, pause: float, seconds: float) -> None:
        self.here, self.pause, self.seconds = here, pause, seconds
        self.commits: list[float] = []
        self.lags: list[float] = []

    @property
    def rate(self) -> float:
        """Appends each second."""
        return len(self.commits) / self.seconds

    def run(self) -> Load:
        app = closed_pool(self.here.settings.conninfo("assessment", "app"))
        combine = combine_pool(self.here.settings.conninfo("assessment", "combine"))
        with app, combine, keys_of(self.here.settings) as keys:
            self.recorder, self.mapper = SealedRecorder(app, combine), FactMapper(keys)
            self.until = time.monotonic() + self.seconds
            threads = [threading.Thread(target=self.write) for _ in range(WRITERS)]
            threads.append(threading.Thread(target=self.watch))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return self

    def write(self) -> None:
        while time.monotonic() < self.until:
            begun = time.perf_counter()
            self.recorder.insert_events([self.mapper.to_stored_event(fact(TENANT_IDS[0]))])
            self.commits.append(time.perf_counter() - begun)
            if self.pause:
                time.sleep(self.pause)

    def watch(self) -> None:
        with connect(self.here.settings.conninfo("assessment", "reader")) as connection:
            while time.monotonic() < self.until:
                one = self.mapper.to_stored_event(fact(TENANT_IDS[1]))
                found = connection.execute("SELECT gpos FROM published_head").fetchone()
                self.recorder.insert_events([one])
                stored = time.perf_counter()
                asked = (one.tenant_id, one.originator_id, found[0] if found else 0)
                while connection.execute(PROJECTED, asked, prepare=True).fetchone() is None:
                    time.sleep(0.0005)
                self.lags.append(time.perf_counter() - stored)
                time.sleep(0.01)


def fact(tenant: UUID) -> ThemeRated:
    """A rating by a fictional person, of an organisation's own theme: nobody's words."""
    at = datetime.now(UTC)
    act = Act(
        tenant=tenant,
        subject=uuid5(tenant, str(next(NUMBERS) % PERSONS)),
        actor=tenant,
        author=tenant,
        at=at,
        occurred=at,
        command=uuid4(),
    )
    return ThemeRated(uuid4(), 1, at, act, theme="logement", value=70)


def hold(here: Ground) -> None:
    """A write transaction that stays open in another database."""
    with psycopg.connect(here.server.conninfo("bare")) as connection:
        connection.execute("SELECT pg_current_xact_id()")
        time.sleep(HELD_SECONDS)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
