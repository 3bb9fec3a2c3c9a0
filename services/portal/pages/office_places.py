"""Sites and the programmes given at them: opened, and closed when nothing new begins there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.office_known import filled

AT = "/office/sites"


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_places", "/sites")

    @blueprint.get("")
    def read() -> AnyResponse:
        return show(Form())

    @blueprint.post("")
    def open_site() -> AnyResponse:
        form = Form.of(request.form)
        body = filled(form, "name", "town", "kind")
        return kept("sites", body, form, "office.site_opened")

    @blueprint.post("/<uuid:site>/programmes")
    def open_programme(site: UUID) -> AnyResponse:
        form = Form.of(request.form)
        body = {"site": str(site), **filled(form, "name")}
        return kept("programmes", body, form, "office.programme_opened", at=str(site))

    @blueprint.post("/<uuid:site>/closure")
    def close_site(site: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return kept(f"sites/{site}/closures", {}, form, "office.site_closed")

    @blueprint.post("/programmes/<uuid:programme>/closure")
    def close_programme(programme: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return kept(f"programmes/{programme}/closures", {}, form, "office.programme_closed")

    def kept(
        path: str, body: Mapping[str, Any], form: Form, code: str, at: str = ""
    ) -> AnyResponse:
        try:
            told = frame.ask().send(f"directory/{path}", body, key=form.key)
        except Problem as problem:
            return show(form.wrong(problem), status=422, amiss=at or "new")
        frame.houses.forget(frame.visitor().organisation)
        return frame.done(AT, code, name=told["name"])

    def show(form: Form, status: int = 200, amiss: str = "") -> AnyResponse:
        told = frame.ask().get("directory/organisation")
        sites = [
            {**site, "programmes": [p for p in told["programmes"] if p["site"] == site["id"]]}
            for site in told["sites"]
        ]
        return frame.page(
            "office_places.html",
            status=status,
            form=form,
            empty=Form(),
            amiss=amiss,
            open_ones=[site for site in sites if site["open"]],
            closed=[site for site in sites if not site["open"]],
        )

    return blueprint
