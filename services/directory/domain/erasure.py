"""Erasing all that is kept of a person: granted, hidden for some days, begun, done, certified.

Until it has begun she calls it off; from then on nobody does. What is recorded of it names ids and
days only, and is sealed under the organisation's key: it outlives hers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.directory.domain import events as e
from shared.kernel import Act, Command, Fact, NotFound, Refused, Stamp

USUAL_DELAY = 7  # days to change one's mind
LONGEST_DELAY = 30
STATEMENT = "2026-11"  # the version of what she reads before she asks (domain/statement.py)


@dataclass(frozen=True, kw_only=True)
class CallOffErasure(Command):
    erasure: UUID


@dataclass(frozen=True, kw_only=True)
class BeginErasure(Command):
    erasure: UUID


@dataclass(frozen=True, kw_only=True)
class ErasePerson(Command):
    """`listed`: it was done before, and what was restored since does not know of it."""

    listed: bool = False


@dataclass(frozen=True, kw_only=True)
class CertifyErasure(Command):
    erasure: UUID
    logs: tuple[e.ErasedLog, ...]


ErasureCommand = CallOffErasure | BeginErasure | ErasePerson | CertifyErasure


@dataclass(frozen=True)
class Erasure:
    """One that was granted, and how far it is."""

    id: UUID
    request: UUID
    after: datetime
    act: Act
    stage: str = "scheduled"


@dataclass(frozen=True)
class Erasures:
    known: Mapping[UUID, Erasure] = field(default_factory=dict)
    done: bool = False

    @property
    def under_way(self) -> Erasure | None:
        """The one that nobody called off."""
        return next((x for x in self.known.values() if x.stage != "called_off"), None)

    def choose(self, command: ErasureCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, ErasePerson):
            return self.erase(command, stamps)
        erasure = self.known.get(command.erasure)
        if erasure is None:
            raise NotFound("erasure.unknown", field="erasure")
        match command:
            case CallOffErasure():
                return self.call_off(erasure, command, stamps)
            case BeginErasure():
                return self.begin(erasure, command, stamps)
            case CertifyErasure(logs=logs):
                if erasure.stage == "certified" or not self.done:
                    return []
                return [e.ErasureCertified(*next(stamps), erasure.id, logs)]

    def call_off(
        self, erasure: Erasure, asked: CallOffErasure, stamps: Iterator[Stamp]
    ) -> Sequence[Fact]:
        if erasure.stage == "called_off":
            return []
        if erasure.stage != "scheduled" or asked.act.at >= erasure.after:
            raise Refused("erasure.begun", field="erasure")
        return [e.ErasureCalledOff(*next(stamps), erasure.id)]

    def begin(
        self, erasure: Erasure, asked: BeginErasure, stamps: Iterator[Stamp]
    ) -> Sequence[Fact]:
        if erasure.stage == "called_off":
            raise Refused("erasure.called_off", field="erasure")
        if asked.act.at < erasure.after:
            raise Refused("erasure.not_yet", field="erasure", day=erasure.after.date())
        return [] if erasure.stage != "scheduled" else [e.ErasureBegun(*next(stamps), erasure.id)]

    def erase(self, asked: ErasePerson, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        begun = any(x.stage == "begun" for x in self.known.values())
        if not begun and not asked.listed:
            raise Refused("erasure.not_begun")
        return [e.PersonErased(*next(stamps))]

    def evolve(self, fact: Any) -> Erasures:
        match fact:
            case e.ErasureScheduled(request=request, after=after):
                made = Erasure(fact.id, request, after, fact.act)
                return replace(self, known={**self.known, fact.id: made})
            case e.ErasureCalledOff(erasure=which):
                return self.at(which, "called_off")
            case e.ErasureBegun(erasure=which):
                return self.at(which, "begun")
            case e.PersonErased():
                return replace(self, done=True)
            case e.ErasureCertified(erasure=which):
                return self.at(which, "certified")
            case _:
                return self

    def at(self, which: UUID, stage: str) -> Erasures:
        if which not in self.known:
            return self
        return replace(self, known={**self.known, which: replace(self.known[which], stage=stage)})


def scheduled(request: UUID, act: Act, delay: int, stamp: Stamp) -> Fact:
    """Once it is granted: hidden from everybody but her, and destroyed after the delay."""
    return e.ErasureScheduled(*stamp, request, act.at + timedelta(days=delay))
