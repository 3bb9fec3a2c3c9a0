"""Showing a portrait, her strengths or her map; and stopping, in one tap and without saying why."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES_AND_RIGHTS, Form
from services.portal.frame import Frame
from services.portal.pages.together_given import Showing
from services.portal.pages.together_left_out import MY_TEAM, from_whom
from services.portal.pages.together_people import around
from services.portal.pictures.sitting import Portrait
from services.portal.subject import Subject

PREFIX = "/persons/<uuid:person>/together"


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("together_showing", __name__, url_prefix=PREFIX)
    showing = Showing(frame)
    what = "<any(portrait, strengths, network):what>"

    @blueprint.get(f"/show/{what}")
    def choose(person: UUID, what: str) -> AnyResponse:
        return choosing(showing.hers(person), what, Form())

    @blueprint.post(f"/show/{what}")
    def show(person: UUID, what: str) -> AnyResponse:
        form, subject = Form.of(request.form), showing.hers(person)
        told = {
            "audience": form.all("audience"),
            "my_team": form["my_team"] == "yes",
            "except": form.all("except"),
            "until": form["until"],
        }
        if not told["audience"] and not told["my_team"]:
            wrong = form.amiss({"audience": frame.say("together.to_whom_first")})
            return choosing(subject, what, wrong, 422)
        portrait = None if what == "network" else showing.portrait(subject)
        if what != "network" and (moved := moved_on(portrait, what, form)):
            return choosing(subject, what, form.amiss({}, frame.say(moved)), 422)
        try:
            showing.show(subject, what, told, form.key, portrait)
        except Problem as problem:
            return choosing(subject, what, form.wrong(problem, RULES_AND_RIGHTS), 422)
        return frame.done(f"/persons/{person}/together#shown", "together.shown_now")

    @blueprint.post("/stop/portraits/<uuid:thing>/<uuid:sharing>")
    def stop_portrait(person: UUID, thing: UUID, sharing: UUID) -> AnyResponse:
        path = f"assessment/persons/{person}/assessments/{thing}/sharings/{sharing}/ending"
        return stopped(person, path)

    @blueprint.post("/stop/network/<uuid:sharing>")
    def stop_network(person: UUID, sharing: UUID) -> AnyResponse:
        return stopped(person, f"network/persons/{person}/network/sharings/{sharing}/endings")

    @blueprint.post("/stop/consents/<uuid:consent>")
    def stop_consent(person: UUID, consent: UUID) -> AnyResponse:
        return stopped(person, f"directory/persons/{person}/consents/{consent}/withdrawals")

    def stopped(person: UUID, path: str) -> AnyResponse:
        showing.hers(person)
        frame.ask().send(path, {}, key=Form.of(request.form).key)
        return frame.done(f"/persons/{person}/together#shown", "together.stopped")

    def choosing(subject: Subject, what: str, form: Form, status: int = 200) -> AnyResponse:
        near, there = around(frame, subject), showing.showable(subject, what)
        named = (c["audience"] for c in near.consents if c["audience"])
        let_in = {party: near.named(party) for party in named}
        readers = {MY_TEAM: frame.say("together.my_team"), **near.team, **let_in}
        return frame.page(
            "together_show.html",
            status=status,
            subject=subject,
            form=form,
            what=what,
            portrait=there.portrait,
            ties=there.ties,
            kept=from_whom(there.sharings, readers, there.things),
            around=near,
            let_in=let_in,
        )

    return blueprint


def moved_on(portrait: Portrait | None, what: str, form: Form) -> str:
    """What is said when she was asked about another portrait, or not about all that is personal."""
    if portrait is None:
        return "together.no_portrait_yet"
    if what != "portrait":
        return ""
    asked = form.all("asked")
    personal = (theme.name for theme in portrait.themes if theme.sensitive and theme.said)
    same = form["portrait"] == portrait.id and all(theme in asked for theme in personal)
    return "" if same else "together.portrait_moved_on"
