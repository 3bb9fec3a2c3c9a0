"""Mandates of auditors: who may verify what, why, and from when to when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.office_known import (
    everyone,
    filled,
    holding,
    names_of,
    places_of,
    sites_of,
)
from services.portal.pages.paging import paged

AT = "/office/mandates"


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_mandates", "/mandates")

    @blueprint.get("")
    def read_all() -> AnyResponse:
        ask = frame.ask()
        cursor = request.args.get("cursor", "")
        page, further = paged(ask, "directory/audit-mandates", cursor=cursor)
        named = names_of(ask.get("directory/organisation"))
        return frame.page(
            "office_mandates.html", mandates=page["audit_mandates"], named=named, cursor=further
        )

    @blueprint.get("/new")
    def begin() -> AnyResponse:
        return asked(Form())

    @blueprint.post("/new")
    def give() -> AnyResponse:
        form = Form.of(request.form)
        if not form["auditor"]:
            who = frame.say("office.who_first")
            return asked(form.amiss({"auditor": who}, who), status=422)
        body: dict[str, Any] = filled(form, "auditor", "purpose", "begins", "until", "legal_basis")
        body |= {name: form.all(name) for name in ("sites", "programmes") if form.all(name)}
        body["words_allowed"] = form["words_allowed"] == "yes"
        try:
            made = frame.ask().send("directory/audit-mandates", body, key=form.key)
        except Problem as problem:
            return asked(form.wrong(problem), status=422)
        return frame.done(f"{AT}/{made['id']}", "office.mandate_given")

    @blueprint.get("/<uuid:mandate>")
    def read(mandate: UUID) -> AnyResponse:
        return show(mandate, Form())

    @blueprint.post("/<uuid:mandate>/endings")
    def end(mandate: UUID) -> AnyResponse:
        form, path = Form.of(request.form), f"directory/audit-mandates/{mandate}/endings"
        try:
            frame.ask().send(path, filled(form, "reason"), key=form.key)
        except Problem as problem:
            return show(mandate, form.wrong(problem), status=422)
        return frame.done(f"{AT}/{mandate}", "office.mandate_ended")

    def asked(form: Form, status: int = 200) -> AnyResponse:
        ask = frame.ask()
        house = ask.get("directory/organisation")
        auditors = [
            (party["id"], party["name"])
            for party, _ in holding(everyone(ask, "parties"), "auditor")
        ]
        return frame.page(
            "office_mandate_new.html",
            status=status,
            form=form,
            auditors=auditors,
            sites=sites_of(house),
            programmes=[
                (programme, f"{name} · {site}")
                for site, programmes in places_of(house)
                for programme, name in programmes
            ],
        )

    def show(mandate: UUID, form: Form, status: int = 200) -> AnyResponse:
        ask = frame.ask()
        told = ask.get(f"directory/audit-mandates/{mandate}")
        return frame.page(
            "office_mandate.html",
            status=status,
            form=form,
            told=told,
            auditor=ask.get(f"directory/parties/{told['auditor']}"),
            named=names_of(ask.get("directory/organisation")),
        )

    return blueprint
