"""Commands that wait together go together, and each hears its own answer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import DataError, OperationalError, PersistenceError
from psycopg.conninfo import make_conninfo

from shared.postgres.arrays import take_arrays
from shared.postgres.pool import closed_pool
from shared.store import combiner
from shared.store.appending import Appended, Conflict, append
from shared.store.factory import combine_pool
from shared.store.recorder import SealedRecorder
from tests.support.appending import one, several
from tests.support.proxy import Wire


@pytest.fixture
def pools(store):
    with ExitStack() as stack:
        yield (
            stack.enter_context(closed_pool(store.conninfo("app"))),
            stack.enter_context(combine_pool(store.conninfo("combine"))),
        )


@pytest.fixture
def recorder(pools):
    return SealedRecorder(*pools)


@pytest.fixture
def sizes(monkeypatch):
    """How many commands each statement carried."""
    seen = []
    really = combiner.append_many

    def watched(connection, batch):
        seen.append(len(batch))
        return really(connection, batch)

    monkeypatch.setattr(combiner, "append_many", watched)
    return seen


def together(recorder, commands):
    """All at once, one thread a command; outcomes or what was raised."""

    def attempt(command):
        try:
            return recorder.append(command)
        except PersistenceError as error:
            return error

    with ThreadPoolExecutor(len(commands)) as threads:
        return list(threads.map(attempt, commands))


def held(store, stream, tenant):
    """Someone's open transaction at version 1 of a stream."""
    holder = store.connect("app")
    take_arrays(holder)
    holder.execute("BEGIN")
    append(holder, one(tenant, stream, 1))
    return holder


def test_who_waits_at_the_same_time_goes_in_the_same_statement(recorder, sizes, store, tenant):
    outcomes = together(recorder, [one(tenant, uuid4(), 1) for _ in range(40)])
    assert all(isinstance(o, Appended) for o in outcomes)
    assert sum(sizes) == 40
    assert len(sizes) < 40
    assert store.ask("reader", "SELECT count(*) FROM events") == 40


def test_of_two_for_one_version_one_is_stored(recorder, tenant):
    for _ in range(20):
        stream = uuid4()
        outcomes = together(recorder, [one(tenant, stream, 1) for _ in range(4)])
        assert sorted(type(o).__name__ for o in outcomes) == ["Appended"] + ["Conflict"] * 3


def test_batches_over_the_same_streams_never_wait_for_each_other(pools, store, tenant):
    """Two processes, crossing: rows go in by key, so nobody deadlocks."""
    streams = [uuid4() for _ in range(6)]
    here, there = SealedRecorder(*pools), SealedRecorder(*pools)
    for version in range(1, 15):
        commands = [
            several(tenant, *((s, version) for s in (streams if n % 2 else streams[::-1])))
            for n in range(4)
        ]
        with ThreadPoolExecutor(2) as threads:
            both = list(threads.map(together, (here, there), (commands[:2], commands[2:])))
        outcomes = both[0] + both[1]
        assert all(isinstance(o, Appended | Conflict) for o in outcomes)
        assert sum(isinstance(o, Appended) for o in outcomes) == 1
    assert store.ask("reader", "SELECT count(*) FROM events") == 14 * 6


def test_the_same_command_twice_at_once_is_stored_once(recorder, tenant):
    """A key sent twice: never in one statement, where neither would be whole."""
    command = several(tenant, (uuid4(), 1), (uuid4(), 1))
    outcomes = together(recorder, [command] * 6)
    assert sorted(type(o).__name__ for o in outcomes) == ["Appended"] + ["Conflict"] * 5


def test_what_the_database_cannot_take_harms_nobody_else(recorder, sizes, tenant):
    good = [one(tenant, uuid4(), 1) for _ in range(12)]
    bad = one(tenant, uuid4(), 0)
    outcomes = together(recorder, [*good[:6], bad, *good[6:]])
    assert isinstance(outcomes.pop(6), DataError)
    assert all(isinstance(o, Appended) for o in outcomes)


def test_who_waits_for_someone_elses_transaction_harms_nobody_else(pools, store, tenant):
    stream = uuid4()
    holder = held(store, stream, tenant)
    waiting = SealedRecorder(*pools)
    first, others = one(tenant, uuid4(), 1), [one(tenant, uuid4(), 1) for _ in range(4)]
    stuck = one(tenant, stream, 1)
    outcomes = together(waiting, [first, stuck, *others])
    holder.execute("ROLLBACK")
    assert "lock timeout" in str(outcomes.pop(1))
    assert all(isinstance(o, Appended) for o in outcomes)


def test_a_statement_whose_answer_was_lost_is_settled_by_reading(pools, store, tenant):
    """The commit stood, the answer did not arrive: success, told once, stored once."""
    server = store.server
    with Wire(server.host, server.port) as wire:
        way = make_conninfo(store.conninfo("combine"), port=wire.port)
        with combine_pool(way) as combine:
            recorder = SealedRecorder(pools[0], combine)
            recorder.append(one(tenant, uuid4(), 1))
            stream = uuid4()
            wire.deaf.set()
            assert isinstance(recorder.append(one(tenant, stream, 1)), Appended)
            assert wire.cuts == 1
    assert store.ask("reader", "SELECT count(*) FROM events WHERE stream_id = %s", stream) == 1


def test_a_lost_answer_is_no_success_for_who_came_too_late(pools, store, tenant):
    server, stream = store.server, uuid4()
    with Wire(server.host, server.port) as wire:
        way = make_conninfo(store.conninfo("combine"), port=wire.port)
        with combine_pool(way) as combine:
            recorder = SealedRecorder(pools[0], combine)
            recorder.append(one(tenant, stream, 1))
            wire.deaf.set()
            assert isinstance(recorder.append(one(tenant, stream, 1)), Conflict)


def test_without_a_database_everyone_who_waits_hears_of_it(store, pools, tenant):
    with ExitStack() as stack:
        nowhere = make_conninfo(store.conninfo("combine"), port=1)
        combine = combine_pool(nowhere)
        combine.timeout = 0.5
        stack.callback(combine.close)
        combine.open()
        recorder = SealedRecorder(pools[0], combine)
        outcomes = together(recorder, [one(tenant, uuid4(), 1) for _ in range(5)])
    for away in (OperationalError, psycopg.OperationalError):
        assert all(isinstance(o, away) for o in outcomes)


def test_a_process_wakes_its_sealer_after_each_append(pools, tenant):
    woken = threading.Event()
    recorder = SealedRecorder(*pools, appended=woken.set)
    recorder.append(one(tenant, uuid4(), 1))
    assert woken.is_set()


def test_a_large_command_goes_in_one_statement_whatever_its_size(recorder, tenant):
    stream, first = uuid4(), one(tenant, uuid4(), 1)
    rows = tuple(
        replace(first.rows[0], originator_id=stream, originator_version=n) for n in range(1, 2001)
    )
    assert isinstance(recorder.append(replace(first, rows=rows)), Appended)
