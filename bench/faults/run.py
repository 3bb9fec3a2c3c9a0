"""One run: lives go on, things break from two sides, and then the checker looks."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from bench.faults.asked import different
from bench.faults.checker import Acknowledged, Connections, Findings, checked
from bench.faults.load import Load, loaded, once, people
from bench.faults.planted import missed
from bench.faults.stored import trail_of
from bench.faults.town import Town, town
from bench.faults.troubles import drawn, of_ground, of_programs
from cosigne.issuer.local import LocalIssuer
from cosigne.running.rebuilding import rebuild_all
from shared.kernel import Refused
from shared.settings import SERVICES

BETWEEN = (0.3, 2.0)  # seconds
SLOW = 4  # times as long as asked for, at most
FIRST = 150  # commands: organisations are founded, and people say something
BEHIND = """
SELECT count(*) FROM events e
 WHERE NOT EXISTS (SELECT FROM log l WHERE l.xid = e.xid AND l.seq = e.seq)
"""


@dataclass
class Run:
    """One run over: what happened how often, what was acknowledged, what was found."""

    happened: Counter[str] = field(default_factory=Counter)
    possible: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)
    acknowledged: int = 0
    found: Findings = field(default_factory=Findings)
    rebuilt: int = 0
    planted_missed: list[str] = field(default_factory=list)
    full_disk: bool = False

    @property
    def whole(self) -> bool:
        return not (self.found.where or self.planted_missed or self.trouble)

    def over(self, took: float, seconds: float) -> bool:
        """After its time; on a slow machine only once most kinds of trouble were there."""
        most = len(self.happened) > self.possible // 2
        return took > seconds and (most or took > SLOW * seconds)


def tried(folder: Path, seconds: float, seed: int, say: Callable[[str], None]) -> Run:
    """Troubles for so long from two sides at once; then the checker."""
    run = Run()
    with town(folder) as here:
        issuer = LocalIssuer(here.settings.oidc_issuer, here.home.issuer)
        load = loaded(here.url, issuer, folder / "acknowledged", seed)
        load.start()
        try:
            say("everything runs")
            once("lives go on", lambda: load.door.ledger.counts["commands"] > FIRST)
            break_things(run, here, seconds, seed, say)
            say("nothing more happens")
            calm(here, load)
        finally:
            load.stop()
        run.answers, run.refused, run.trouble = load.door.ledger.counts, load.refused, load.trouble
        told = Acknowledged.read(folder / "acknowledged", people(load))
        run.acknowledged = told.entries
        with opened(here) as databases:
            say("everybody has stopped")
            settle(here, databases)
            say("checking")
            run.found = checked(databases, told)
            run.found.add("views_different", read_differently(here, issuer, load, told))
            run.planted_missed = missed(databases, told)
        say("every view is built anew")
        run.rebuilt = anew(here, run.found)
    return run


def break_things(
    run: Run, here: Town, seconds: float, seed: int, say: Callable[[str], None]
) -> None:
    """Our programs are troubled from one side, what they stand on from the other."""
    sides = (of_programs(), of_ground(here))
    run.full_disk, run.possible = here.disk is not None, sum(map(len, sides))
    begun, broke = time.monotonic(), []

    def side(number: int) -> None:
        lot = Random(f"{seed}/{number}")
        try:
            for name, happens in drawn(sides[number], lot):
                if run.over(time.monotonic() - begun, seconds):
                    return
                say(name)
                happens(here, lot)
                run.happened[name] += 1
                time.sleep(lot.uniform(*BETWEEN))
                here.look_after()
        except Exception as trouble:  # noqa: BLE001 - raised again below: the run itself broke: that is no result
            broke.append(trouble)

    threads = [threading.Thread(target=side, args=(n,), daemon=True) for n in range(len(sides))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broke:
        raise broke[0]


def calm(here: Town, load: Load) -> None:
    """Nothing more happens: commands are answered again."""
    if not here.stands():
        here.again()
    before = load.door.ledger.counts["commands"]

    def answered() -> bool:
        here.look_after()
        return load.door.ledger.counts["commands"] > before + 20

    once("commands are answered again", answered)


def read_differently(
    here: Town, issuer: LocalIssuer, load: Load, told: Acknowledged
) -> Iterator[str]:
    """As each person reads her own answers afterwards."""
    door = loaded(here.url, issuer, here.folder / "read", 0).door
    persons = {
        str(person.id): person
        for house in load.houses
        for person in (house.one("p", number) for number in range(1, house.count("p") + 1))
    }
    try:
        yield from different(door, persons, told)
    finally:
        door.client.close()


def anew(here: Town, found: Findings) -> int:
    """How many views could be built anew; the product's own comparison finds no difference."""
    number = 0
    for service in SERVICES:
        try:
            for _ in rebuild_all(here.settings, [service], None, accept=False):
                number += 1
        except Refused as refused:
            found.add("views_different", [f"{service}: {refused}"])
    return number


@contextmanager
def opened(here: Town) -> Iterator[Connections]:
    """Each service's database, as the administrator."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(psycopg.connect(here.server.conninfo(name)))
            for name in SERVICES
        }


def settle(here: Town, databases: Connections) -> None:
    """Everything has a place, and the trail is as long as the logs together."""

    def settled() -> bool:
        here.look_after()
        for database in databases.values():
            database.rollback()
        behind = sum(one(database, BEHIND) for database in databases.values())
        logged = sum(one(database, "SELECT count(*) FROM log") for database in databases.values())
        reporting = databases["reporting"]
        trail = trail_of(reporting)
        return not behind and one(reporting, f"SELECT count(*) FROM {trail}") >= logged

    once("everything is sealed and in the trail", settled)
    time.sleep(1)


def one(database: psycopg.Connection[tuple[int]], statement: str) -> int:
    return int((database.execute(statement.encode()).fetchone() or (0,))[0])
