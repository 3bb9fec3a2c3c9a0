"""A draft takes another name; what is published keeps the one under which people answered to it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.questionnaires import API, AT, for_those_who_make_them
from services.portal.pages.questionnaires_keeping import STALE, Told, amiss, kept, mark_of


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("questionnaires_naming", __name__, url_prefix=f"{AT}/<uuid:catalogue>")
    for_those_who_make_them(frame, blueprint)

    @blueprint.get("/name")
    def read(catalogue: UUID) -> AnyResponse:
        return show(catalogue, Form())

    @blueprint.post("/name")
    def rename(catalogue: UUID) -> AnyResponse:
        form = Form.of(request.form)
        body = {"fr": form["fr"], "en": form["en"]}
        try:
            kept(frame.ask(), catalogue, "wordings", body, form, name_of)
        except Problem as problem:
            wrong = amiss(form, problem)
            return show(catalogue, wrong, status=422, stale=problem.status == STALE)
        return frame.done(f"{AT}/{catalogue}", "questionnaires.kept")

    def show(catalogue: UUID, form: Form, status: int = 200, *, stale: bool = False) -> AnyResponse:
        told = frame.ask().get(f"{API}/{catalogue}")
        if told["stage"] != "draft":
            raise Problem(404, sentence=frame.say("questionnaires.not_there"))
        return frame.page(
            "questionnaires_name.html",
            status=status,
            form=form,
            told=told,
            seen=mark_of(name_of(told)),
            stale=stale,
        )

    return blueprint


def name_of(catalogue: Told) -> Told:
    return {language: catalogue[language] for language in ("fr", "en")}
