"""The brokers of an installation: how they are reached, and which topics stand there."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import InvalidPartitionsError, KafkaError, TopicAlreadyExistsError

from shared.brokers import Kafka
from shared.kafka.reasons import UnreachableError, told_why

# whatever the client meets; to be caught beside the database's own
TROUBLE = (KafkaError, OSError)
LARGEST = 5 * 1024 * 1024  # the largest body there is, its envelope and its headers
REACH_SECONDS = 1.0
HOUR = 3_600_000
C = TypeVar("C")


@dataclass(frozen=True)
class Cluster:
    """Clients of one cluster, all set in one place."""

    told: Kafka

    def answers(self) -> bool:
        """Whether one of the brokers that were named can be reached."""
        return any(reachable(server) for server in self.told.servers)

    def topic(self, service: str) -> str:
        return f"{self.told.prefix}.{service}"

    @property
    def fences(self) -> str:
        return f"{self.told.prefix}.published"

    def producer(self, **more: Any) -> KafkaProducer:
        """Idempotent, acknowledged by all replicas in sync; it tries again by itself, nobody else."""
        return self._opened(
            KafkaProducer,
            acks="all",
            enable_idempotence=True,
            batch_size=256 * 1024,
            max_request_size=LARGEST,
            delivery_timeout_ms=45_000,
            request_timeout_ms=15_000,
            max_block_ms=10_000,
            metadata_max_age_ms=15_000,  # partitions that were added are used so soon
            metrics_enabled=False,
            **more,
        )

    def consumer(self, group: str | None, **more: Any) -> KafkaConsumer:
        """Where it has come is kept with the rows it wrote; what it commits here is only a hint."""
        return self._opened(
            KafkaConsumer,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            allow_auto_create_topics=False,
            # the least that brokers allow: the lanes of one that died wait for as long
            session_timeout_ms=6_000,
            heartbeat_interval_ms=2_000,
            metadata_max_age_ms=15_000,
            max_partition_fetch_bytes=LARGEST,
            metrics_enabled=False,
            **more,
        )

    def make_topics(self, service: str) -> None:
        """What is missing, partitions too; what is there keeps the settings it was given."""
        topic = self.topic(service)
        wanted = {
            topic: {
                "num_partitions": self.told.partitions,
                "configs": {
                    "cleanup.policy": "delete",
                    "retention.ms": str(self.told.retention_hours * HOUR),
                    "max.message.bytes": str(LARGEST),
                },
            },
            self.fences: {"num_partitions": 1, "configs": {"cleanup.policy": "compact"}},
        }
        with closing(self._opened(KafkaAdminClient)) as admin:
            for name in wanted.keys() - set(admin.list_topics()):
                try:
                    admin.create_topics({name: wanted[name]}, wait_for_metadata=True)
                except TopicAlreadyExistsError:  # by another relay, meanwhile
                    continue
            (found,) = admin.describe_topics([topic])
            if len(found["partitions"]) < self.told.partitions:
                with suppress(InvalidPartitionsError):  # somebody else was quicker
                    admin.create_partitions({topic: self.told.partitions})

    def _opened(self, client: Callable[..., C], **more: Any) -> C:
        reached = self._reached()
        with told_why(self.told.servers, signing_in=self.told.security == "SASL_SSL"):
            return client(**reached, **more)

    def _reached(self) -> dict[str, Any]:
        """Asked first: a client that meets nobody would wait half a minute, and leave a thread."""
        if not self.answers():
            raise UnreachableError(", ".join(self.told.servers))
        return {
            "bootstrap_servers": list(self.told.servers),
            "bootstrap_timeout_ms": 5_000,
            "reconnect_backoff_max_ms": 1_000,
            "client_id": "cosigne",
            **self._security(),
        }

    def _security(self) -> Mapping[str, Any]:
        told = self.told
        if told.security == "PLAINTEXT":
            return {}
        kept = {"security_protocol": told.security}
        context = ssl.create_default_context(cafile=told.ca)
        if told.security == "SSL":
            return {**kept, "ssl_context": context}
        return {
            **kept,
            "ssl_context": context,
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": told.user,
            "sasl_plain_password": told.password,
        }


def reachable(server: str) -> bool:
    host, _, port = server.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), REACH_SECONDS):
            return True
    except (OSError, ValueError):
        return False
