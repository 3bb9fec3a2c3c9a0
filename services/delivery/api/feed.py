"""The feed of a subscription: the same ids and sequences as its webhooks, in order, without a hole."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from flask import Response

from services.delivery.api.asking import reading
from services.delivery.api.feed_shapes import (
    BATCH,
    EVENT,
    TOLD,
    AcknowledgedSchema,
    AcknowledgeSchema,
    EventSchema,
    PendingQuery,
    PlaceQuery,
)
from services.delivery.api.following import (
    headers_of,
    sequence_of,
    start_again,
    told_after,
    told_one,
    wait_for_more,
)
from services.delivery.api.sendings import instant
from services.delivery.views import log
from services.delivery.views.log import Head
from services.delivery.views.subscriptions import SubscriptionRow
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import NotFound


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "feed",
        __name__,
        url_prefix="/v1/feed/<uuid:subscription>",
        description="For the partner itself: what happened, to be read at its own pace.",
    )

    @blueprint.get("/events")
    @blueprint.doc(summary="What comes after an event; an empty list: nothing more for now.")
    @blueprint.arguments(PlaceQuery, location="query")
    @blueprint.response(200, EventSchema(many=True), example=[TOLD], content_type=BATCH)
    def events(query: dict[str, Any], subscription: UUID) -> Response:
        one = reading(desk, subscription)
        after = place_of(desk, one, query)
        wait_for_more(desk, one, after, query["timeout"])
        return batch(desk, one, after, query["limit"])

    @blueprint.get("/events/<uuid:event>")
    @blueprint.doc(summary="One event, whole, as far as it may still be told.")
    @blueprint.response(200, EventSchema, example=TOLD)
    def event(subscription: UUID, event: UUID) -> Response:
        one = reading(desk, subscription)
        row = desk.view(one.tenant_id, lambda c: log.by_id(c, one.tenant_id, subscription, event))
        if row is None:
            raise NotFound("event.unknown")
        return desk.answer_read(told_one(desk, one, row))

    @blueprint.get("/pending")
    @blueprint.doc(summary="What was not acknowledged yet: the same again until it is.")
    @blueprint.arguments(PendingQuery, location="query")
    @blueprint.response(200, EventSchema(many=True), example=[TOLD], content_type=BATCH)
    def pending(query: dict[str, Any], subscription: UUID) -> Response:
        one = reading(desk, subscription)
        head = desk.view(one.tenant_id, lambda c: log.head(c, one.tenant_id, subscription))
        if head.removed > head.acknowledged:
            raise start_again(one)
        return batch(desk, one, head.acknowledged, query["limit"])

    @blueprint.post("/acknowledgements")
    @blueprint.doc(summary="All up to this event was taken in.")
    @blueprint.arguments(AcknowledgeSchema, example={"event": EVENT})
    @blueprint.response(201, AcknowledgedSchema, example={"acknowledged": 12})
    def acknowledge(body: dict[str, Any], subscription: UUID) -> Response:
        one = reading(desk, subscription)
        where = (one.tenant_id, subscription)
        row = desk.view(one.tenant_id, lambda c: log.by_id(c, *where, body["event"]))
        if row is None or row.sequence is None:
            raise NotFound("event.unknown", field="event")
        upto = row.sequence
        done = desk.view(one.tenant_id, lambda c: log.acknowledge(c, *where, upto))
        return desk.answer_read({"acknowledged": done}, status=201)

    return blueprint


def place_of(desk: Desk, one: SubscriptionRow, query: dict[str, Any]) -> int:
    """After the event that is named, or all that came before a time."""
    since = query.get("since")
    if since is None or query.get("last_event"):
        return desk.view(one.tenant_id, lambda c: sequence_of(c, one, query.get("last_event")))
    moment = instant(since, desk.zone(one.tenant_id))
    where = (one.tenant_id, one.subscription)
    found = desk.view(one.tenant_id, lambda c: log.before(c, *where, moment))
    if found < desk.view(one.tenant_id, lambda c: log.head(c, *where)).removed:
        raise start_again(one)
    return found


def batch(desk: Desk, one: SubscriptionRow, after: int, limit: int) -> Response:
    told, head = told_after(desk, one, after, limit)
    last = int(told[-1]["sequence"]) if told else after
    return answered(told, head, last)


def answered(told: list[dict[str, Any]], head: Head, last: int) -> Response:
    return Response(orjson.dumps(told), headers=headers_of(head, last), content_type=BATCH)
