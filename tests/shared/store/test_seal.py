"""Positions, lanes and leaves; one order; nothing twice; nothing lost half-way."""

import time
from uuid import uuid4

import psycopg
import pytest

from shared.postgres.arrays import take_arrays
from shared.store.appending import append, append_many
from tests.support.appending import one, row, several
from tests.support.sealed import assert_sealed


@pytest.fixture
def app(store):
    connection = store.connect("app")
    take_arrays(connection)
    return connection


@pytest.fixture
def sealer(store):
    return store.connect("sealer")


def seal(sealer, most=1000):
    return sealer.execute("SELECT seal(%s)", (most,)).fetchone()[0]


def seal_all(sealer, most=1000):
    while seal(sealer, most):
        pass


def places(*appendings):
    return [(r.originator_id, r.originator_version) for a in appendings for r in a.rows]


def test_each_organisation_has_gapless_positions_of_its_own(app, sealer, store):
    tenants = [uuid4() for _ in range(5)]
    stream = uuid4()
    written = [one(t, stream, n) for n in range(1, 8) for t in tenants]
    for command in written:
        append(app, command)
    assert seal(sealer) == 35
    # the same stream id in five organisations is five streams: compared one by one
    for tenant in tenants:
        found = store.connect("relay").execute(
            "SELECT position, version FROM published WHERE tenant_id = %s ORDER BY gpos", (tenant,)
        )
        assert found.fetchall() == [(n, n) for n in range(1, 8)]


def test_leaf_lane_and_digest_are_those_of_the_stored_bytes(app, sealer, store, tenant):
    written = one(tenant, uuid4(), 1, subject=uuid4(), body=bytes(range(256)), said='é "\\ €')
    append(app, written)
    seal(sealer)
    assert_sealed(store, places(written))


def test_sealing_again_seals_nothing(app, sealer, tenant):
    append(app, one(tenant, uuid4(), 1))
    assert [seal(sealer), seal(sealer)] == [1, 0]


def test_a_window_larger_than_a_batch_is_sealed_in_pieces_in_order(app, sealer, store, tenant):
    streams = [uuid4() for _ in range(3)]
    written = [one(tenant, s, n) for n in range(1, 12) for s in streams]
    for command in written:
        append(app, command)
    assert seal(sealer, 10) == 10
    late = [one(tenant, s, 12) for s in streams]
    for command in late:
        append(app, command)
    assert [seal(sealer, 10) for _ in range(4)] == [10, 10, 3, 3]
    assert_sealed(store, places(*written, *late))
    assert store.ask("admin", "SELECT count(*) FROM seal_queue") == 0


def test_what_a_killed_call_had_begun_is_as_if_never(app, store, tenant):
    for _ in range(29):
        append(app, one(tenant, uuid4(), 1))
    first = store.connect("sealer")
    assert seal(first, 10) == 10
    first.execute("BEGIN")
    seal(first, 10)
    store.ask("admin", "SELECT pg_terminate_backend(%s)", first.info.backend_pid)
    with pytest.raises(psycopg.OperationalError):
        first.execute("COMMIT")
    seal_all(store.connect("sealer"), 10)
    assert len(assert_sealed(store, [])) == 29


def test_two_sealers_never_seal_together(app, sealer, store, tenant):
    append(app, one(tenant, uuid4(), 1))
    other = store.connect("sealer")
    with sealer.transaction():
        assert seal(sealer) == 1
        assert seal(other) == -1
    append(app, one(tenant, uuid4(), 1))
    assert seal(other) == 1
    assert len(assert_sealed(store, [])) == 2


def test_a_snapshot_older_than_the_lock_is_refused(sealer):
    sealer.execute("SET default_transaction_isolation = 'repeatable read'")
    with pytest.raises(psycopg.Error, match="read committed"):
        seal(sealer)


def test_a_transaction_that_waits_delays_only_itself(app, sealer, store, tenant):
    slow, quick = one(tenant, uuid4(), 1), one(tenant, uuid4(), 1)
    waiting = store.connect("app")
    take_arrays(waiting)
    with waiting.transaction():
        append(waiting, slow)
        append(app, quick)
        assert seal(sealer) == 1
    assert seal(sealer) == 1
    assert assert_sealed(store, []) == places(quick, slow)


def test_a_transaction_that_gave_up_leaves_no_gap(app, sealer, store, tenant):
    append(app, one(tenant, uuid4(), 1))
    with app.transaction(force_rollback=True):
        append(app, one(tenant, uuid4(), 1))
    append(app, one(tenant, uuid4(), 1))
    seal(sealer)
    assert len(assert_sealed(store, [])) == 2


