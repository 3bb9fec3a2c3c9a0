"""A sealer or a relay that is told to stop leaves its place to another one at once: real processes."""

from __future__ import annotations

import signal
import time
from uuid import uuid4

import pytest

from shared.kafka.relayed import RELAY
from shared.postgres.arrays import take_arrays
from shared.store.appending import append
from tests.support.appending import one
from tests.support.installation import eventually
from tests.support.separate import cosigne

pytestmark = pytest.mark.slow
SOON = 120  # seconds, on a busy machine
AT_ONCE = 10.0  # of a busy machine; a lease, if there were one, would be longer

PUBLISHED = "SELECT max(gpos) FROM lane_cursor WHERE consumer = %s AND lane = -1"


class Writing:
    """Appends one event after the other, and looks how long each takes until it has its place."""

    def __init__(self, store, tenant):
        self.app, self.sealer = store.connect("app"), store.connect("sealer")
        take_arrays(self.app)
        self.tenant, self.stream, self.version = tenant, uuid4(), 0

    def write(self):
        self.version += 1
        told = {"service": "assessment", "v": 1, "recorded_at": "2025-11-10T14:00:00+00:00"}
        append(self.app, one(self.tenant, self.stream, self.version, **told))

    def sealed(self):
        return self.sealer.execute("SELECT gpos FROM published_head").fetchone() == (self.version,)

    def seconds_until(self, there):
        begun = time.monotonic()
        self.write()
        eventually(there, SOON)
        return time.monotonic() - begun


def given(store, **more):
    settings = store.settings
    return {
        "COSIGNE_ASSESSMENT_DATABASE_URL": settings.databases["assessment"],
        "COSIGNE_DATABASE_SECRET": settings.database_secret,
        "COSIGNE_LANG": "en",
        **more,
    }


def begun(*processes):
    for process in processes:
        process.answers("/live")
        eventually(lambda p=process: p.ask("/ready").json()["checks"]["started"], SOON)


@pytest.mark.parametrize("told_to_stop", [0, 1])
def test_when_one_of_two_sealers_stops_the_other_goes_on_at_once(store, tenant, told_to_stop):
    words = ("seal", "--service", "assessment", "--health", "ADDRESS")
    writing = Writing(store, tenant)
    with cosigne(*words, given=given(store)) as one_, cosigne(*words, given=given(store)) as other:
        begun(one_, other)
        writing.seconds_until(writing.sealed)
        leaving = (one_, other)[told_to_stop]
        leaving.send(signal.SIGTERM)
        assert writing.seconds_until(writing.sealed) < AT_ONCE
        assert leaving.ends() == 0
        assert writing.seconds_until(writing.sealed) < AT_ONCE


def test_when_one_of_two_relays_stops_the_other_goes_on_at_once(store, tenant, broker, cluster):
    brokers = {
        "COSIGNE_KAFKA": broker.bootstrap,
        "COSIGNE_KAFKA_PREFIX": cluster.told.prefix,
        "COSIGNE_KAFKA_PARTITIONS": str(cluster.told.partitions),
    }
    seal = ("seal", "--service", "assessment", "--health", "ADDRESS")
    relay = ("relay", "--service", "assessment", "--health", "ADDRESS")
    writing = Writing(store, tenant)

    reader = store.connect("reader")

    def published():
        return reader.execute(PUBLISHED, (RELAY,)).fetchone() == (writing.version,)

    with (
        cosigne(*seal, given=given(store)) as sealer,
        cosigne(*relay, given=given(store, **brokers)) as leaving,
    ):
        begun(sealer, leaving)
        writing.seconds_until(published)
        with cosigne(*relay, given=given(store, **brokers)) as other:
            begun(other)
            leaving.send(signal.SIGTERM)
            assert writing.seconds_until(published) < AT_ONCE
            assert leaving.ends() == 0
            assert writing.seconds_until(published) < AT_ONCE
