"""Quality of life: her portrait, where she begins it, sphere by sphere, stops and goes on."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.life_portraits import Portraits
from services.portal.pictures.portrait import outline, picture_of
from services.portal.pictures.sitting import Portrait
from services.portal.subject import Subject


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("life", __name__, url_prefix="/persons/<uuid:person>/life")
    portraits = Portraits(frame)

    @blueprint.get("")
    def latest(person: UUID) -> AnyResponse:
        return of_kind(person, "quality_of_life")

    @blueprint.get("/process")
    def process(person: UUID) -> AnyResponse:
        """How things go between her and those who accompany her: answered the same way."""
        return of_kind(person, "process")

    @blueprint.post("/begin")
    def begin(person: UUID) -> AnyResponse:
        subject, form = frame.subject(person), Form.of(request.form)
        body = {"catalogue": form["catalogue"], **act_of(form, subject)}
        begun = frame.ask().send(f"assessment/persons/{person}/assessments", body, key=form.key)
        return frame.done(f"/persons/{person}/life/{begun['id']}", "life.begun")

    @blueprint.get("/portraits")
    def every(person: UUID) -> AnyResponse:
        """All of them by day, and two to put side by side."""
        subject = frame.subject(person)
        told = portraits.every(subject)
        return frame.page("life_portraits.html", subject=subject, portraits=told[::-1])

    @blueprint.get("/<uuid:assessment>")
    def one(person: UUID, assessment: UUID) -> AnyResponse:
        subject = frame.subject(person)
        return show(subject, portraits.one(subject, assessment))

    @blueprint.get("/<uuid:assessment>/spheres/<sphere>")
    def sphere(person: UUID, assessment: UUID, sphere: str) -> AnyResponse:
        subject = frame.subject(person)
        portrait = portraits.one(subject, assessment)
        return frame.page(
            "life_sphere.html", subject=subject, portrait=portrait, sphere=portrait.sphere(sphere)
        )

    @blueprint.post("/<uuid:assessment>/<any(closure, reopening):what>")
    def close_or_reopen(person: UUID, assessment: UUID, what: str) -> AnyResponse:
        subject, form = frame.subject(person), Form.of(request.form)
        path = f"assessment/persons/{person}/assessments/{assessment}/{what}"
        frame.ask().send(path, act_of(form, subject), key=form.key)
        return frame.done(f"/persons/{person}/life/{assessment}", f"life.{what}")

    def of_kind(person: UUID, kind: str) -> AnyResponse:
        subject = frame.subject(person)
        newest = portraits.newest(subject, kind)
        if newest:
            return show(subject, newest[-1])
        return frame.page(
            "life_begin.html",
            subject=subject,
            kind=kind,
            begin_with=portraits.to_begin_with(subject, kind),
        )

    def show(subject: Subject, portrait: Portrait) -> AnyResponse:
        return frame.page(
            "life.html",
            subject=subject,
            portrait=portrait,
            names=portraits.names(subject, portrait.told),
            begin_with=portraits.to_begin_with(subject, portrait.kind),
            picture=picture_of(portrait),
            outline=outline,
        )

    return blueprint
