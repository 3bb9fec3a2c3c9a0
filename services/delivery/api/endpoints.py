"""Where webhooks of a subscription go, how they are signed, and what came of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response

from services.delivery.api.asking import acts_on, keys_of, row_of, theirs
from services.delivery.api.shapes import (
    RECORDED,
    SHOWN,
    EndpointSchema,
    RotationSchema,
    SecretsSchema,
    SubscriptionSchema,
)
from services.delivery.api.subscriptions import changed
from services.delivery.domain.commands import RotateSecret, SetEndpoint
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.webhooks import shown_public_key, shown_secret

SECRET = {"generation": 1, "v1": "whsec_" + "A" * 43 + "=", "v1a": "whpk_" + "A" * 43 + "="}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "endpoints",
        __name__,
        url_prefix="/v1/subscriptions/<uuid:subscription>",
        description="Webhooks by Standard Webhooks: where they go, how they are signed and tried.",
    )

    @blueprint.put("/endpoint")
    @blueprint.doc(summary="Say where webhooks go; without an address, only the feed is read.")
    @blueprint.arguments(EndpointSchema, example={})
    @blueprint.response(201, SubscriptionSchema, example=SHOWN | RECORDED)
    def set_endpoint(body: dict[str, Any], subscription: UUID) -> Response:
        act = desk.act(body, may="delivery.endpoint")
        acts_on(desk, act, subscription)
        url = body.get("url")
        if url is not None:
            desk.guard.check(url)
        return changed(desk, SetEndpoint(act=act, stream=subscription, url=url))

    @blueprint.get("/secrets")
    @blueprint.doc(summary="What webhooks are verified with; while two count, both.")
    @blueprint.response(200, SecretsSchema, example={"secrets": [SECRET]})
    def secrets(subscription: UUID) -> Response:
        caller = desk.caller(may="delivery.feed")
        row = row_of(theirs(desk, caller, subscription), caller.tenant)
        found = [
            {"generation": number, "v1": shown_secret(keys), "v1a": shown_public_key(keys)}
            for number, keys in keys_of(desk, row)
        ]
        return desk.answer_read({"secrets": found})

    @blueprint.post("/secret-rotations")
    @blueprint.doc(summary="Sign with a new secret, and for a while with the one before as well.")
    @blueprint.arguments(RotationSchema, example={"overlap_hours": 24})
    @blueprint.response(201, SubscriptionSchema, example=SHOWN | RECORDED)
    def rotate(body: dict[str, Any], subscription: UUID) -> Response:
        act = desk.act(body, may="delivery.endpoint")
        acts_on(desk, act, subscription)
        until = act.at + timedelta(hours=body["overlap_hours"])
        return changed(desk, RotateSecret(act=act, stream=subscription, overlap=until))

    return blueprint
