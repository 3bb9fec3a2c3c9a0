"""The whole telling: the scene, then the lives of the cast in the order of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cosigne.demo.answers import ANSWERS
from cosigne.demo.door import Door
from cosigne.demo.goals import GOALS
from cosigne.demo.networks import NETWORKS
from cosigne.demo.pages import Page
from cosigne.demo.portraits import PORTRAITS, Tell
from cosigne.demo.relations import RELATIONS
from cosigne.demo.scene import scene
from cosigne.demo.summaries import SUMMARIES
from cosigne.demo.teller import Event, SetClock, Teller, recorded
from cosigne.people import Person, cast, find

TOLD: Mapping[str, Tell] = {**PORTRAITS, **RELATIONS, **GOALS, **NETWORKS, **ANSWERS, **SUMMARIES}
Chapter = int | str
STORIES: tuple[Chapter, ...] = (1, 2, 3, 4, 5, 6, 7, 8, 9)
# what else happens to people of the cast: to some of the stories, later in their lives
SITUATIONS: tuple[Chapter, ...] = (
    "minor", "maintained", "curatelle", "paper", "withdrawn-words", "emergency",
)  # fmt: skip
CHAPTERS = (*STORIES, *SITUATIONS)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Moment:
    """One thing that happens: when, its place in the telling, and who asks what of whom.

    The place names its requests, so that told again, each is known again: it never changes.
    """

    at: datetime
    place: str
    page: Page | None = None
    event: Event | None = None
    person: Person | None = None

    @property
    def kind(self) -> str | None:
        return str(self.event["type"]) if self.event else None

    def tell(self, teller: Teller) -> None:
        """Raises Refusal where a service says no: the cast and the rules then disagree."""
        teller.turn_to(self.place)
        if self.page is not None:
            teller.ask(self.page.at, self.page.who, self.page.path, self.page.body, self.page.how)
        if self.event is not None and self.person is not None:
            TOLD[self.event["type"]](teller, self.event, self.person, teller.life(self.person))


def telling(chapters: Sequence[Chapter] = CHAPTERS) -> list[Moment]:
    """The scene and these chapters, in the order in which they are recorded."""
    moments = [*moments_of_the_scene(), *moments_of(chapters)]
    return sorted(moments, key=lambda moment: moment.at)


def moments_of_the_scene() -> Iterator[Moment]:
    for number, page in enumerate(scene(), 1):
        yield Moment(page.at, f"scene/{number}", page=page)


def moments_of(chapters: Sequence[Chapter]) -> list[Moment]:
    """What these chapters tell and a service records."""
    found = [
        Moment(recorded(event), f"{chapter}/{number}", event=event, person=person)
        for chapter in chapters
        for person, events in [chapter_of(chapter)]
        for number, event in enumerate(events, 1)
        if event["type"] in TOLD
    ]
    return sorted(found, key=lambda moment: moment.at)


def chapter_of(name: Chapter) -> tuple[Person, Sequence[Event]]:
    """Whose life a story or a situation is about, and what happens in it."""
    told: dict[Chapter, Mapping[str, Any]] = {one["n"]: one for one in cast()["stories"]}
    told |= {one["id"]: one for one in cast()["situations"]}
    return find(told[name]["person"]), told[name]["events"]


def tell(
    door: Door,
    set_clock: SetClock,
    progress: Progress = lambda _done, _all: None,
    chapters: Sequence[Chapter] = CHAPTERS,
) -> Teller:
    """Tell everything from the beginning. Told again, nothing is recorded twice."""
    teller, moments = Teller(door, set_clock), telling(chapters)
    for number, moment in enumerate(moments, 1):
        moment.tell(teller)
        progress(number, len(moments))
    return teller
