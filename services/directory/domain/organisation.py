"""An organisation: who runs this, where, what helps in an emergency, how soon its teams read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.directory.domain import checked
from services.directory.domain import events as e
from services.directory.domain.erasure import LONGEST_DELAY, USUAL_DELAY
from services.directory.domain.places import PlaceCommand, Places
from services.directory.domain.standing import Standing
from shared.kernel import Command, Fact, Invalid, Refused

COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
LOCALES = ("fr-CA", "fr-FR", "en")
YOUNGEST, OLDEST = 12, 18  # no law the product knows sets it elsewhere
ADDRESS_FORMS = ("vous", "tu")
OWN_WORDS = ("practitioner", "programme", "site")  # a person stays a person everywhere


@dataclass(frozen=True, kw_only=True)
class RegisterOrganisation(Command):
    opens: ClassVar[bool] = True
    name: str
    country: str
    locale: str
    timezone: str
    address_form: str = "vous"
    words: tuple[e.OwnWord, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SetHelpLines(Command):
    lines: tuple[e.HelpLine, ...]


@dataclass(frozen=True, kw_only=True)
class SetReadingDelay(Command):
    fr: str
    en: str


@dataclass(frozen=True, kw_only=True)
class SetAgeOfConsent(Command):
    """`fr` and `en` name the law that says so."""

    age: int
    fr: str
    en: str


@dataclass(frozen=True, kw_only=True)
class SetErasureDelay(Command):
    days: int


@dataclass(frozen=True)
class Organisation(Standing):
    profile: e.OrganisationRegistered | None = None
    places: Places = field(default_factory=Places)
    help_lines: tuple[e.HelpLine, ...] = ()
    reading_delay: tuple[str, str] | None = None
    age_of_consent: tuple[int, str, str] | None = None
    erasure_delay: int = USUAL_DELAY

    @property
    def ready(self) -> bool:
        """A portal opens only once people can read whom to call and when someone reads them."""
        return bool(self.help_lines) and self.reading_delay is not None

    def choose(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, PlaceCommand):
            return self.places.choose(command, self.stamps(command))
        match command:
            case RegisterOrganisation():
                return self.register(command)
            case SetHelpLines():
                lines = tuple(
                    e.HelpLine(checked.text(x.fr, "lines.fr"), checked.text(x.en, "lines.en"))
                    for x in command.lines
                )
                if not lines:
                    raise Invalid("length.too_small", field="lines", min=1)
                same = lines == self.help_lines
                return [] if same else [e.HelpLinesSet(*self.stamp(command), lines)]
            case SetReadingDelay():
                delay = checked.text(command.fr, "fr", 80), checked.text(command.en, "en", 80)
                same = delay == self.reading_delay
                return [] if same else [e.ReadingDelaySet(*self.stamp(command), *delay)]
            case SetAgeOfConsent() | SetErasureDelay():
                return self.set_number(command)
            case _:
                raise TypeError(command)

    def set_number(self, command: SetAgeOfConsent | SetErasureDelay) -> Sequence[Fact]:
        if isinstance(command, SetAgeOfConsent):
            return self.set_age(command)
        if not 1 <= command.days <= LONGEST_DELAY:
            raise Invalid("erasure.delay", field="days", most=LONGEST_DELAY)
        same = command.days == self.erasure_delay
        return [] if same else [e.ErasureDelaySet(*self.stamp(command), command.days)]

    def set_age(self, asked: SetAgeOfConsent) -> Sequence[Fact]:
        if not YOUNGEST <= asked.age <= OLDEST:
            raise Invalid("age_of_consent.range", field="age", least=YOUNGEST, most=OLDEST)
        law = checked.text(asked.fr, "fr", 200), checked.text(asked.en, "en", 200)
        same = (asked.age, *law) == self.age_of_consent
        return [] if same else [e.AgeOfConsentSet(*self.stamp(asked), asked.age, *law)]

    def register(self, asked: RegisterOrganisation) -> Sequence[Fact]:
        if not COUNTRY.fullmatch(asked.country):
            raise Invalid("country.malformed", field="country")
        checked.one_of(asked.locale, LOCALES, "locale")
        checked.one_of(asked.address_form, ADDRESS_FORMS, "address_form")
        registered = e.OrganisationRegistered(
            *self.stamp(asked),
            name=checked.text(asked.name, "name"),
            country=asked.country,
            locale=asked.locale,
            timezone=zone(asked.timezone),
            address_form=asked.address_form,
            words=tuple(own_word(word) for word in asked.words),
        )
        if self.version == 0:
            return [registered]
        if self.profile and said(registered) == said(self.profile):
            return []
        raise Refused("organisation.registered_already")

    def evolve(self, fact: Any) -> Organisation:
        known = replace(self, version=fact.originator_version, places=self.places.evolve(fact))
        match fact:
            case e.OrganisationRegistered():
                return replace(known, profile=fact)
            case e.HelpLinesSet():
                return replace(known, help_lines=fact.lines)
            case e.ReadingDelaySet():
                return replace(known, reading_delay=(fact.fr, fact.en))
            case e.AgeOfConsentSet():
                return replace(known, age_of_consent=(fact.age, fact.fr, fact.en))
            case e.ErasureDelaySet():
                return replace(known, erasure_delay=fact.days)
            case _:
                return known


def own_word(word: e.OwnWord) -> e.OwnWord:
    checked.one_of(word.word, OWN_WORDS, "words.word")
    return e.OwnWord(word.word, checked.text(word.text, "words.text", 60))


def zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("timezone.unknown", field="timezone") from None


def said(fact: e.OrganisationRegistered) -> tuple[object, ...]:
    """What an organisation says of itself, whenever it said so."""
    return fact.name, fact.country, fact.locale, fact.timezone, fact.address_form, fact.words
