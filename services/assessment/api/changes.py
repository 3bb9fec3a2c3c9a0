"""What has changed: as she judges it, and as two assessments tell it side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.assessment.api.asking import ASSESSMENT, Asked, Shown, name, said
from services.assessment.api.seeing import Telling, answered, portrait_for, zone
from services.assessment.api.shapes import ASSESSMENT as ONE
from services.assessment.api.shapes import PORTRAIT, THEME, AnswerShape, PortraitShape
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.change import EXPECTED, JUDGEMENTS, THANKS_TO
from services.assessment.domain.commands import JudgeChange
from services.assessment.domain.comparison import Difference, Side, compare
from shared.http.admission import Reader
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Strict, Words, many, one_of


class ChangeAsked(Shown, Asked):
    theme = name()
    goal = Id()
    judgement = one_of(JUDGEMENTS, required=True)
    since = Day(required=True)
    expected = one_of(EXPECTED)
    thanks_to = many(one_of(THANKS_TO), len(THANKS_TO))
    words = Words()


class CompareQuery(Strict):
    before = Id(required=True)
    after = Id(required=True)


class DifferenceShape(Strict):
    """`points` is after minus before; null where that cannot be said, with the reason."""

    meaning = fields.String(required=True)
    theme_before = fields.String(allow_none=True)
    theme_after = fields.String(allow_none=True)
    before = fields.Nested(AnswerShape, allow_none=True)
    after = fields.Nested(AnswerShape, allow_none=True)
    points = fields.Integer(allow_none=True)
    reason = fields.String(allow_none=True)


class ComparisonShape(Strict):
    before = Id(required=True)
    after = Id(required=True)
    differences = many(fields.Nested(DifferenceShape), 400)


CHANGE = {
    "theme": "travail",
    "judgement": "better",
    "since": "2026-01-16",
    "thanks_to": ["me", "people", "service"],
}
COMPARED = {
    "before": ONE,
    "after": ONE[:-1] + "5",
    "differences": [
        {
            "meaning": "travail",
            "theme_before": "travail",
            "theme_after": "travail",
            "before": THEME["answer"],
            "after": {**THEME["answer"], "value": 55, "comment": None},
            "points": 35,
            "reason": None,
        }
    ],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "changes",
        __name__,
        url_prefix="/v1/persons/<uuid:person>",
        description="What has changed. Nothing is averaged, and there is no figure over themes.",
    )

    @blueprint.post(ASSESSMENT.removeprefix("/v1/persons/<uuid:person>") + "/changes")
    @blueprint.doc(summary="Say what has changed, as she sees it.")
    @blueprint.arguments(ChangeAsked, example=CHANGE)
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def judge_change(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.judge_change")
        command = JudgeChange(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.get("/comparisons")
    @blueprint.doc(summary="Two of her assessments side by side, theme by theme, in points.")
    @blueprint.arguments(CompareQuery, location="query")
    @blueprint.response(200, ComparisonShape, example=COMPARED)
    def compare_assessments(asked: dict[str, Any], person: UUID) -> Response:
        reader = desk.reading(person, may="assessment.read", scope="comparison")
        before, after = (side(desk, reader, asked[which]) for which in ("before", "after"))
        telling = Telling(before.portrait.eyes, zone(desk, reader.tenant))
        differences = [shown(telling, d) for d in compare(before, after)]
        return desk.answer_read({**asked, "differences": differences})

    return blueprint


def side(desk: Desk, reader: Reader, assessment: UUID) -> Side:
    seen = portrait_for(desk, reader, assessment)
    catalogue = desk.ledger.load(Catalogue, reader.tenant, seen.opened.catalogue, reader.tenant)
    return Side(seen, catalogue.meanings)


def shown(telling: Telling, difference: Difference) -> Mapping[str, Any]:
    before, after = difference.before, difference.after
    return {
        "meaning": difference.meaning,
        "theme_before": difference.theme_before,
        "theme_after": difference.theme_after,
        "before": before and telling.answer(before),
        "after": after and telling.answer(after),
        "points": difference.points,
        "reason": difference.reason,
    }
