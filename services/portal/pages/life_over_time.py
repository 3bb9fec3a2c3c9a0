"""Then and now: two of her portraits side by side, and one theme over the years."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.pages.life_portraits import Portraits
from services.portal.pictures.over_time import line_of
from services.portal.pictures.portrait import compared, outline
from shared.kernel import NotFound


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("life_over_time", __name__, url_prefix="/persons/<uuid:person>/life")
    portraits = Portraits(frame)

    @blueprint.get("/compare")
    def compare(person: UUID) -> AnyResponse:
        subject = frame.subject(person)
        before, after = (uuid_of(request.args.get(which, "")) for which in ("before", "after"))
        told = frame.ask().get(
            f"assessment/persons/{person}/comparisons", before=before, after=after
        )
        later = portraits.one(subject, after)
        return frame.page(
            "life_compare.html",
            subject=subject,
            portrait=later,
            told=told,
            compared=compared(later, told),
            outline=outline,
        )

    @blueprint.get("/<uuid:assessment>/<theme>/over-time")
    def over_time(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        subject = frame.subject(person)
        portrait = portraits.one(subject, assessment)
        asked = portrait.theme(theme)
        path = f"assessment/persons/{person}/themes/{asked.asked['meaning']}/answers"
        answers = frame.ask().get(path)["answers"]
        return frame.page(
            "life_over_time.html",
            subject=subject,
            portrait=portrait,
            theme=asked,
            answers=answers,
            line=line_of(answers, portrait.told["scale"]),
        )

    return blueprint


def uuid_of(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise NotFound("route.unknown") from None
