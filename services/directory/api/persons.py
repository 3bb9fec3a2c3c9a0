"""Persons whom the service is for: registered by an administrator, read by herself and her team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known
from services.directory.api.parts import (
    PARTY,
    PERSON,
    PROGRAMME,
    RECORDED,
    SITE,
    ByNameQuery,
    CareRelationSchema,
    ConsentSchema,
    EmergencyAccessSchema,
    ErasureStageSchema,
    NoticeSchema,
    RecordedSchema,
    RepresentationSchema,
    RestrictionSchema,
    RightSchema,
    WayOfWorkingSchema,
    said,
)
from services.directory.api.shown import named, profile, seen
from services.directory.domain.relations import RegisterPerson, Relations, stream_of
from services.directory.views import people
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Strict, Whole, Words, many, with_act
from shared.kernel import NotFound, Refused


class RegisterPersonSchema(Strict):
    id = Id()
    name = Words(longest=120, required=True)
    sign_in_subject = Words(longest=200)
    sign_in_issuer = Words(longest=200)
    born = Day()
    age = Whole(least=0, most=120)
    act = with_act()


class ProfileSchema(Strict):
    name = fields.String(required=True)
    sign_in_subject = fields.String(allow_none=True)
    born = Day(allow_none=True)
    age = fields.Integer(allow_none=True)


class RegisteredPersonSchema(RecordedSchema):
    id = Id(required=True)
    profile = fields.Nested(ProfileSchema, required=True)


class NamedSchema(Strict):
    id = Id(required=True)
    name = fields.String(required=True)


class PersonSchema(Strict):
    """What the reader may see of her relations; a part nobody showed to the reader is left out."""

    id = Id(required=True)
    profile = fields.Nested(ProfileSchema)
    care_relations = many(fields.Nested(CareRelationSchema), 1000)
    representations = many(fields.Nested(RepresentationSchema), 100)
    consents = many(fields.Nested(ConsentSchema), 1000)
    restrictions = many(fields.Nested(RestrictionSchema), 1000)
    emergency_accesses = many(fields.Nested(EmergencyAccessSchema), 1000)
    notices = many(fields.Nested(NoticeSchema), 1000)
    way_of_working = fields.Nested(WayOfWorkingSchema, allow_none=True)
    rights = many(fields.Nested(RightSchema), 1000)
    erasures = many(fields.Nested(ErasureStageSchema), 100)
    named = many(fields.Nested(NamedSchema), 1000)


class ListedPersonSchema(Strict):
    id = Id(required=True)
    name = fields.String(required=True)
    sign_in_subject = fields.String(allow_none=True)


class PersonsSchema(Strict):
    persons = many(fields.Nested(ListedPersonSchema), 200)


LUC = {"name": "Luc Gendreau", "sign_in_subject": "luc", "age": 34}
REGISTERED = {"id": PERSON, "profile": {**LUC, "born": None}}
EXAMPLE: Mapping[str, Any] = {
    **REGISTERED,
    "care_relations": [
        {
            "id": RECORDED["entries"][0],  # type: ignore[index]
            "party": PARTY,
            "role": "practitioner",
            "site": SITE,
            "programme": PROGRAMME,
            "words": "Karim vous accompagne à la Maison du Quai.",
            "since": "2026-01-12T15:00:00+00:00",
            "ended": None,
        }
    ],
    "way_of_working": {
        "first": "alone",
        "pace": None,
        "tabs": [],
        "words": "Je regarde l’outil tout seul d’abord. On en parle après.",
    },
    "named": [{"id": PARTY, "name": "Karim Belhadj"}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "persons", __name__, url_prefix="/v1/persons", description="Whom the service is for."
    )

    @blueprint.post("")
    @blueprint.doc(summary="Register a person. Whoever has no sign-in works together with someone.")
    @blueprint.arguments(RegisterPersonSchema, example=LUC)
    @blueprint.response(201, RegisteredPersonSchema, example=REGISTERED | RECORDED)
    def register(body: dict[str, Any]) -> Response:
        person = body.get("id") or desk.stream("person")
        act = replace(desk.act(body, may="directory.person.register"), subject=person)
        known.free_sign_in(desk, act.tenant, body.get("sign_in_subject"), person)
        require_free(desk, act.tenant, person)
        command = RegisterPerson(act=act, stream=stream_of(person), **said(body))
        done = desk.execute(Relations, command)
        about_her = {"id": person, "profile": profile(done.state, known.day_of(act))}
        return desk.answer(done, about_her)

    @blueprint.get("")
    @blueprint.doc(summary="The persons registered here, by name: for the administration only.")
    @blueprint.arguments(ByNameQuery, location="query")
    @blueprint.response(
        200,
        PersonsSchema,
        example={"persons": [{"id": PERSON, "name": "Luc Gendreau", "sign_in_subject": "luc"}]},
    )
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="directory.party.read")
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        rows = desk.view(
            caller.tenant,
            lambda c: people.page(
                c,
                persons=True,
                after=page.after,
                limit=page.limit,
                within=query.get("name", ""),
            ),
        )
        last = (rows[-1]["name"], rows[-1]["id"]) if len(rows) == page.limit else None
        listed = [{n: row[n] for n in ("id", "name", "sign_in_subject")} for row in rows]
        answer = desk.answer_read({"persons": listed})
        return pages.turned(answer, page, last, tenant=caller.tenant, reader=caller.party)

    @blueprint.get("/<uuid:person>")
    @blueprint.doc(summary="How others stand to her, and what she said and was told about it.")
    @blueprint.response(200, PersonSchema, example=EXAMPLE)
    def read(person: UUID) -> Response:
        reader = desk.reading(person, may="directory.person.read", scope="directory.relations")
        stream = stream_of(person)
        state = desk.ledger.load(Relations, reader.tenant, stream, subject=person)
        told = seen(state, reader.standing.kind, desk.today(reader.tenant))
        names = desk.view(reader.tenant, lambda c: people.names(c, named(told)))
        listed = [{"id": party, "name": name} for party, name in names.items()]
        return desk.answer_read({"id": person, **told, "named": listed}, state.version)

    return blueprint


def require_free(desk: Desk, tenant: UUID, person: UUID) -> None:
    """A party's id is not a person's as well."""
    try:
        desk.ledger.load(Relations, tenant, person)
    except NotFound:
        return
    raise Refused("person.registered_already", field="id")
