"""What is told of appending: how many events, how long until they stood, how often someone was faster."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from shared.store.appending import Appended, Appending, Conflict
from shared.telemetry import tracing
from shared.telemetry.attributes import EVENTS, OUTCOME, SERVICE
from shared.telemetry.instruments import APPENDED, APPENDING, CONFLICTS
from shared.telemetry.kinds import APPEND


@contextmanager
def observed(
    service: str | None, batch: Sequence[Appending]
) -> Iterator[list[Appended | Conflict]]:
    """Around the statement, which leaves its outcomes in the list."""
    outcomes: list[Appended | Conflict] = []
    if APPENDED.real is None:
        yield outcomes
        return
    begun = time.perf_counter()
    with tracing.doing(APPEND) as span:
        yield outcomes
        stored = zip(batch, outcomes, strict=True)
        events = sum(len(one.rows) for one, how in stored if isinstance(how, Appended))
        conflicts = sum(isinstance(how, Conflict) for how in outcomes)
        span.say(SERVICE, service)
        span.say(EVENTS, events)
        span.say(OUTCOME, "conflict" if conflicts else "stored")
    APPENDING.record(time.perf_counter() - begun, service)
    if events:
        APPENDED.add(events, service)
    if conflicts:
        CONFLICTS.add(conflicts, service)
