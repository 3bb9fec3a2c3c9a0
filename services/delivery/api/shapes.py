"""What is sent to delivery and answered by it."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.delivery.domain.names import MOST_AT_ONCE
from services.delivery.domain.offer import TYPES
from services.delivery.domain.subscription import PAYLOADS
from shared.http.schemas import Day, Flag, Id, Moment, Strict, Whole, Words, many, one_of, with_act

SUBSCRIPTION = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b21"
PARTNER = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b22"
SITE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b23"
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b24"
ADDRESS = "https://partenaire.example/cosigne"
ASKED: dict[str, Any] = {
    "partner": PARTNER,
    "name": "Logement communautaire du Quai",
    "types": ["plans.goal_agreed", "plans.action_added", "plans.action_done"],
    "purpose": "Préparer ensemble l’entrée dans le logement.",
    "until": "2099-12-31",
    "payload": "thin",
    "sites": [],
    "programmes": [],
}
RECORDED = {"version": 1, "entries": [ENTRY]}
SHOWN: dict[str, Any] = {
    "id": SUBSCRIPTION,
    **ASKED,
    "url": ADDRESS,
    "status": "active",
    "disabled": None,
    "generation": 1,
    "overlap": None,
    "head": 12,
    "to_send": 0,
    "given_up": 0,
    "first_missing": None,
    "acknowledged": 9,
}
ATTEMPT = {
    "sequence": 12,
    "at": "2026-02-03T15:04:05+00:00",
    "outcome": "done",
    "status": 204,
    "took_ms": 41,
}


class GrantSchema(Strict):
    id = Id()
    partner = Id(required=True)
    name = Words(longest=120, required=True)
    types = many(one_of(TYPES), len(TYPES), required=True)
    purpose = Words(longest=500, required=True)
    until = Day(required=True)
    payload = one_of(PAYLOADS, load_default="thin")
    sites = many(Id(), 100)
    programmes = many(Id(), 100)
    url = Words(longest=2000, metadata={"example": ADDRESS})
    act = with_act()


class EndpointSchema(Strict):
    """Without `url`: the partner reads the feed only."""

    url = Words(longest=2000, metadata={"example": ADDRESS})
    act = with_act()


class RotationSchema(Strict):
    overlap_hours = Whole(
        least=0,
        most=24 * 14,
        load_default=24,
        metadata={"description": "For how long the secret before signs as well."},
    )
    act = with_act()


class ReplaySchema(Strict):
    """One, a range, all since a time, or all that were given up."""

    first = Whole(least=1)
    last = Whole(least=1)
    since = Moment()
    failed = Flag()
    act = with_act()


class SubscriptionSchema(Strict):
    id = Id(required=True)
    partner = Id(required=True)
    name = fields.String(required=True)
    types = many(fields.String(), len(TYPES), required=True)
    purpose = fields.String(required=True)
    until = Day(required=True)
    payload = fields.String(required=True)
    sites = many(Id(), 100)
    programmes = many(Id(), 100)
    url = fields.String(allow_none=True)
    status = fields.String(required=True)
    disabled = fields.String(allow_none=True)
    generation = fields.Integer(required=True)
    overlap = Moment(allow_none=True)
    head = fields.Integer(metadata={"description": "The last sequence of its log."})
    to_send = fields.Integer(metadata={"description": "Webhooks still to be sent."})
    given_up = fields.Integer(metadata={"description": "Webhooks that were given up."})
    first_missing = fields.Integer(
        allow_none=True, metadata={"description": "The first sequence of either."}
    )
    acknowledged = fields.Integer()
    version = fields.Integer()
    entries = many(Id(), 10)


class SubscriptionsSchema(Strict):
    subscriptions = many(fields.Nested(SubscriptionSchema), 200, required=True)


class SecretSchema(Strict):
    generation = fields.Integer(required=True)
    v1 = fields.String(required=True, metadata={"description": "For HMAC-SHA256 (`v1`)."})
    v1a = fields.String(required=True, metadata={"description": "To verify Ed25519 (`v1a`)."})


class SecretsSchema(Strict):
    secrets = many(fields.Nested(SecretSchema), MOST_AT_ONCE, required=True)


class AttemptSchema(Strict):
    sequence = fields.Integer(required=True)
    at = Moment(required=True)
    outcome = fields.String(required=True)
    status = fields.Integer(allow_none=True)
    took_ms = fields.Integer(required=True)


class AttemptsSchema(Strict):
    attempts = many(fields.Nested(AttemptSchema), 200, required=True)
