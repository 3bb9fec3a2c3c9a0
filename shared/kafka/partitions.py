"""One member of a group of consumers: its partitions, what they bring, and how far that was used.

Where a reader has come is kept in its database. What is committed here only saves reading again.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

from shared.kafka.cluster import TROUBLE, Cluster
from shared.kafka.record import Arrived, StrangeRecordError, arrived
from shared.store.source import LANES
from shared.telemetry.words import Word

COMMIT_SECONDS = 1.0
SILENT_SECONDS = 5.0
AT_ONCE = 2000  # records
JOIN_MILLISECONDS = 300
Used = tuple[int, int, int]  # offset, lane, position

log = logging.getLogger("cosigne.kafka")


class Partitions:
    """What of a topic is this member's. Raises what the client raises; then it is to be closed."""

    def __init__(self, cluster: Cluster, service: str, group: str) -> None:
        self.topic = cluster.topic(service)
        cluster.make_topics(service)
        self._consumer: KafkaConsumer = cluster.consumer(group)
        self._consumer.subscribe([self.topic])
        self.mine: frozenset[int] = frozenset()
        self.count = 0
        self._heard: dict[int, float] = {}
        self._read: dict[int, int] = {}  # the offset after the last record that came
        self._unused: dict[int, deque[Used]] = defaultdict(deque)
        self._useful: dict[int, int] = {}  # the offset after the last record that was used
        self._committed = time.monotonic()

    @property
    def lanes(self) -> frozenset[int]:
        """Those that are sent to a partition of ours; others may still have something in one."""
        return frozenset(lane for lane in range(LANES) if self.partition(lane) in self.mine)

    def partition(self, lane: int) -> int:
        return lane % self.count if self.count else -1

    def poll(self, full: Collection[int]) -> tuple[list[Arrived], bool]:
        """What has come, and whether the partitions that are ours are others than before.

        Nothing more is fetched from those that are `full`.
        """
        self._pause(full)
        # a group's answer that comes between two polls is thrown away by the client, who asks anew
        joining = self._consumer._coordinator.need_rejoin()  # noqa: SLF001 - nobody else tells
        patience = JOIN_MILLISECONDS if joining else 0
        found = self._consumer.poll(timeout_ms=patience, max_records=AT_ONCE)
        moved = self._look()
        return [one for of, records in found.items() for one in self._told(of, records)], moved

    def quiet(self, lane: int) -> bool:
        """Whether nothing more comes of this lane for now: all was read, or nothing is heard."""
        partition = self.partition(lane)
        if partition not in self.mine:
            return False
        if time.monotonic() - self._heard[partition] > SILENT_SECONDS:
            return True
        end = self._consumer.highwater(TopicPartition(self.topic, partition))
        return end is not None and self._read.get(partition) == end

    def used(self, stood: Mapping[int, int]) -> None:
        """All up to here is in the views: commit now and then what need not be read again."""
        for partition, unused in self._unused.items():
            while unused and unused[0][2] <= stood[unused[0][1]]:
                self._useful[partition] = unused.popleft()[0] + 1
        if self._useful and time.monotonic() - self._committed > COMMIT_SECONDS:
            self._consumer.commit_async(
                {
                    TopicPartition(self.topic, partition): OffsetAndMetadata(offset, "", -1)
                    for partition, offset in self._useful.items()
                }
            )
            self._useful, self._committed = {}, time.monotonic()

    def close(self) -> None:
        with suppress(*TROUBLE):
            self._consumer.close(timeout_ms=2000)

    def _pause(self, full: Collection[int]) -> None:
        paused = {of.partition for of in self._consumer.paused()}
        wanted = self.mine & frozenset(full)
        self._consumer.pause(*self._named(wanted - paused))
        self._consumer.resume(*self._named((paused & self.mine) - wanted))

    def _named(self, partitions: Iterable[int]) -> list[TopicPartition]:
        return [TopicPartition(self.topic, partition) for partition in partitions]

    def _look(self) -> bool:
        mine = frozenset(of.partition for of in self._consumer.assignment())
        # asked only where it is known: it waits for the brokers otherwise
        count = len(self._consumer.partitions_for_topic(self.topic)) if mine else 0
        if (mine, count) == (self.mine, self.count):
            return False
        now = time.monotonic()
        self._heard = dict.fromkeys(mine, now)
        for kept in (self._unused, self._useful, self._read):
            for partition in kept.keys() - mine:
                del kept[partition]
        self.mine, self.count = mine, count
        return True

    def _told(self, of: TopicPartition, records: Iterable[Any]) -> Iterator[Arrived]:
        self._heard[of.partition] = time.monotonic()
        for record in records:
            self._read[of.partition] = record.offset + 1
            try:
                one = arrived(record.headers, record.value)
            except StrangeRecordError as reason:
                # what it should have been is missed in its lane, and read from the log
                log.warning("a strange record at %s/%s: %s", Word(of), record.offset, reason)
                continue
            self._unused[of.partition].append((record.offset, one.event.lane, one.event.gpos))
            yield one
