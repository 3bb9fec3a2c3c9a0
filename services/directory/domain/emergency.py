"""Emergency access: opened with a reason for a few hours, told to her, checked by someone else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Command, Denied, Fact, Invalid, NotFound, Refused, Stamp

LONGEST = timedelta(hours=72)
OUTCOMES = ("justified", "partly_justified", "not_justified")


@dataclass(frozen=True, kw_only=True)
class OpenEmergencyAccess(Command):
    reason: str
    expires: datetime


@dataclass(frozen=True, kw_only=True)
class CloseEmergencyAccess(Command):
    access: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewEmergencyAccess(Command):
    access: UUID
    outcome: str
    words: str | None = None


EmergencyCommand = OpenEmergencyAccess | CloseEmergencyAccess | ReviewEmergencyAccess


@dataclass(frozen=True)
class EmergencyAccess:
    id: UUID
    party: UUID
    reason: str
    opened: datetime
    expires: datetime
    closed: datetime | None = None
    outcome: str | None = None
    review: str | None = None
    reviewer: UUID | None = None

    def current(self, now: datetime) -> bool:
        return self.closed is None and now < self.expires


@dataclass(frozen=True)
class Emergencies:
    opened: Mapping[UUID, EmergencyAccess] = field(default_factory=dict)

    def choose(self, command: EmergencyCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, OpenEmergencyAccess):
            return self.open(command, stamps)
        known = self.opened.get(command.access)
        if known is None:
            raise NotFound("emergency.unknown", field="access")
        if isinstance(command, CloseEmergencyAccess):
            return close(known, command, stamps)
        return review(known, command, stamps)

    def open(self, asked: OpenEmergencyAccess, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        act = asked.act
        if act.author != act.actor:
            raise Denied("emergency.own_sign_in", field="act.author")
        reason = checked.text(asked.reason, "reason", 1000)
        if not act.at < asked.expires <= act.at + LONGEST:
            raise Invalid("emergency.too_long", field="expires", hours=72)
        for known in self.opened.values():
            if known.party == act.author and known.current(act.at):
                if (known.reason, known.expires) == (reason, asked.expires):
                    return []
                raise Refused("emergency.open_already", expires=known.expires)
        return [e.EmergencyAccessOpened(*next(stamps), reason, asked.expires)]

    def evolve(self, fact: Any) -> Emergencies:
        match fact:
            case e.EmergencyAccessOpened():
                opened = EmergencyAccess(
                    id=fact.id,
                    party=fact.act.author,
                    reason=fact.reason,
                    opened=fact.act.at,
                    expires=fact.expires,
                )
                return Emergencies({**self.opened, opened.id: opened})
            case e.EmergencyAccessClosed(access=which) if which in self.opened:
                closed = replace(self.opened[which], closed=fact.act.at)
                return Emergencies({**self.opened, which: closed})
            case e.EmergencyAccessReviewed(access=which) if which in self.opened:
                checked_by = replace(
                    self.opened[which],
                    outcome=fact.outcome,
                    review=fact.words,
                    reviewer=fact.act.author,
                )
                return Emergencies({**self.opened, which: checked_by})
            case _:
                return self


def close(
    known: EmergencyAccess, asked: CloseEmergencyAccess, stamps: Iterator[Stamp]
) -> Sequence[Fact]:
    act = asked.act
    if act.author != known.party and act.role_of(act.author) != "privacy_officer":
        raise Denied("emergency.not_yours", field="access")
    return [e.EmergencyAccessClosed(*next(stamps), known.id)] if known.current(act.at) else []


def review(
    known: EmergencyAccess, asked: ReviewEmergencyAccess, stamps: Iterator[Stamp]
) -> Sequence[Fact]:
    """Checked once, by a privacy officer who did not open it; not justified ends it at once."""
    act = asked.act
    if act.role_of(act.author) != "privacy_officer":
        raise Denied("emergency.by_privacy_officer", field="act.author")
    if known.party in (act.author, act.actor):
        raise Denied("emergency.reviewed_by_another", field="act.author")
    outcome = checked.one_of(asked.outcome, OUTCOMES, "outcome")
    words = checked.maybe(asked.words, "words", 1000)
    if known.outcome is not None:
        if (known.outcome, known.review) == (outcome, words):
            return []
        raise Refused("emergency.reviewed_already")
    ended: list[Fact] = []
    if outcome == "not_justified" and known.current(act.at):
        ended = [e.EmergencyAccessClosed(*next(stamps), known.id)]
    return [*ended, e.EmergencyAccessReviewed(*next(stamps), known.id, outcome, words)]
