"""Relays and consumers as processes of their own, as `cosigne relay` and `cosigne work` run them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.context import SpawnProcess
from typing import Any
from uuid import UUID

from bench.ledger import Heard
from shared.http.service import keys_of
from shared.kafka.cluster import Cluster
from shared.kafka.record import record_of
from shared.kafka.relayed import RELAY, RelayedLog
from shared.kafka.source import KafkaLog
from shared.postgres.pool import connect
from shared.settings import KEYS, SERVICES, Settings, url_of
from shared.store.garbage import collect_rarely
from shared.store.projector import Projector
from shared.store.sealer import Sealer
from shared.store.source import SealedLog
from shared.store.subjects import SubjectLog
from shared.store.tables import create_tables
from shared.store.told import Teller

SOURCE = "assessment"
HELD = "SELECT subject_id, heard FROM heard_v1"
PUBLISHED = "SELECT max(gpos) FROM lane_cursor WHERE consumer = %s AND source = %s AND lane = -1"
FLOOR = "SELECT gpos FROM lane_cursor WHERE consumer = 'heard_v1' AND lane = -1"


def relaying(settings: Settings) -> None:
    """Becomes `cosigne relay` itself, as an operator starts it."""
    kafka = cluster(settings).told
    # the rest of what every process of ours is told; it relays this log only
    urls = {url_of(name): settings.databases[SOURCE] for name in (*SERVICES, KEYS)}
    told = {
        **urls,
        "COSIGNE_DATABASE_SECRET": settings.database_secret,
        "COSIGNE_KEYS_FOLDER": str(settings.keys_folder),
        "COSIGNE_OIDC_ISSUER": "http://127.0.0.1/issuer",
        "COSIGNE_KAFKA": ",".join(kafka.servers),
        "COSIGNE_KAFKA_PREFIX": kafka.prefix,
        "COSIGNE_KAFKA_PARTITIONS": str(kafka.partitions),
    }
    command = [sys.executable, "-m", "cosigne", "relay", "--service", SOURCE]
    os.execve(sys.executable, command, {**os.environ, **told})  # noqa: S606 - our own program


def following(settings: Settings, service: str) -> None:
    """One consumer of that service: several of the same share the lanes."""
    collect_rarely()
    with keys_of(settings) as keys:
        log = RelayedLog(SOURCE, settings.conninfo(SOURCE, "relay"))
        followed = KafkaLog(log, cluster(settings), f"{prefix(settings)}.{service}.heard")
        projector = Projector(
            settings.conninfo(service, "reader"), {SOURCE: followed}, [Heard()], Teller(keys)
        )
        projector.run(threading.Event())


def sealing(settings: Settings) -> None:
    """The sealer, and the index by subject that a repair may ask."""
    collect_rarely()
    wake, stop = threading.Event(), threading.Event()
    reader = settings.conninfo(SOURCE, "reader")
    sealer = Sealer(settings.conninfo(SOURCE, "sealer"), sealed=wake.set)
    with keys_of(settings) as keys:
        source = SealedLog(SOURCE, reader)
        projector = Projector(reader, {SOURCE: source}, [SubjectLog(SOURCE)], Teller(keys))
        threading.Thread(target=projector.run, args=(stop, wake), daemon=True).start()
        sealer.run(stop)


def cluster(settings: Settings) -> Cluster:
    if settings.kafka is None:
        raise SystemExit("no brokers were named")
    return Cluster(settings.kafka)


def prefix(settings: Settings) -> str:
    return cluster(settings).told.prefix


@dataclass
class Processes:
    """Started, killed, frozen and started again by name."""

    settings: Settings
    running: dict[str, SpawnProcess] = field(default_factory=dict)

    def start(self, name: str, work: Callable[..., None], *given: Any) -> None:
        spawn = multiprocessing.get_context("spawn")
        process = spawn.Process(target=work, args=(self.settings, *given), daemon=True)
        process.start()
        self.running[name] = process

    def send(self, name: str, number: signal.Signals) -> None:
        os.kill(int(self.running[name].pid or 0), number)

    def kill(self, name: str) -> None:
        """As `kill -9`: nothing is said, nothing is put in order."""
        process = self.running.pop(name)
        process.kill()
        process.join()

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)


def prepared(settings: Settings, services: Sequence[str]) -> None:
    """The tables of the view that keeps everything it is told."""
    for service in services:
        with connect(settings.conninfo(service, "owner")) as owner:
            create_tables(owner, service, Heard())
    with connect(settings.conninfo(SOURCE, "owner")) as owner:
        create_tables(owner, SOURCE, SubjectLog(SOURCE))


def held(settings: Settings, service: str) -> Mapping[UUID, Sequence[str]]:
    with connect(settings.conninfo(service, "reader")) as reader:
        return dict(reader.execute(HELD).fetchall())


def floor(settings: Settings, service: str) -> int:
    with connect(settings.conninfo(service, "reader")) as reader:
        return int((reader.execute(FLOOR).fetchone() or (0,))[0])


def head(settings: Settings) -> int:
    with closing(SealedLog(SOURCE, settings.conninfo(SOURCE, "relay"))) as log:
        return log.head().head


def published(settings: Settings) -> int:
    """How far relays have come: the brokers have acknowledged so much."""
    with connect(settings.conninfo(SOURCE, "reader")) as reader:
        return int((reader.execute(PUBLISHED, (RELAY, SOURCE)).fetchone() or (0,))[0] or 0)


def sent_again(settings: Settings, upto: int, number: int) -> int:
    """Force duplicates: the last records before a position once more, and the last one first."""
    before: dict[int, int] = {}
    records = []
    with closing(SealedLog(SOURCE, settings.conninfo(SOURCE, "relay"))) as log:
        for event in log.page(0, upto).events:
            records.append((event.lane, record_of(event, before.get(event.lane, 0))))
            before[event.lane] = event.gpos
    topic = cluster(settings).topic(SOURCE)
    with closing(cluster(settings).producer()) as producer:
        partitions = len(producer.partitions_for(topic))
        for lane, (key, value, headers) in reversed(records[-number:]):
            partition = lane % partitions
            producer.send(topic, key=key, value=value, headers=headers, partition=partition)
        producer.flush()
    return len(records[-number:])
