"""Consents: to whom she shows which tabs, what for, and until when. Ending one needs no reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Command, Fact, Invalid, NotFound, Stamp

CATEGORIES = (
    "relative",
    "practitioner",
    "peer_worker",
    "manager",
    "researcher",
    "assistant",
    "partner",
)
PURPOSES = ("care", "research", "partner")
# those to whom her record is shown for one purpose only, and who alone are meant by it
ALONE_FOR = {"researcher": "research", "partner": "partner"}


@dataclass(frozen=True, kw_only=True)
class GiveConsent(Command):
    audience: UUID | None = None
    category: str | None = None
    tabs: tuple[str, ...]
    purpose: str
    until: date
    words: str | None = None
    ethics: str | None = None
    age_of_consent: int | None = None  # as the organisation has set it


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(Command):
    consent: UUID
    words: str | None = None


ConsentCommand = GiveConsent | WithdrawConsent


@dataclass(frozen=True)
class Consent:
    id: UUID
    audience: UUID | None
    category: str | None
    tabs: tuple[str, ...]
    purpose: str
    until: date
    words: str | None = None
    ethics: str | None = None
    own: bool = True  # False as long as it is only noted for her
    ended: bool = False

    def runs(self, day: date) -> bool:
        return not self.ended and day <= self.until


@dataclass(frozen=True)
class Consents:
    given: Mapping[UUID, Consent] = field(default_factory=dict)

    def choose(self, command: ConsentCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, GiveConsent):
            return self.give(command, stamps)
        known = self.given.get(command.consent)
        if known is None:
            raise NotFound("consent.unknown", field="consent")
        words = checked.maybe(command.words, "words", 1000)
        if known.ended:
            return []
        return [e.ConsentWithdrawn(*next(stamps), known.id, known.audience, known.category, words)]

    def give(self, asked: GiveConsent, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        checked.audience(asked.audience, asked.category, CATEGORIES)
        if asked.audience == asked.act.subject:
            raise Invalid("party.herself", field="audience")
        purpose = checked.one_of(asked.purpose, PURPOSES, "purpose")
        require_meant(asked.category, purpose)
        given = e.ConsentGiven(
            *next(stamps),
            audience=asked.audience,
            category=asked.category,
            tabs=checked.some_of(asked.tabs, checked.TABS, "tabs"),
            purpose=purpose,
            until=checked.to_come(asked.until, asked.act, "until"),
            words=checked.maybe(asked.words, "words", 1000),
            ethics=ethics_of(asked, purpose),
        )
        new = consented(given)
        same = any(replace(known, id=new.id) == new for known in self.given.values())
        return [] if same else [given]

    def evolve(self, fact: Any) -> Consents:
        match fact:
            case e.ConsentGiven():
                return Consents({**self.given, fact.id: consented(fact)})
            case e.ConsentWithdrawn(consent=which) if which in self.given:
                return self.over(which)
            case e.ContributionDisputed(entry=which) if which in self.given:
                # whatever is answered: what she says she did not agree to is not shown
                return self.over(which) if fact.act.author == fact.act.subject else self
            case _:
                return self

    def over(self, which: UUID) -> Consents:
        return Consents({**self.given, which: replace(self.given[which], ended=True)})


def require_meant(category: str | None, purpose: str) -> None:
    """Researchers are let in for research only, partners as partners; nobody else is for those."""
    if category is not None and ALONE_FOR.get(category, "care") != purpose:
        raise Invalid("consent.other_purpose", field="purpose")


def ethics_of(asked: GiveConsent, purpose: str) -> str | None:
    """Research is a consent of its own: it names the committee's approval, no other does."""
    ethics = checked.maybe(asked.ethics, "ethics", 200)
    if (ethics is None) is (purpose == "research"):
        raise Invalid("consent.ethics", field="ethics")
    return ethics


def consented(fact: e.ConsentGiven) -> Consent:
    return Consent(
        id=fact.id,
        audience=fact.audience,
        category=fact.category,
        tabs=fact.tabs,
        purpose=fact.purpose,
        until=fact.until,
        words=fact.words,
        ethics=fact.ethics,
        own=fact.act.attestation_of(fact.act.author) == "own",
    )
