"""A house told week by week: several lives at the same time, each in its own order.

Who leaves or joins the house does so on a Monday, before the lives of that week go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from cosigne.crowd import House
from cosigne.demo.door import Door
from cosigne.demo.scale.days import week_of
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.lives import life_of, lives
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.scene import scene
from cosigne.demo.scale.teller import LifeTeller, SetClock, Tally

THREADS = 4
# by life, by moment: the ids of what it recorded
Memory = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass
class HouseTeller:
    """Tells the lives of one organisation; `tally` says what that has come to so far."""

    house: House
    door: Door
    set_clock: SetClock
    threads: int = THREADS
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self._tellers: dict[str, LifeTeller] = {}
        self._lock = Lock()
        self._known: Memory = {}

    def weeks(self) -> Iterator[tuple[int, list[Moment]]]:
        """Every week in which something happens, with its moments in order."""
        here: list[Moment] = []
        for moment in lives(self.house):
            if here and week_of(moment.at) != week_of(here[0].at):
                yield week_of(here[0].at), here
                here = []
            here.append(moment)
        if here:
            yield week_of(here[0].at), here

    def tell(self, moments: Sequence[Moment], *, looks: bool = True) -> None:
        """A week. Without looks when some of it was told before: a look is never told again."""
        of_lives: dict[str, list[Moment]] = defaultdict(list)
        for moment in moments:
            if looks or not moment.looks:
                of_lives[moment.life].append(moment)
        self._tell_one(of_lives.pop(self.house.key, []))
        with ThreadPoolExecutor(self.threads) as pool:
            # the fullest first: the week is not over before they are
            fullest = sorted(of_lives.values(), key=len, reverse=True)
            for told in [pool.submit(self._tell_one, mine) for mine in fullest]:
                told.result()

    def memory(self) -> Memory:
        """What lives still name of what was recorded, to be told on by another teller."""
        return {**self._known, **{life: one.kept for life, one in self._tellers.items()}}

    def remember(self, memory: Memory) -> None:
        self._known = dict(memory)

    def _tell_one(self, moments: Sequence[Moment]) -> None:
        """The moments of one life, by a teller that nobody else uses meanwhile."""
        if not moments:
            return
        life = moments[0].life
        teller = self._tellers.get(life)
        if teller is None:
            kept = dict(self._known.get(life, {}))
            teller = LifeTeller(self.door, self.set_clock, self.again, Tally(), kept)
        teller.tally = Tally()
        for moment in moments:
            teller.tell(moment)
        with self._lock:
            self._tellers[life] = teller
            self.tally.add(teller.tally)

    def again(self, life: str) -> Iterator[Moment]:
        """All that happens in a life, from its beginning."""
        if life == self.house.key:
            return scene(self.house)
        return life_of(Life(self.house, int(life.rpartition("-p")[2])))
