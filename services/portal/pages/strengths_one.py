"""One strength, or one thing that matters to her: what it serves, in other words, or set aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.strengths import goals_served, open_plan, path_of, writers
from shared.kernel import NotFound

Told = Mapping[str, Any]


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "strengths_one",
        __name__,
        url_prefix="/persons/<uuid:person>/strengths/<any(strengths, aspirations):path>/<uuid:entry>",
    )

    @blueprint.get("")
    def read(person: UUID, path: str, entry: UUID) -> AnyResponse:
        return show(person, path, entry, Form())

    @blueprint.post("/wordings")
    def reword(person: UUID, path: str, entry: UUID) -> AnyResponse:
        form = Form.of(request.form)
        body = {"words": form["words"]}
        return kept(person, (path, entry, "wordings"), body, form, "strengths.reworded")

    @blueprint.post("/setting-aside")
    def set_aside(person: UUID, path: str, entry: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return kept(person, (path, entry, "setting-aside"), {}, form, "strengths.aside")

    def kept(
        person: UUID, where: tuple[str, UUID, str], body: Told, form: Form, code: str
    ) -> AnyResponse:
        """Keeps it; what does not fit comes back on the same page, words and all."""
        path, entry, _ = where
        subject = frame.subject(person)
        try:
            frame.ask().send(
                path_of(person, *where),
                {**body, **act_of(form, subject)},
                key=form.key,
                match=form.version,
            )
        except Problem as problem:
            return show(person, path, entry, form.wrong(problem), status=422)
        return frame.done(f"/persons/{person}/strengths", code)

    def show(person: UUID, path: str, entry: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        told = ask.maybe(lambda: ask.get(path_of(person))) or {}
        here = [one for one in told.get(path, ()) if not one["set_aside"]]
        one = next((one for one in here if one["entry"] == str(entry)), None)
        if one is None:
            raise NotFound("route.unknown")
        plan = open_plan(ask, person)
        return frame.page(
            "strengths_one.html",
            status=status,
            subject=subject,
            names=writers(frame, subject, [one]),
            form=form,
            told=told,
            one=one,
            path=path,
            plan=plan,
            serves=goals_served(plan),
        )

    return blueprint
