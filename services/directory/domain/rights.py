"""Rights: what she asks for under the law, by when it is due, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Act, Command, Denied, Fact, Invalid, NotFound, Refused, Stamp

RIGHTS = (
    "access",
    "copy",
    "portability",
    "rectification",
    "erasure",
    "limitation",
    "objection",
    "explanation",
)
OUTCOMES = ("granted", "partly", "refused")
USUAL = timedelta(days=30)  # both laws count a month; a month may have 31 days
LONGEST = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class RequestRight(Command):
    right: str
    due: date | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerRight(Command):
    request: UUID
    outcome: str
    reason: str | None = None
    recourse: str | None = None


RightCommand = RequestRight | AnswerRight


@dataclass(frozen=True)
class RightRequest:
    id: UUID
    right: str
    asked: date
    due: date
    words: str | None = None
    outcome: str | None = None
    reason: str | None = None
    recourse: str | None = None
    answered: date | None = None


@dataclass(frozen=True)
class Rights:
    requests: Mapping[UUID, RightRequest] = field(default_factory=dict)

    def choose(self, command: RightCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, RequestRight):
            return self.request(command, stamps)
        return self.answer(command, stamps)

    def request(self, asked: RequestRight, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        right = checked.one_of(asked.right, RIGHTS, "right")
        words = checked.maybe(asked.words, "words", 2000)
        due = due_day(asked.due, asked.act)
        open_ones = (r for r in self.requests.values() if r.outcome is None)
        if any((r.right, r.words) == (right, words) for r in open_ones):
            return []
        return [e.RightRequested(*next(stamps), right, due, words)]

    def answer(self, asked: AnswerRight, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        known = self.requests.get(asked.request)
        if known is None:
            raise NotFound("right.unknown", field="request")
        act = asked.act
        if act.role_of(act.author) != "privacy_officer":
            raise Denied("right.by_privacy_officer", field="act.author")
        outcome = checked.one_of(asked.outcome, OUTCOMES, "outcome")
        reason = checked.maybe(asked.reason, "reason", 2000)
        recourse = checked.maybe(asked.recourse, "recourse", 1000)
        if outcome != "granted" and reason is None:
            raise Invalid("right.needs_reason", field="reason")
        if outcome != "granted" and recourse is None:
            raise Invalid("right.needs_recourse", field="recourse")
        if known.outcome is not None:
            if (known.outcome, known.reason, known.recourse) == (outcome, reason, recourse):
                return []
            raise Refused("right.answered_already")
        return [e.RightAnswered(*next(stamps), known.id, outcome, reason, recourse)]

    def evolve(self, fact: Any) -> Rights:
        match fact:
            case e.RightRequested():
                asked = fact.act.occurred.date()
                request = RightRequest(fact.id, fact.right, asked, fact.due, fact.words)
                return Rights({**self.requests, fact.id: request})
            case e.RightAnswered(request=which) if which in self.requests:
                answered = replace(
                    self.requests[which],
                    outcome=fact.outcome,
                    reason=fact.reason,
                    recourse=fact.recourse,
                    answered=fact.act.occurred.date(),
                )
                return Rights({**self.requests, which: answered})
            case _:
                return self


def due_day(due: date | None, act: Act) -> date:
    """The law's month, or the earlier day the organisation promises."""
    asked = act.occurred.date()
    if due is None:
        return asked + USUAL
    if not asked < due <= asked + LONGEST:
        raise Invalid("right.due", field="due", last=asked + LONGEST)
    return due
