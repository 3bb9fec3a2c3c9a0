"""How long after its acknowledgement an event is in a view, at half load, beside a long transaction."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from uuid import UUID, uuid4, uuid5

import psycopg

from bench.ground import Ground
from bench.sealing import started
from bench.threads import TENANT_IDS
from services.assessment.domain.events import ThemeRated
from shared.http.service import keys_of
from shared.kernel import Act
from shared.postgres.pool import closed_pool, connect
from shared.store.factory import combine_pool
from shared.store.mapper import FactMapper
from shared.store.projector import Projector
from shared.store.recorder import SealedRecorder
from shared.store.sealer import Sealer
from shared.store.source import SealedLog
from shared.store.subjects import SubjectLog
from shared.store.told import Teller

SECONDS = 10
HELD_SECONDS = 5
WRITERS = 8
PERSONS = 200
NUMBERS = count()
PROJECTED = """
SELECT 1 FROM events e JOIN log l USING (xid, seq)
  JOIN subject_log s ON s.tenant_id = e.tenant_id AND s.subject_id = e.subject_id AND s.gpos = l.gpos
 WHERE e.tenant_id = %s AND e.stream_id = %s AND l.gpos > %s
"""


def measured(here: Ground) -> dict[str, float | None]:
    """`lag_p99_commits`: the 99th percentile of the lag, in median commits."""
    opened = ExitStack()
    tell = Teller(opened.enter_context(keys_of(here.settings)))
    reader = here.settings.conninfo("assessment", "reader")
    sources = {"assessment": SealedLog("assessment", reader)}
    projector = Projector(reader, sources, [SubjectLog("assessment")], tell)
    sealer = Sealer(here.settings.conninfo("assessment", "sealer"))
    skip_the_rounds(here)
    stop, sealing = started(sealer)
    projecting = threading.Thread(target=projector.run, args=(stop,), daemon=True)
    projecting.start()
    try:
        full = load(here, sealer, pause=0.0, seconds=3)[0]
        pause = WRITERS / (full / 2) if full else 0.01
        holding = threading.Thread(target=hold, args=(here,), daemon=True)
        holding.start()
        rate, commits, lags = load(here, sealer, pause=pause, seconds=SECONDS)
        holding.join()
    finally:
        stop.set()
        sealing.join()
        projecting.join()
        opened.close()
    commit, late = percentile(commits, 0.5), percentile(lags, 0.99)
    return {
        "lag_rate": rate,
        "commit_median_ms": commit * 1000,
        "lag_p50_ms": percentile(lags, 0.5) * 1000,
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


def load(
    here: Ground, sealer: Sealer, *, pause: float, seconds: float
) -> tuple[float, list[float], list[float]]:
    """Appends each second, how long each took, and the lag of one in every few."""
    app = closed_pool(here.settings.conninfo("assessment", "app"))
    combine = combine_pool(here.settings.conninfo("assessment", "combine"))
    commits: list[float] = []
    lags: list[float] = []
    with app, combine, keys_of(here.settings) as keys:
        recorder = SealedRecorder(app, combine, appended=sealer.wake)
        mapper = FactMapper(keys)
        until = time.monotonic() + seconds

        def write() -> None:
            while time.monotonic() < until:
                begun = time.perf_counter()
                recorder.insert_events([mapper.to_stored_event(fact(TENANT_IDS[0]))])
                commits.append(time.perf_counter() - begun)
                if pause:
                    time.sleep(pause)

        def watch() -> None:
            with connect(here.settings.conninfo("assessment", "reader")) as connection:
                while time.monotonic() < until:
                    one = mapper.to_stored_event(fact(TENANT_IDS[1]))
                    (head,) = connection.execute("SELECT gpos FROM published_head").fetchone() or (
                        0,
                    )
                    recorder.insert_events([one])
                    stored = time.perf_counter()
                    asked = (one.tenant_id, one.originator_id, head)
                    while connection.execute(PROJECTED, asked, prepare=True).fetchone() is None:
                        time.sleep(0.0005)
                    lags.append(time.perf_counter() - stored)
                    time.sleep(0.01)

        threads = [threading.Thread(target=write) for _ in range(WRITERS)]
        threads.append(threading.Thread(target=watch))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return len(commits) / seconds, commits, lags


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
