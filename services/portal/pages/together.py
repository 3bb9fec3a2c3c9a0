"""Together: how she wants to work, what she shows now and to whom, and what waits for the reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES, Form, act_of
from services.portal.frame import Frame
from services.portal.pages.together_people import around
from services.portal.pages.together_shown import Showing, shown, shown_before
from services.portal.pages.together_waiting import waiting
from shared.kernel import NotFound


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("together", __name__, url_prefix="/persons/<uuid:person>/together")

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(person, Form())

    @blueprint.get("/shown-before")
    def before(person: UUID) -> AnyResponse:
        subject = frame.subject(person)
        if not subject.hers:
            raise NotFound("route.unknown")
        told = shown_before(frame, subject, around(frame, subject))
        return frame.page("together_before.html", subject=subject, shown=told)

    @blueprint.post("/way")
    def way(person: UUID) -> AnyResponse:
        """Alone first or together, at her pace: said again whenever she wishes."""
        form, subject = Form.of(request.form), frame.subject(person)
        if not form["first"]:
            wrong = form.amiss({"first": frame.say("together.way_choose")})
            return show(person, wrong, status=422)
        body: dict[str, Any] = {"first": form["first"], "tabs": form.all("tabs")}
        body |= {name: form[name] for name in ("pace", "words") if form[name]}
        try:
            path = f"directory/persons/{person}/way-of-working"
            frame.ask().send(path, {**body, **act_of(form, subject)}, key=form.key)
        except Problem as problem:
            return show(person, form.wrong(problem, RULES), status=422)
        return frame.done(f"/persons/{person}/together", "together.way_kept")

    def show(person: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject = frame.subject(person)
        near = around(frame, subject)
        return frame.page(
            "together.html",
            status=status,
            subject=subject,
            form=form,
            around=near,
            shown=shown(frame, subject, near) if subject.hers else Showing(),
            waiting=waiting(frame, subject),
        )

    return blueprint
