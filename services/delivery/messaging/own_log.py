"""What was asked of a subscription and touches its log: a test, a replay, an acknowledgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.delivery.domain.offer import TEST
from services.delivery.messaging.placing import Placing, by_tenant
from services.delivery.views.places import acknowledged, due_now, place, replay
from shared.store.told import Told

ASKED_TEST, ASKED_AGAIN = "delivery.trial_asked", "delivery.replay_asked"
EVERYTHING = 2**62
ACKNOWLEDGED = "delivery.erasure_acknowledged"
GOES_ON = frozenset(
    {"delivery.subscription_enabled", "delivery.subscription_resumed", "delivery.endpoint_set"}
)
OWN = frozenset({ASKED_TEST, ASKED_AGAIN, ACKNOWLEDGED, *GOES_ON})


def heard(cursor: Any, told: Sequence[Told], placing: Placing) -> int:
    """How many of these got a place of their own: the tests."""
    return sum(one(cursor, event, placing) for event in told)


def one(cursor: Any, told: Told, placing: Placing) -> int:
    where = told.tenant, told.stream
    if told.type == ASKED_TEST:
        found = by_tenant(cursor, {told.tenant}).get(told.tenant, ())
        asked = [row for row in found if row.subscription == told.stream]
        return place(cursor, [placing.new(told, row, told.tenant, TEST) for row in asked])
    if told.type == ASKED_AGAIN:
        body = told.body
        replay(cursor, *where, body["first"], body["last"], failed=bool(body.get("failed")))
    elif told.type == ACKNOWLEDGED:
        acknowledged(cursor, *where, UUID(told.body["erasure"]), told.act.at)
    else:
        if told.type == "delivery.subscription_enabled":
            replay(cursor, *where, 1, EVERYTHING, failed=True)
        # what waited goes out now, and not when its turn would have come
        due_now(cursor, told.tenant, [told.stream])
    return 0
