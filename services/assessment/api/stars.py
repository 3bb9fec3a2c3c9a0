"""Her stars: up to three priorities over all themes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.assessment.api.asking import ASSESSMENT, ThemeAsked
from services.assessment.api.seeing import answered
from services.assessment.api.shapes import PORTRAIT, PortraitShape
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import PlaceStar, RemoveStar
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Whole, said


class StarAsked(ThemeAsked):
    rank = Whole()


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "stars",
        __name__,
        url_prefix=f"{ASSESSMENT}/stars",
        description="What she puts first, in an order if she wishes.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Put a star on a theme.")
    @blueprint.arguments(StarAsked, example={"theme": "travail", "rank": 1})
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def place_star(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.star")
        command = PlaceStar(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/removals")
    @blueprint.doc(summary="Take a star off.")
    @blueprint.arguments(ThemeAsked, example={"theme": "travail"})
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def remove_star(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.star")
        command = RemoveStar(act=act, stream=assessment, theme=body["theme"])
        return answered(desk, desk.execute(Assessment, command), act)

    return blueprint
