"""One summary: as others read it, to whom it is shown and until when, and when it was opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Asking, Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from shared.kernel import NotFound

NOTICE = {"text": "summary_by_link", "version": "2026-11", "form": "screen"}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "summary_shown", __name__, url_prefix="/persons/<uuid:person>/summary/<uuid:summary>"
    )

    @blueprint.get("")
    def read(person: UUID, summary: UUID) -> AnyResponse:
        if frame.subject(person).hers:
            return show(person, summary, Form())
        told = frame.ask().get(place(person, summary))
        subject = frame.subject(person)
        return frame.page("summary_opened.html", subject=subject, summary=told, pieces=None)

    @blueprint.post("/open")
    def open_it(person: UUID, summary: UUID) -> AnyResponse:
        """Someone it is shown to reads it; she finds that on record."""
        told = frame.ask().send(
            f"{place(person, summary)}/openings", {}, key=Form.of(request.form).key
        )
        return frame.page(
            "summary_opened.html",
            subject=frame.subject(person),
            summary=told,
            pieces=told.get("pieces"),
        )

    @blueprint.post("/shares")
    def share(person: UUID, summary: UUID) -> AnyResponse:
        form = Form.of(request.form)
        means = form["means"] or "screen"
        body: dict[str, Any] = {"means": means}
        if means == "screen" and form["audience"]:
            body["audience"] = form["audience"]
        if means != "screen" and form["for_whom"]:
            body["for_whom"] = form["for_whom"]
        if form["until"]:
            body["until"] = form["until"]
        if means == "link":
            read_it(person, form)  # before: once the link is made, nothing may keep it from her
        try:
            made = frame.ask().send(f"{place(person, summary)}/shares", body, key=form.key)
        except Problem as problem:
            return show(person, summary, form.wrong(problem), status=422)
        if means != "link":
            return frame.done(f"/persons/{person}/summary/{summary}", "summary.shown_now")
        # told this once: neither a cookie nor an address ever holds them
        return frame.page(
            "summary_link.html", subject=frame.subject(person), made=made, for_whom=form["for_whom"]
        )

    @blueprint.post("/shares/<uuid:one>/end")
    def end(person: UUID, summary: UUID, one: UUID) -> AnyResponse:
        key = Form.of(request.form).key
        frame.ask().send(f"{place(person, summary)}/shares/{one}/endings", {}, key=key)
        return frame.done(f"/persons/{person}/summary/{summary}", "summary.shown_no_more")

    def read_it(person: UUID, form: Form) -> None:
        """Which text she had before her is kept, with its version."""
        language = frame.locale()
        ask = frame.ask()
        notice = {**NOTICE, "language": language}
        key = f"{form.key}-notice"
        ask.maybe(lambda: ask.send(f"directory/persons/{person}/notices", notice, key=key))

    def show(person: UUID, summary: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        if not subject.hers:
            raise NotFound("route.unknown")
        around = ask.get(f"directory/persons/{person}")
        names = {one["id"]: one["name"] for one in around["named"]}
        return frame.page(
            "summary_one.html",
            status=status,
            subject=subject,
            summary=ask.get(place(person, summary)),
            names=names,
            readers=[(party, names.get(party, "…")) for party in near(around)],
            openings=opened(ask, person, summary),
            shown_here=form if form["means"] in ("", "screen") else Form(),
            shown_elsewhere=form if form["means"] in ("link", "paper") else Form(),
        )

    return blueprint


def place(person: UUID, summary: UUID) -> str:
    return f"reporting/persons/{person}/summaries/{summary}"


def near(around: Mapping[str, Any]) -> list[str]:
    """Whom she may show it to by name: her team, and those she let in."""
    found = [r["party"] for r in around["care_relations"] if not r["ended"]]
    found += [r["party"] for r in around["representations"] if r["current"]]
    found += [c["audience"] for c in around["consents"] if c["in_force"] and c["audience"]]
    return list(dict.fromkeys(found))


def opened(ask: Asking, person: UUID, summary: UUID) -> list[dict[str, Any]]:
    """When it was opened and by whom, the latest first."""
    path = f"reporting/persons/{person}/looks"
    looks = ask.get(path, order="newest", limit=200)["entries"]
    return [
        one
        for one in looks
        if one["type"] == "reporting.summary_opened" and one["stream"] == str(summary)
    ]
