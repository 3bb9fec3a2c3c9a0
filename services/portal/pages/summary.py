"""My summary: a page that she puts together of what she chooses, and those who are shown it read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.summary_pieces import (
    GROUPS,
    asked_twice,
    in_her_order,
    offered,
    parts_of,
    told_where,
)
from shared.kernel import NotFound

STALE = 412


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("summary", __name__, url_prefix="/persons/<uuid:person>/summary")

    @blueprint.get("")
    def every(person: UUID) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        found = ask.maybe(lambda: ask.get(where(person))) or {"summaries": []}
        return frame.page("summary.html", subject=subject, summaries=found["summaries"])

    @blueprint.get("/new")
    def choose(person: UUID) -> AnyResponse:
        return choosing(person, Form())

    @blueprint.post("/new")
    def order(person: UUID) -> AnyResponse:
        """Nothing is kept yet: the pieces are put in order, with her own words around them."""
        form = Form.of(request.form)
        if not form.all("piece") and not form["before"]:
            return choosing(person, form.amiss({}, frame.say("summary.choose_one")), status=422)
        return ordering(person, form)

    @blueprint.post("")
    def make(person: UUID) -> AnyResponse:
        return kept(person, Form.of(request.form), None)

    @blueprint.get("/<uuid:summary>/change")
    def change(person: UUID, summary: UUID) -> AnyResponse:
        told = hers(person, summary)
        return choosing(person, Form(), told)

    @blueprint.post("/<uuid:summary>/change")
    def reorder(person: UUID, summary: UUID) -> AnyResponse:
        form, told = Form.of(request.form), hers(person, summary)
        if not form.all("piece") and not form["before"]:
            amiss = form.amiss({}, frame.say("summary.choose_one"))
            return choosing(person, amiss, told, status=422)
        return ordering(person, form, told)

    @blueprint.post("/<uuid:summary>/arrangement")
    def arrange(person: UUID, summary: UUID) -> AnyResponse:
        return kept(person, Form.of(request.form), hers(person, summary))

    @blueprint.get("/<uuid:summary>/document.pdf")
    def document(person: UUID, summary: UUID) -> AnyResponse:
        """As the service set it: handed through whole."""
        frame.subject(person)
        told = frame.ask().raw(f"{where(person)}/{summary}/document.pdf")
        return Response(
            told.content,
            mimetype="application/pdf",
            headers={"Content-Disposition": 'inline; filename="summary.pdf"'},
        )

    def hers(person: UUID, summary: UUID) -> dict[str, Any]:
        if not frame.subject(person).hers:
            raise NotFound("route.unknown")
        told: dict[str, Any] = frame.ask().get(f"{where(person)}/{summary}")
        return told

    def choosing(
        person: UUID, form: Form, told: dict[str, Any] | None = None, status: int = 200
    ) -> AnyResponse:
        subject = frame.subject(person)
        if not (subject.hers or subject.accompanied):
            raise NotFound("route.unknown")
        pieces = offered(frame.ask(), str(person))
        parts = (told or {}).get("parts", [])
        return frame.page(
            "summary_choose.html",
            status=status,
            subject=subject,
            form=form,
            groups={g: [p for p in pieces if p.group == g] for g in GROUPS},
            told=told,
            version=version_of(form, told),
            chosen={p["entry"] for p in parts if p["entry"]},
        )

    def ordering(
        person: UUID,
        form: Form,
        told: dict[str, Any] | None = None,
        status: int = 200,
        *,
        stale: bool = False,
    ) -> AnyResponse:
        chosen = in_her_order(form, offered(frame.ask(), str(person)))
        parts = (told or {}).get("parts", [])
        words = [n for n, p in enumerate(parts) if p["words"]]
        return frame.page(
            "summary_order.html",
            status=status,
            subject=frame.subject(person),
            form=form,
            chosen=asked_twice(chosen, form.errors),
            told=told,
            # told that it changed meanwhile, she may keep hers all the same
            version=version_of(Form() if stale else form, told),
            knowingly={p["entry"] for p in parts if p["knowingly"]},
            before=parts[0]["words"] if words[:1] == [0] else "",
            after=parts[words[-1]]["words"] if words and words[-1] > 0 else "",
        )

    def kept(person: UUID, form: Form, told: dict[str, Any] | None) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        chosen = in_her_order(form, offered(ask, str(person)))
        called = {"called": form["called"]} if form["called"] else {}
        body = {"title": form["title"], "parts": parts_of(form, chosen), **called}
        path = f"{where(person)}/{told['summary']}/arrangements" if told else where(person)
        match = version_of(form, told)
        try:
            made = ask.send(path, {**body, **act_of(form, subject)}, key=form.key, match=match)
        except Problem as problem:
            wrong = form.wrong(problem)
            amiss = wrong.amiss(told_where(wrong.errors, form, chosen), wrong.sentence)
            return ordering(person, amiss, told, status=422, stale=problem.status == STALE)
        if not subject.hers:
            return frame.done(f"/persons/{person}/summary", "summary.noted", name=subject.name)
        return frame.done(f"/persons/{person}/summary/{made['summary']}", "summary.kept")

    return blueprint


def version_of(form: Form, told: dict[str, Any] | None) -> int | None:
    """What she had read when she began to change it; nothing for one that is new."""
    if told is None:
        return None
    return int(told["version"]) if form.version is None else form.version


def where(person: UUID) -> str:
    return f"reporting/persons/{person}/summaries"
