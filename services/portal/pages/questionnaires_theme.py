"""A theme of a draft on a page of its own: its words in both languages, its place, what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.questionnaires import API, AT, for_those_who_make_them, source_of
from services.portal.pages.questionnaires_keeping import STALE, amiss, kept, mark_of
from services.portal.pages.questionnaires_wording import (
    WORDS,
    beside,
    by_sphere,
    left_out,
    name_from,
    sphere_in,
    theme_in,
)

Told = Mapping[str, Any]


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "questionnaires_theme", __name__, url_prefix=f"{AT}/<uuid:catalogue>/themes/<theme>"
    )
    for_those_who_make_them(frame, blueprint)

    @blueprint.get("")
    def read(catalogue: UUID, theme: str) -> AnyResponse:
        return show(catalogue, theme, Form())

    @blueprint.post("")
    def reword(catalogue: UUID, theme: str) -> AnyResponse:
        """Its words, its sphere, its mark; and whether it still asks the same."""
        form, ask = Form.of(request.form), frame.ask()
        told = ask.get(f"{API}/{catalogue}")
        body: dict[str, Any] = {name: form[name] for name in WORDS}
        body |= {"sphere": form["sphere"], "sensitive": form["sensitive"] == "yes"}
        if meaning := asked_meaning(form, told, source_of(ask, told), theme):
            body["meaning"] = meaning
        path = f"themes/{theme}/wordings"
        try:
            kept(ask, catalogue, path, body, form, lambda now: theme_in(now, theme))
        except Problem as problem:
            return show(catalogue, theme, amiss(form, problem), problem.status)
        if form["do"] == "next" and (after := after_of(told, theme)):
            return frame.done(f"{AT}/{catalogue}/themes/{after}", "questionnaires.kept")
        return frame.done(f"{AT}/{catalogue}#t-{theme}", "questionnaires.kept")

    @blueprint.post("/retirement")
    def leave_out(catalogue: UUID, theme: str) -> AnyResponse:
        form, path = Form.of(request.form), f"themes/{theme}/retirement"
        try:
            kept(frame.ask(), catalogue, path, {}, form, lambda now: theme_in(now, theme))
        except Problem as problem:
            return show(catalogue, theme, amiss(form, problem), problem.status)
        return frame.done(f"{AT}/{catalogue}#left-out", "questionnaires.left_out")

    @blueprint.post("/return")
    def put_back(catalogue: UUID, theme: str) -> AnyResponse:
        """As it was in the version before, with its sphere where that was left out too."""
        ask, form = frame.ask(), Form.of(request.form)
        told = ask.get(f"{API}/{catalogue}")
        source = source_of(ask, told)
        gone = {one["theme"]: one for one in left_out(told, source)}
        if source is None or theme not in gone:
            raise not_there()
        sphere = sphere_in(source, gone[theme]["sphere"])
        if sphere is None or sphere_in(told, sphere["sphere"]):
            kept(ask, catalogue, "themes", gone[theme], form)
        else:
            where = f"{API}/{catalogue}"
            done = ask.send(f"{where}/spheres", sphere, key=f"{form.key}-s", match=told["version"])
            ask.send(f"{where}/themes", gone[theme], key=form.key, match=done["version"])
        return frame.done(f"{AT}/{catalogue}#t-{theme}", "questionnaires.put_back")

    def show(catalogue: UUID, theme: str, form: Form, went: int = 0) -> AnyResponse:
        ask = frame.ask()
        told = ask.get(f"{API}/{catalogue}")
        found = theme_in(told, theme)
        if found is None:
            raise not_there()
        before, after = beside(told, theme)
        source = source_of(ask, told)
        spheres = by_sphere(told)
        return frame.page(
            "questionnaires_theme.html",
            status=422 if went else 200,
            form=form,
            told=told,
            theme=found,
            seen=mark_of(found),
            stale=went == STALE,
            sphere=next((s for s in spheres if s["sphere"] == found["sphere"]), {}),
            spheres=spheres,
            before=before,
            after=after,
            once=theme_in(source, theme) if source else None,
        )

    def not_there() -> Problem:
        """A problem, not a page that is not there: what was written then stays to be read."""
        return Problem(404, sentence=frame.say("questionnaires.not_there"))

    return blueprint


def after_of(told: Told, theme: str) -> str:
    after = beside(told, theme)[1] if theme_in(told, theme) else None
    return after["theme"] if after else ""


def asked_meaning(form: Form, told: Told, source: Told | None, theme: str) -> str:
    """The meaning to be told: a new one, that of the version before, or none as it stays."""
    once = theme_in(source, theme) if source else None
    if form["asks"] == "back" and once:
        return str(once["meaning"])
    if form["asks"] != "other":
        return ""
    taken = {t["meaning"] for one in (told, source) if one for t in one["themes"]}
    return name_from(form["fr"], taken)
