"""The organisation's questionnaires: their versions, a draft made from one, and what each version asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Asking, Problem
from services.portal.forms import RULES, Form
from services.portal.frame import Frame
from services.portal.pages.questionnaires_wording import by_sphere, changes, left_out
from shared.kernel import NotFound

AT = "/questionnaires"
API = "assessment/catalogues"
MAKING = ("administrator", "manager")
KINDS = ("quality_of_life", "process", "change")
Told = Mapping[str, Any]


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("questionnaires", __name__, url_prefix=AT)
    for_those_who_make_them(frame, blueprint)

    @blueprint.get("")
    def every() -> AnyResponse:
        told = frame.ask().get(API)["catalogues"]
        return frame.page("questionnaires.html", questionnaires=by_key(told))

    @blueprint.get("/<uuid:catalogue>")
    def read(catalogue: UUID) -> AnyResponse:
        return show(catalogue, Form())

    @blueprint.post("/<uuid:catalogue>/drafts")
    def draft(catalogue: UUID) -> AnyResponse:
        """A new version, with all that this one holds."""
        form = Form.of(request.form)
        body = {"fr": form["fr"], "en": form["en"], "derived_from": str(catalogue)}
        try:
            made = frame.ask().send(API, body, key=form.key)
        except Problem as problem:
            return show(catalogue, form.wrong(problem, RULES), status=422)
        return frame.done(f"{AT}/{made['id']}", "questionnaires.drafted")

    @blueprint.post("/<uuid:catalogue>/retirement")
    def retire(catalogue: UUID) -> AnyResponse:
        form = Form.of(request.form)
        frame.ask().send(f"{API}/{catalogue}/retirement", {}, key=form.key)
        return frame.done(f"{AT}/{catalogue}", "questionnaires.retired")

    @blueprint.post("/<uuid:catalogue>/setting-aside")
    def set_aside(catalogue: UUID) -> AnyResponse:
        form = Form.of(request.form)
        frame.ask().send(f"{API}/{catalogue}/setting-aside", {}, key=form.key)
        return frame.done(AT, "questionnaires.set_aside")

    def show(catalogue: UUID, form: Form, status: int = 200) -> AnyResponse:
        ask = frame.ask()
        told = ask.get(f"{API}/{catalogue}")
        source = source_of(ask, told)
        return frame.page(
            "questionnaires_one.html",
            status=status,
            form=form,
            told=told,
            source=source,
            spheres=by_sphere(told),
            changed=changes(told, source) if told["stage"] == "draft" else {},
            left_out=left_out(told, source) if told["stage"] == "draft" else (),
        )

    return blueprint


def for_those_who_make_them(frame: Frame, blueprint: Blueprint) -> None:
    """For the others these pages are not there."""

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has(*MAKING):
            raise NotFound("route.unknown")


def source_of(ask: Asking, catalogue: Told) -> Told | None:
    """The version that this one was made from, whole."""
    source = catalogue["derived_from"]
    found: Told | None = ask.get(f"{API}/{source}") if source else None
    return found


def by_key(catalogues: Sequence[Told]) -> list[list[Told]]:
    """Each questionnaire with its versions, the latest first; quality of life before the others."""
    of: dict[str, list[Told]] = {}
    for one in sorted(catalogues, key=lambda c: (KINDS.index(c["kind"]), c["key"])):
        of.setdefault(one["key"], []).append(one)
    return [sorted(versions, key=lambda c: c["edition"], reverse=True) for versions in of.values()]
