"""Representation: who may act for her or help her act, for what, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Act, Command, Fact, Invalid, NotFound, Stamp

ROLES = ("representative", "assistant")
SCOPES = ("money", "papers", "housing", "health", "services", "sharing", "rights")


@dataclass(frozen=True, kw_only=True)
class StartRepresentation(Command):
    party: UUID
    kind: str
    scope: tuple[str, ...]
    until: date
    role: str = "representative"
    parental: bool = False
    age_of_consent: int | None = None  # as the organisation has set it


@dataclass(frozen=True, kw_only=True)
class EndRepresentation(Command):
    representation: UUID
    words: str | None = None


RepresentationCommand = StartRepresentation | EndRepresentation


@dataclass(frozen=True)
class Representation:
    id: UUID
    party: UUID
    role: str
    kind: str
    scope: tuple[str, ...]
    until: date
    parental: bool = False
    ended: bool = False

    def current(self, day: date) -> bool:
        return not self.ended and day <= self.until


@dataclass(frozen=True)
class Representations:
    known: Mapping[UUID, Representation] = field(default_factory=dict)

    def current(self, day: date) -> tuple[Representation, ...]:
        return tuple(r for r in self.known.values() if r.current(day))

    def speaks(self, act: Act, *needed: str) -> bool:
        """Whether the author may speak for her: within the scope, not as an assistant.

        On the day it is recorded, whichever day is said: an authority that has run out gives none.
        """
        return any(
            r.party == act.author and r.role == "representative" and {*needed} <= {*r.scope}
            for r in self.current(act.day_recorded)
        )

    def parental(self, act: Act) -> bool:
        """Whether the author has parental authority."""
        running = self.current(act.day_recorded)
        return any(r.party == act.author and r.parental for r in running)

    def choose(self, command: RepresentationCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, StartRepresentation):
            return self.start(command, stamps)
        known = self.known.get(command.representation)
        if known is None:
            raise NotFound("representation.unknown", field="representation")
        words = checked.maybe(command.words, "words", 1000)
        if known.ended:
            return []
        return [e.RepresentationEnded(*next(stamps), known.id, known.party, words)]

    def start(self, asked: StartRepresentation, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if asked.party == asked.act.subject:
            raise Invalid("party.herself", field="party")
        started = e.RepresentationStarted(
            *next(stamps),
            party=asked.party,
            kind=checked.text(asked.kind, "kind", 120),
            scope=checked.some_of(asked.scope, SCOPES, "scope"),
            until=checked.to_come(asked.until, asked.act, "until"),
            role=checked.one_of(asked.role, ROLES, "role"),
            parental=asked.parental,
        )
        begun = represented(started)
        same = any(replace(known, id=begun.id) == begun for known in self.known.values())
        return [] if same else [started]

    def evolve(self, fact: Any) -> Representations:
        match fact:
            case e.RepresentationStarted():
                return Representations({**self.known, fact.id: represented(fact)})
            case e.RepresentationEnded(representation=which) if which in self.known:
                return Representations(
                    {**self.known, which: replace(self.known[which], ended=True)}
                )
            case _:
                return self


def represented(fact: e.RepresentationStarted) -> Representation:
    return Representation(
        id=fact.id,
        party=fact.party,
        role=fact.role,
        kind=fact.kind,
        scope=fact.scope,
        until=fact.until,
        parental=fact.parental,
    )
