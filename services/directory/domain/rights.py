"""Rights: what she asks for under the law, by when it is due, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.directory.domain import checked, erasure
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
ERASURE = "erasure"
USUAL = timedelta(days=30)  # both laws count a month; a month may have 31 days
LONGEST = timedelta(days=31)
# by how much an answer may be put off, once and with a reason; to be checked with counsel
EXTENSIONS: Mapping[str, timedelta] = {"CA-QC": timedelta(days=10), "FR": timedelta(days=60)}
# where an answer that does not grant everything is challenged
RECOURSES: Mapping[str, str] = {
    "CA-QC": "Commission d’accès à l’information du Québec (CAI), cai.gouv.qc.ca",
    "FR": "Commission nationale de l’informatique et des libertés (CNIL), cnil.fr",
}


@dataclass(frozen=True, kw_only=True)
class RequestRight(Command):
    """`statement`: the version she has read of what erasing takes away and what stays."""

    right: str
    due: date | None = None
    words: str | None = None
    about: UUID | None = None
    statement: str | None = None
    language: str = "fr"


@dataclass(frozen=True, kw_only=True)
class AnswerRight(Command):
    """`delay`: the days that the organisation leaves her to call an erasure off."""

    request: UUID
    outcome: str
    reason: str | None = None
    recourse: str | None = None
    delay: int = erasure.USUAL_DELAY


@dataclass(frozen=True, kw_only=True)
class ExtendRight(Command):
    """`country`: under whose law; one that allows no extension is not in the list."""

    request: UUID
    due: date
    reason: str
    country: str


RightCommand = RequestRight | AnswerRight | ExtendRight


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
    about: UUID | None = None
    extended: str | None = None


@dataclass(frozen=True)
class Rights:
    requests: Mapping[UUID, RightRequest] = field(default_factory=dict)

    def choose(self, command: RightCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        match command:
            case RequestRight():
                return self.request(command, stamps)
            case ExtendRight():
                return self.extend(command, stamps)
            case AnswerRight():
                return self.answer(command, stamps)

    def request(self, asked: RequestRight, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        right = checked.one_of(asked.right, RIGHTS, "right")
        words = checked.maybe(asked.words, "words", 2000)
        due = due_day(asked.due, asked.act)
        open_ones = (r for r in self.requests.values() if r.outcome is None)
        if any((r.right, r.words, r.about) == (right, words, asked.about) for r in open_ones):
            return []
        if right != ERASURE:
            return [e.RightRequested(*next(stamps), right, due, words, asked.about)]
        if asked.statement != erasure.STATEMENT:
            raise Invalid("erasure.read_first", field="statement", version=erasure.STATEMENT)
        read = (*next(stamps), "erasing_all", erasure.STATEMENT, asked.language)
        return [e.NoticeGiven(*read), e.RightRequested(*next(stamps), right, due, words)]

    def extend(self, asked: ExtendRight, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        known = self.asked_of(asked)
        reason = checked.text(asked.reason, "reason", 2000)
        if known.outcome is not None:
            raise Refused("right.answered_already")
        if (known.due, known.extended) == (asked.due, reason):
            return []
        longest = EXTENSIONS.get(asked.country)
        if known.extended is not None or longest is None:
            raise Refused("right.extended_already" if longest else "right.never_extended")
        if not known.due < asked.due <= known.due + longest:
            raise Invalid("right.due", field="due", last=known.due + longest)
        if asked.act.occurred.date() > known.due:
            raise Refused("right.overdue", field="due")
        return [e.RightExtended(*next(stamps), known.id, asked.due, reason)]

    def asked_of(self, asked: AnswerRight | ExtendRight) -> RightRequest:
        known = self.requests.get(asked.request)
        if known is None:
            raise NotFound("right.unknown", field="request")
        act = asked.act
        if act.role_of(act.author) != "privacy_officer":
            raise Denied("right.by_privacy_officer", field="act.author")
        return known

    def answer(self, asked: AnswerRight, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        known = self.asked_of(asked)
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
        answered = e.RightAnswered(*next(stamps), known.id, outcome, reason, recourse)
        if (known.right, outcome) != (ERASURE, "granted"):
            return [answered]
        return [answered, erasure.scheduled(known.id, asked.act, asked.delay, next(stamps))]

    def evolve(self, fact: Any) -> Rights:
        match fact:
            case e.RightRequested():
                asked = fact.act.occurred.date()
                request = RightRequest(
                    fact.id, fact.right, asked, fact.due, fact.words, about=fact.about
                )
                return Rights({**self.requests, fact.id: request})
            case e.RightExtended(request=which, due=due, reason=reason) if which in self.requests:
                put_off = replace(self.requests[which], due=due, extended=reason)
                return Rights({**self.requests, which: put_off})
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
