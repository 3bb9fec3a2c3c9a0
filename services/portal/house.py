"""The organisation as its portal needs it: its name, its words, whom to call, how soon it reads."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.portal.asking import Apis, Problem
from shared.http.messages import FIRST

FRESH_FOR = 60.0
POSTER = re.compile(r"[\w-]{32}", re.ASCII)
USUAL_WORDS = {
    "practitioner": {
        "fr": "la personne qui vous accompagne",
        "en": "the person who works with you",
    },
}


@dataclass(frozen=True)
class House:
    """Of nobody's organisation when nobody has signed in on this device yet."""

    id: str = ""
    name: str = ""
    locale: str = FIRST
    timezone: str = "UTC"
    country: str = ""
    ready: bool = False
    help_lines: tuple[Mapping[str, str], ...] = ()
    reading_delay: Mapping[str, str] = field(default_factory=dict)
    own_words: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    unknown: int = 0  # why it could not be asked whether it is ready: the status of the answer

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> House:
        return cls(
            id=told["id"],
            name=told["name"],
            locale=told.get("locale", FIRST),
            timezone=told.get("timezone", "UTC"),
            country=told.get("country", ""),
            ready=bool(told.get("ready")),
            help_lines=tuple(told.get("help_lines") or ()),
            reading_delay=told.get("reading_delay") or {},
            own_words={w["word"]: w["text"] for w in told.get("words") or ()},
            about=told,
        )

    def lines(self, locale: str) -> list[str]:
        return [line[locale.partition("-")[0]] for line in self.help_lines]

    def delay(self, locale: str) -> str:
        return self.reading_delay.get(locale.partition("-")[0], "")

    def unnamed(self) -> House:
        """Whom to call, and not whose lines they are."""
        return replace(self, name="")

    def words(self, locale: str) -> dict[str, str]:
        """What any sentence may name: the organisation and how soon it reads."""
        return {"house": self.name, "delay": self.delay(locale)}


class Houses:
    """Asked once a minute for all who belong to one."""

    def __init__(self, apis: Apis) -> None:
        self.apis = apis
        self.known: dict[str, tuple[float, House]] = {}
        self.posters: dict[str, tuple[float, House]] = {}

    def of(self, organisation: str, token: str) -> House:
        if not organisation:
            return House()
        at, house = self.known.get(organisation, (0.0, House()))
        # one that is about to open is asked each time: it opens when its administrator says so
        if time.monotonic() - at < FRESH_FOR and house.ready:
            return house
        try:
            told = self.apis.asked_by(token, FIRST).get("directory/organisation")
        except Problem as problem:
            # what was known a minute ago is better than no line to call
            return house if house.ready else replace(house, unknown=problem.status)
        house = House.of(told)
        self.known[organisation] = (time.monotonic(), house)
        return house

    def behind(self, poster: str) -> House:
        """What whoever comes by its poster is told: its name, and whom to call."""
        at, house = self.posters.get(poster, (0.0, House()))
        fresh = house.help_lines and time.monotonic() - at < FRESH_FOR
        if fresh or not POSTER.fullmatch(poster):
            return house
        try:
            told = self.apis.asked_by("", FIRST).get(f"directory/help-lines/{poster}")
        except Problem:
            return house
        house = House(name=told["name"], help_lines=tuple(told["help_lines"]))
        self.posters[poster] = (time.monotonic(), house)
        return house

    def forget(self, organisation: str) -> None:
        """What its administrator has just changed is asked anew."""
        self.known.pop(organisation, None)
