"""Two consumers of one group beside one: how fast they bring what a topic holds into a view.

Each joins while the topic is empty and waits until it has its partitions; then everything is
published; then all begin at once. Counted is from there to the last event in the view: neither
starting, nor joining, nor publishing is in it.

Two ways of giving out cores. Of everybody: one consumer has one core together with its database and
the broker, two consumers have two, as two machines would have twice as much of everything. `alone`:
each consumer's process has a core of its own, the database and the broker may use any; on two
cores, two consumers then share with them what one alone had beside it.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cores import TICKS, Cores, ticks
from bench.ground import Ground
from bench.kafka_processes import SOURCE, cluster, head, prefix
from bench.ledger import Heard
from cosigne.embedded.broker import Broker
from shared.http.service import keys_of
from shared.kafka import missing
from shared.kafka.relayed import RelayedLog
from shared.kafka.source import KafkaLog
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.garbage import collect_rarely
from shared.store.projector import Projector
from shared.store.source import EVERY, Page, Wanted
from shared.store.told import Teller

FOLLOWER, PARTITIONS = "reporting", 8
SEEN = "SELECT coalesce(sum(jsonb_array_length(heard)), 0) FROM heard_v1"
FORGET = "TRUNCATE heard_v1, lane_cursor, parked, caught_up"
JOIN_SECONDS, CONSUME_SECONDS, LOOK_SECONDS = 120.0, 600.0, 0.05


class Gathered(KafkaLog):
    """Waits with the others, once it has its share of the partitions, until all may begin."""

    share: int
    ready: Any
    go: Any

    def follow(self, stood: Mapping[int, int], limit: int, wanted: Wanted = EVERY) -> Page:
        while not self.go.is_set():
            self._fetch(stood)
            if self._partitions is not None and len(self._partitions.mine) == self.share:
                self.ready.wait(JOIN_SECONDS)
                self.go.wait()
        return super().follow(stood, limit, wanted)


def consumer(settings: Settings, count: int, core: int | None, ready: Any, go: Any) -> None:
    """One of so many, in a process of its own."""
    if core is not None:
        os.sched_setaffinity(0, {core})
    collect_rarely()
    missing.AWAY_SECONDS = 600.0  # it does not read the log while its group comes together
    log = RelayedLog(SOURCE, settings.conninfo(SOURCE, "relay"))
    followed = Gathered(log, cluster(settings), f"{prefix(settings)}.{FOLLOWER}.heard")
    followed.share, followed.ready, followed.go = PARTITIONS // count, ready, go
    reader = settings.conninfo(FOLLOWER, "reader")
    with keys_of(settings) as keys:
        Projector(reader, {SOURCE: followed}, [Heard()], Teller(keys)).run(threading.Event())


@dataclass(frozen=True)
class Consumed:
    """Events a second, and of each thousand events the milliseconds that processors worked."""

    rate: float
    consumers: float
    database: float
    broker: float


@dataclass
class Consuming:
    """`publish` fills the topic of these settings, once its consumers have gathered."""

    here: Ground
    broker: Broker
    publish: Callable[[Settings], object]

    def measured(self, settings: Settings, count: int, *, alone: bool) -> Consumed:
        """What so many consumers of a topic that nobody has used do."""
        with connect(settings.conninfo(FOLLOWER, "owner")) as owner:
            owner.execute(FORGET)
        spawn, cores = multiprocessing.get_context("spawn"), Cores(self.here.server.pid)
        ready, go = spawn.Barrier(count + 1), spawn.Event()
        processes = [
            spawn.Process(
                target=consumer,
                args=(settings, count, cores.all[n] if alone else None, ready, go),
                daemon=True,
            )
            for n in range(count)
        ]
        try:
            for process in processes:
                process.start()
            ready.wait(JOIN_SECONDS)
            self.publish(settings)
            with ExitStack() as pinned:
                if not alone:
                    pinned.enter_context(cores.only(count))
                    for one in (self.broker.process, *processes):
                        pinned.enter_context(only(one.pid if one else None, cores.all[:count]))
                return self.seen(settings, [process.pid or 0 for process in processes], go)
        finally:
            for process in processes:
                process.kill()
                process.join()

    def seen(self, settings: Settings, consumers: Sequence[int], go: Any) -> Consumed:
        """From the word to begin until the view holds everything."""
        upto, now = head(settings), 0
        with connect(settings.conninfo(FOLLOWER, "reader")) as reader:
            before, begun = self.worked(consumers), time.perf_counter()
            go.set()
            while now < upto:
                time.sleep(LOOK_SECONDS)
                now = int((reader.execute(SEEN).fetchone() or (0,))[0])
                if time.perf_counter() - begun > CONSUME_SECONDS:
                    raise SystemExit(f"{now} of {upto} are in the view: nobody goes on")
            took = time.perf_counter() - begun
            used = zip(before, self.worked(consumers), strict=True)
        return Consumed(upto / took, *((b - a) * 1e6 / upto for a, b in used))

    def worked(self, consumers: Sequence[int]) -> tuple[float, float, float]:
        """Seconds of processor so far: of these processes, of the server, of the broker."""
        broker = self.broker.process.pid if self.broker.process else 0
        python = sum(ticks(one, whole=False) for one in consumers) / TICKS
        server = Cores(self.here.server.pid).server_seconds()
        return python, server, ticks(broker, whole=False) / TICKS


@contextmanager
def only(process: int | None, cores: Iterable[int]) -> Iterator[None]:
    """Each thread of a process on these cores, and on all of them afterwards."""
    pin(process, cores)
    try:
        yield
    finally:
        pin(process, range(os.cpu_count() or 1))


def pin(process: int | None, cores: Iterable[int]) -> None:
    folder = Path(f"/proc/{process}/task")
    for thread in folder.iterdir() if folder.exists() else ():
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(thread.name), set(cores))
