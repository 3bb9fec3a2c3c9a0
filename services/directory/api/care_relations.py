"""Care relations: started and ended by an administrator; she is told in words who and why."""

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
    PROGRAMME,
    RECORDED,
    SITE,
    CareRelationSchema,
    RecordedSchema,
    said,
)
from services.directory.domain.care import CARE_ROLES, EndCareRelation, StartCareRelation
from services.directory.domain.relations import Relations, stream_of
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Words, many, one_of, with_act


class StartCareRelationSchema(Strict):
    party = Id(required=True)
    role = one_of(CARE_ROLES, required=True)
    site = Id(required=True)
    programme = Id(required=True)
    words = Words(longest=1000, required=True)
    act = with_act()


class EndCareRelationSchema(Strict):
    words = Words(longest=1000)
    act = with_act()


class CareRelationsSchema(RecordedSchema):
    person = Id(required=True)
    care_relations = many(fields.Nested(CareRelationSchema), 1000)


STARTED = {
    "party": PARTY,
    "role": "practitioner",
    "site": SITE,
    "programme": PROGRAMME,
    "words": "Karim Belhadj, éducateur spécialisé, vous accompagne à la Maison du Quai.",
}
CURRENT = {"id": ENTRY, **STARTED, "since": "2026-01-12T15:00:00+00:00", "ended": None}
SHOWN = {"person": PERSON, "care_relations": [CURRENT], **RECORDED}
OVER = [{**CURRENT, "ended": "2026-06-30T16:00:00+00:00"}]


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "care_relations",
        __name__,
        url_prefix=f"{PERSONS}/care-relations",
        description="Who accompanies her, where and within what.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Begin to accompany a person.")
    @blueprint.arguments(StartCareRelationSchema, example=STARTED)
    @blueprint.response(201, CareRelationsSchema, example=SHOWN)
    def start(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.care_relation.start", person=person)
        known.party(desk, act.tenant, body["party"], role=body["role"])
        known.place(desk, act.tenant, body["site"], body["programme"])
        command = StartCareRelation(act=act, stream=stream_of(person), **said(body))
        done = desk.execute(Relations, command)
        relations = shown.care_relations(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "care_relations": relations})

    @blueprint.post("/<uuid:relation>/endings")
    @blueprint.doc(summary="End it: from then on the practitioner sees nothing of hers.")
    @blueprint.arguments(EndCareRelationSchema, example={"words": "Karim change de poste."})
    @blueprint.response(201, CareRelationsSchema, example={**SHOWN, "care_relations": OVER})
    def end(body: dict[str, Any], person: UUID, relation: UUID) -> Response:
        act = desk.act(body, may="directory.care_relation.end", person=person)
        command = EndCareRelation(
            act=act, stream=stream_of(person), relation=relation, **said(body)
        )
        done = desk.execute(Relations, command)
        relations = shown.care_relations(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "care_relations": relations})

    return blueprint
