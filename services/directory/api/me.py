"""Whoever is signed in: who one is here, and to whom one stands in a relation."""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from services.directory.api.parts import ENTRY, PARTY, PERSON, PROGRAMME, SITE
from services.directory.views import around
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, many


class MeSchema(Strict):
    organisation = Id(required=True)
    party = Id(required=True)
    name = fields.String(required=True)
    roles = many(fields.String(), 20)


class AroundSchema(Strict):
    id = Id(required=True)
    person = Id(required=True)
    name = fields.String(required=True)
    relation = fields.String(required=True)
    role = fields.String(allow_none=True)
    site = Id(allow_none=True)
    programme = Id(allow_none=True)
    since = fields.DateTime(required=True)
    until = fields.DateTime(allow_none=True)


class MyPersonsSchema(Strict):
    persons = many(fields.Nested(AroundSchema), 1000)


ME = {
    "organisation": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b00",
    "party": PARTY,
    "name": "Karim Belhadj",
    "roles": ["practitioner"],
}
LUC = {
    "id": ENTRY,
    "person": PERSON,
    "name": "Luc Gendreau",
    "relation": "care",
    "role": "practitioner",
    "site": SITE,
    "programme": PROGRAMME,
    "since": "2026-01-12T15:00:00+00:00",
    "until": None,
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint("me", __name__, url_prefix="/v1/me", description="Who is signed in.")

    @blueprint.get("")
    @blueprint.doc(summary="Who one is in this organisation.")
    @blueprint.response(200, MeSchema, example=ME)
    def read() -> Response:
        caller = desk.caller(may="directory.organisation.read")
        return desk.answer_read(
            {
                "organisation": caller.tenant,
                "party": caller.party,
                "name": caller.name,
                "roles": sorted(caller.roles),
            }
        )

    @blueprint.get("/persons")
    @blueprint.doc(summary="The persons one accompanies, represents, or was let in by.")
    @blueprint.response(200, MyPersonsSchema, example={"persons": [LUC]})
    def read_persons() -> Response:
        caller = desk.caller(may="directory.organisation.read")
        persons = desk.view(
            caller.tenant,
            lambda c: around.around(c, caller.party, caller.roles, desk.clock()),
        )
        return desk.answer_read({"persons": persons})

    return blueprint
