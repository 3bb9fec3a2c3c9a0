"""The library's factory over our recorders, as whoever knows the library would use it."""

from uuid import uuid4

import pytest
from eventsourcing.persistence import (
    InfrastructureFactory,
    InfrastructureFactoryError,
    IntegrityError,
    Tracking,
)

from shared.store.factory import SealedFactory
from shared.store.mapper import FactMapper
from shared.store.recorder import asking_for
from shared.store.stored import Stored
from tests.support.appending import row


class NoKeys:
    """These tests look at rows, not into bodies."""


@pytest.fixture
def factory(store):
    with SealedFactory.of(store.settings, store.service, NoKeys(), follows=True) as made:
        made.open()
        yield made


def test_it_is_a_factory_of_the_library_with_our_mapper(factory):
    assert isinstance(factory, InfrastructureFactory)
    assert isinstance(factory.mapper(), FactMapper)


def test_there_is_one_recorder_so_that_commands_meet(factory):
    assert factory.application_recorder() is factory.aggregate_recorder()


def test_who_follows_tracks_how_far_and_never_back(factory):
    tracking = factory.tracking_recorder()
    assert tracking.max_tracking_id("assessment") is None
    tracking.insert_tracking(Tracking("assessment", 7))
    assert tracking.max_tracking_id("assessment") == 7
    assert tracking.has_tracking_id("assessment", 6)
    with pytest.raises(IntegrityError):
        tracking.insert_tracking(Tracking("assessment", 7))


def test_the_cursor_moves_with_what_was_written_or_not_at_all(factory):
    tracking = factory.tracking_recorder()
    reader = factory.application_recorder().reader
    with reader.connection() as connection, connection.transaction(force_rollback=True):
        tracking.track(connection, Tracking("plans", 3))
    assert tracking.max_tracking_id("plans") is None


def test_a_snapshot_is_kept_beside_the_stream_for_its_organisation(factory, tenant):
    snapshots, stream = factory.aggregate_recorder("snapshots"), uuid4()
    for version in (10, 20):
        taken = row(tenant, stream, version, body=b"folded")
        snapshots.insert_events([taken, taken])
    with asking_for(tenant):
        (last,) = snapshots.select_events(stream, desc=True, limit=1)
        (earlier,) = snapshots.select_events(stream, lte=15)
    assert isinstance(last, Stored)
    assert (last.originator_version, last.state, earlier.originator_version) == (20, b"folded", 10)
    assert snapshots.select_events(stream) == []
    with asking_for(uuid4()):
        assert snapshots.select_events(stream) == []


def test_an_event_that_our_mapper_did_not_make_is_refused(factory):
    from eventsourcing.persistence import StoredEvent

    with pytest.raises(TypeError, match="envelope"):
        factory.application_recorder().insert_events([StoredEvent(uuid4(), 1, "t", b"s")])


def test_a_process_that_does_not_follow_has_no_log(store):
    with SealedFactory.of(store.settings, store.service, NoKeys()) as made:
        with pytest.raises(InfrastructureFactoryError, match="reader"):
            made.application_recorder().max_notification_id()
        with pytest.raises(InfrastructureFactoryError, match="views"):
            made.process_recorder()
