"""Beside her answer: what others see, what is said of it together, and another day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.life_answers import whole
from services.portal.pages.life_theme import ThemePage


def pages(frame: Frame) -> Blueprint:
    prefix = "/persons/<uuid:person>/life/<uuid:assessment>/<theme>"
    blueprint = Blueprint("life_beside", __name__, url_prefix=prefix)
    at = ThemePage(frame)

    @blueprint.post("/thread")
    def say(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        form = Form.of(request.form)
        if form["do"] == "put_off":
            words = {"words": form["words"]} if form["words"] else {}
            return kept(person, assessment, theme, "threads/put-offs", words, form)
        return kept(person, assessment, theme, "threads", {"words": form["words"]}, form)

    @blueprint.post("/together")
    def together(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        """She would rather do this one with someone."""
        form, subject = Form.of(request.form), frame.subject(person)
        asked = at.portraits.one(subject, assessment).theme(theme)
        language = frame.locale().partition("-")[0]
        body: dict[str, Any] = {"what": asked.asked[language]}
        body |= {name: form[name] for name in ("with_party", "words") if form[name]}
        return kept(person, assessment, theme, "together", body, form, "life.together_kept")

    @blueprint.post("/view")
    def view(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        """The visitor's own view; once noted, it moves only by words that are named."""
        form = Form.of(request.form)
        body: dict[str, Any] = {"words": form["words"]} if form["words"] else {}
        value = whole(form["value"])
        if value is not None:
            body["value"] = value
        elif form["value"]:
            wrong = form.amiss({"value": frame.say("life.write_figure")})
            return at.show(person, assessment, theme, wrong, status=422)
        path = "views/revisions" if form["form"] == "revise" else "views"
        return kept(person, assessment, theme, path, body, form, "life.view_kept")

    def kept(
        person: UUID,
        assessment: UUID,
        theme: str,
        path: str,
        body: dict[str, Any],
        form: Form,
        said: str = "life.said",
    ) -> AnyResponse:
        act = act_of(form, frame.subject(person))
        if because_of := form.all("because_of"):
            act.setdefault("act", {})["because_of"] = because_of
        if path != "together":
            body = {"theme": theme, **body}
        try:
            at.send(person, assessment, path, {**body, **act}, form.key)
        except Problem as problem:
            return at.mended(person, assessment, theme, form, problem)
        return frame.done(at.address(person, assessment, theme), said)

    return blueprint
