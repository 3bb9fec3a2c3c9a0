"""How deliveries to partners stand: what waits for each subscription, since when, and what stopped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.postgres.pool import connect
from shared.settings import Settings

DELIVERIES = """
SELECT s.tenant_id, s.subscription, w.waiting, w.given_up,
       coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0),
       CASE WHEN s.paused THEN 'paused' WHEN s.url IS NULL THEN 'feed' ELSE s.disabled END
  FROM subscriptions s CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = 0) AS waiting, count(*) FILTER (WHERE state = 2) AS given_up,
           min(made_at) FILTER (WHERE state = 0) AS oldest
      FROM delivery d WHERE d.tenant_id = s.tenant_id AND d.subscription = s.subscription
       AND d.state IN (0, 2)) w
 WHERE NOT s.ended ORDER BY w.oldest NULLS LAST, s.tenant_id, s.subscription
"""


@dataclass(frozen=True)
class Delivery:
    """One subscription's webhooks; `stopped`: paused, feed (none are asked for), gone or failing."""

    tenant: UUID
    subscription: UUID
    waiting: int
    given_up: int
    seconds: float
    stopped: str | None

    @property
    def disabled(self) -> bool:
        return self.stopped in ("gone", "failing")


def deliveries(settings: Settings) -> list[Delivery]:
    """Of every subscription that has not ended, what has waited longest first."""
    with connect(settings.conninfo("delivery", "reader")) as reader:
        rows = reader.execute(DELIVERIES).fetchall()
    return [
        Delivery(tenant, subscription, waiting, given_up, float(waited), stopped)
        for tenant, subscription, waiting, given_up, waited, stopped in rows
    ]
