"""What can happen, by name. Each is over when whatever it broke runs again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from random import Random

import psycopg

from bench.faults.town import DISK, PROGRAMS, Town

FROZEN = (2.0, 6.0)  # seconds
FULL = 3.0
Trouble = Callable[[Town, Random], None]


def killed(name: str) -> Trouble:
    def happens(town: Town, lot: Random) -> None:
        del lot
        town.kill(name)

    return happens


def frozen(name: str) -> Trouble:
    """Others take its place, and it goes on as if nothing had been."""

    def happens(town: Town, lot: Random) -> None:
        town.send(name, signal.SIGSTOP)
        time.sleep(lot.uniform(*FROZEN))
        town.send(name, signal.SIGCONT)

    return happens


def worker(number: signal.Signals) -> Trouble:
    """One of the processes that answer, in the middle of what it was answering."""

    def happens(town: Town, lot: Random) -> None:
        workers = town.workers("web")
        if not workers:
            return
        one = lot.choice(workers)
        with suppress(ProcessLookupError):
            os.kill(one, number)
            if number == signal.SIGSTOP:
                time.sleep(lot.uniform(*FROZEN))
                os.kill(one, signal.SIGCONT)

    return happens


def postgres_killed(town: Town, lot: Random) -> None:
    """The server itself; its children follow."""
    os.kill(town.server.pid, signal.SIGKILL)
    time.sleep(lot.uniform(0.1, 1.0))
    town.again()


def connection_killed(town: Town, lot: Random) -> None:
    """One of the server's own processes: it ends all the others and recovers."""
    with suppress(psycopg.OperationalError), psycopg.connect(town.server.admin_conninfo) as admin:
        asked = "SELECT pid FROM pg_stat_activity WHERE usename ~ '_(app|combine|sealer|reader)$'"
        if found := [pid for (pid,) in admin.execute(asked)]:
            os.kill(lot.choice(found), signal.SIGKILL)


def connections_ended(town: Town, lot: Random) -> None:
    """Half of all sessions, in the middle of what they do, as a failover ends them."""
    asked = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE usename ~ '_(app|combine|sealer|reader|eraser|relay)$' AND random() < %s"
    )
    with suppress(psycopg.OperationalError), psycopg.connect(town.server.admin_conninfo) as admin:
        admin.execute(asked, (lot.uniform(0.3, 0.7),))


def broker_killed(town: Town, lot: Random) -> None:
    town.broker.kill()
    time.sleep(lot.uniform(0.1, 2.0))
    town.broker.start()


def disk_full(town: Town, lot: Random) -> None:
    """Nothing more can be written for a while; PostgreSQL may or may not survive that."""
    del lot
    if town.disk is None:
        return
    filler = town.disk / "filler"
    with suppress(OSError), filler.open("wb") as full:
        for _ in range(DISK // (1 << 20)):
            full.write(bytes(1 << 20))
            full.flush()
    time.sleep(FULL)
    filler.unlink(missing_ok=True)
    time.sleep(0.5)
    if not town.stands():
        town.again()


def of_programs() -> Mapping[str, Trouble]:
    """What can happen to a program of ours."""
    return {
        **{f"{name} is killed": killed(name) for name in PROGRAMS},
        **{f"{name} is frozen": frozen(name) for name in PROGRAMS if name != "web"},
        "a web worker is killed": worker(signal.SIGKILL),
        "a web worker is frozen": worker(signal.SIGSTOP),
    }


def of_ground(town: Town) -> Mapping[str, Trouble]:
    """What can happen to what they stand on; a disk is full only where there is one to fill."""
    full: dict[str, Trouble] = {"the disk is full": disk_full} if town.disk else {}
    return {
        "PostgreSQL is killed": postgres_killed,
        "a process of PostgreSQL is killed": connection_killed,
        "sessions of PostgreSQL are ended": connections_ended,
        "the broker is killed": broker_killed,
        **full,
    }


def drawn(every: Mapping[str, Trouble], lot: Random) -> Iterator[tuple[str, Trouble]]:
    """Each once, in an order drawn by lot, then again in another one."""
    left = list(every.items())
    while True:
        lot.shuffle(left)
        yield from left
