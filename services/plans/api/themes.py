"""Themes of a plan: considered by anyone, left out by her, taken up again by her alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.plans.api.asking import PLAN, PerhapsWordsAsked, ReasonAsked, theme_name
from services.plans.api.seeing import decided, other_names, themes_shown
from services.plans.api.shapes import ThemesShape
from services.plans.api.story import THEMES_CHANGED
from services.plans.domain.considering import ConsiderTheme, DeclineTheme, ReconsiderTheme
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, said


class ConsiderAsked(PerhapsWordsAsked):
    theme = theme_name(required=True)


class DeclineAsked(ReasonAsked):
    theme = theme_name(required=True)


class ThemeAsked(Asked):
    theme = theme_name(required=True)


MEDICATION = {"theme": "comprendre-medicaments"}
REASON = "Mes objectifs, c’est pour ma vie. Pas pour mes médicaments."


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "themes",
        __name__,
        url_prefix=PLAN,
        description="What the plan may be about. What she leaves out stays out, by any name.",
    )

    @blueprint.post("/themes-considered")
    @blueprint.doc(summary="Suggest talking about a theme.")
    @blueprint.arguments(ConsiderAsked, example=MEDICATION)
    @blueprint.response(201, ThemesShape, example=THEMES_CHANGED)
    def consider_theme(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="plan.consider")
        names = other_names(desk, act, body["theme"])
        command = ConsiderTheme(act=act, stream=plan, names=names, **said(body))
        return decided(desk, command, themes_shown)

    @blueprint.post("/themes-declined")
    @blueprint.doc(summary="Leave a theme out of the plan: hers to say, with or without a reason.")
    @blueprint.arguments(DeclineAsked, example={**MEDICATION, "reason": REASON})
    @blueprint.response(201, ThemesShape, example=THEMES_CHANGED)
    def decline_theme(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="plan.decline")
        names = other_names(desk, act, body["theme"])
        command = DeclineTheme(act=act, stream=plan, names=names, **said(body))
        return decided(desk, command, themes_shown)

    @blueprint.post("/themes-reconsidered")
    @blueprint.doc(summary="Take up again what was left out: with her own sign-in only.")
    @blueprint.arguments(DeclineAsked, example={**MEDICATION, "reason": "C’est moi qui veux."})
    @blueprint.response(201, ThemesShape, example=THEMES_CHANGED)
    def reconsider_theme(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="plan.reconsider")
        names = other_names(desk, act, body["theme"])
        command = ReconsiderTheme(act=act, stream=plan, names=names, **said(body))
        return decided(desk, command, themes_shown)

    return blueprint
