"""What can happen to brokers, relays and consumers, each while events are being written."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from psycopg.conninfo import conninfo_to_dict

from bench.kafka_processes import (
    SOURCE,
    cluster,
    following,
    head,
    relaying,
    sent_again,
)
from shared.postgres.pool import connect

if TYPE_CHECKING:
    from bench.kafka_run import Run

MORE_PARTITIONS = 6


def nothing(run: Run, events: int) -> None:
    """As it should be."""
    run.writer.write(events)


def broker_stopped(run: Run, events: int) -> None:
    run.writer.write(events // 3)
    run.broker.stop()
    run.writer.write(events // 3)
    run.broker.start()
    run.writer.write(events - 2 * (events // 3))


def broker_killed(run: Run, events: int) -> None:
    """In the middle of what it was writing, and twice."""
    for part in (events // 2, events - events // 2):
        run.writer.write(part // 2)
        run.broker.kill()
        run.writer.write(part - part // 2)
        run.broker.start()


def relay_killed(run: Run, events: int) -> None:
    for part in (events // 3, events // 3, events - 2 * (events // 3)):
        run.writer.write(part)
        run.processes.kill("relay")
        run.processes.start("relay", relaying)


def consumers_killed(run: Run, events: int) -> None:
    """One of a pair, then the other one, then the one that was alone."""
    names = ("reporting 1", "reporting 2", "plans 1")
    for number, name in enumerate(names):
        run.writer.write(events // 3 if number < 2 else events - 2 * (events // 3))
        run.processes.kill(name)
        run.processes.start(name, following, name.split()[0])


def zombie_relay(run: Run, events: int) -> None:
    """One is frozen, its place is taken, and it goes on as if nothing had been."""
    run.writer.write(events // 3)
    run.processes.send("relay", signal.SIGSTOP)
    # as the server does by itself after a minute: the frozen one no longer holds the place
    ended_sessions(run)
    run.processes.start("second relay", relaying)
    run.writer.write(events // 3)
    run.processes.send("relay", signal.SIGCONT)
    run.writer.write(events - 2 * (events // 3))
    run.processes.kill("second relay")


def frozen_consumer(run: Run, events: int) -> None:
    """Long enough to be given up by its group; then it goes on with what it had in its hands."""
    run.writer.write(events // 2)
    run.processes.send("reporting 1", signal.SIGSTOP)
    run.writer.write(events - events // 2)
    time.sleep(11)
    run.processes.send("reporting 1", signal.SIGCONT)


def duplicates(run: Run, events: int) -> None:
    run.writer.write(events)
    sent_again(run.settings, head(run.settings), events)


def records_lost(run: Run, events: int) -> None:
    """While one is away, the brokers throw away what it has not read: their time to keep is over."""
    run.processes.kill("plans 1")
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
    run.processes.kill("relay")  # the next one sees them at once
    run.processes.start("relay", relaying)
    run.writer.write(events - events // 2)


def ended_sessions(run: Run) -> None:
    """End what is held in the database by those who do not go on."""
    database = conninfo_to_dict(run.settings.databases[SOURCE])["dbname"]
    with connect(run.settings.admin_database_url) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s "
            "AND usename = 'assessment_reader' AND state = 'idle in transaction'",
            (database,),
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
