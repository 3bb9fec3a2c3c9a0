"""A worker process from its start until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Collection
from contextlib import ExitStack

import psycopg
from psycopg_pool import PoolTimeout

from cosigne.running.health import told_at
from cosigne.running.lifeline import hold_on
from cosigne.running.lines import telling
from cosigne.running.measuring import measure
from cosigne.running.rising import said
from cosigne.running.standing import standing_of
from cosigne.running.worker import Worker
from shared.http.leaving import leave
from shared.http.watching import Watch
from shared.postgres.schema import TooOld

LOOK_SECONDS = 0.5
AGAIN_SECONDS = 2.0
PASSING = (psycopg.OperationalError, PoolTimeout, TooOld)  # the next try may find it mended
log = logging.getLogger("cosigne.worker")


def attended(worker: Worker, health: str | None = None) -> None:
    """Until we are told to stop; ends with 1 when something broke.

    With an address to tell its `health` at, it waits for a database that is away or not migrated
    yet; else that is an error.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hold_on()
    with ExitStack() as opened:
        telemetry = telling(worker.settings.mode, called(worker.kinds))
        if telemetry is not None:
            opened.callback(telemetry.end)
        if health:
            watch = Watch(standing_of(worker))
            opened.callback(watch.close)
            opened.enter_context(
                told_at(health, lambda: worker.hung(worker.settings.hang_seconds), watch)
            )
        begin(worker, stop, patient=bool(health))
        if telemetry is not None:
            measure(worker.settings, worker.plans, worker.kinds)
        while not stop.wait(LOOK_SECONDS):
            if worker.broken.is_set():
                worker.stop()
                raise SystemExit(1)
        leave()
        worker.stop()


def called(kinds: Collection[str]) -> str:
    """What telemetry calls the process."""
    return f"cosigne-{next(iter(kinds))}" if len(kinds) == 1 else "cosigne-worker"


def begin(worker: Worker, stop: threading.Event, *, patient: bool) -> None:
    """Raises Refused for what no waiting mends, such as a role that could see everything."""
    while not stop.is_set():
        try:
            worker.start()
        except PASSING as trouble:
            if not patient:
                raise
            log.warning("nothing is done yet: %s", said(trouble))
            stop.wait(AGAIN_SECONDS)
        else:
            return
