"""Erasures that partners were told of: each says that it did it, and who has not is listed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.delivery.api.asking import acts_on, theirs
from services.delivery.api.feed_shapes import (
    EVENT,
    DoneSchema,
    ErasureDoneSchema,
    ToldErasuresSchema,
)
from services.delivery.api.shapes import PARTNER, RECORDED, SUBSCRIPTION
from services.delivery.domain.commands import AcknowledgeErasure
from services.delivery.domain.names import pseudonym
from services.delivery.domain.offer import ERASED
from services.delivery.domain.subscription import Subscription
from services.delivery.views import log
from services.delivery.views.partners import names
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import NotFound

TOLD = {
    "subscription": SUBSCRIPTION,
    "partner": PARTNER,
    "name": "Logement communautaire du Quai",
    "event": EVENT,
    "sequence": 12,
    "told_at": "2026-02-03T15:04:05+00:00",
    "chased": 2,
}


def listed(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "erasures_unacknowledged",
        __name__,
        url_prefix="/v1/erasures-unacknowledged",
        description="Whom partners were told to erase, and have not said that they did.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="The oldest first; each is told again every day.")
    @blueprint.response(200, ToldErasuresSchema, example={"erasures": [TOLD]})
    def read() -> Response:
        tenant = desk.caller(may="delivery.erasure.read").tenant
        return answered(desk, tenant)

    return blueprint


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "erasures",
        __name__,
        url_prefix="/v1/feed/<uuid:subscription>",
        description="For the partner: also when its subscription is paused, or has ended.",
    )

    @blueprint.get("/erasures")
    @blueprint.doc(summary="The erasures that this partner has not acknowledged.")
    @blueprint.response(200, ToldErasuresSchema, example={"erasures": [TOLD]})
    def mine(subscription: UUID) -> Response:
        caller = desk.caller(may="delivery.feed")
        theirs(desk, caller, subscription)
        return answered(desk, caller.tenant, subscription)

    @blueprint.post("/erasure-acknowledgements")
    @blueprint.doc(summary="Say that whom this event names is erased.")
    @blueprint.arguments(ErasureDoneSchema, example={"event": EVENT})
    @blueprint.response(201, DoneSchema, example={"event": EVENT} | RECORDED)
    def acknowledge(body: dict[str, Any], subscription: UUID) -> Response:
        act = desk.act(body, may="delivery.feed")
        acts_on(desk, act, subscription)
        event = body["event"]
        row = desk.view(act.tenant, lambda c: log.by_id(c, act.tenant, subscription, event))
        if row is None or row.type != ERASED:
            raise NotFound("event.unknown", field="event")
        command = AcknowledgeErasure(act=act, stream=subscription, erasure=event)
        return desk.answer(desk.execute(Subscription, command), {"event": event})

    return blueprint


def answered(desk: Desk, tenant: UUID, subscription: UUID | None = None) -> Response:
    rows = desk.view(tenant, lambda c: log.erasures(c, tenant, subscription))
    known = desk.view(tenant, lambda c: names(c, tenant, {row["partner"] for row in rows}))
    told = [shown(desk, tenant, row, known, mine=subscription is not None) for row in rows]
    return desk.answer_read({"erasures": told})


def shown(
    desk: Desk, tenant: UUID, row: dict[str, Any], known: dict[UUID, str], *, mine: bool
) -> dict[str, Any]:
    """To the partner whom it is about, as it knows her: also when nothing else is told any more."""
    whose = row.pop("whose")
    told = {**row, "name": known.get(row["partner"])}
    if mine and whose is not None and whose != tenant:
        told["subject"] = pseudonym(desk.secret(tenant), row["partner"], whose)
    return told
