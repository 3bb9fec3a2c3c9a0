"""What is new in a draft: a sphere, a theme; and a sphere named otherwise or left out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.questionnaires import API, AT, for_those_who_make_them, source_of
from services.portal.pages.questionnaires_keeping import STALE, amiss, kept, mark_of
from services.portal.pages.questionnaires_wording import WORDS, by_sphere, name_from, sphere_in


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("questionnaires_adding", __name__, url_prefix=f"{AT}/<uuid:catalogue>")
    for_those_who_make_them(frame, blueprint)

    @blueprint.get("/add-theme")
    def begin_theme(catalogue: UUID) -> AnyResponse:
        return show(catalogue, "questionnaires_add_theme.html", Form(request.args))

    @blueprint.post("/add-theme")
    def add_theme(catalogue: UUID) -> AnyResponse:
        form, ask = Form.of(request.form), frame.ask()
        told = ask.get(f"{API}/{catalogue}")
        source = source_of(ask, told)
        known = [t for one in (told, source) if one for t in one["themes"]]
        name = name_from(form["fr"], {t["theme"] for t in known} | {t["meaning"] for t in known})
        body: dict[str, Any] = {word: form[word] for word in WORDS}
        body |= {"theme": name, "sphere": form["sphere"], "sensitive": form["sensitive"] == "yes"}
        try:
            kept(ask, catalogue, "themes", body, form)
        except Problem as problem:
            wrong = amiss(form, problem)
            return show(catalogue, "questionnaires_add_theme.html", wrong, status=422)
        return frame.done(f"{AT}/{catalogue}#t-{name}", "questionnaires.theme_added")

    @blueprint.get("/add-sphere")
    def begin_sphere(catalogue: UUID) -> AnyResponse:
        return show(catalogue, "questionnaires_sphere.html", Form())

    @blueprint.post("/add-sphere")
    def add_sphere(catalogue: UUID) -> AnyResponse:
        form, ask = Form.of(request.form), frame.ask()
        told = ask.get(f"{API}/{catalogue}")
        name = name_from(form["fr"], {one["sphere"] for one in told["spheres"]})
        body = {"sphere": name, "fr": form["fr"], "en": form["en"]}
        try:
            kept(ask, catalogue, "spheres", body, form)
        except Problem as problem:
            return show(catalogue, "questionnaires_sphere.html", amiss(form, problem), status=422)
        return frame.done(f"{AT}/{catalogue}#s-{name}", "questionnaires.sphere_added")

    @blueprint.get("/spheres/<sphere>")
    def read_sphere(catalogue: UUID, sphere: str) -> AnyResponse:
        return show(catalogue, "questionnaires_sphere.html", Form(), sphere)

    @blueprint.post("/spheres/<sphere>")
    def reword_sphere(catalogue: UUID, sphere: str) -> AnyResponse:
        form = Form.of(request.form)
        body = {"fr": form["fr"], "en": form["en"]}
        path = f"spheres/{sphere}/wordings"
        try:
            kept(frame.ask(), catalogue, path, body, form, lambda now: sphere_in(now, sphere))
        except Problem as problem:
            wrong, stale = amiss(form, problem), problem.status == STALE
            page = "questionnaires_sphere.html"
            return show(catalogue, page, wrong, sphere, status=422, stale=stale)
        return frame.done(f"{AT}/{catalogue}#s-{sphere}", "questionnaires.kept")

    @blueprint.post("/spheres/<sphere>/retirement")
    def leave_out(catalogue: UUID, sphere: str) -> AnyResponse:
        form = Form.of(request.form)
        try:
            kept(frame.ask(), catalogue, f"spheres/{sphere}/retirement", {}, form)
        except Problem as problem:
            wrong = amiss(form, problem)
            return show(catalogue, "questionnaires_sphere.html", wrong, sphere, status=422)
        return frame.done(f"{AT}/{catalogue}", "questionnaires.sphere_left_out")

    def show(
        catalogue: UUID, page: str, form: Form, name: str = "", status: int = 200, **more: object
    ) -> AnyResponse:
        told = frame.ask().get(f"{API}/{catalogue}")
        sphere = sphere_in(told, name) if name else None
        if told["stage"] != "draft" or (name and sphere is None):
            raise Problem(404, sentence=frame.say("questionnaires.not_there"))
        return frame.page(
            page,
            status=status,
            form=form,
            told=told,
            sphere=sphere,
            seen=mark_of(sphere),
            spheres=by_sphere(told),
            **more,
        )

    return blueprint
