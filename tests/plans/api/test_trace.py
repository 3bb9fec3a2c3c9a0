"""The trace of a command is the one of the events that it caused, up to the record of Kafka."""

from __future__ import annotations

from contextlib import closing

import pytest

from shared.kafka.record import record_of
from shared.store.source import SealedLog
from tests.plans.api.hers import opened

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize(
    ("sent", "kept"), [(TRACE, TRACE.encode()), (None, None), ("00-zz-zz-01", None)]
)
def test_the_trace_that_the_caller_sent_reaches_kafka_with_the_event(house, sent, kept):
    hers = opened(house)
    headers = {"traceparent": sent} if sent else {}
    told = house.person.client.post(
        f"{hers.path}/goals", json={"words": "Une clé."}, headers=headers
    )
    [entry] = told.json()["entries"]
    house.installation.settled()
    log = SealedLog("plans", house.installation.settings.conninfo("plans", "relay"))
    upto = house.installation.sealed_head("plans")
    with closing(log):
        events = log.of_subject(house.tenant, house.person.id, upto)
    records = [dict(record_of(event, 0).headers) for event in events]
    [record] = [one for one in records if one["ce_id"].decode() == entry]
    assert record.get("ce_traceparent") == kept
