"""One person's two years, as far as everything else in them follows: who accompanies her, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from cosigne.crowd import House
from cosigne.demo.scale import staff
from cosigne.demo.scale.days import LAST
from cosigne.demo.scale.days import day as date_of
from cosigne.people import Person

EVERY_MOVER, EVERY_LEAVER, EVERY_PEER, EVERY_LONG, EVERY_MINOR = 11, 8, 9, 700, 50
MOVER, PEERED, LONG, MINOR = 3, 4, 5, 6


@dataclass(frozen=True, slots=True)
class Care:
    """Someone accompanies her in a programme from one day until the eve of another."""

    worker: Person
    programme: int
    since: int
    until: int | None
    why: str

    def at(self, day: int) -> bool:
        """With a day in between: a relation that begins or ends on a day is not counted on."""
        return self.since < day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Life:
    """A person by house and number; all else is drawn by lot from them, the same every time."""

    house: House
    number: int

    @cached_property
    def person(self) -> Person:
        return self.house.one("p", self.number)

    def lot(self, topic: str) -> Random:
        return Random(f"{self.house.crowd.seed}/{topic}/{self.person.key}")

    @property
    def is_long(self) -> bool:
        """Few write every week for two years."""
        return self.number % EVERY_LONG == LONG

    @property
    def is_minor(self) -> bool:
        """When she comes, she is under the age from which one consents alone where she lives."""
        return self.number % EVERY_MINOR == MINOR

    @cached_property
    def born(self) -> date:
        """Of a minor: she reaches that age two months later at the earliest, within two years."""
        of_age = date_of(self.comes) + timedelta(days=self.lot("born").randint(60, 700))
        year = of_age.year - int(self.house.told["age_of_consent"]["age"])
        return date(year, of_age.month, min(of_age.day, 28))

    @cached_property
    def comes(self) -> int:
        lot = self.lot("comes")
        early = self.is_long or lot.random() < 0.5
        return lot.randint(0, 45) if early else lot.randint(46, 540)

    @cached_property
    def goes(self) -> int | None:
        """When the service to her ends, if it does within the two years."""
        if self.number % EVERY_LEAVER or self.comes + 150 > LAST:
            return None
        return self.lot("goes").randint(self.comes + 140, LAST)

    @cached_property
    def moves(self) -> int | None:
        last = (self.goes or LAST) - 60
        if self.number % EVERY_MOVER != MOVER or self.comes + 90 > last:
            return None
        return self.lot("moves").randint(self.comes + 80, last)

    @cached_property
    def last(self) -> int:
        return LAST if self.goes is None else self.goes - 1

    @cached_property
    def cares(self) -> tuple[Care, ...]:
        return tuple(sorted((*self._accompanied(), *self._beside()), key=lambda care: care.since))

    def _accompanied(self) -> Iterator[Care]:
        """One after the other: another one takes over when someone leaves or she moves."""
        lot, day, why = self.lot("care"), self.comes, "welcome"
        programme = lot.randrange(self.house.programmes)
        while day < (self.goes or LAST):
            number = lot.choice(staff.present(self.house, programme, day))
            leaves = staff.leaving(self.house, number) - 3
            moves = self.moves if self.moves is not None and self.moves > day else LAST + 1
            until = min(leaves, moves, self.goes or LAST + 1)
            over = until <= LAST
            worker = self.house.one("i", number)
            yield Care(worker, programme, day, until if over else None, why)
            if not over or until == self.goes:
                return
            day = until
            why = "moving" if until == moves else "handing_over"
            if why == "moving":
                programme = (programme + 1) % self.house.programmes

    def _beside(self) -> Iterator[Care]:
        """A peer worker of her first programme, if there is one."""
        if self.number % EVERY_PEER != PEERED:
            return
        first = next(self._accompanied())
        here = (
            (number, self.house.one("i", number))
            for number in staff.present(self.house, first.programme, self.comes)
        )
        peer = next(((n, one) for n, one in here if one.role == "peer_worker"), None)
        if peer is not None and peer[1] != first.worker:
            until = min(staff.leaving(self.house, peer[0]) - 3, self.goes or LAST + 1)
            over = until <= LAST
            yield Care(peer[1], first.programme, self.comes, until if over else None, "beside")

    def worker(self, day: int) -> Person | None:
        """Who accompanies her on a day, beside any peer worker."""
        if day > self.last:
            return None
        found = (c.worker for c in self.cares if c.at(day) and c.why != "beside")
        return next(found, None)
