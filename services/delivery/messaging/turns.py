"""Whose turn it is: each organisation in its own, and in it each endpoint."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from services.delivery.messaging.endpoint import Endpoint
from services.delivery.messaging.preparing import Job
from services.delivery.views.subscriptions import SubscriptionRow

PER_ORGANISATION = 8


class Turns:
    """What waits, by organisation and endpoint. Its caller holds a lock."""

    def __init__(self) -> None:
        self._all: OrderedDict[UUID, OrderedDict[UUID, Endpoint]] = OrderedDict()

    def of(self, one: SubscriptionRow) -> Endpoint:
        ours = self._all.setdefault(one.tenant_id, OrderedDict())
        endpoint = ours.setdefault(one.subscription, Endpoint(one))
        endpoint.subscription = one
        return endpoint

    def next(self) -> Job | None:
        """Of the organisation that has waited longest, for an endpoint that is free."""
        for tenant, ours in list(self._all.items()):
            if sum(e.sending for e in ours.values()) >= PER_ORGANISATION:
                continue
            for subscription, endpoint in list(ours.items()):
                job = endpoint.next()
                if job is not None:
                    ours.move_to_end(subscription)
                    self._all.move_to_end(tenant)
                    return job
        return None

    def keep_only(self, found: Iterable[SubscriptionRow]) -> None:
        """What waits for an endpoint that is paused, disabled or over is not sent."""
        known = {one.subscription for one in found}
        for tenant, ours in list(self._all.items()):
            for subscription, endpoint in list(ours.items()):
                if subscription not in known:
                    endpoint.jobs.clear()
                    # how it did lately is remembered for as long as it matters
                    if not endpoint.under_way and not endpoint.failures:
                        del ours[subscription]
            if not ours:
                del self._all[tenant]

    def drop_what_waits(self) -> None:
        for ours in self._all.values():
            for endpoint in ours.values():
                endpoint.jobs.clear()

    @property
    def free(self) -> int:
        """How many hands would find something to send."""
        return sum(
            min(sum(e.free for e in ours.values()), PER_ORGANISATION) for ours in self._all.values()
        )

    @property
    def busy(self) -> bool:
        return any(e.jobs or e.under_way for ours in self._all.values() for e in ours.values())
