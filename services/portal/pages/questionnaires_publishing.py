"""A draft as the people it is for will read it, and its publication, for good."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES, Form
from services.portal.frame import Frame
from services.portal.pages.questionnaires import API, AT, for_those_who_make_them, source_of
from services.portal.pages.questionnaires_keeping import STALE, kept
from services.portal.pages.questionnaires_wording import (
    beside,
    by_sphere,
    changes,
    left_out,
    theme_in,
    without_words,
)
from shared.kernel import NotFound


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "questionnaires_publishing", __name__, url_prefix=f"{AT}/<uuid:catalogue>"
    )
    for_those_who_make_them(frame, blueprint)

    @blueprint.get("/preview")
    def preview(catalogue: UUID) -> AnyResponse:
        told = frame.ask().get(f"{API}/{catalogue}")
        return frame.page("questionnaires_preview.html", told=told, spheres=by_sphere(told))

    @blueprint.get("/preview/<theme>")
    def preview_theme(catalogue: UUID, theme: str) -> AnyResponse:
        """The page of a theme, as in a portrait; nothing can be answered there."""
        told = frame.ask().get(f"{API}/{catalogue}")
        found = theme_in(told, theme)
        if found is None:
            raise NotFound("route.unknown")
        hues = {sphere["sphere"]: sphere["hue"] for sphere in by_sphere(told)}
        return frame.page(
            "questionnaires_preview_theme.html",
            told=told,
            theme=found,
            hue=hues.get(found["sphere"], 1),
            after=beside(told, theme)[1],
        )

    @blueprint.get("/publication")
    def before_publishing(catalogue: UUID) -> AnyResponse:
        return show(catalogue, Form())

    @blueprint.post("/publication")
    def publish(catalogue: UUID) -> AnyResponse:
        """In the version that was looked at: if somebody changed it since, one looks again."""
        form = Form.of(request.form)
        try:
            kept(frame.ask(), catalogue, "publication", {}, form)
        except Problem as problem:
            changed = problem.status == STALE
            return show(catalogue, form.wrong(problem, RULES | {STALE}), 422, changed=changed)
        return frame.done(f"{AT}/{catalogue}", "questionnaires.published")

    def show(
        catalogue: UUID, form: Form, status: int = 200, *, changed: bool = False
    ) -> AnyResponse:
        ask = frame.ask()
        told = ask.get(f"{API}/{catalogue}")
        if told["stage"] != "draft":  # somebody was quicker
            return frame.done(f"{AT}/{catalogue}")
        source = source_of(ask, told)
        themes = {theme["theme"]: theme for theme in told["themes"]}
        return frame.page(
            "questionnaires_publish.html",
            status=status,
            form=form,
            told=told,
            source=source,
            stale=changed,
            changed=[(themes[name], how) for name, how in changes(told, source).items()],
            left_out=left_out(told, source),
            without_words=without_words(told),
        )

    return blueprint
