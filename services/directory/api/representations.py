"""Representation: who may act for her or help her act, within a scope, until a day."""

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
    RepresentationSchema,
    said,
)
from services.directory.domain.relations import Relations, stream_of
from services.directory.domain.representation import (
    ROLES,
    SCOPES,
    EndRepresentation,
    StartRepresentation,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Flag, Id, Strict, Words, many, one_of, with_act


class StartRepresentationSchema(Strict):
    party = Id(required=True)
    kind = Words(longest=120, required=True)
    scope = many(one_of(SCOPES), len(SCOPES), required=True)
    until = Day(required=True)
    role = one_of(ROLES)
    parental = Flag()
    act = with_act()


class EndRepresentationSchema(Strict):
    words = Words(longest=1000)
    act = with_act()


class RepresentationsSchema(RecordedSchema):
    person = Id(required=True)
    representations = many(fields.Nested(RepresentationSchema), 100)


PAUL = {
    "party": PARTY,
    "kind": "curatelle renforcée",
    "scope": ["money", "papers"],
    "until": "2028-03-01",
}
CURRENT = {
    "id": ENTRY,
    **PAUL,
    "role": "representative",
    "parental": False,
    "current": True,
}
SHOWN = {"person": PERSON, "representations": [CURRENT], **RECORDED}
OVER = [{**CURRENT, "current": False}]


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "representations",
        __name__,
        url_prefix=f"{PERSONS}/representations",
        description="Who may act for her: never in her own perspective.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Note that someone may act for her or assist her.")
    @blueprint.arguments(StartRepresentationSchema, example=PAUL)
    @blueprint.response(201, RepresentationsSchema, example=SHOWN)
    def start(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.representation", person=person)
        known.party(desk, act.tenant, body["party"], role=body.get("role", ROLES[0]))
        asked = said(body) | {"scope": tuple(body["scope"])}
        if body.get("parental"):
            asked["age_of_consent"] = known.age_of_consent(desk, act.tenant)
        done = desk.execute(
            Relations, StartRepresentation(act=act, stream=stream_of(person), **asked)
        )
        told = shown.representations(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "representations": told})

    @blueprint.post("/<uuid:representation>/endings")
    @blueprint.doc(summary="End it.")
    @blueprint.arguments(EndRepresentationSchema, example={"words": "Mainlevée du 12 mars."})
    @blueprint.response(201, RepresentationsSchema, example={**SHOWN, "representations": OVER})
    def end(body: dict[str, Any], person: UUID, representation: UUID) -> Response:
        act = desk.act(body, may="directory.representation", person=person)
        command = EndRepresentation(
            act=act, stream=stream_of(person), representation=representation, **said(body)
        )
        done = desk.execute(Relations, command)
        told = shown.representations(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "representations": told})

    return blueprint
