"""Does every acknowledged event reach every view once, in its person's order, whatever breaks?

`python -m bench.kafka_run [EVENTS]` writes 200,000 events while brokers, relays and consumers are
stopped, killed, frozen and doubled, records sent again, lost and moved to other partitions. Two
services keep a view of everything they are told, one of them by two processes. At the end each view
is compared with a ledger of what was acknowledged. 2,000 of it run in `make test`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

from bench.ground import ground
from bench.kafka_processes import Processes, floor, following, head, held, prepared, relaying
from bench.kafka_processes import sealing as sealing_process
from bench.ledger import Compared, Ledger, compared
from bench.report import last_line, table
from bench.weather import PARTITIONS, WEATHER
from cosigne.embedded.broker import Broker
from services.assessment.domain.events import ThemeRated
from shared.brokers import Kafka
from shared.http.service import keys_of
from shared.kernel import Act
from shared.settings import Settings
from shared.store.factory import SealedFactory

EVENTS, EACH = 200_000, 50  # so many in one command, each of another person
CONSUMERS = {"reporting": 2, "plans": 1}
PATIENCE = 1800.0
COUNTED = (
    "brokers_killed", "brokers_stopped", "relays_killed", "consumers_killed", "partitions_added",
    "duplicates_forced",
)  # fmt: skip
WRONG = ("acknowledged", "held", "lost", "doubled", "unknown", "out_of_order")


@dataclass
class Writer:
    """Appends through the recorder; what it answered for stands in the ledger, nothing else."""

    factory: SealedFactory
    ledger: Ledger
    persons: list[UUID]
    tenant: UUID = field(default_factory=uuid4)
    versions: dict[UUID, int] = field(default_factory=dict)
    written: int = 0

    def write(self, number: int) -> None:
        turn = count(self.written // EACH)
        until = self.written + number
        while self.written < until:
            first = next(turn) * EACH
            whose = [self.persons[(first + n) % len(self.persons)] for n in range(EACH)]
            command = uuid4()
            facts = [self.fact(person, command) for person in whose[: until - self.written]]
            mapper, recorder = self.factory.mapper(), self.factory.application_recorder()
            recorder.insert_events([mapper.to_stored_event(fact) for fact in facts])
            self.ledger.acknowledged((f.act.subject, f.id, f.value) for f in facts)
            self.written += len(facts)

    def fact(self, person: UUID, command: UUID) -> ThemeRated:
        at = datetime.now(UTC)
        version = self.versions[person] = self.versions.get(person, 0) + 1
        act = Act(
            tenant=self.tenant, subject=person, actor=self.tenant, author=self.tenant, at=at,
            occurred=at, command=command,
        )  # fmt: skip
        return ThemeRated(person, version, at, act, theme=str(version), value=version)


@dataclass
class Run:
    """Everything that runs, and what may happen to it."""

    settings: Settings
    broker: Broker
    writer: Writer
    processes: Processes
    happened: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COUNTED, 0)))

    def start(self) -> None:
        self.processes.start("sealer", sealing_process)
        self.processes.start("relay", relaying)
        for service, number in CONSUMERS.items():
            for one in range(number):
                self.processes.start(f"{service} {one + 1}", following, service)

    def once(self, what: str, happens: Callable[[], bool]) -> None:
        """Wait for it, however busy the machine is; a run in which nothing goes on ends."""
        until = time.monotonic() + PATIENCE
        while not happens():
            if time.monotonic() > until:
                stood = {service: floor(self.settings, service) for service in CONSUMERS}
                raise SystemExit(f"of {self.writer.written}: {stood}: nobody goes on until {what}")
            time.sleep(0.2)

    def caught_up(self) -> None:
        self.once(
            "all is in every view",
            lambda: (
                head(self.settings) >= self.writer.written
                and all(floor(self.settings, name) >= self.writer.written for name in CONSUMERS)
            ),
        )

    def compared(self) -> dict[str, Compared]:
        acknowledged = self.writer.ledger.read()
        return {name: compared(acknowledged, held(self.settings, name)) for name in CONSUMERS}


@contextmanager
def started(settings: Settings, folder: Path, events: int) -> Iterator[Run]:
    """A broker, a relay, three consumers and a writer over these databases."""
    with Broker(folder / "kafka") as broker:
        kafka = Kafka(servers=(broker.bootstrap,), partitions=PARTITIONS)
        told = replace(settings, kafka=kafka)
        prepared(told, list(CONSUMERS))
        with keys_of(told) as keys:
            factory = SealedFactory.of(told, "assessment", keys)
            factory.open()
            persons = [uuid4() for _ in range(max(EACH, events // 100))]
            writer = Writer(factory, Ledger(folder / "acknowledged"), persons)
            run = Run(told, broker, writer, Processes(told))
            try:
                run.start()
                yield run
            finally:
                run.processes.end()
                factory.close()


def weathered(run: Run, events: int, say: Callable[[str], None]) -> dict[str, Compared]:
    """So many events, and in equal parts of them everything that can happen; compared at the end."""
    each = events // len(WEATHER)
    for number, (name, happens) in enumerate(WEATHER.items(), start=1):
        say(name)
        part = each if number < len(WEATHER) else events - run.writer.written
        happens(run, part)
        run.happened.append(name)
    run.caught_up()
    return run.compared()


def main(events: int = EVENTS) -> None:
    folder = Path(tempfile.mkdtemp(prefix="cosigne-kafka-"))
    begun = time.monotonic()
    try:
        with (
            ground(("assessment", *CONSUMERS)) as here,
            started(here.settings, folder, events) as run,
        ):
            found = weathered(run, events, lambda name: print(f"  {name}", file=sys.stderr))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    columns = tuple(asdict(next(iter(found.values()))))
    rows = [(name, *asdict(one).values()) for name, one in found.items()]
    table(f"{events:,} events, {len(run.happened)} kinds of trouble", ("view of", *columns), rows)
    last_line(
        {
            "events": events,
            "troubles": len(run.happened),
            "seconds": time.monotonic() - begun,
            **run.counts,
            **{name: sum(getattr(one, name) for one in found.values()) for name in WRONG},
            **{f"{name}_{k}": v for name, one in found.items() for k, v in asdict(one).items()},
        }
    )
    if not all(one.whole for one in found.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
