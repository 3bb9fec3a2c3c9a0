"""The only place where the delivery service is put together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event
from uuid import UUID

from services.delivery.api import (
    endpoints,
    erasures,
    feed,
    sendings,
    snapshots,
    stream,
    subscriptions,
)
from services.delivery.ledger import DeliveryLedger
from services.delivery.messaging.disabling import Disabling
from services.delivery.messaging.preparing import Preparing
from services.delivery.messaging.sender import Sender
from services.delivery.messaging.sequencer import LISTENS, Sequencer
from services.delivery.views.goals_agreed import GoalsAgreed
from services.delivery.views.offered import Offered
from services.delivery.views.sensitive_themes import SensitiveThemes
from services.delivery.views.subscriptions import Subscriptions
from shared.http.guard import Guard
from shared.http.outward import Outward
from shared.http.service import Bench, Plan, Work
from shared.store.told import Teller


def works(bench: Bench) -> Iterable[Work]:
    """Places in the logs on one thread, webhooks on others."""
    settings, keys = bench.settings, bench.keys

    def secret(tenant: UUID) -> bytes:
        return keys.digest_key(tenant, tenant)

    sending = Event()
    conninfo = settings.conninfo("delivery", "reader")
    sequencer = Sequencer(
        conninfo,
        {name: bench.source(name) for name in LISTENS},
        Teller(keys),
        secret,
        placed=sending.set,
    )
    ledger = DeliveryLedger(bench.factory)
    pool = bench.factory.app
    sender = Sender(
        conninfo,
        pool,
        Preparing(pool, ledger, secret, f"{settings.url}/delivery"),
        Outward(Guard(settings.webhook_test_addresses)),
        Disabling(pool, ledger),
    )
    yield sequencer.run
    yield lambda stop, _: sender.run(stop, sending)


PLAN = Plan(
    name="delivery",
    title="Partenaires · Delivery",
    description="What partner systems are told, with each person's consent.",
    folder=Path(__file__).parent,
    ledger=DeliveryLedger,
    views=(Subscriptions(), Offered(), GoalsAgreed(), SensitiveThemes()),
    routes=(
        subscriptions.routes,
        endpoints.routes,
        sendings.routes,
        feed.routes,
        stream.routes,
        snapshots.routes,
        erasures.listed,
        erasures.routes,
    ),
    works=works,
)
