"""The demo of the real size told on this machine: a process for each organisation."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from cosigne.crowd import Crowd, House
from cosigne.demo.door import Refusal
from cosigne.demo.near import Answers, NearDoor
from cosigne.demo.scale.days import LAST, week
from cosigne.demo.scale.teller import Tally
from cosigne.demo.scale.telling import HouseTeller
from cosigne.issuer.local import LocalIssuer
from cosigne.plans import plans
from cosigne.running.begun import Begun
from cosigne.running.peaks import peak
from cosigne.running.serving import front
from shared.kernel import Refused
from shared.settings import Settings

PATIENCE = 120.0  # views may be far behind while so much is told
WEEKS = week(LAST) + 1


@dataclass(frozen=True)
class Telling:
    """What a telling process needs to know. `state` is where it writes down how far it has come."""

    settings: Settings
    issuer: Path
    state: Path
    crowd: Crowd


@dataclass(frozen=True)
class Heard:
    """How far one house has come; `peak` is its process's memory at most, in bytes."""

    house: str
    weeks: int = 0
    tally: Tally = field(default_factory=Tally)
    peak: int = 0
    over: bool = False
    trouble: str | None = None


class LivesClock:
    """The time of the life that a thread is telling."""

    def __init__(self) -> None:
        self._here = threading.local()

    def __call__(self) -> datetime:
        at: datetime | None = getattr(self._here, "at", None)
        return at or datetime.now(UTC)

    def set(self, at: datetime) -> None:
        self._here.at = at


Hear = Callable[[dict[str, Heard]], None]


def tell_at_scale(telling: Telling, hear: Hear) -> dict[str, Heard]:
    """Both houses at the same time; `hear` is told after every week. Raises Refused."""
    if telling.settings.mode == "production":
        raise Refused("issuer.not_in_production")
    context = multiprocessing.get_context("spawn")
    known = {key: Heard(key, Begun(telling.state, key).read()[0]) for key in keys(telling)}
    children: list[tuple[SpawnProcess, Connection]] = []
    for house in telling.crowd.houses:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=in_a_process, args=(telling, house.base, theirs), daemon=True
        )
        child.start()
        theirs.close()
        children.append((child, ours))
    try:
        listen([ours for _, ours in children], known, hear)
    finally:
        for child, ours in children:
            if not known_over(known):
                child.terminate()
            child.join()
            ours.close()
    return known


def keys(telling: Telling) -> list[str]:
    return [house.key for house in telling.crowd.houses]


def known_over(known: dict[str, Heard]) -> bool:
    return all(one.over for one in known.values())


def listen(pipes: list[Connection], known: dict[str, Heard], hear: Hear) -> None:
    while pipes:
        for pipe in wait(pipes, timeout=1.0):
            assert isinstance(pipe, Connection)  # noqa: S101 - nothing else was given
            try:
                heard: Heard = pipe.recv()
            except EOFError:
                pipes.remove(pipe)
                continue
            if heard.trouble is not None:
                raise Refused("demo.refused", reason=heard.trouble)
            known[heard.house] = heard
        hear(known)
    if not known_over(known):
        raise Refused("demo.refused", reason="a telling process was lost")


def in_a_process(telling: Telling, base: str, pipe: Connection) -> None:
    """One house, told in a process of its own that ends with the one that began it."""
    os.setsid()  # a Ctrl-C reaches the one that began it, which stops it in good order
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    house = House(telling.crowd, base)
    try:
        with services(telling.settings) as (app, clock):
            for heard in tell_house(telling, house, app, clock):
                pipe.send(heard)
    except (Refusal, Refused, OSError) as trouble:
        pipe.send(Heard(house.key, trouble=str(trouble)))
    pipe.close()


def end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def services(settings: Settings) -> Iterator[tuple[Answers, LivesClock]]:
    """Every service, in this process, with a clock for each thread. Production refuses that."""
    clock = LivesClock()
    app = front(settings, plans(), clock=clock)
    try:
        yield app, clock
    finally:
        app.close()


def tell_house(telling: Telling, house: House, app: Answers, clock: LivesClock) -> Iterator[Heard]:
    """Week after week, from where it was left."""
    issuer = LocalIssuer(telling.settings.oidc_issuer, telling.issuer)
    door = NearDoor(telling.settings.url, lambda who: issuer.token(who.key), PATIENCE, app=app)
    teller, begun = HouseTeller(house, door, clock.set), Begun(telling.state, house.key)
    first, partly = begun.read()
    teller.remember(begun.memory())
    heard = Heard(house.key, first)
    for number, moments in teller.weeks():
        if number < first:
            continue
        begun.begin(number)
        teller.tell(moments, looks=not (partly and number == first))
        begun.finish(number, teller.memory())
        heard = replace(heard, weeks=number + 1, tally=teller.tally, peak=peak())
        yield heard
    yield replace(heard, weeks=WEEKS, over=True, peak=peak())
