"""An audit mandate: who may read the histories, of which sites and programmes, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from services.directory.domain.standing import Standing
from shared.kernel import Command, Fact, Invalid, NotFound, Refused


@dataclass(frozen=True, kw_only=True)
class GiveAuditMandate(Command):
    opens: ClassVar[bool] = True
    auditor: UUID
    purpose: str
    begins: date
    until: date
    sites: tuple[UUID, ...] = ()
    programmes: tuple[UUID, ...] = ()
    words_allowed: bool = False
    legal_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndAuditMandate(Command):
    reason: str | None = None


@dataclass(frozen=True)
class Mandate(Standing):
    given: e.AuditMandateGiven | None = None
    ended: bool = False

    def current(self, day: date) -> bool:
        return self.given is not None and not self.ended and covers(self.given, day)

    def choose(self, command: Any) -> Sequence[Fact]:
        match command:
            case GiveAuditMandate():
                return self.give(command)
            case EndAuditMandate():
                if self.given is None:
                    raise NotFound("mandate.unknown")
                reason = checked.maybe(command.reason, "reason", 1000)
                return [] if self.ended else [e.AuditMandateEnded(*self.stamp(command), reason)]
            case _:
                raise TypeError(command)

    def give(self, asked: GiveAuditMandate) -> Sequence[Fact]:
        if asked.until < asked.begins:
            raise Invalid("day.before", field="until", day=asked.begins)
        basis = checked.maybe(asked.legal_basis, "legal_basis", 500)
        if asked.words_allowed and basis is None:
            # an auditor reads words only where the law orders it for this mandate
            raise Invalid("mandate.words_need_law", field="legal_basis")
        given = e.AuditMandateGiven(
            *self.stamp(asked),
            auditor=asked.auditor,
            purpose=checked.text(asked.purpose, "purpose", 500),
            begins=asked.begins,
            until=checked.to_come(asked.until, asked.act, "until"),
            sites=tuple(dict.fromkeys(asked.sites)),
            programmes=tuple(dict.fromkeys(asked.programmes)),
            words_allowed=asked.words_allowed,
            legal_basis=basis,
        )
        if self.version == 0:
            return [given]
        if self.given and said(given) == said(self.given) and not self.ended:
            return []
        raise Refused("mandate.given_already")

    def evolve(self, fact: Any) -> Mandate:
        known = replace(self, version=fact.originator_version)
        match fact:
            case e.AuditMandateGiven():
                return replace(known, given=fact)
            case e.AuditMandateEnded():
                return replace(known, ended=True)
            case _:
                return known


def covers(given: e.AuditMandateGiven, day: date) -> bool:
    return given.begins <= day <= given.until


def said(fact: e.AuditMandateGiven) -> tuple[object, ...]:
    period = fact.begins, fact.until
    reach = frozenset(fact.sites), frozenset(fact.programmes), fact.words_allowed
    return fact.auditor, fact.purpose, fact.legal_basis, *period, *reach
