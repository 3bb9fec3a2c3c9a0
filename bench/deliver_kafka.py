"""The part of Kafka: how fast the relay is beside a bare producer, and two consumers beside one.

The bare producer sends the very records that the relay sends, key, value and headers, from memory:
no database, no cursor, no fence. In turns, on topics of their own, each acknowledged to the last.
Consumers keep the view that keeps everything it is told: one with a core for everybody (database,
broker and itself), then two processes of one group with two cores.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from bench.cores import Cores
from bench.ground import Ground, ground
from bench.kafka_processes import SOURCE, following, head, prepared
from bench.kafka_run import Writer
from bench.ledger import Ledger
from bench.report import middle, table
from bench.sealing import drain
from cosigne.embedded.broker import Broker
from shared.http.service import keys_of
from shared.kafka.cluster import Cluster
from shared.kafka.record import Sent, record_of
from shared.kafka.relay import Relay
from shared.postgres.pool import connect
from shared.settings import Kafka, Settings
from shared.store.factory import SealedFactory
from shared.store.garbage import collect_rarely
from shared.store.source import SealedLog

AIMS: Mapping[str, float] = {"relay_over_producer": 0.7, "consume_scale_2": 1.6}
EVENTS = int(os.environ.get("COSIGNE_BENCH_EVENTS", "40000"))
ROUNDS = int(os.environ.get("COSIGNE_BENCH_ROUNDS", "3"))
PARTITIONS, PERSONS = 8, 2000
FOLLOWER = "reporting"
SEEN = "SELECT coalesce(sum(jsonb_array_length(heard)), 0) FROM heard_v1"
FORGET = "TRUNCATE heard_v1, lane_cursor, parked, caught_up"
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
        rates = rounds(here, broker)
    ratios = {
        "relay_over_producer": ratio(rates, "relay", "producer"),
        "consume_scale_2": ratio(rates, "two consumers", "one consumer"),
    }
    rows = [(name, f"{middle(of):,.0f}") for name, of in rates.items()]
    table(f"{EVENTS:,} events (medians of {ROUNDS} rounds)", ("", "events/s"), rows)
    told = {f"{name.replace(' ', '_')}_each_s": middle(of) for name, of in rates.items()}
    return {**told, **ratios}


def rounds(here: Ground, broker: Broker) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {
        name: [] for name in ("producer", "relay", "one consumer", "two consumers")
    }
    records, cores = records_of(here.settings), Cores(here.server.pid)
    for number in range(ROUNDS):
        settings = replace(here.settings, kafka=topics(broker))
        for name in ("producer", "relay") if number % 2 else ("relay", "producer"):
            if name == "relay":
                rates[name].append(relayed(settings))
            else:
                rates[name].append(produced(Cluster(topics(broker)), records))
        for name, count in (("one consumer", 1), ("two consumers", 2)):
            with cores.only(count), only(broker, cores.all[:count]):
                rates[name].append(consumed(settings, count))
        print(f"  { ({name: round(of[-1]) for name, of in rates.items()}) }", file=sys.stderr)
    return rates


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


def consumed(settings: Settings, count: int) -> float:
    """From when each has its partitions to the last event in the view."""
    with connect(settings.conninfo(FOLLOWER, "owner")) as owner:
        owner.execute(FORGET)
    spawn = multiprocessing.get_context("spawn")
    processes = [
        spawn.Process(
            target=following, args=(settings, FOLLOWER), kwargs={"patient": True}, daemon=True
        )
        for _ in range(count)
    ]
    try:
        for process in processes:
            process.start()
        return seen(settings)
    finally:
        for process in processes:
            process.kill()
            process.join()


def seen(settings: Settings) -> float:
    """Between the first tenth of the events and the last: how long starting takes is left out."""
    upto = head(settings)
    with connect(settings.conninfo(FOLLOWER, "reader")) as reader:
        first, begun, now = 0, 0.0, 0
        while now < upto:
            now = int((reader.execute(SEEN).fetchone() or (0,))[0])
            if not first and now > upto // 10:
                first, begun = now, time.perf_counter()
            time.sleep(0.02)
        return (upto - first) / (time.perf_counter() - begun)


@contextmanager
def only(broker: Broker, cores: Sequence[int]) -> Iterator[None]:
    """The broker on the same cores as everybody else: each of its threads is set."""
    pin(broker, cores)
    try:
        yield
    finally:
        pin(broker, range(os.cpu_count() or 1))


def pin(broker: Broker, cores: Iterable[int]) -> None:
    process = broker.process.pid if broker.process else 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(thread.name), set(cores))


def ratio(rates: Mapping[str, Sequence[float]], name: str, beside: str) -> float:
    """The median of the rounds' ratios: a round compares what ran side by side."""
    return middle([a / b for a, b in zip(rates[name], rates[beside], strict=True)])
