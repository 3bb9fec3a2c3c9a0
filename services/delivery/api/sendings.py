"""What is sent for a subscription, asked again or for a test, and what came of each attempt."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response

from services.delivery.api.asking import acts_on, theirs
from services.delivery.api.shapes import (
    ATTEMPT,
    RECORDED,
    SHOWN,
    AttemptsSchema,
    ReplaySchema,
    SubscriptionSchema,
)
from services.delivery.api.subscriptions import changed
from services.delivery.domain.commands import AskReplay, AskTrial
from services.delivery.views import log
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Asked


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "sendings",
        __name__,
        url_prefix="/v1/subscriptions/<uuid:subscription>",
        description="What was sent, and what is sent again.",
    )

    @blueprint.post("/tests")
    @blueprint.doc(summary="Send a test event: a place in the log, by the way of all others.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, SubscriptionSchema, example=SHOWN | RECORDED)
    def test(body: dict[str, Any], subscription: UUID) -> Response:
        act = desk.act(body, may="delivery.endpoint")
        acts_on(desk, act, subscription)
        return changed(desk, AskTrial(act=act, stream=subscription))

    @blueprint.post("/replays")
    @blueprint.doc(summary="Send again: one, a range, all since a time, or all that were given up.")
    @blueprint.arguments(ReplaySchema, example={"first": 1, "last": 12})
    @blueprint.response(201, SubscriptionSchema, example=SHOWN | RECORDED)
    def replay(body: dict[str, Any], subscription: UUID) -> Response:
        act = desk.act(body, may="delivery.endpoint")
        acts_on(desk, act, subscription)
        where = (act.tenant, subscription)
        since = body.get("since")
        first = body.get("first", 1)
        if since is not None:
            moment = instant(since, desk.zone(act.tenant))
            first = 1 + desk.view(act.tenant, lambda c: log.before(c, *where, moment))
        head = desk.view(act.tenant, lambda c: log.head(c, *where)).last
        asked = {"first": first, "last": body.get("last"), "failed": body.get("failed", False)}
        return changed(desk, AskReplay(act=act, stream=subscription, head=head, **asked))

    @blueprint.get("/attempts")
    @blueprint.doc(summary="Each attempt, the latest first: when, how long, what came of it.")
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, AttemptsSchema, example={"attempts": [ATTEMPT]})
    def attempts(query: dict[str, Any], subscription: UUID) -> Response:
        caller = desk.caller(may="delivery.subscription.read")
        theirs(desk, caller, subscription)
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        where = (caller.tenant, subscription)
        rows = desk.view(caller.tenant, lambda c: log.attempts(c, *where, page.after, page.limit))
        full = len(rows) == page.limit
        last = (rows[-1]["at"].isoformat(), rows[-1]["sequence"]) if full else None
        answered = desk.answer_read({"attempts": rows})
        return pages.turned(answered, page, last, tenant=caller.tenant, reader=caller.party)

    return blueprint


def instant(moment: Any, zone: ZoneInfo) -> datetime:
    """A day begins at its midnight where the organisation is."""
    if isinstance(moment, datetime):
        return moment
    return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
