"""How events of other services come to a worker: by Kafka where there are brokers, else directly.

Apart from `shared.http.service`, so that only processes that follow somebody load Kafka's client.
"""

from __future__ import annotations

from collections.abc import Collection

from shared.brokers import Kafka
from shared.http.service import Plan, source_of
from shared.kafka.cluster import Cluster
from shared.kafka.relay import Relay
from shared.kafka.relayed import RelayedLog
from shared.kafka.source import KafkaLog
from shared.settings import Settings
from shared.store.source import Source


def followed_of(
    settings: Settings, plan: Plan, followed: Collection[str], purpose: str
) -> dict[str, Source]:
    """Processes with the same purpose share out the lanes; a service reads its own log directly."""
    sources: dict[str, Source] = {
        name: source_of(settings, plan, name) for name in sorted(followed)
    }
    if settings.kafka is None:
        return sources
    cluster = Cluster(settings.kafka)
    others = {
        name: KafkaLog(
            RelayedLog(name, settings.conninfo(name, "relay")),
            cluster,
            f"{settings.kafka.prefix}.{plan.name}.{purpose}.{name}",
        )
        for name in sources.keys() - {plan.name}
    }
    return {**sources, **others}


def brokers_answer(kafka: Kafka) -> bool:
    return Cluster(kafka).answers()


def relay_of(settings: Settings, plan: Plan) -> Relay | None:
    """Nothing is relayed without brokers."""
    if settings.kafka is None:
        return None
    source = source_of(settings, plan, plan.name)
    return Relay(source, settings.conninfo(plan.name, "reader"), Cluster(settings.kafka))
