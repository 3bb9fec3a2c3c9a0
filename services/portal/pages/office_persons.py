"""A person as the office knows her: her name and who stands around her, nothing that she wrote."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Asking, Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.office_known import everyone, filled, holding, names_of, places_of

AT = "/office/persons"
SCOPES = ("money", "papers", "housing", "health", "services", "sharing", "rights")
# what is chosen before anything is sent
FIRST = {"who": "office.who_first", "programme": "office.programme_first"}
SOON, OFTEN = 0.1, 30  # until everyone has heard of someone who has just been registered


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_persons", "/persons")

    @blueprint.get("/new")
    def begin() -> AnyResponse:
        return frame.page("office_person_new.html", form=Form())

    @blueprint.post("/new")
    def register() -> AnyResponse:
        form = Form.of(request.form)
        body = filled(form, "name", "sign_in_subject", "born")
        try:
            made = frame.ask().send("directory/persons", body, key=form.key)
        except Problem as problem:
            return frame.page("office_person_new.html", status=422, form=form.wrong(problem))
        return frame.done(f"{AT}/{made['id']}", "office.registered", name=made["profile"]["name"])

    @blueprint.get("/<uuid:person>")
    def read(person: UUID) -> AnyResponse:
        return show(person, Form())

    @blueprint.post("/<uuid:person>/care-relations")
    def accompany(person: UUID) -> AnyResponse:
        """Who accompanies her, with what, and in which words she is told."""
        form = Form.of(request.form)
        party, _, role = form["who"].partition(":")
        house = frame.ask().get("directory/organisation")
        sites = {programme["id"]: programme["site"] for programme in house["programmes"]}
        body = {
            "party": party,
            "role": role,
            "programme": form["programme"],
            "site": sites.get(form["programme"], ""),
            **filled(form, "words"),
        }
        return kept(person, "care-relations", body, form, "office.accompanies")

    @blueprint.post("/<uuid:person>/representations")
    def represent(person: UUID) -> AnyResponse:
        form = Form.of(request.form)
        party, _, role = form["who"].partition(":")
        body: dict[str, Any] = {
            "party": party,
            "role": role,
            "scope": form.all("scope"),
            **filled(form, "kind", "until"),
        }
        if form["parental"]:
            body["parental"] = True
        return kept(person, "representations", body, form, "office.represents")

    @blueprint.post(
        "/<uuid:person>/<any('care-relations', representations):what>/<uuid:which>/endings"
    )
    def end(person: UUID, what: str, which: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return kept(person, f"{what}/{which}/endings", filled(form, "words"), form, "office.ended")

    def kept(
        person: UUID, path: str, body: Mapping[str, Any], form: Form, code: str
    ) -> AnyResponse:
        first = {
            name: code for name, code in FIRST.items() if name in form.given and not form[name]
        }
        if first:
            wrong = {name: frame.say(code) for name, code in first.items()}
            return show(person, form.amiss(wrong), status=422, amiss=path)
        try:
            frame.ask().send(f"directory/persons/{person}/{path}", body, key=form.key)
        except Problem as problem:
            return show(person, form.wrong(problem), status=422, amiss=path)
        return frame.done(f"{AT}/{person}", code)

    def show(person: UUID, form: Form, status: int = 200, amiss: str = "") -> AnyResponse:
        ask = frame.ask()
        told = known_soon(ask, person, just_now=bool(frame.said.read(request)))
        house, parties = ask.get("directory/organisation"), everyone(ask, "parties")
        return frame.page(
            "office_person.html",
            status=status,
            told=told,
            form=form,
            empty=Form(),
            amiss=amiss,
            scopes=SCOPES,
            names={one["id"]: one["name"] for one in told["named"]},
            where=names_of(house),
            programmes=places_of(house),
            workers=holding(parties, "practitioner", "peer_worker"),
            speakers=holding(parties, "representative", "assistant"),
        )

    return blueprint


def known_soon(ask: Asking, person: UUID, *, just_now: bool) -> Mapping[str, Any]:
    """Who she is here; someone registered a moment ago is waited for. Raises Problem."""
    for _ in range(OFTEN if just_now else 0):
        told: Mapping[str, Any] | None = ask.maybe(lambda: ask.get(f"directory/persons/{person}"))
        if told is not None:
            return told
        time.sleep(SOON)
    found: Mapping[str, Any] = ask.get(f"directory/persons/{person}")
    return found
