"""Who opens a summary: a party it is shown to, or whoever has a link and its code."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.reporting.domain.events import SummaryCodeMissed, SummaryOpened
from services.reporting.domain.shares import TRIES, Share
from services.reporting.domain.summary_commands import OpenByLink, OpenSummary
from shared.kernel import Command, Denied, Fact, NotFound, Refused

if TYPE_CHECKING:
    from services.reporting.domain.summary import Summary

OPENINGS_A_DAY = 50


def opening(summary: Summary, command: OpenSummary) -> Sequence[Fact]:
    """Raises the same NotFound for a summary that is not shown as for one that never was."""
    party = command.act.actor
    if command.act.author != party:
        raise Denied("copy.own_sign_in", field="act.author")
    found = [s for s in reaching(summary, party) if s.runs(command.today)]
    if not found or summary.stands is None:
        raise NotFound("stream.unknown")
    share = found[-1]
    need_room(share, command)
    return [SummaryOpened(*summary.stamp(command), summary.id, party, share.id)]


def reaching(summary: Summary, party: UUID) -> list[Share]:
    """The showings on screen to a party."""
    return [
        s for s in summary.shares.values() if s.fact.audience == party and s.fact.means == "screen"
    ]


def by_link(summary: Summary, command: OpenByLink) -> Sequence[Fact]:
    """Every try is recorded before it is answered, right or wrong, so that tries end."""
    share = linked(summary, command.token)
    if share is None or not share.runs(command.today) or summary.stands is None:
        raise NotFound("link.opens_nothing")
    need_room(share, command)
    if hmac.compare_digest(share.fact.code or "", command.code):
        return [SummaryOpened(*summary.stamp(command), summary.id, None, share.id)]
    last = share.missed + 1 >= TRIES
    return [SummaryCodeMissed(*summary.stamp(command), summary.id, share.id, last)]


def linked(summary: Summary, token: str) -> Share | None:
    """The showing that a link is for; each is compared in full."""
    found = None
    for share in summary.shares.values():
        if share.fact.token and hmac.compare_digest(share.fact.token, token):
            found = share
    return found


def need_room(share: Share, command: Command) -> None:
    if share.opened_on(command.act.at.date()) >= OPENINGS_A_DAY:
        raise Refused("summary.opened_too_often")


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    OpenSummary: opening,
    OpenByLink: by_link,
}
