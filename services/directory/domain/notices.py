"""What she was told (notices) and how she wants to work: alone first or together, at her pace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Command, Fact, Stamp

TEXTS = (
    "welcome",
    "nobody_reads_live",
    "limits_of_confidentiality",
    "showing_to_my_team",
    "sharing_with_a_relative",
    "summary_by_link",
    "partner_systems",
    "research",
    "recorded_in_my_name",
    "emergency_access",
    "withdrawing_words",
    "erasing_all",
    "names_of_others",
    "young_people",
    "acting_for_someone",
    "incident",
    "leaving",
    "shared_device",
)
LANGUAGES = ("fr-CA", "fr-FR", "fr", "en")
FORMS = ("screen", "paper", "aloud")
FIRSTS = ("alone", "together", "not_yet_known")


@dataclass(frozen=True, kw_only=True)
class GiveNotice(Command):
    text: str
    version: str
    language: str
    form: str = "screen"


@dataclass(frozen=True, kw_only=True)
class AgreeWayOfWorking(Command):
    first: str
    pace: str | None = None
    tabs: tuple[str, ...] = ()
    words: str | None = None


NoticeCommand = GiveNotice | AgreeWayOfWorking
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class WayOfWorking:
    first: str
    pace: str | None = None
    tabs: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True)
class Notices:
    given: Mapping[Key, datetime] = field(default_factory=dict)
    way: WayOfWorking | None = None

    def choose(self, command: NoticeCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, GiveNotice):
            notice = (
                checked.one_of(command.text, TEXTS, "text"),
                checked.text(command.version, "version", 40),
                checked.one_of(command.language, LANGUAGES, "language"),
                checked.one_of(command.form, FORMS, "form"),
            )
            return [] if notice in self.given else [e.NoticeGiven(*next(stamps), *notice)]
        way = WayOfWorking(
            checked.one_of(command.first, FIRSTS, "first"),
            checked.maybe(command.pace, "pace", 200),
            tabs(command.tabs),
            checked.maybe(command.words, "words", 1000),
        )
        if way == self.way:
            return []
        return [e.WayOfWorkingAgreed(*next(stamps), way.first, way.pace, way.tabs, way.words)]

    def evolve(self, fact: Any) -> Notices:
        match fact:
            case e.NoticeGiven():
                key = fact.text, fact.version, fact.language, fact.form
                return Notices({**self.given, key: fact.act.occurred}, self.way)
            case e.WayOfWorkingAgreed():
                way = WayOfWorking(fact.first, fact.pace, fact.tabs, fact.words)
                return Notices(self.given, way)
            case _:
                return self


def tabs(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The tabs she begins with; none named leaves the choice open."""
    return checked.some_of(chosen, checked.TABS, "tabs") if chosen else ()
