"""What is told of events that go by Kafka: sent, arrived and folded, in the trace of their command."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from shared.kernel import Act
from shared.telemetry import process
from tests.support.otlp import receiving, said
from tests.support.phrases import Phrases, PhraseSaid

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def seen(monkeypatch):
    with receiving() as receiver:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint)
        began = process.begin("cosigne-test", os.environ)
        yield receiver, began.sending
        began.end()


def say(telling, trace, version):
    at = datetime.now(UTC)
    act = Act(
        tenant=telling.tenant, subject=telling.her, actor=telling.her, author=telling.her,
        at=at, occurred=at, command=uuid4(), traceparent=trace,
    )  # fmt: skip
    telling.ledger.record([PhraseSaid(telling.her, version, at, act, phrase="un secret")])


def test_the_trace_of_a_command_goes_on_by_kafka(by_kafka, seen):
    receiver, sending = seen
    for version, trace in enumerate((TRACE, TRACE, None, TRACE[:-2] + "00"), 1):
        say(by_kafka.telling, trace, version)
    projector = by_kafka.projector(Phrases())
    by_kafka.sealed()
    by_kafka.caught_up(projector)
    sending.flush()
    assert {span.trace_id.hex() for span in receiver.spans} == {TRACE[3:35]}
    assert {span.parent_span_id.hex() for span in receiver.spans} == {TRACE[36:52]}
    topic = by_kafka.relay.topic
    [sent] = [span for span in receiver.spans if span.name == f"send {topic}"]
    assert (sent.kind, said(sent.attributes)) == (
        4,  # a producer
        {
            "cosigne.service": "assessment",
            "messaging.system": "kafka",
            "messaging.operation.name": "send",
            "messaging.operation.type": "send",
            "messaging.destination.name": topic,
            "messaging.batch.message_count": 4,
        },
    )
    folded = [said(s.attributes)["cosigne.view"] for s in receiver.spans if s.name == "project"]
    assert "phrases" in folded
    [(apart, point)] = receiver.points("messaging.client.sent.messages")
    assert (apart["messaging.destination.name"], point.as_int) == (topic, 4)
    [(_, came)] = receiver.points("messaging.client.consumed.messages")
    assert came.as_int == 4
    [(_, took)] = receiver.points("messaging.client.operation.duration")
    assert took.count == 1
    assert "un secret" not in receiver.everything()
    assert str(by_kafka.telling.her) not in receiver.everything()
