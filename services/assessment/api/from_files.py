"""A sitting that the organisation's files tell of: opened and answered in her name, and claimed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.assessment.api.asking import name
from services.assessment.api.shapes import CATALOGUE
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.commands import OpenAssessment, RateTheme
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.from_files import (
    AT_ONCE,
    NOTED,
    FromFilesSchema,
    NotedSchema,
    act_from_files,
    noted,
)
from shared.http.schemas import Id, Strict, Whole, Words, many

PORTRAIT = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0b"
IMPORT = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0a"


class AnswerSchema(Strict):
    theme = name(required=True)
    value = Whole(required=True)
    comment = Words()


class PortraitFromFilesSchema(FromFilesSchema):
    id = Id(required=True)
    catalogue = Id(required=True)
    lines = many(fields.Nested(AnswerSchema), AT_ONCE, required=True)


EXAMPLE = {
    "from_import": IMPORT,
    "occurred_at": "2024-03-05",
    "id": PORTRAIT,
    "catalogue": CATALOGUE,
    "lines": [{"theme": "travail", "value": 20}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "assessments_from_files",
        __name__,
        url_prefix="/v1/persons/<uuid:person>/assessments-from-files",
        description="Answers that the organisation's files hold; none stands over her own.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Note a sitting and its answers from the organisation's files.")
    @blueprint.arguments(PortraitFromFilesSchema, example=EXAMPLE)
    @blueprint.response(201, NotedSchema, example=NOTED)
    def note(body: dict[str, Any], person: UUID) -> Response:
        act = act_from_files(desk, body, may="assessment.note_from_files", person=person)
        catalogue = desk.ledger.load(Catalogue, act.tenant, body["catalogue"], act.tenant)
        catalogue.need_published()
        lowest, highest = catalogue.scale
        opening = OpenAssessment(
            act=act,
            stream=body["id"],
            catalogue=catalogue.id,
            kind=catalogue.head.kind,
            themes=tuple(catalogue.themes),
            lowest=lowest,
            highest=highest,
        )
        lines = [[RateTheme(act=act, stream=body["id"], **line)] for line in body["lines"]]
        return noted(desk, Assessment, [opening], lines, lambda told: getattr(told, "theme", None))

    return blueprint
