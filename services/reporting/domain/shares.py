"""To whom a summary is shown: until when and by which means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.reporting.domain.events import (
    SummaryCodeMissed,
    SummaryOpened,
    SummaryShared,
    SummaryShareEnded,
)
from services.reporting.domain.summary_commands import (
    MEANS,
    EndShare,
    ShareSummary,
)
from shared.kernel import Command, Denied, Fact, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from services.reporting.domain.summary import Summary

USUAL = timedelta(days=14)
LONGEST = timedelta(days=366)
LONGEST_NAME = 80
TRIES = 5  # wrong codes in a row, of a million codes
MOST_SHARES = 200


@dataclass(frozen=True, slots=True)
class Share:
    """One showing: `missed` counts wrong codes in a row, `opened` the openings of its last day."""

    fact: SummaryShared
    ended: bool = False
    missed: int = 0
    opened: int = 0
    last: date | None = None

    @property
    def id(self) -> UUID:
        return self.fact.id

    @property
    def locked(self) -> bool:
        return self.missed >= TRIES

    def runs(self, today: date) -> bool:
        """Its last day is one on which it is shown."""
        return not self.ended and not self.locked and today <= self.fact.until

    def opened_on(self, day: date) -> int:
        return self.opened if self.last == day else 0


def heard(
    shares: Mapping[UUID, Share], fact: SummaryOpened | SummaryCodeMissed | SummaryShareEnded
) -> Mapping[UUID, Share]:
    share = meant(shares, fact)
    if share is None:  # one whose words are gone
        return shares
    match fact:
        case SummaryOpened():
            day = fact.timestamp.date()
            heard = replace(share, missed=0, opened=share.opened_on(day) + 1, last=day)
        case SummaryCodeMissed():
            heard = replace(share, missed=share.missed + 1)
        case _:
            heard = replace(share, ended=True)
    return {**shares, share.id: heard}


def meant(
    shares: Mapping[UUID, Share], fact: SummaryOpened | SummaryCodeMissed | SummaryShareEnded
) -> Share | None:
    """The first facts of this kind named the party only: the last showing to it is meant."""
    if fact.share is not None:
        return shares.get(fact.share)
    audience = getattr(fact, "audience", None)
    found = [s for s in shares.values() if s.fact.audience == audience]
    return found[-1] if found else None


def show(summary: Summary, command: ShareSummary) -> Sequence[Fact]:
    """Only she shows it, from her own sign-in, and only what she has made or confirmed."""
    act = command.act
    if act.author != act.subject or act.actor != act.subject:
        raise Denied("summary.hers_to_show", field="act.author")
    if summary.stands is None:
        raise Refused("summary.not_hers_yet")
    if command.means not in MEANS:
        raise Invalid("value.not_in_list", field="means", allowed=", ".join(MEANS))
    need_audience(command)
    until = command.until or command.today + USUAL
    if until < command.today:
        raise Invalid("summary.until_past", field="until")
    if until > command.today + LONGEST:
        raise Invalid("summary.until_too_far", field="until")
    said = (command.audience, command.means, until)
    running = [s for s in summary.shares.values() if s.runs(command.today)]
    if command.means != "link" and any(said == told(s.fact) for s in running):
        return []
    if len(summary.shares) >= MOST_SHARES:
        raise Refused("summary.shown_too_often")
    secrets = (command.for_whom, command.token, command.code)
    return [SummaryShared(*summary.stamp(command), summary.id, *said, *secrets)]


def need_audience(command: ShareSummary) -> None:
    """A party who signs in here, or, by a link or on paper, someone in her words."""
    if command.means == "link" and not (command.token and command.code):
        raise Invalid("field.required", field="means")
    if command.audience is not None:
        need_party(command)
    elif command.means == "screen":
        raise Invalid("field.required", field="audience")
    elif not (command.for_whom or "").strip():
        raise Invalid("field.required", field="for_whom")
    elif len(command.for_whom or "") > LONGEST_NAME:
        raise Invalid("length.too_large", field="for_whom", max=LONGEST_NAME)


def need_party(command: ShareSummary) -> None:
    if command.audience == command.act.subject:
        raise Invalid("summary.shown_to_herself", field="audience")
    if command.means == "link":
        raise Invalid("summary.link_in_words", field="audience")
    if command.for_whom is not None:
        raise Invalid("summary.one_audience", field="for_whom")


def told(fact: SummaryShared) -> tuple[UUID | None, str, date]:
    return fact.audience, fact.means, fact.until


def end(summary: Summary, command: EndShare) -> Sequence[Fact]:
    """At once, and without saying why."""
    if command.act.author != command.act.subject:
        raise Denied("summary.hers_to_show", field="act.author")
    share = summary.shares.get(command.share)
    if share is None:
        raise NotFound("share.unknown", field="share")
    if share.ended:
        return []
    how = "date" if command.today >= share.fact.until else "hers"
    said = (share.fact.audience, how, share.id)
    return [SummaryShareEnded(*summary.stamp(command), summary.id, *said)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    ShareSummary: show,
    EndShare: end,
}
