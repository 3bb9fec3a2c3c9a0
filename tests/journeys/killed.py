"""A life whose teller is killed after every few requests and begins again, as a process would."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cosigne.demo.door import Door
from cosigne.demo.stories import moments_of
from cosigne.demo.teller import SetClock, Teller
from cosigne.people import Person

STEP = 3


class Life(NamedTuple):
    chapter: int
    person: str


FELIX = Life(9, "felix")


class Killed(BaseException):
    """Nothing that the teller could catch."""


@dataclass
class Torn(Door):
    """The teller is killed once so many requests were answered: of the last, it heard nothing."""

    left: int = 0

    def send(
        self,
        who: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> Any:
        self.left -= 1
        answer = super().send(who, method, path, body, headers)
        if self.left == 0:
            raise Killed
        return answer


def told_by_the_killed(life: Life, door: Door, clock: SetClock) -> int:
    """Told from its beginning until it is told whole; how often its teller was killed."""
    moments, deaths = moments_of((life.chapter,)), 0
    while True:
        torn = Torn(door.url, door.token_of, left=1 + STEP * deaths)
        teller = Teller(torn, clock)
        try:
            for moment in moments:
                moment.tell(teller)
        except Killed:
            deaths += 1
        else:
            return deaths
        finally:
            torn.close()
