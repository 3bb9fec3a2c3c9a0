"""Assessments of a person: begin one, read one, read which there are, close and reopen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from services.assessment.api.asking import ReasonAsked
from services.assessment.api.seeing import Telling, answered, portrait_for
from services.assessment.api.shapes import CATALOGUE, PORTRAIT, PortraitShape
from services.assessment.api.sittings import newest_for, portraits_for
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.commands import (
    CloseAssessment,
    OpenAssessment,
    ReopenAssessment,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Id, Strict, many, one_of


class OpenAsked(Asked):
    catalogue = Id(required=True)
    id = Id(metadata={"description": "An id of your own (UUIDv7), to send it again safely."})


class PortraitsShape(Strict):
    assessments = many(fields.Nested(PortraitShape), 1000)


class ListQuery(Strict):
    kind = one_of(("quality_of_life", "process"))
    newest = fields.Integer(
        validate=validate.Range(1, 100),
        metadata={"description": "So many of the latest only, the first of them first."},
    )


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "assessments",
        __name__,
        url_prefix="/v1/persons/<uuid:person>/assessments",
        description="One sitting with a questionnaire. A person has as many as she likes.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Begin an assessment with a published catalogue.")
    @blueprint.arguments(OpenAsked, example={"catalogue": CATALOGUE})
    @blueprint.response(201, PortraitShape, example={**PORTRAIT, "themes": [], "version": 1})
    def open_assessment(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.open")
        catalogue = desk.ledger.load(Catalogue, act.tenant, body["catalogue"], act.tenant)
        catalogue.need_published()
        lowest, highest = catalogue.scale
        command = OpenAssessment(
            act=act,
            stream=body.get("id") or desk.stream("assessment"),
            catalogue=catalogue.id,
            kind=catalogue.head.kind,
            themes=tuple(catalogue.themes),
            lowest=lowest,
            highest=highest,
        )
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.get("")
    @blueprint.doc(summary="Her assessments, each as this reader may see it.")
    @blueprint.arguments(ListQuery, location="query")
    @blueprint.response(200, PortraitsShape, example={"assessments": [PORTRAIT]})
    def list_assessments(asked: dict[str, Any], person: UUID) -> Response:
        reader = desk.reading(person, may="assessment.read", scope="assessments")
        zone, kind, newest = desk.zone(reader.tenant), asked.get("kind"), asked.get("newest")
        every = portraits_for(desk, reader, kind)
        seen = newest_for(desk, reader, kind, newest) if newest else every
        shown = [Telling(p.eyes, zone).portrait(p) for p in seen]
        return desk.answer_read({"assessments": shown})

    @blueprint.get("/<uuid:assessment>")
    @blueprint.doc(summary="One assessment, as this reader may see it.")
    @blueprint.response(200, PortraitShape, example=PORTRAIT)
    def read_assessment(person: UUID, assessment: UUID) -> Response:
        reader = desk.reading(person, may="assessment.read", scope="assessment")
        seen = portrait_for(desk, reader, assessment)
        shown = Telling(seen.eyes, desk.zone(reader.tenant)).portrait(seen)
        # the version counts what she has kept and changed: hers to know
        if not reader.is_self:
            return desk.answer_read(shown)
        return desk.answer_read({**shown, "version": seen.version}, seen.version)

    @blueprint.post("/<uuid:assessment>/closure")
    @blueprint.doc(summary="Finish it.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, PortraitShape, example={**PORTRAIT, "closed": True})
    def close_assessment(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.close")
        done = desk.execute(Assessment, CloseAssessment(act=act, stream=assessment))
        return answered(desk, done, act)

    @blueprint.post("/<uuid:assessment>/reopening")
    @blueprint.doc(summary="Open it again.")
    @blueprint.arguments(ReasonAsked, example={"reason": "J’ai oublié un thème."})
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def reopen_assessment(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.close")
        command = ReopenAssessment(act=act, stream=assessment, reason=body.get("reason"))
        return answered(desk, desk.execute(Assessment, command), act)

    return blueprint
