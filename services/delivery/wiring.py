"""The only place where the delivery service is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from services.delivery.messaging.sequencer import Sequencer
from services.delivery.messaging.taking import LISTENS
from services.delivery.views.aside import CONSUMER
from services.delivery.views.goals_agreed import GoalsAgreed
from services.delivery.views.offered import Offered
from services.delivery.views.sensitive_themes import SensitiveThemes
from services.delivery.views.subscriptions import Subscriptions
from shared.http.guard import Guard
from shared.http.outward import Outward
from shared.http.service import Bench, Plan, Work, source_of
from shared.settings import Settings
from shared.store.key_table import KeyTable
from shared.store.told import Teller


def works(bench: Bench) -> Iterable[Work]:
    """Places in the logs on one thread, webhooks on others."""
    settings, secret = bench.settings, secret_of(bench.keys)
    sending = Event()
    conninfo = settings.conninfo("delivery", "reader")
    sequencer = sequencer_of(settings, bench.keys, placed=sending.set)
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


def sequencer_of(
    settings: Settings, keys: KeyTable, placed: Callable[[], None] = lambda: None
) -> Sequencer:
    """It reads the logs themselves, also where there is Kafka (ADR 33)."""
    return Sequencer(
        settings.conninfo("delivery", "reader"),
        {name: source_of(settings, PLAN, name) for name in LISTENS},
        Teller(keys),
        secret_of(keys),
        placed,
    )


def secret_of(keys: KeyTable) -> Callable[[UUID], bytes]:
    """From which an organisation's pseudonyms, event ids and signatures follow."""
    return lambda tenant: keys.digest_key(tenant, tenant)


def takes_up(settings: Settings, keys: KeyTable) -> int:
    """Of how many people what got no place has it now."""
    sequencer = sequencer_of(settings, keys)
    try:
        return sequencer.replay_parked()
    finally:
        sequencer.close()


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
    followers={CONSUMER: LISTENS},
    takes_up=takes_up,
)