def test_events_of_a_savepoint_tried_again_keep_their_streams_order(app, sealer, store, tenant):
    stream = uuid4()
    with app.transaction():
        append(app, one(tenant, stream, 1))
        with pytest.raises(psycopg.errors.UniqueViolation), app.transaction():
            append(app, one(tenant, stream, 1))
        with app.transaction():
            append(app, several(tenant, (stream, 2), (stream, 3)))
    seal(sealer)
    assert [v for _, v in assert_sealed(store, [])] == [1, 2, 3]


def look_in_vain(sealer):
    """A call that finds nothing within the second after the last; its transaction id, if any."""
    head = "SELECT sealed_at FROM published_head"
    for _ in range(20):
        assert seal(sealer) == 0
        with sealer.transaction():
            before = sealer.execute(head).fetchone()
            assert seal(sealer) == 0
            if sealer.execute(head).fetchone() == before:
                return sealer.execute("SELECT pg_current_xact_id_if_assigned()").fetchone()[0]
    raise AssertionError("each look wrote something")


def test_a_look_in_vain_takes_no_transaction_id_and_writes_nothing(sealer):
    assert look_in_vain(sealer) is None


def test_who_follows_knows_within_a_second_that_nothing_is_missing(sealer, store):
    before = store.ask("relay", "SELECT sealed_at FROM published_head")
    time.sleep(1.05)
    assert seal(sealer) == 0
    assert store.ask("relay", "SELECT sealed_at FROM published_head") > before


def test_a_window_half_sealed_is_not_fresh(app, sealer, store, tenant):
    seal(sealer)
    before = store.ask("relay", "SELECT sealed_at FROM published_head")
    for _ in range(5):
        append(app, one(tenant, uuid4(), 1))
    seal(sealer, 3)
    assert store.ask("relay", "SELECT sealed_at FROM published_head") == before
    seal(sealer, 3)
    assert store.ask("relay", "SELECT sealed_at FROM published_head") > before


def test_what_was_appended_can_be_asked_to_be_sealed(app, sealer, store, tenant):
    xid = append(app, one(tenant, uuid4(), 1)).xid
    asked = "SELECT is_sealed(%s::text::xid8)"
    assert store.ask("app", asked, xid) is False
    seal(sealer)
    assert store.ask("app", asked, xid) is True


def test_a_batch_of_many_commands_is_sealed_in_the_order_it_was_written(store, sealer, tenant):
    combine = store.connect("combine")
    take_arrays(combine)
    command, stream = uuid4(), uuid4()
    rows = [row(tenant, stream, n, command=command) for n in range(1, 50)]
    append_many(combine, [type(one(tenant, stream, 1)).of(rows)])
    seal(sealer, 7)
    seal_all(sealer, 7)
    assert [v for _, v in assert_sealed(store, [])] == list(range(1, 50))


MANY = """
DO $$ BEGIN FOR i IN 1..2000 LOOP
  INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body)
    VALUES (gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), '{}', 's');
  COMMIT;
  PERFORM seal(100);
  COMMIT;
END LOOP; END $$
"""


def blocks(connection, statement):
    """How many pages a statement looked at, inside its functions too."""
    told = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}").fetchone()
    plan = told[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def test_a_snapshot_held_for_long_makes_no_look_longer(app, sealer, store, tenant):
    """Vacuum may take nothing away meanwhile; the state is found at the end of an index."""

    def looks():
        append(app, one(tenant, uuid4(), 1))
        return (
            blocks(sealer, "SELECT seal(100)"),
            blocks(relay, "SELECT gpos FROM published_head"),
        )

    held, relay = store.connect("admin"), store.connect("relay")
    held.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    held.execute("SELECT pg_current_xact_id()")
    looks()
    early = looks()
    store.connect("admin").execute(MANY)
    late = looks()
    # trees have grown a level; one row updated 2,000 times would be 100 pages more
    assert late[0] <= early[0] + 60
    assert late[1] <= early[1] + 5
    held.execute("ROLLBACK")


def test_of_the_past_of_sealing_only_the_last_is_kept(store):
    for _ in range(2):
        store.connect("admin").execute(MANY)
    first, last = (
        store.ask("admin", f"SELECT {which}(tick) FROM seal_tick") for which in ("min", "max")
    )
    assert last > 4000
    assert last - 2100 <= first <= last - 1000
    assert store.ask("admin", "SELECT count(*) FROM seal_tick") == last - first + 1
