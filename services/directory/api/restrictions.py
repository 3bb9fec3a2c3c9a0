"""Restrictions: she keeps a named worker or a category from seeing some or all of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known, shown
from services.directory.api.parts import (
    ENTRY,
    PARTY,
    PERSON,
    PERSONS,
    RECORDED,
    RecordedSchema,
    RestrictionSchema,
    said,
)
from services.directory.domain.consents import CATEGORIES
from services.directory.domain.relations import Relations, stream_of
from services.directory.domain.restrictions import (
    EVERYTHING,
    SCOPES,
    LiftRestriction,
    RestrictAccess,
)
from shared.http.answers import BareSchema
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Words, many, one_of, with_act


class RestrictAccessSchema(Strict):
    audience = Id()
    category = one_of(CATEGORIES)
    scope = many(one_of(SCOPES), len(SCOPES))
    reason = Words(longest=1000)
    act = with_act()


class RestrictionsSchema(RecordedSchema):
    person = Id(required=True)
    restrictions = many(fields.Nested(RestrictionSchema), 1000)


ASKED = {"audience": PARTY, "scope": [EVERYTHING], "reason": "Il est mon voisin."}
KEPT = {"id": ENTRY, **ASKED, "category": None}
SHOWN = {"person": PERSON, "restrictions": [KEPT], **RECORDED}
LIFTED = {"person": PERSON, "restrictions": [], **RECORDED}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "restrictions",
        __name__,
        url_prefix=f"{PERSONS}/restrictions",
        description="Whom she keeps away. Why is hers to say or not.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Keep someone, or all of a category, from seeing some or all of it.")
    @blueprint.arguments(RestrictAccessSchema, example=ASKED)
    @blueprint.response(201, RestrictionsSchema, example=SHOWN)
    def restrict(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.restriction", person=person)
        if audience := body.get("audience"):
            known.party(desk, act.tenant, audience, field="audience")
        asked = said(body) | {"scope": tuple(body.get("scope", (EVERYTHING,)))}
        done = desk.execute(Relations, RestrictAccess(act=act, stream=stream_of(person), **asked))
        kept = shown.restrictions(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "restrictions": kept})

    @blueprint.post("/<uuid:restriction>/liftings")
    @blueprint.doc(summary="Lift a restriction.")
    @blueprint.arguments(BareSchema, example={})
    @blueprint.response(201, RestrictionsSchema, example=LIFTED)
    def lift(body: dict[str, Any], person: UUID, restriction: UUID) -> Response:
        act = desk.act(body, may="directory.restriction", person=person)
        command = LiftRestriction(act=act, stream=stream_of(person), restriction=restriction)
        done = desk.execute(Relations, command)
        kept = shown.restrictions(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "restrictions": kept})

    return blueprint
