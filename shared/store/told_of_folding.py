"""What is told of a page folded into a view: how many events, how long, and in whose traces."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from shared.postgres.pool import service_of
from shared.store.consumers import Consumer, wants
from shared.store.passing import Passed
from shared.store.told import Told
from shared.telemetry import tracing
from shared.telemetry.attributes import EVENTS, SERVICE, SOURCE, VIEW
from shared.telemetry.instruments import PROJECTED, PROJECTING
from shared.telemetry.kinds import PROJECT

Fold = Callable[[Any, Consumer, Passed, dict[int, Told]], None]


def told_of_folding(fold: Fold) -> Fold:
    """Around the transaction of one view; nothing where telemetry is off."""

    @wraps(fold)
    def folded(projector: Any, consumer: Consumer, passed: Passed, told: dict[int, Told]) -> None:
        if PROJECTED.real is None:
            fold(projector, consumer, passed, told)
            return
        begun = time.time_ns()
        fold(projector, consumer, passed, told)
        service, view, source = service_of(projector.conninfo), consumer.view.name, passed.source
        PROJECTED.add(passed.count, service, view, source.name)
        PROJECTING.record((time.time_ns() - begun) / 1e9, service, view, source.name)
        heard = (e.envelope for e in passed.fresh if wants(consumer.view, e))
        said = ((SERVICE, service), (VIEW, view), (SOURCE, source.name), (EVENTS, passed.count))
        tracing.after(PROJECT, tracing.traces_in(heard), begun, "", *said)

    return folded
