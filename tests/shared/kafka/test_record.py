"""A record of Kafka: CloudEvents' own names, where it belongs, and no word that anybody said."""

from datetime import datetime
from uuid import UUID

import orjson
import pytest
from cloudevents.kafka import KafkaMessage, from_binary, to_binary
from hypothesis import given

from shared.kafka.record import StrangeRecordError, arrived, record_of
from shared.store.envelope import envelope_of
from shared.store.source import Sealed, lane_of
from tests.support.sample import any_fact


def sealed(fact, body: bytes | None) -> Sealed:
    act = fact.act
    lane = lane_of(act.tenant, act.subject)
    place = (fact.originator_id, fact.originator_version, act.subject)
    envelope = envelope_of(fact, "subject.1")
    return Sealed(4321, 2, act.tenant, 17, lane, *place, envelope, body, b"\x07" * 32)


@given(any_fact)
def test_what_arrives_is_what_was_sealed(fact) -> None:
    event = sealed(fact, b"ciphertext")
    sent = record_of(event, 4300)
    one = arrived(sent.headers, sent.value)
    assert one.event == event
    assert one.before == 4300


@given(any_fact)
def test_an_event_whose_words_are_gone_stays_one(fact) -> None:
    event = sealed(fact, None)
    sent = record_of(event, 0)
    assert sent.value is None
    assert sent.key  # without a key, too, the client refuses it
    assert arrived(sent.headers, sent.value).event == event


@given(any_fact)
def test_it_is_named_as_cloudevents_names_things(fact) -> None:
    told = dict(record_of(sealed(fact, b"ciphertext"), 4300).headers)
    assert told["ce_specversion"] == b"1.0"
    assert UUID(told["ce_id"].decode()) == fact.id
    assert told["ce_source"].decode() == f"urn:cosigne:{fact.act.tenant}:sample"
    assert told["ce_type"].decode() == f"org.cosigne.{fact.TOPIC}.v{fact.class_version}"
    assert told["ce_subject"].decode() == str(fact.act.subject)
    assert told["ce_time"].decode() == orjson.loads(told["envelope"])["recorded_at"]
    assert told["ce_sequence"] == b"00000000000000000017"
    assert told["ce_traceparent" if fact.act.traceparent else "ce_id"]
    names = [name.removeprefix("ce_") for name in told if name.startswith("ce_")]
    assert all(name.isalnum() and name.islower() and len(name) <= 20 for name in names)


@given(any_fact)
def test_the_official_package_reads_it_as_an_event(fact) -> None:
    sent = record_of(sealed(fact, b"ciphertext"), 4300)
    message = KafkaMessage(dict(sent.headers), sent.key, sent.value)
    read = from_binary(message, data_unmarshaller=bytes)
    assert read["id"] == str(fact.id)
    assert read["type"] == f"org.cosigne.{fact.TOPIC}.v{fact.class_version}"
    assert read["subject"] == str(fact.act.subject)
    assert datetime.fromisoformat(read["time"]) == fact.timestamp
    assert read["datacontenttype"] == "application/vnd.cosigne.sealed"
    assert read["gpos"] == "4321"
    assert read.get_data() == b"ciphertext"
    # and the way back: no name of ours is one that it writes otherwise
    again = to_binary(read, data_marshaller=bytes)
    ours = {name: value for name, value in sent.headers if name not in OWN}
    assert (again.key, again.value, again.headers) == (sent.key, sent.value, ours)


@pytest.mark.parametrize("name", ["ce_gpos", "ce_laneprev", "ce_source", "envelope", "leaf"])
def test_a_record_that_lacks_something_is_none_of_ours(name: str) -> None:
    tenant, subject = UUID(int=1), UUID(int=3)
    lane = lane_of(tenant, subject)
    event = Sealed(1, 1, tenant, 1, lane, UUID(int=2), 1, subject, ENVELOPE, b"x", b"y")
    sent = record_of(event, 0)
    assert arrived(sent.headers, sent.value).event == event
    with pytest.raises(StrangeRecordError):
        arrived([header for header in sent.headers if header[0] != name], sent.value)
    with pytest.raises(StrangeRecordError):
        arrived([("ce_gpos", b"many"), *sent.headers[:3]], sent.value)


def test_a_record_in_a_lane_that_is_not_its_persons_is_none_of_ours() -> None:
    tenant, subject = UUID(int=1), UUID(int=3)
    for lane in (99, (lane_of(tenant, subject) + 1) % 64):
        event = Sealed(1, 1, tenant, 1, lane, UUID(int=2), 1, subject, ENVELOPE, b"x", b"y")
        sent = record_of(event, 0)
        with pytest.raises(StrangeRecordError):
            arrived(sent.headers, sent.value)


# beside the event: what a reader of ours believes, and what the package takes from the key
OWN = ("envelope", "leaf", "ce_partitionkey")
ENVELOPE = orjson.dumps(
    {
        "id": str(UUID(int=9)),
        "service": "sample",
        "type": "sample.line_put",
        "v": 1,
        "recorded_at": "2030-01-01T00:00:00.000000Z",
    }
)
