"""My strengths and projects: what she has, around her too, and what she wants, in her words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame

KINDS = {"strength": "strengths", "aspiration": "aspirations"}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("strengths", __name__, url_prefix="/persons/<uuid:person>/strengths")

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(person, Form())

    @blueprint.post("")
    def name(person: UUID) -> AnyResponse:
        """A strength of her own or around her, or what matters for what comes next."""
        form = Form.of(request.form)
        kind = form["kind"]
        body: dict[str, Any] = {"words": form["words"]}
        if kind in ("personal", "environmental"):
            path = "strengths"
            body["kind"] = kind
        else:
            path = "aspirations"
        return kept(person, path, body, form, "strengths.named")

    @blueprint.post("/<any(strengths, aspirations):path>/<uuid:entry>/wordings")
    def reword(person: UUID, path: str, entry: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return kept(
            person, f"{path}/{entry}/wordings", {"words": form["words"]}, form, "strengths.reworded"
        )

    @blueprint.post("/<any(strengths, aspirations):path>/<uuid:entry>/setting-aside")
    def set_aside(person: UUID, path: str, entry: UUID) -> AnyResponse:
        form = Form.of(request.form)
        reason = {"reason": form["reason"]} if form["reason"] else {}
        return kept(person, f"{path}/{entry}/setting-aside", reason, form, "strengths.aside")

    def kept(
        person: UUID, path: str, body: Mapping[str, Any], form: Form, code: str
    ) -> AnyResponse:
        """Keeps it; what does not fit comes back on the same page, words and all."""
        subject = frame.subject(person)
        try:
            frame.ask().send(
                f"assessment/persons/{person}/resources/{path}",
                {**body, **act_of(form, subject)},
                key=form.key,
            )
        except Problem as problem:
            if problem.status in (401, 404) or problem.status >= 500:
                raise
            return show(person, form.wrong(problem), status=422)
        return frame.done(f"/persons/{person}/strengths", code)

    def show(person: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject = frame.subject(person)
        told = frame.ask().maybe(lambda: frame.ask().get(f"assessment/persons/{person}/resources"))
        strengths = [s for s in (told or {}).get("strengths", ()) if not s["set_aside"]]
        return frame.page(
            "strengths.html",
            status=status,
            subject=subject,
            form=form,
            shown=told is not None,
            personal=[s for s in strengths if s["kind"] == "personal"],
            around=[s for s in strengths if s["kind"] == "environmental"],
            aspirations=[a for a in (told or {}).get("aspirations", ()) if not a["set_aside"]],
        )

    return blueprint
