from contextlib import ExitStack
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import DataError, IntegrityError

from shared.postgres.arrays import take_arrays
from shared.postgres.pool import closed_pool
from shared.store.appending import Appended, Conflict, append, append_many
from shared.store.factory import combine_pool
from shared.store.recorder import SealedRecorder, asking_for
from tests.support.appending import one, row, several


@pytest.fixture
def recorder(store):
    with ExitStack() as stack:
        app = stack.enter_context(closed_pool(store.conninfo("app")))
        combine = stack.enter_context(combine_pool(store.conninfo("combine")))
        reader = stack.enter_context(closed_pool(store.conninfo("reader")))
        yield SealedRecorder(app, combine, reader)


@pytest.fixture
def combine(store):
    connection = store.connect("combine")
    take_arrays(connection)
    return connection


def test_what_was_appended_is_read_back_byte_for_byte(recorder, tenant):
    stream = uuid4()
    written = row(tenant, stream, 1, body=b"\x00\xff sealed", words="é – “”")
    recorder.insert_events([written])
    (read,) = recorder.select(tenant, stream)
    assert (read.envelope, read.state) == (written.envelope, written.state)
    assert (read.command_id, read.subject_id) == (written.command_id, written.subject_id)


def test_a_version_already_taken_is_a_conflict(recorder, tenant):
    stream = uuid4()
    assert isinstance(recorder.append(one(tenant, stream, 1)), Appended)
    assert isinstance(recorder.append(one(tenant, stream, 1)), Conflict)
    with pytest.raises(IntegrityError):
        recorder.insert_events([row(tenant, stream, 1)])


def test_ones_conflict_does_not_harm_another(combine, tenant):
    taken, free = uuid4(), uuid4()
    append_many(combine, [one(tenant, taken, 1)])
    late, good = one(tenant, taken, 1), one(tenant, free, 1)
    assert isinstance(append_many(combine, [late, good])[0], Conflict)
    assert isinstance(append_many(combine, [one(tenant, free, 2)])[0], Appended)


def test_a_command_over_two_streams_is_stored_whole_or_not_at_all(combine, store, tenant):
    taken, free, other = uuid4(), uuid4(), uuid4()
    append_many(combine, [one(tenant, taken, 1)])
    half = several(tenant, (free, 1), (taken, 1))
    outcomes = append_many(combine, [half, one(tenant, other, 1)])
    assert isinstance(outcomes[0], Conflict)
    assert isinstance(outcomes[1], Appended)
    stored = store.ask("admin", "SELECT count(*) FROM events WHERE stream_id = %s", free)
    assert stored == 0


def test_who_lost_to_a_command_that_is_taken_back_is_stored_after_all(combine, tenant):
    taken, free = uuid4(), uuid4()
    append_many(combine, [one(tenant, taken, 1)])
    half = several(tenant, (free, 1), (taken, 1), command=uuid4())
    after = one(tenant, free, 1)
    outcomes = append_many(combine, [half, after])
    assert isinstance(outcomes[0], Conflict)
    assert isinstance(outcomes[1], Appended)


def test_commands_of_many_organisations_go_together(combine, store):
    batch = [one(uuid4(), uuid4(), 1) for _ in range(40)]
    assert all(isinstance(o, Appended) for o in append_many(combine, batch))
    assert store.ask("reader", "SELECT count(DISTINCT tenant_id) FROM events") == 40


def test_one_command_alone_needs_no_function(store, tenant):
    app = store.connect("app")
    take_arrays(app)
    command = several(tenant, (uuid4(), 1), (uuid4(), 1))
    assert append(app, command).xid
    with pytest.raises(psycopg.errors.UniqueViolation):
        append(app, command)


def test_a_streams_rows_are_asked_for_by_version(recorder, tenant):
    stream = uuid4()
    recorder.insert_events([row(tenant, stream, n, command=tenant) for n in (1, 2, 3, 4)])
    assert [r.originator_version for r in recorder.select(tenant, stream, 1, 3)] == [2, 3]
    with asking_for(tenant):
        last = recorder.select_events(stream, desc=True, limit=1)
    assert [r.originator_version for r in last] == [4]
    assert recorder.select_events(stream) == []


def test_the_rows_of_a_command_are_found_again(recorder, tenant):
    stream, command = uuid4(), uuid4()
    recorder.insert_events([row(tenant, stream, 1)])
    recorder.insert_events([row(tenant, stream, n, command=command) for n in (2, 3)])
    found = recorder.find_command(tenant, stream, command)
    assert [r.originator_version for r in found] == [2, 3]
    assert recorder.find_command(uuid4(), stream, command) == []


def test_rows_without_a_body_or_of_several_commands_are_no_command(recorder, tenant):
    with pytest.raises(ValueError, match="body"):
        recorder.insert_events([row(tenant, uuid4(), 1, body=b"")])
    with pytest.raises(ValueError, match="share"):
        recorder.insert_events([row(tenant, uuid4(), 1), row(tenant, uuid4(), 1)])


def test_what_the_database_cannot_take_is_no_conflict(recorder, tenant):
    with pytest.raises(DataError):
        recorder.insert_events([row(tenant, uuid4(), 0)])


def test_sealed_events_are_the_librarys_notifications(recorder, store, tenant):
    stream = uuid4()
    recorder.insert_events([row(tenant, stream, n, command=tenant) for n in (1, 2, 3)])
    assert recorder.max_notification_id() is None
    assert store.ask("sealer", "SELECT seal(100)") == 3
    assert recorder.max_notification_id() == 3
    found = recorder.select_notifications(1, 10, inclusive_of_start=False)
    assert [(n.id, n.position, n.originator_version) for n in found] == [(2, 2, 2), (3, 3, 3)]
    assert recorder.select_notifications(1, 10, topics=["plans.goal_agreed"]) == []
    with recorder.subscribe(gt=2) as following:
        assert next(following).id == 3
