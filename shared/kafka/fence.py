"""The fence: up to which position a log may have been published, kept outside its own server.

A server restored from a backup, or a standby promoted too early, may know less than was published.
It must not give the same positions to other events: what stands here is what it is asked about.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import closing
from uuid import uuid4

from kafka import KafkaProducer, TopicPartition

from shared.kafka.cluster import Cluster

PATIENCE = 30.0


class Fence:
    """Written before anything is published. Each process has a line of its own; the highest counts.

    One line for all would be lowered by whoever was frozen for a while and goes on.
    """

    def __init__(self, cluster: Cluster, producer: KafkaProducer) -> None:
        self._cluster, self._producer = cluster, producer
        self._line = f"{socket.gethostname()}-{uuid4().hex[:12]}"

    def put(self, service: str, era: int, gpos: int) -> None:
        """Returns once all replicas in sync have it."""
        key = f"{service}/{era}/{self._line}".encode()
        sent = self._producer.send(self._cluster.fences, key=key, value=b"%d" % gpos, partition=0)
        sent.get(PATIENCE)


def fences(cluster: Cluster) -> Mapping[tuple[str, int], int]:
    """By service and era, the highest position that anybody may have published."""
    found: dict[tuple[str, int], int] = {}
    with closing(cluster.consumer(None)) as consumer:
        whole = TopicPartition(cluster.fences, 0)
        end = consumer.end_offsets([whole])[whole]
        consumer.assign([whole])
        consumer.seek_to_beginning(whole)
        until = time.monotonic() + PATIENCE
        while consumer.position(whole) < end:
            if time.monotonic() > until:
                raise TimeoutError("the fences cannot be read")
            for records in consumer.poll(timeout_ms=500).values():
                for record in records:
                    service, era, _ = record.key.decode().split("/")
                    highest = found.get((service, int(era)), 0)
                    found[service, int(era)] = max(highest, int(record.value))
    return found


def fenced(cluster: Cluster) -> list[tuple[str, int, int]]:
    """The same as lines: service, era, position."""
    return [(service, era, gpos) for (service, era), gpos in sorted(fences(cluster).items())]
