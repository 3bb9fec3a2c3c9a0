"""Writes the moments of one thread of a life in the order of their days, each at its own time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cosigne.demo.scale.days import instant
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Entry, Moment
from cosigne.people import Person

AFTER = timedelta(minutes=3)
STAFFS_HOURS, HER_HOURS = 7, 11


class Pen:
    """`topic` names a thread, and its lot: what is drawn in one does not change another."""

    def __init__(self, life: Life, topic: str) -> None:
        self.life, self.topic = life, topic
        self.lot = life.lot(topic)
        self.last: datetime = instant(0, 0)

    def write(
        self,
        day: int,
        who: Person,
        name: str,
        path: str,
        body: dict[str, Any] | None = None,
        **more: Any,
    ) -> Moment:
        """What `who` does on a day, after all that was written before."""
        hours = HER_HOURS if who == self.life.person else STAFFS_HOURS
        hour = self.life.house.told["utc_morning"] + self.lot.randrange(hours)
        at = max(instant(day, hour % 24, self.lot.randrange(60)), self.last + AFTER)
        self.last = at
        key = f"{self.topic}/{name}"
        return Moment(at, self.life.person.key, key, who.key, path, body or {}, **more)

    def path(self, service: str, place: str = "") -> str:
        return f"/{service}/v1/persons/{self.life.person.id}{place}"

    def entry(self, name: str, item: int | None = None) -> Entry:
        return Entry(f"{self.topic}/{name}", item)

    def chance(self, share: float) -> bool:
        return self.lot.random() < share

    def act(
        self,
        *others: Person,
        part: str = "discussed",
        setting: str | None = None,
        author: Person | None = None,
        because_of: Sequence[Entry] = (),
    ) -> dict[str, Any]:
        """Whose act it is and who took part; now and then, which knowledge someone brought."""
        told: dict[str, Any] = {}
        if author is not None:
            told["author"] = str(author.id)
        if others:
            told["contributors"] = [self._contributor(one, part) for one in others]
        if setting is not None:
            told["setting"] = setting
        if because_of:
            told["because_of"] = list(because_of)
        return {"act": told} if told else {}

    def _contributor(self, who: Person, part: str) -> dict[str, Any]:
        usual = "experiential" if who == self.life.person else "professional"
        knows = {"knowledge": [usual]} if self.chance(0.4) else {}
        return {"party": str(who.id), "part": part, **knows}
