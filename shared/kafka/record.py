"""A sealed event as a record of Kafka: CloudEvents in binary mode, its words still ciphertext.

Beside what the standard names, each record says where it belongs: `era`, `lane`, `gpos`, and
`laneprev`, the position before it in its lane, so that whoever reads sees at once what is missing.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import orjson

from shared.store.codec import uuid_of
from shared.store.source import Sealed, lane_of

CONTENT = b"application/vnd.cosigne.sealed"
WIDTH = 20  # of a sequence, so that its text sorts as its number does
Headers = list[tuple[str, bytes]]


class StrangeRecordError(Exception):
    """Not a record of ours: nothing in it is believed."""


class Arrived(NamedTuple):
    """An event, and the one before it in its lane."""

    event: Sealed
    before: int


class Sent(NamedTuple):
    """What is given to the producer."""

    key: bytes
    value: bytes | None
    headers: Headers


def record_of(event: Sealed, before: int) -> Sent:
    said: dict[str, Any] = orjson.loads(event.envelope)
    lane = b"%d" % event.lane
    headers: Headers = [
        ("content-type", CONTENT),
        ("ce_specversion", b"1.0"),
        ("ce_id", said["id"].encode()),
        ("ce_source", f"urn:cosigne:{event.tenant_id}:{said['service']}".encode()),
        ("ce_type", f"org.cosigne.{said['type']}.v{said['v']}".encode()),
        ("ce_subject", str(event.subject_id).encode()),
        ("ce_time", said["recorded_at"].encode()),
        ("ce_sequence", b"%020d" % event.position),
        ("ce_partitionkey", lane),
        ("ce_era", b"%d" % event.era),
        ("ce_lane", lane),
        ("ce_gpos", b"%d" % event.gpos),
        ("ce_laneprev", b"%d" % before),
        ("ce_stream", str(event.stream_id).encode()),
        ("ce_streamversion", b"%d" % event.version),
        ("envelope", event.envelope),
        ("leaf", event.leaf),
    ]
    if "traceparent" in said:
        headers.append(("ce_traceparent", said["traceparent"].encode()))
    return Sent(lane, event.body, headers)


def arrived(headers: Headers, value: bytes | None) -> Arrived:
    """Raises StrangeRecordError; whether the words are what was written is seen when they are opened."""
    told = dict(headers)
    try:
        event = Sealed(
            gpos=int(told["ce_gpos"]),
            era=int(told["ce_era"]),
            tenant_id=tenant_of(told["ce_source"].decode()),
            position=int(told["ce_sequence"]),
            lane=int(told["ce_lane"]),
            stream_id=UUID(told["ce_stream"].decode()),
            version=int(told["ce_streamversion"]),
            subject_id=uuid_of(told["ce_subject"].decode()),
            envelope=told["envelope"],
            body=value,
            leaf=told["leaf"],
        )
        before = int(told["ce_laneprev"])
        if event.lane != lane_of(event.tenant_id, event.subject_id):
            raise StrangeRecordError("lane")
        return Arrived(event, before)
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise StrangeRecordError(type(error).__name__) from error


def tenant_of(source: str) -> UUID:
    return uuid_of(source.split(":")[2])
