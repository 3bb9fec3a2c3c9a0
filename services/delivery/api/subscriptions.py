"""Subscriptions: granted by an administrator to a partner, paused, taken up again, ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response

from services.delivery.api.asking import PARTNER, acts_on, row_of, status_of, theirs
from services.delivery.api.shapes import (
    ASKED,
    RECORDED,
    SHOWN,
    GrantSchema,
    SubscriptionSchema,
    SubscriptionsSchema,
)
from services.delivery.domain.commands import (
    EnableSubscription,
    EndSubscription,
    GrantSubscription,
    PauseSubscription,
    ResumeSubscription,
)
from services.delivery.domain.subscription import Subscription
from services.delivery.views.log import digests
from services.delivery.views.partners import is_partner, unknown
from services.delivery.views.subscriptions import SubscriptionRow, page, place
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Asked, said
from shared.kernel import Command, Invalid

TURNS: dict[str, tuple[type[Command], str, str]] = {
    "pauses": (PauseSubscription, "delivery.subscription", "Pause it: nothing is lost meanwhile."),
    "resumptions": (ResumeSubscription, "delivery.subscription", "Go on where it was paused."),
    "endings": (EndSubscription, "delivery.subscription", "End it for good."),
    "enablements": (
        EnableSubscription,
        "delivery.endpoint",
        "Send webhooks again, with what was missed; it is told how many.",
    ),
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "subscriptions",
        __name__,
        url_prefix="/v1/subscriptions",
        description="Which partner is told what, what for, and until when.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Grant a partner a subscription.")
    @blueprint.arguments(GrantSchema, example=ASKED)
    @blueprint.response(201, SubscriptionSchema, example=SHOWN | RECORDED)
    def grant(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="delivery.subscription")
        require_known(desk, act.tenant, body)
        if body.get("url"):
            desk.guard.check(body["url"])
        stream = body.get("id") or desk.stream("subscription")
        return changed(desk, GrantSubscription(act=act, stream=stream, **said(body, "id")))

    @blueprint.get("")
    @blueprint.doc(summary="The subscriptions of the organisation; to a partner, its own.")
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, SubscriptionsSchema, example={"subscriptions": [SHOWN]})
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="delivery.subscription.read")
        pages, only = desk.pages(caller.tenant), caller.party if PARTNER in caller.roles else None
        asked = pages.asked(query, caller.tenant, caller.party)
        found = desk.view(
            caller.tenant,
            lambda c: page(c, caller.tenant, partner=only, after=asked.after, limit=asked.limit),
        )
        last = place(found[-1]) if len(found) == asked.limit else None
        answer = desk.answer_read({"subscriptions": shown_all(desk, found)})
        return pages.turned(answer, asked, last, tenant=caller.tenant, reader=caller.party)

    @blueprint.get("/<uuid:subscription>")
    @blueprint.doc(summary="One subscription, and how far it has come.")
    @blueprint.response(200, SubscriptionSchema, example=SHOWN)
    def read(subscription: UUID) -> Response:
        caller = desk.caller(may="delivery.subscription.read")
        state = theirs(desk, caller, subscription)
        return desk.answer_read(shown(desk, row_of(state, caller.tenant)), state.version)

    def turning(resource: str) -> None:
        verb, may, summary = TURNS[resource]

        @blueprint.post(f"/<uuid:subscription>/{resource}", endpoint=resource)
        @blueprint.doc(summary=summary)
        @blueprint.arguments(Asked, example={})
        @blueprint.response(201, SubscriptionSchema, example=SHOWN | RECORDED)
        def turn(body: dict[str, Any], subscription: UUID) -> Response:
            act = desk.act(body, may=may)
            acts_on(desk, act, subscription)
            return changed(desk, verb(act=act, stream=subscription))

    for resource in TURNS:
        turning(resource)
    return blueprint


def changed(desk: Desk, command: Command) -> Response:
    """The subscription as it stands after a command."""
    done = desk.execute(Subscription, command)
    return desk.answer(done, shown(desk, row_of(done.state, command.act.tenant)))


def require_known(desk: Desk, tenant: UUID, body: dict[str, Any]) -> None:
    """Raises Invalid for a party that is no partner here, or a place that is not the house's."""
    if not desk.view(tenant, lambda c: is_partner(c, tenant, body["partner"])):
        raise Invalid("partner.unknown", field="partner")
    for kind in ("site", "programme"):
        places = body.get(f"{kind}s") or ()
        if places and desk.view(tenant, partial(unknown, tenant=tenant, kind=kind, places=places)):
            raise Invalid(f"{kind}.unknown", field=f"{kind}s")


def shown(desk: Desk, row: SubscriptionRow) -> dict[str, Any]:
    return shown_all(desk, [row])[0]


def shown_all(desk: Desk, rows: Sequence[SubscriptionRow]) -> list[dict[str, Any]]:
    """The terms of each, and the digest: how far its log goes, and what is still missing there."""
    if not rows:
        return []
    tenant, ids = rows[0].tenant_id, [row.subscription for row in rows]
    found = desk.view(tenant, lambda c: digests(c, tenant, ids))
    today = desk.today(tenant)
    terms = ("partner", "name", "types", "purpose", "until", "payload", "sites", "programmes")
    return [
        {
            "id": row.subscription,
            **{name: getattr(row, name) for name in terms},
            "url": row.url,
            "status": status_of(row, today),
            "disabled": row.disabled,
            "generation": row.generation,
            "overlap": row.overlaps.get(row.generation - 1),
            **found[row.subscription]._asdict(),
        }
        for row in rows
    ]
