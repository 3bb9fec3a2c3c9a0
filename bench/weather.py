"""What can happen to brokers, relays and consumers, each while events are being written."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from psycopg.conninfo import conninfo_to_dict

from bench.kafka_processes import (
    SOURCE,
    cluster,
    following,
    head,
    published,
    relaying,
    sent_again,
)
from shared.postgres.pool import connect

if TYPE_CHECKING:
    from bench.kafka_run import Run

PARTITIONS, MORE_PARTITIONS = 4, 6


def nothing(run: Run, events: int) -> None:
    """As it should be."""
    run.writer.write(events)


def broker_stopped(run: Run, events: int) -> None:
    run.writer.write(events // 3)
    run.broker.stop()
    run.counts["brokers_stopped"] += 1
    run.writer.write(events // 3)
    run.broker.start()
    run.writer.write(events - 2 * (events // 3))


def broker_killed(run: Run, events: int) -> None:
    """In the middle of what it was writing, and twice."""
    for part in (events // 2, events - events // 2):
        run.writer.write(part // 2)
        run.broker.kill()
        run.counts["brokers_killed"] += 1
        run.writer.write(part - part // 2)
        run.broker.start()


def relay_killed(run: Run, events: int) -> None:
    """Each while it publishes, after it has published something: more often where there is more."""
    often = max(2, min(10, events // 1000))
    for number in range(often):
        stood = published(run.settings)
        run.writer.write(events // often if number else events - (often - 1) * (events // often))
        run.once("a relay publishes", lambda stood=stood: published(run.settings) > stood)
        relay_again(run)


def consumers_killed(run: Run, events: int) -> None:
    """One of a pair, then the other one, then the one that was alone."""
    names = ("reporting 1", "reporting 2", "plans 1")
    for number, name in enumerate(names):
        run.writer.write(events // 3 if number < 2 else events - 2 * (events // 3))
        run.processes.kill(name)
        run.counts["consumers_killed"] += 1
        run.processes.start(name, following, name.split()[0])


def zombie_relay(run: Run, events: int) -> None:
    """One is frozen, its place is taken, and it goes on as if nothing had been."""
    stood = published(run.settings)
    run.writer.write(events // 3)
    run.once("the relay publishes", lambda: published(run.settings) > stood)
    run.processes.send("relay", signal.SIGSTOP)
    frozen = datetime.now(UTC)
    run.processes.start("second relay", relaying)
    held = published(run.settings)
    run.writer.write(events // 3)

    def taken() -> bool:
        # as the server does by itself after a minute: the frozen one no longer holds the place
        ended_sessions(run, frozen)
        return published(run.settings) > held

    run.once("the second relay publishes", taken)
    run.processes.send("relay", signal.SIGCONT)
    run.writer.write(events - 2 * (events // 3))
    run.processes.kill("second relay")
    run.counts["relays_killed"] += 1


def frozen_consumer(run: Run, events: int) -> None:
    """Long enough to be given up by its group; then it goes on with what it had in its hands."""
    run.writer.write(events // 2)
    run.processes.send("reporting 1", signal.SIGSTOP)
    run.writer.write(events - events // 2)
    time.sleep(11)
    run.processes.send("reporting 1", signal.SIGCONT)


def duplicates(run: Run, events: int) -> None:
    run.writer.write(events)
    run.counts["duplicates_forced"] += sent_again(run.settings, head(run.settings), events)


def records_lost(run: Run, events: int) -> None:
    """While one is away, the brokers throw away what it has not read: their time to keep is over."""
    run.processes.kill("plans 1")
    run.counts["consumers_killed"] += 1
    run.writer.write(events)
    time.sleep(1)
    topic, servers = cluster(run.settings).topic(SOURCE), run.broker.bootstrap
    with closing(KafkaConsumer(bootstrap_servers=servers)) as asking:
        whole = [TopicPartition(topic, n) for n in asking.partitions_for_topic(topic)]
        ends = asking.end_offsets(whole)
    with closing(KafkaAdminClient(bootstrap_servers=servers)) as admin:
        admin.delete_records({of: end for of, end in ends.items() if end})
    run.processes.start("plans 1", following, "plans")


def partitions_added(run: Run, events: int) -> None:
    """Half of the lanes go to other partitions, in the middle of their events."""
    run.writer.write(events // 2)
    topic, servers = cluster(run.settings).topic(SOURCE), run.broker.bootstrap
    with closing(KafkaAdminClient(bootstrap_servers=servers)) as admin:
        admin.create_partitions({topic: MORE_PARTITIONS})
    run.counts["partitions_added"] += MORE_PARTITIONS - PARTITIONS
    relay_again(run)  # it sees them at once
    run.writer.write(events - events // 2)


def relay_again(run: Run) -> None:
    run.processes.kill("relay")
    run.counts["relays_killed"] += 1
    run.processes.start("relay", relaying)


def ended_sessions(run: Run, before: datetime) -> None:
    """End what is held in the database by those who do not go on since then."""
    database = conninfo_to_dict(run.settings.databases[SOURCE])["dbname"]
    with connect(run.settings.admin_database_url) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s "
            "AND usename = 'assessment_reader' AND state = 'idle in transaction' "
            "AND backend_start < %s",
            (database, before),
        )


WEATHER: Mapping[str, Callable[[Run, int], None]] = {
    "nothing happens": nothing,
    "the broker is stopped and started": broker_stopped,
    "the broker is killed": broker_killed,
    "the relay is killed": relay_killed,
    "consumers are killed": consumers_killed,
    "a relay goes on that was given up": zombie_relay,
    "a consumer goes on that was given up": frozen_consumer,
    "records come again, in another order": duplicates,
    "records are lost": records_lost,
    "partitions are added": partitions_added,
}
