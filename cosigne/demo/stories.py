"""The whole telling: the scene, then the lives of the cast in the order of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cosigne.demo.answers import ANSWERS
from cosigne.demo.door import Door
from cosigne.demo.goals import GOALS
from cosigne.demo.portraits import PORTRAITS, Tell
from cosigne.demo.relations import RELATIONS
from cosigne.demo.scene import scene
from cosigne.demo.teller import Event, SetClock, Teller, recorded
from cosigne.people import Person, cast, find

TOLD: Mapping[str, Tell] = {**PORTRAITS, **RELATIONS, **GOALS, **ANSWERS}
STORIES = (1, 2, 3, 4, 5, 6, 8)
Progress = Callable[[int, int], None]


def events_of(stories: tuple[int, ...] = STORIES) -> list[tuple[Person, Event]]:
    """What these stories tell and a service records, in the order in which it was recorded."""
    chosen = [s for s in cast()["stories"] if s["n"] in stories]
    found = [(find(s["person"]), e) for s in chosen for e in s["events"] if e["type"] in TOLD]
    return sorted(found, key=lambda one: recorded(one[1]))


def tell(
    door: Door,
    set_clock: SetClock,
    progress: Progress = lambda _done, _all: None,
    stories: tuple[int, ...] = STORIES,
) -> Teller:
    """Tell everything from the beginning. Told again, nothing is recorded twice.

    Raises Refusal where a service says no: the cast and the rules then disagree.
    """
    teller = Teller(door, set_clock)
    events = events_of(stories)
    pages = in_order(scene(), events)
    total = len(events) + sum(1 for _ in scene())
    for number, (page, told) in enumerate(pages):
        if page is not None:
            teller.ask(page.at, page.who, page.path, page.body, how=page.how)
        elif told is not None:
            person, event = told
            TOLD[event["type"]](teller, event, person, teller.life(person))
        progress(number + 1, total)
    return teller


def in_order(pages: Any, events: list[tuple[Person, Event]]) -> Iterator[tuple[Any, Any]]:
    """Both by time; the scene first where they meet."""
    waiting: list[tuple[datetime, int, Any, Any]] = [(p.at, 0, p, None) for p in pages]
    waiting += [(recorded(e), 1, None, (person, e)) for person, e in events]
    for _, _, page, told in sorted(waiting, key=lambda one: one[:2]):
        yield page, told
