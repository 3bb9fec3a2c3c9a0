"""One request under the law, or one emergency access: read with its words, answered or checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from shared.kernel import NotFound

EMPTY = Form()


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("privacy_person", __name__, url_prefix="/privacy/persons/<uuid:person>")

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has("privacy_officer"):
            raise NotFound("route.unknown")

    @blueprint.get("/requests/<uuid:asked>")
    def read(person: UUID, asked: UUID) -> AnyResponse:
        return show_request(person, asked)

    @blueprint.post("/requests/<uuid:asked>")
    def answer(person: UUID, asked: UUID) -> AnyResponse:
        form = Form.of(request.form)
        body = {n: form[n] for n in ("outcome", "reason", "recourse") if form[n]}
        path = f"directory/persons/{person}/rights/{asked}/answers"
        if wrong := sent(path, body, form):
            return show_request(person, asked, answering=wrong, status=422)
        return frame.done("/privacy", "privacy.answered_now")

    @blueprint.post("/requests/<uuid:asked>/later")
    def put_off(person: UUID, asked: UUID) -> AnyResponse:
        """Once, with a reason that she reads, as far as the law allows."""
        form = Form.of(request.form)
        body = {n: form[n] for n in ("due", "reason") if form[n]}
        path = f"directory/persons/{person}/rights/{asked}/extensions"
        if wrong := sent(path, body, form):
            return show_request(person, asked, later=wrong, status=422)
        return frame.done(f"/privacy/persons/{person}/requests/{asked}", "privacy.put_off_now")

    @blueprint.get("/emergencies/<uuid:access>")
    def emergency(person: UUID, access: UUID) -> AnyResponse:
        return show_emergency(person, access, Form())

    @blueprint.post("/emergencies/<uuid:access>")
    def check(person: UUID, access: UUID) -> AnyResponse:
        form = Form.of(request.form)
        body = {n: form[n] for n in ("outcome", "words") if form[n]}
        path = f"directory/persons/{person}/emergency-accesses/{access}/reviews"
        if wrong := sent(path, body, form):
            return show_emergency(person, access, wrong, status=422)
        return frame.done("/privacy", "privacy.checked_now")

    def sent(path: str, body: Mapping[str, Any], form: Form) -> Form | None:
        """The form again where something in it is to be mended."""
        try:
            frame.ask().send(path, body, key=form.key)
        except Problem as problem:
            return form.wrong(problem)
        return None

    def show_request(
        person: UUID,
        asked: UUID,
        answering: Form = EMPTY,
        later: Form = EMPTY,
        status: int = 200,
    ) -> AnyResponse:
        around = frame.ask().get(f"directory/persons/{person}")
        return frame.page(
            "privacy_request.html",
            status=status,
            about=named(around),
            asked=found(around["rights"], asked),
            where=f"/privacy/persons/{person}/requests/{asked}",
            answering=answering,
            later=later,
        )

    def show_emergency(person: UUID, access: UUID, form: Form, status: int = 200) -> AnyResponse:
        around = frame.ask().get(f"directory/persons/{person}")
        names = {one["id"]: one["name"] for one in around["named"]}
        told = found(around["emergency_accesses"], access)
        return frame.page(
            "privacy_emergency.html",
            status=status,
            about=named(around),
            access=told,
            opener=names.get(told["party"], "…"),
            where=f"/privacy/persons/{person}/emergencies/{access}",
            form=form,
        )

    return blueprint


def found(listed: list[dict[str, Any]], which: UUID) -> dict[str, Any]:
    for one in listed:
        if one["id"] == str(which):
            return one
    raise NotFound("route.unknown")


def named(around: Mapping[str, Any]) -> str:
    return str((around["profile"] or {}).get("name", "…"))
