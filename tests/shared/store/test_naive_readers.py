"""Why snapshot windows: what the two obvious ways of following a table do wrong, on a schedule."""

from uuid import uuid4

import pytest

from shared.postgres.arrays import take_arrays
from shared.store.appending import append
from tests.support.appending import one
from tests.support.naive import NaiveTail, OldestRunning
from tests.support.sealed import assert_sealed, out_of_order


@pytest.fixture
def writers(store):
    """Two sessions that append."""
    found = [store.connect("app"), store.connect("app")]
    for connection in found:
        take_arrays(connection)
    return found


def places(*appendings):
    return [(r.originator_id, r.originator_version) for a in appendings for r in a.rows]


def sealed(store):
    while store.ask("sealer", "SELECT seal(100)") > 0:
        pass


def test_a_naive_tail_loses_what_commits_late(store, writers, tenant):
    slow, quick = writers
    tail = NaiveTail(store.connect("reader"))
    late, early = one(tenant, uuid4(), 1), one(tenant, uuid4(), 1)
    with slow.transaction():
        append(slow, late)
        append(quick, early)
        tail.read()
        sealed(store)
    tail.read()
    sealed(store)
    assert tail.seen == places(early), "the late event is never seen"
    assert assert_sealed(store, places(late, early)) == places(early, late)


def test_the_horizon_turns_a_stream_around(store, writers, tenant):
    """A transaction that took its id early writes version 2 after another wrote version 1."""
    early_id, other = writers
    stream = uuid4()
    with early_id.transaction():
        append(early_id, one(tenant, uuid4(), 1))  # its id is taken here
        append(other, one(tenant, stream, 1))
        append(early_id, one(tenant, stream, 2))
    horizon = OldestRunning(store.connect("reader"))
    while len(horizon.seen) < 3:  # it waits for whoever else is under way on this server
        horizon.read()
    sealed(store)
    assert out_of_order(horizon.seen) == [(stream, 1)]
    assert out_of_order(assert_sealed(store, [(stream, 1), (stream, 2)])) == []


def test_the_horizon_waits_for_a_writer_in_another_database(store, new_store, writers, tenant):
    quick, _ = writers
    elsewhere = new_store("plans").connect("app")
    take_arrays(elsewhere)
    horizon = OldestRunning(store.connect("reader"))
    done = one(tenant, uuid4(), 1)
    with elsewhere.transaction():
        append(elsewhere, one(tenant, uuid4(), 1))
        append(quick, done)
        horizon.read()
        sealed(store)
        assert horizon.seen == [], "somebody else's open transaction stops everyone"
        assert_sealed(store, places(done))


def test_the_horizon_never_shows_a_forged_id_and_the_grants_refuse_one(store, tenant):
    forged = one(tenant, uuid4(), 1).rows[0]
    store.connect("admin").execute(
        "INSERT INTO events (tenant_id, stream_id, version, subject_id, xid, command_id, "
        "envelope, body) VALUES (%s, %s, 1, %s, '9000000000', %s, '{}', 's')",
        (tenant, forged.originator_id, tenant, forged.command_id),
    )  # an administrator may: nobody who works has the grant (test_stands.py)
    horizon = OldestRunning(store.connect("reader"))
    horizon.read()
    assert horizon.seen == []
