"""What is told of a page that was published: how many events, how long, and in whose traces."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from shared.store.cursors import Cursors
from shared.store.source import Sealed
from shared.telemetry import tracing
from shared.telemetry.attributes import (
    MESSAGES,
    MESSAGING,
    OPERATION,
    OPERATION_TYPE,
    SERVICE,
    TOPIC,
)
from shared.telemetry.instruments import MESSAGING_TIME, SENT
from shared.telemetry.kinds import RELAY

KAFKA, SEND = "kafka", "send"
Publish = Callable[[Any, Sequence[Sealed], Cursors], dict[int, int]]


def told_of_publishing(publish: Publish) -> Publish:
    """Around the sending of a page, until all of it is acknowledged."""

    @wraps(publish)
    def published(relay: Any, events: Sequence[Sealed], known: Cursors) -> dict[int, int]:
        if SENT.real is None:
            return publish(relay, events, known)
        begun, service, topic, error = time.time_ns(), relay.source.name, relay.topic, None
        try:
            found = publish(relay, events, known)
        except Exception as trouble:
            error = type(trouble).__name__
            raise
        else:
            SENT.add(len(events), service, KAFKA, SEND, topic, None)
            said = (
                (SERVICE, service), (MESSAGING, KAFKA), (OPERATION, SEND),
                (OPERATION_TYPE, SEND), (TOPIC, topic), (MESSAGES, len(events)),
            )  # fmt: skip
            traces = tracing.traces_in(event.envelope for event in events)
            tracing.after(RELAY, traces, begun, f"send {topic}", *said)
            return found
        finally:
            took = (time.time_ns() - begun) / 1e9
            MESSAGING_TIME.record(took, service, KAFKA, SEND, SEND, topic, error)

    return published
