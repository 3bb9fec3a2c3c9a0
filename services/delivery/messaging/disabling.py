"""Stops the webhooks of an endpoint that says it is gone, or that nothing has reached for days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid5

from services.delivery.domain.commands import DisableSubscription
from services.delivery.domain.subscription import FAILING, Subscription
from services.delivery.ledger import DeliveryLedger
from services.delivery.views.sending import last_done
from services.delivery.views.subscriptions import SubscriptionRow
from shared.kernel import Act, Refused
from shared.postgres.pool import Pool, in_tenant

DEAD_AFTER = timedelta(days=3)


class Disabling:
    """Recorded as the partner's: it is what its endpoint says. Nothing is lost meanwhile."""

    def __init__(self, pool: Pool, ledger: DeliveryLedger) -> None:
        self._pool, self._ledger = pool, ledger

    def disable(self, one: SubscriptionRow, reason: str) -> None:
        """One event that never arrives is given up; an endpoint where none does is, as well."""
        if reason == FAILING and not self._is_dead(one):
            return
        now = datetime.now(UTC)
        act = Act(
            tenant=one.tenant_id,
            subject=one.tenant_id,
            actor=one.partner,
            author=one.partner,
            at=now,
            occurred=now,
            command=uuid5(one.subscription, f"disable {now.isoformat()}"),
        )
        try:
            self._ledger.execute(
                Subscription,
                DisableSubscription(act=act, stream=one.subscription, reason=reason),
            )
        except Refused:
            return  # it has ended meanwhile

    def _is_dead(self, one: SubscriptionRow) -> bool:
        with in_tenant(self._pool, one.tenant_id) as connection:
            arrived = last_done(connection, one.tenant_id, one.subscription)
        return arrived is None or arrived < datetime.now(UTC) - DEAD_AFTER
