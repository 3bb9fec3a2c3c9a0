"""A feed as it goes on: what comes after a place, told as it may be told now, and how far it goes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import after_this_request, request

from services.delivery.api.asking import ledger_of
from services.delivery.api.seats import Seats
from services.delivery.domain.cloud_event import cloud_event
from services.delivery.views import log
from services.delivery.views.consented import require_followed
from services.delivery.views.log import Head
from services.delivery.views.subscriptions import SubscriptionRow
from services.delivery.views.telling import Logged, Occasion, Told, tell
from shared.http.desk import Desk
from shared.kernel import Refused
from shared.postgres.pool import Connection

LOOK_EVERY = 0.25
SEATS = Seats(3)
Event = dict[str, Any]


class StartAgain(Refused):
    """The place that was named is not there (any more): what followed it may be gone too."""

    status = 410


def start_again(one: SubscriptionRow) -> StartAgain:
    """With a link to where one begins anew."""
    where = f"{request.script_root}/v1/feed/{one.subscription}/snapshot"

    @after_this_request
    def lead(response: Any) -> Any:
        response.headers["Link"] = f'<{where}>; rel="start"'
        return response

    return StartAgain("feed.start_again", start=where)


def sequence_of(connection: Connection, one: SubscriptionRow, event: UUID | None) -> int:
    """The place after which one goes on. Raises StartAgain for one that is not known (any more)."""
    head = log.head(connection, one.tenant_id, one.subscription)
    if event is None:
        if head.removed:
            raise start_again(one)
        return 0
    found = log.by_id(connection, one.tenant_id, one.subscription, event)
    if found is None or found.sequence is None:
        raise start_again(one)
    return found.sequence


def told_after(
    desk: Desk, one: SubscriptionRow, sequence: int, limit: int
) -> tuple[list[Event], Head]:
    """The next events, written into the registers before they leave, and how far the log goes."""

    def ask(connection: Connection) -> tuple[list[Told], Head]:
        require_followed(connection)
        head = log.head(connection, one.tenant_id, one.subscription)
        rows = log.after(connection, one.tenant_id, one.subscription, sequence, limit)
        return tell(connection, rows, occasion(desk, one, full=one.payload == "full")), head

    told, head = desk.view(one.tenant_id, ask)
    return leaving(desk, one, told), head


def told_one(desk: Desk, one: SubscriptionRow, row: Logged) -> Event:
    """Whole, as far as it may be told."""

    def ask(connection: Connection) -> list[Told]:
        require_followed(connection)
        return tell(connection, [row], occasion(desk, one, full=True))

    return leaving(desk, one, desk.view(one.tenant_id, ask))[0]


def leaving(desk: Desk, one: SubscriptionRow, told: Sequence[Told]) -> list[Event]:
    lines = [this.line for this in told if this.line is not None]
    erased = ledger_of(desk).write_lines(lines, desk.clock())
    zone = desk.zone(one.tenant_id)
    return [cloud_event(t.but_for(erased).place, zone=zone, url=desk.url) for t in told]


def occasion(desk: Desk, one: SubscriptionRow, *, full: bool) -> Occasion:
    now, today = desk.clock(), desk.today(one.tenant_id)
    return Occasion(one, desk.secret(one.tenant_id), now, today, full)


def wait_for_more(desk: Desk, one: SubscriptionRow, sequence: int, seconds: float) -> bool:
    """Until something comes after this place, or the time is over; False where no seat is free."""
    if seconds <= 0:
        return False
    until = time.monotonic() + seconds
    with SEATS.taken_by(one) as there:
        while there and time.monotonic() < until:
            found = desk.view(
                one.tenant_id, lambda c: log.after(c, one.tenant_id, one.subscription, sequence, 1)
            )
            if found:
                return True
            time.sleep(min(LOOK_EVERY, max(0.0, until - time.monotonic())))
    return there


def headers_of(head: Head, last: int) -> dict[str, str]:
    """How far the log goes, how much of it is still to come, and where it begins."""
    return {
        "Cosigne-Feed-Head": str(head.last),
        "Cosigne-Feed-Lag": str(max(0, head.last - last)),
        "Cosigne-Feed-First": str(head.removed + 1),
    }
