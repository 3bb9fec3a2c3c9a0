"""All at once, and things die meanwhile: what was acknowledged is sealed once and in order."""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import psycopg
import pytest

from shared.postgres.arrays import take_arrays
from shared.postgres.pool import closed_pool, connect
from shared.store.appending import append
from shared.store.factory import combine_pool
from shared.store.recorder import SealedRecorder
from shared.store.sealer import Sealer
from tests.support.appending import one
from tests.support.filled import write
from tests.support.naive import NaiveTail, OldestRunning
from tests.support.postgres import own_server
from tests.support.processes import SealerProcess, sealing
from tests.support.sealed import assert_sealed
from tests.support.stores import cloned
from tests.support.writers import MANNERS, Streams, combining, forging, until

pytestmark = pytest.mark.slow


@contextmanager
def crew(size, stop):
    """Threads which are told to stop whatever happens here."""
    with ThreadPoolExecutor(size) as threads:
        try:
            yield threads
        finally:
            stop.set()


@contextmanager
def recorders(store, count):
    """As many processes would have: each its own pools and combiner."""
    with ExitStack() as stack:
        yield [
            SealedRecorder(
                stack.enter_context(closed_pool(store.conninfo("app"))),
                stack.enter_context(combine_pool(store.conninfo("combine"))),
            )
            for _ in range(count)
        ]


def sealed_to_the_end(store):
    """Whoever sealed until now: what is left is sealed here."""
    with connect(store.conninfo("sealer")) as sealer:
        deadline = time.monotonic() + 30
        while (n := sealer.execute("SELECT seal(5000)").fetchone()[0]) and n != 0:
            assert time.monotonic() < deadline, "another sealer holds on for ever"


def following(readers, stop):
    while not stop.is_set():
        for reader in readers:
            reader.read()
        time.sleep(0.005)


def test_sixteen_writers_of_every_manner_fifty_organisations_and_a_hot_one(store, new_store):
    streams, stop = Streams(50), threading.Event()
    elsewhere = new_store("plans").connect("app")
    take_arrays(elsewhere)
    tail, horizon = (kind(store.connect("reader")) for kind in (NaiveTail, OldestRunning))
    with recorders(store, 2) as both, sealing(store.conninfo("sealer"), 2):
        with crew(18, stop) as threads:
            follower = threads.submit(following, (tail, horizon), stop)
            writers = [
                threads.submit(combining, streams, both[n % 2], n, range(60)) for n in range(9)
            ]
            writers += [
                threads.submit(MANNERS[n % 4], streams, store, 100 + n, 12) for n in range(7)
            ]
            forger = threads.submit(forging, store, streams.hot[0][0], 10)
            time.sleep(0.3)
            elsewhere.execute("BEGIN")  # idle, with an id, in another database
            append(elsewhere, one(uuid4(), uuid4(), 1))
            for writer in writers:
                writer.result()
        follower.result()
        assert forger.result() == 20
        sealed_to_the_end(store)
    places = assert_sealed(store, streams.stored)
    assert len(places) == len(streams.stored), "nothing that was given up was sealed"
    assert streams.conflicts > 0
    assert streams.failures == 0
    for reader in (tail, horizon):
        reader.read()
    assert set(places) - set(tail.seen), "the naive tail lost events"
    assert set(places) - set(horizon.seen), "the horizon still waits for somebody else"
    elsewhere.execute("ROLLBACK")


def test_sealers_killed_frozen_and_doubled_lose_and_repeat_nothing(store):
    streams, by, stop = Streams(10), random.Random(7), threading.Event()
    way = store.conninfo("sealer")
    with recorders(store, 1) as (recorder,), sealing(way, 3) as running:
        with crew(5, stop) as threads:
            writers = [
                threads.submit(combining, streams, recorder, n, until(stop)) for n in range(4)
            ]
            writers.append(threads.submit(MANNERS[1], streams, store, 9, 20))
            for _ in range(15):
                victim = by.randrange(3)
                running[victim].send(signal.SIGSTOP)
                time.sleep(0.1)
                if by.random() < 0.5:
                    running[victim].send(signal.SIGCONT)
                else:
                    running[victim].end()
                    running[victim] = SealerProcess(way, 50)
        for writer in writers:
            writer.result()
    sealed_to_the_end(store)
    assert len(assert_sealed(store, streams.stored)) == len(streams.stored) > 100


def test_a_sealer_frozen_inside_the_database_holds_up_and_spoils_nothing(store, tenant):
    """Its row lock is held: others answer -1 until it goes on, or is ended."""
    write(store, tenant, 30)
    frozen, other, admin = store.connect("sealer"), store.connect("sealer"), store.connect("admin")
    admin.execute("BEGIN")
    admin.execute("LOCK TABLE log IN SHARE MODE")  # it comes as far as the log, and waits
    caller = threading.Thread(target=lambda: frozen.execute("SELECT seal(5000)"))
    caller.start()
    backend = frozen.info.backend_pid
    waits = "SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted"
    while not store.ask("admin", waits, backend):
        time.sleep(0.01)
    os.kill(backend, signal.SIGSTOP)
    try:
        admin.execute("COMMIT")
        meanwhile = [other.execute("SELECT seal(5000)").fetchone()[0] for _ in range(3)]
    finally:
        os.kill(backend, signal.SIGCONT)
    caller.join()
    assert meanwhile == [-1, -1, -1]
    sealed_to_the_end(store)
    assert len(assert_sealed(store, [])) == 30


def test_postgresql_killed_under_load_keeps_every_acknowledged_command():
    with own_server() as (postgres, first):
        store, streams, stop = cloned(first, "assessment"), Streams(10), threading.Event()
        sealer = Sealer(store.conninfo("sealer"), batch=100)
        told = []
        with recorders(store, 2) as both, crew(10, stop) as threads:
            running = threads.submit(sealer.run, stop)
            writers = [
                threads.submit(combining, streams, both[n % 2], n, until(stop)) for n in range(8)
            ]
            pid = first.pid
            for _ in range(2):
                time.sleep(0.5)
                told.append(len(streams.stored))
                os.kill(pid, signal.SIGKILL)
                pid = postgres.start().pid
            time.sleep(0.5)
        for thread in (*writers, running):
            thread.result()
        sealed_to_the_end(store)
        assert_sealed(store, streams.stored)
        assert 0 < told[0] < told[1] < len(streams.stored), "it was written to all along"


def test_the_connection_lost_between_append_and_seal_loses_nothing(store, tenant):
    with connect(store.conninfo("app")) as app:
        take_arrays(app)
        append(app, one(tenant, uuid4(), 1))
        backend = app.info.backend_pid
        store.ask("admin", "SELECT pg_terminate_backend(%s)", backend)
        with pytest.raises(psycopg.OperationalError):
            app.execute("SELECT 1")
    sealed_to_the_end(store)
    assert len(assert_sealed(store, [])) == 1
