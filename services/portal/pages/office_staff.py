"""Who works here or is near someone served here: registered, given roles, and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.office_known import filled, names_of, sites_of

AT = "/office/staff"
KINDS = ("staff", "relative", "representative", "assistant")
# what someone may do here; whoever is near someone has that role from the start
ROLES = (
    "practitioner",
    "peer_worker",
    "manager",
    "privacy_officer",
    "auditor",
    "administrator",
    "researcher",
)
NEAR = ("relative", "representative", "assistant")


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_staff", "/staff")

    @blueprint.get("/new")
    def begin() -> AnyResponse:
        return asked(Form())

    @blueprint.post("/new")
    def register() -> AnyResponse:
        form = Form.of(request.form)
        if not form["kind"]:
            which = frame.say("office.kind_first")
            return asked(form.amiss({"kind": which}, which), status=422)
        body: dict[str, Any] = {"kind": form["kind"], **filled(form, "name", "sign_in_subject")}
        if form["kind"] == "staff":
            where = filled(form, "site", "job")
            body["roles"] = [{"role": role, **where} for role in form.all("role")]
        try:
            made = frame.ask().send("directory/parties", body, key=form.key)
        except Problem as problem:
            return asked(form.wrong(problem), status=422)
        return frame.done(f"{AT}/{made['id']}", "office.registered", name=made["name"])

    @blueprint.get("/<uuid:party>")
    def read(party: UUID) -> AnyResponse:
        return show(party, Form())

    @blueprint.post("/<uuid:party>/roles")
    def grant(party: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return kept(party, "roles", filled(form, "role", "site", "job"), form, "office.role_given")

    @blueprint.post("/<uuid:party>/role-revocations")
    def revoke(party: UUID) -> AnyResponse:
        form = Form.of(request.form)
        body = filled(form, "role", "site")
        return kept(party, "role-revocations", body, form, "office.role_ended")

    @blueprint.post("/<uuid:party>/departures")
    def leave(party: UUID) -> AnyResponse:
        return kept(party, "departures", {}, Form.of(request.form), "office.has_left")

    def kept(party: UUID, path: str, body: Mapping[str, Any], form: Form, code: str) -> AnyResponse:
        try:
            frame.ask().send(f"directory/parties/{party}/{path}", body, key=form.key)
        except Problem as problem:
            return show(party, form.wrong(problem), status=422)
        return frame.done(f"{AT}/{party}", code)

    def asked(form: Form, status: int = 200) -> AnyResponse:
        house = frame.ask().get("directory/organisation")
        return frame.page(
            "office_staff_new.html",
            status=status,
            form=form,
            kinds=KINDS,
            roles=ROLES,
            sites=sites_of(house),
        )

    def show(party: UUID, form: Form, status: int = 200) -> AnyResponse:
        ask = frame.ask()
        told = ask.get(f"directory/parties/{party}")
        house = ask.get("directory/organisation")
        return frame.page(
            "office_staff.html",
            status=status,
            form=form,
            told=told,
            roles=ROLES if told["kind"] == "staff" else NEAR,
            sites=sites_of(house),
            named=names_of(house),
            # an office that nobody holds any more could be given to nobody again
            oneself=told["id"] == frame.visitor().party,
        )

    return blueprint
