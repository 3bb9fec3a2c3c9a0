"""One theme over all her assessments, matched by what it asks, whatever each version calls it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.assessment.api.seeing import Telling, eyes_of_reader
from services.assessment.api.shapes import ASSESSMENT, THEME, AnswerShape
from services.assessment.api.sittings import portraits_for
from services.assessment.domain.answers import Answer
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.over_time import answers_over_time
from shared.http.admission import Reader
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, many


class AnsweredShape(Strict):
    assessment = Id(required=True)
    theme = fields.String(required=True)
    answer = fields.Nested(AnswerShape, required=True)


class OverTimeShape(Strict):
    """Her answers to what `meaning` asks, the first one first. No line is drawn between them."""

    meaning = fields.String(required=True)
    answers = many(fields.Nested(AnsweredShape), 10_000)


SHOWN = {
    "meaning": "travail",
    "answers": [{"assessment": ASSESSMENT, "theme": "travail", "answer": THEME["answer"]}],
}
Answered = tuple[UUID, str, Answer]


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "themes",
        __name__,
        url_prefix="/v1/persons/<uuid:person>/themes",
        description="One theme over time, across versions of the questionnaire.",
    )

    @blueprint.get("/<string:meaning>/answers")
    @blueprint.doc(summary="How she has answered it over time; to others, what she shows.")
    @blueprint.response(200, OverTimeShape, example=SHOWN)
    def answers_of_theme(person: UUID, meaning: str) -> Response:
        reader = desk.reading(person, may="assessment.read", scope="theme over time")
        telling = Telling(eyes_of_reader(reader), desk.zone(reader.tenant))
        found = sorted(answered(desk, reader, meaning), key=lambda one: one[2].act.occurred)
        answers = [
            {"assessment": sitting, "theme": theme, "answer": telling.answer(answer)}
            for sitting, theme, answer in found
        ]
        return desk.answer_read({"meaning": meaning, "answers": answers})

    return blueprint


def answered(desk: Desk, reader: Reader, meaning: str) -> Iterator[Answered]:
    meanings: dict[UUID, dict[str, str]] = {}
    for seen in portraits_for(desk, reader):
        catalogue = seen.opened.catalogue
        if catalogue not in meanings:
            known = desk.ledger.load(Catalogue, reader.tenant, catalogue, reader.tenant)
            meanings[catalogue] = {asks: theme for theme, asks in known.meanings.items()}
        theme = meanings[catalogue].get(meaning)
        if theme is None:
            continue
        state = desk.ledger.load(Assessment, reader.tenant, seen.id, reader.person)
        for answer in answers_over_time(state, theme, seen.eyes):
            yield seen.id, theme, answer
