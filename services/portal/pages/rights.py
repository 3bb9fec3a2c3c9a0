"""My rights: a copy, a correction, a limit, a question or a complaint, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES_AND_RIGHTS, Form
from services.portal.frame import Frame
from services.portal.notices import named_in
from services.portal.pages.together_people import around
from services.portal.subject import Subject
from shared.kernel import NotFound

ASKED = ("access", "rectification", "limitation", "objection", "explanation", "portability")
CATEGORIES = ("relative", "practitioner", "peer_worker", "manager", "researcher", "partner")
SCOPES = ("everything", "quality_of_life", "strengths", "network", "plan")
COPIES = {"html": "text/html; charset=utf-8", "ndjson": "application/x-ndjson"}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("rights", __name__, url_prefix="/persons/<uuid:person>/rights")

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(hers(person), Form())

    @blueprint.post("/copies")
    def copy(person: UUID) -> AnyResponse:
        """Hers, whole, to take away: that it was made stands in her record."""
        form = Form.of(request.form)
        hers(person)
        kind = form["form"] if form["form"] in COPIES else "html"
        ask, path = frame.ask(), f"reporting/persons/{person}/copies"
        ask.send(path, {}, key=form.key)
        told = ask.raw(f"{path}/record.{kind}")
        answer = Response(told.content, content_type=COPIES[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="cosigne.{kind}"'
        return answer

    @blueprint.post("/requests")
    def ask_for(person: UUID) -> AnyResponse:
        form = Form.of(request.form)
        if form["right"] not in ASKED:
            wrong = form.amiss({"right": frame.say("rights.choose")})
            return show(hers(person), wrong, 422)
        body = {"right": form["right"], **({"words": form["words"]} if form["words"] else {})}
        return sent(person, "rights", body, form, "rights.asked_now", "#answers")

    @blueprint.post("/restrictions")
    def restrict(person: UUID) -> AnyResponse:
        """Someone by name, or all of a kind, kept from some of it or all."""
        form = Form.of(request.form)
        whom, scope = form["whom"], form.all("scope")
        if not whom or not scope:
            wrong = {
                **({} if whom else {"whom": frame.say("rights.whom_first")}),
                **({} if scope else {"scope": frame.say("rights.scope_first")}),
            }
            return show(hers(person), form.amiss(wrong), 422)
        who = {"category": whom} if whom in CATEGORIES else {"audience": whom}
        body = {**who, "scope": ["everything"] if "everything" in scope else scope}
        if form["reason"]:
            body["reason"] = form["reason"]
        return sent(person, "restrictions", body, form, "rights.restricted_now", "#limits")

    @blueprint.post("/restrictions/<uuid:restriction>/lift")
    def lift(person: UUID, restriction: UUID) -> AnyResponse:
        path = f"restrictions/{restriction}/liftings"
        return sent(person, path, {}, Form.of(request.form), "rights.lifted_now", "#limits")

    @blueprint.post("/consents/<uuid:consent>/end")
    def end_consent(person: UUID, consent: UUID) -> AnyResponse:
        path = f"consents/{consent}/withdrawals"
        return sent(person, path, {}, Form.of(request.form), "rights.consent_ended", "#consents")

    def sent(
        person: UUID, path: str, body: Mapping[str, Any], form: Form, code: str, at: str
    ) -> AnyResponse:
        subject = hers(person)
        try:
            frame.ask().send(f"directory/persons/{person}/{path}", body, key=form.key)
        except Problem as problem:
            return show(subject, form.wrong(problem, RULES_AND_RIGHTS), status=422)
        return frame.done(f"/persons/{person}/rights{at}", code)

    def hers(person: UUID) -> Subject:
        """What she asks for, and of whom she keeps away, is hers to read."""
        subject = frame.subject(person)
        if not subject.hers:
            raise NotFound("route.unknown")
        return subject

    def show(subject: Subject, form: Form, status: int = 200) -> AnyResponse:
        near, names = around(frame, subject), named_in(frame.house())
        told = near.told
        return frame.page(
            "rights.html",
            status=status,
            subject=subject,
            form=form,
            around=near,
            told=told,
            asked=ASKED,
            categories=CATEGORIES,
            scopes=SCOPES,
            erasure=next((x for x in told.get("erasures", ()) if x["stage"] == "scheduled"), None),
            partners=[c for c in near.consents if c["purpose"] in ("partner", "research")],
            names={name: frame.say(code) for name, code in names.items()},
        )

    return blueprint
