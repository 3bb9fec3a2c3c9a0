"""The wording of a draft: its name, spheres, themes, scale. What is replaced is named by If-Match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from services.assessment.api.asking import name
from services.assessment.api.catalogue_shapes import SHOWN, CatalogueShape, StepShape, replied
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.catalogue_commands import (
    AddSphere,
    AddTheme,
    RenameCatalogue,
    RetireSphere,
    RetireTheme,
    RewordSphere,
    RewordTheme,
    SetScale,
)
from services.assessment.domain.events import Step
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Flag, Whole, Words, many, said
from shared.kernel import Command

MAY = "catalogue.draft"
Decide = Callable[..., Response]
On = Callable[[dict[str, Any], UUID], dict[str, Any]]
DRAFT = {**SHOWN, "stage": "draft"}


class NameWords(Asked):
    fr = Words(required=True, longest=200)
    en = Words(required=True, longest=200)


class SphereWords(NameWords):
    pass


class SphereAsked(SphereWords):
    sphere = name(required=True)


class ThemeWords(SphereWords):
    """`meaning` left out: reworded, not redefined."""

    help_fr = fields.String(load_default="", validate=validate.Length(0, 1000))
    help_en = fields.String(load_default="", validate=validate.Length(0, 1000))
    meaning = name()


class ThemeWordings(ThemeWords):
    """`sphere` or `sensitive` left out: it stays as it is."""

    sphere = name()
    sensitive = fields.Boolean()


class ThemeAsked(ThemeWords):
    theme = name(required=True)
    sphere = name(required=True)
    sensitive = Flag()


class ScaleAsked(Asked):
    lowest = Whole(required=True)
    highest = Whole(required=True)
    steps = many(fields.Nested(StepShape), 101)


NAME = {"fr": "Ma qualité de vie, version de la maison", "en": "My quality of life, our version"}
SPHERE = {"fr": "Santé", "en": "Health"}
THEME = {
    "fr": "Mon sommeil",
    "en": "My sleep",
    "help_fr": "Est-ce que je dors comme je le veux?",
    "help_en": "Do I sleep the way I want?",
}
SCALE = {"lowest": 0, "highest": 100, "steps": SHOWN["scale"]["steps"]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "wordings",
        __name__,
        url_prefix="/v1/catalogues/<uuid:catalogue>",
        description="How a draft is worded, sphere by sphere and theme by theme.",
    )

    def decide(command: Command, *, replaces: bool = False) -> Response:
        return replied(desk, desk.execute(Catalogue, command, must_match=replaces))

    def on(body: dict[str, Any], catalogue: UUID) -> dict[str, Any]:
        return {"act": desk.act(body, may=MAY), "stream": catalogue}

    @blueprint.post("/wordings")
    @blueprint.doc(summary="Give the questionnaire another name.")
    @blueprint.arguments(NameWords, example=NAME)
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def rename(body: dict[str, Any], catalogue: UUID) -> Response:
        return decide(RenameCatalogue(**on(body, catalogue), **said(body)), replaces=True)

    @blueprint.post("/scale")
    @blueprint.doc(summary="Set the scale: its ends and its labelled steps; it has no start.")
    @blueprint.arguments(ScaleAsked, example=SCALE)
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def set_scale(body: dict[str, Any], catalogue: UUID) -> Response:
        steps = tuple(Step(**step) for step in body.get("steps", ()))
        ends = {"lowest": body["lowest"], "highest": body["highest"]}
        return decide(SetScale(**on(body, catalogue), **ends, steps=steps))

    about_spheres(blueprint, decide, on)
    about_themes(blueprint, decide, on)
    return blueprint


def about_spheres(blueprint: Blueprint, decide: Decide, on: On) -> None:
    @blueprint.post("/spheres")
    @blueprint.doc(summary="Add a sphere.")
    @blueprint.arguments(SphereAsked, example={"sphere": "sante", **SPHERE})
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def add_sphere(body: dict[str, Any], catalogue: UUID) -> Response:
        return decide(AddSphere(**on(body, catalogue), **said(body)))

    @blueprint.post("/spheres/<string:sphere>/wordings")
    @blueprint.doc(summary="Name a sphere in other words.")
    @blueprint.arguments(SphereWords, example=SPHERE)
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def reword_sphere(body: dict[str, Any], catalogue: UUID, sphere: str) -> Response:
        command = RewordSphere(**on(body, catalogue), sphere=sphere, **said(body))
        return decide(command, replaces=True)

    @blueprint.post("/spheres/<string:sphere>/retirement")
    @blueprint.doc(summary="Leave a sphere out of this version.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def retire_sphere(body: dict[str, Any], catalogue: UUID, sphere: str) -> Response:
        return decide(RetireSphere(**on(body, catalogue), sphere=sphere))


def about_themes(blueprint: Blueprint, decide: Decide, on: On) -> None:
    @blueprint.post("/themes")
    @blueprint.doc(summary="Add a theme.")
    @blueprint.arguments(ThemeAsked, example={"theme": "sommeil", "sphere": "sante", **THEME})
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def add_theme(body: dict[str, Any], catalogue: UUID) -> Response:
        return decide(AddTheme(**on(body, catalogue), **said(body)))

    @blueprint.post("/themes/<string:theme>/wordings")
    @blueprint.doc(summary="Word a theme otherwise; give a meaning only if it asks something else.")
    @blueprint.arguments(ThemeWordings, example=THEME)
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def reword_theme(body: dict[str, Any], catalogue: UUID, theme: str) -> Response:
        command = RewordTheme(**on(body, catalogue), theme=theme, **said(body))
        return decide(command, replaces=True)

    @blueprint.post("/themes/<string:theme>/retirement")
    @blueprint.doc(summary="Leave a theme out of this version.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, CatalogueShape, example=DRAFT)
    def retire_theme(body: dict[str, Any], catalogue: UUID, theme: str) -> Response:
        return decide(RetireTheme(**on(body, catalogue), theme=theme))
