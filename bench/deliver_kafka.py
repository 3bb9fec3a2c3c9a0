"""The part of Kafka: how fast the relay is beside a bare producer, and two consumers beside one.

The bare producer sends the very records that the relay sends, key, value and headers, from memory:
no database, no cursor, no fence. In turns, on topics of their own, each acknowledged to the last.
Consumers keep the view that keeps everything it is told. `consume_scale_2`: two with two cores for
everybody (themselves, database and broker) beside one with one core for everybody;
`consume_scale_2_alone`: each of them on a core of its own, database and broker on any.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from bench.consuming import FOLLOWER, PARTITIONS, Consuming
from bench.ground import Ground, ground
from bench.kafka_processes import SOURCE, prepared
from bench.kafka_run import Writer
from bench.ledger import Ledger
from bench.report import middle, table
from bench.sealing import drain
from cosigne.embedded.broker import Broker
from shared.brokers import Kafka
from shared.http.service import keys_of
from shared.kafka.cluster import Cluster
from shared.kafka.record import Sent, record_of
from shared.kafka.relay import Relay
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.factory import SealedFactory
from shared.store.garbage import collect_rarely
from shared.store.source import SealedLog

AIMS: Mapping[str, float] = {"relay_over_producer": 0.7, "consume_scale_2": 1.6}
EVENTS = int(os.environ.get("COSIGNE_BENCH_EVENTS", "40000"))
ROUNDS = int(os.environ.get("COSIGNE_BENCH_ROUNDS", "3"))
PERSONS = 2000
CONSUMERS = (
    ("one consumer", 1, False),
    ("two consumers", 2, False),
    ("one consumer alone", 1, True),
    ("two consumers alone", 2, True),
)
Lanes = Sequence[tuple[int, Sent]]


def measured() -> dict[str, float | int | str | None]:
    collect_rarely()
    with (
        tempfile.TemporaryDirectory(prefix="cosigne-deliver-") as folder,
        ground((SOURCE, FOLLOWER)) as here,
        Broker(Path(folder) / "kafka") as broker,
    ):
        written(here, Path(folder))
        prepared(here.settings, [FOLLOWER])
        rates, used = rounds(here, broker)
    ratios = {
        "relay_over_producer": ratio(rates, "relay", "producer"),
        "consume_scale_2": ratio(rates, "two consumers", "one consumer"),
        "consume_scale_2_alone": ratio(rates, "two consumers alone", "one consumer alone"),
    }
    rows = [(name, f"{middle(of):,.0f}") for name, of in rates.items()]
    table(f"{EVENTS:,} events (medians of {ROUNDS} rounds)", ("", "events/s"), rows)
    table("ms of processor for 1,000 events", ("", "consumers", "database", "broker"), used)
    told = {f"{name.replace(' ', '_')}_each_s": middle(of) for name, of in rates.items()}
    return {**told, **ratios}


def rounds(here: Ground, broker: Broker) -> tuple[dict[str, list[float]], list[Sequence[object]]]:
    """Events a second of each, round after round; and what the last consumers cost processors."""
    rates: dict[str, list[float]] = defaultdict(list)
    used: list[Sequence[object]] = []
    records, consuming = records_of(here.settings), Consuming(here, broker, relayed)
    for number in range(ROUNDS):
        settings = replace(here.settings, kafka=topics(broker))
        for name in ("producer", "relay") if number % 2 else ("relay", "producer"):
            if name == "relay":
                rates[name].append(relayed(settings))
            else:
                rates[name].append(produced(Cluster(topics(broker)), records))
        used = []
        for name, count, alone in CONSUMERS:
            settings = replace(here.settings, kafka=topics(broker))
            found = consuming.measured(settings, count, alone=alone)
            rates[name].append(found.rate)
            used.append((name, found.consumers, found.database, found.broker))
        print(f"  { ({name: round(of[-1]) for name, of in rates.items()}) }", file=sys.stderr)
    return rates, used


def topics(broker: Broker) -> Kafka:
    """Names that nobody has used."""
    prefix = f"deliver-{uuid4().hex[:8]}"
    return Kafka(servers=(broker.bootstrap,), prefix=prefix, partitions=PARTITIONS)


def written(here: Ground, folder: Path) -> None:
    with keys_of(here.settings) as keys:
        factory = SealedFactory.of(here.settings, SOURCE, keys)
        factory.open()
        writer = Writer(factory, Ledger(folder / "told"), [uuid4() for _ in range(PERSONS)])
        writer.write(EVENTS)
        factory.close()
    drain(here)


def records_of(settings: Settings) -> Lanes:
    before: dict[int, int] = {}
    found: list[tuple[int, Sent]] = []
    with closing(SealedLog(SOURCE, settings.conninfo(SOURCE, "reader"))) as log:
        for after in range(0, EVENTS, 5000):
            for event in log.page(after, 5000).events:
                found.append((event.lane, record_of(event, before.get(event.lane, 0))))
                before[event.lane] = event.gpos
    return found


def produced(cluster: Cluster, records: Lanes) -> float:
    cluster.make_topics(SOURCE)
    topic = cluster.topic(SOURCE)
    with closing(cluster.producer()) as producer:
        producer.send(topic, key=b"first", partition=0).get(30)  # connected, as the relay is
        begun = time.perf_counter()
        for lane, (key, value, headers) in records:
            partition = lane % PARTITIONS
            producer.send(topic, key=key, value=value, headers=headers, partition=partition)
        producer.flush()
        return len(records) / (time.perf_counter() - begun)


def relayed(settings: Settings) -> float:
    """From the first page to the last acknowledgement: the log read, the place kept, the fence."""
    if settings.kafka is None:
        raise SystemExit("no brokers were named")
    with connect(settings.conninfo(SOURCE, "owner")) as owner:
        owner.execute("TRUNCATE lane_cursor")
    reader = settings.conninfo(SOURCE, "reader")
    relay = Relay(SealedLog(SOURCE, reader), reader, Cluster(settings.kafka))
    with closing(relay):
        relay.producer.partitions_for(Cluster(settings.kafka).topic(SOURCE))
        begun, done = time.perf_counter(), 0
        while done < EVENTS:
            done += max(0, relay.step())
        return done / (time.perf_counter() - begun)


def ratio(rates: Mapping[str, Sequence[float]], name: str, beside: str) -> float:
    """The median of the rounds' ratios: a round compares what ran side by side."""
    return middle([a / b for a, b in zip(rates[name], rates[beside], strict=True)])
