"""What has changed: as she judges it, and as two assessments tell it side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.assessment.api.asking import ASSESSMENT, Shown, name
from services.assessment.api.comparing import COMPARED, ComparisonShape, compared_shown
from services.assessment.api.seeing import Telling, answered, portrait_for
from services.assessment.api.shapes import PORTRAIT, PortraitShape
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.change import EXPECTED, JUDGEMENTS, THANKS_TO
from services.assessment.domain.commands import JudgeChange
from services.assessment.domain.comparison import Side, compare
from shared.http.admission import Reader
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Day, Id, Strict, Words, many, one_of, said


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


CHANGE = {
    "theme": "travail",
    "judgement": "better",
    "since": "2026-01-16",
    "thanks_to": ["me", "people", "service"],
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
        telling = Telling(before.portrait.eyes, desk.zone(reader.tenant))
        differences = compare(before, after)
        return desk.answer_read(compared_shown(telling, before, after, differences))

    return blueprint


def side(desk: Desk, reader: Reader, assessment: UUID) -> Side:
    seen = portrait_for(desk, reader, assessment)
    catalogue = desk.ledger.load(Catalogue, reader.tenant, seen.opened.catalogue, reader.tenant)
    edition = None if catalogue.drafted is None else catalogue.drafted.edition
    return Side(seen, catalogue.meanings, edition)
