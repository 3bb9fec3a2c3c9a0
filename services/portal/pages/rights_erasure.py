"""Erasing all: read first what goes and what stays, then ask; until its day, call it off."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES_AND_RIGHTS, Form
from services.portal.frame import Frame
from services.portal.subject import Subject
from shared.kernel import NotFound


def pages(frame: Frame) -> Blueprint:
    prefix = "/persons/<uuid:person>/rights/erasure"
    blueprint = Blueprint("rights_erasure", __name__, url_prefix=prefix)

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(hers(person), Form())

    @blueprint.post("")
    def ask_for(person: UUID) -> AnyResponse:
        """Names the version that she has just read: another one is to be read again."""
        form, subject = Form.of(request.form), hers(person)
        if form["read"] != "yes":
            wrong = form.amiss({"read": frame.say("rights.erasure_read_first")})
            return show(subject, wrong, status=422)
        body = {"right": "erasure", "statement": form["statement"]}
        if form["words"]:
            body["words"] = form["words"]
        try:
            frame.ask().send(f"directory/persons/{person}/rights", body, key=form.key)
        except Problem as problem:
            return show(subject, form.wrong(problem, RULES_AND_RIGHTS), status=422)
        return frame.done(f"/persons/{person}/rights#answers", "rights.erasure_asked")

    @blueprint.post("/<uuid:erasure>/call-off")
    def call_off(person: UUID, erasure: UUID) -> AnyResponse:
        hers(person)
        path = f"directory/persons/{person}/erasures/{erasure}/callings-off"
        frame.ask().send(path, {}, key=Form.of(request.form).key)
        return frame.done(f"/persons/{person}/rights", "rights.called_off")

    def hers(person: UUID) -> Subject:
        subject = frame.subject(person)
        if not subject.hers:
            raise NotFound("route.unknown")
        return subject

    def show(subject: Subject, form: Form, status: int = 200) -> AnyResponse:
        statement = frame.ask().get("directory/erasure-statement")
        return frame.page(
            "rights_erasure.html", status=status, subject=subject, form=form, statement=statement
        )

    return blueprint
