"""Showing to a relative: which pages, until when, and a word of caution before it is done."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES_AND_RIGHTS, Form
from services.portal.frame import Frame
from services.portal.pages.together_given import LIFE, Showing
from services.portal.pages.together_people import around
from services.portal.subject import Subject

PREFIX = "/persons/<uuid:person>/together/relative"


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("together_relative", __name__, url_prefix=PREFIX)
    showing = Showing(frame)

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return asking(showing.hers(person), Form())

    @blueprint.post("")
    def let_in(person: UUID) -> AnyResponse:
        """A consent until a day, then each thing it is for; the consent alone shows nothing."""
        form, subject = Form.of(request.form), showing.hers(person)
        if form["hold_against"] != "no":
            return frame.done(f"/persons/{person}/together", "together.not_now_said")
        if wrong := missing(form):
            errors = {name: frame.say(code) for name, code in wrong.items()}
            return asking(subject, form.amiss(errors), 422)
        try:
            shown_to(subject, form["code"] or form["who"], form)
        except Problem as problem:
            return asking(subject, form.wrong(problem, RULES_AND_RIGHTS), 422)
        return frame.done(f"/persons/{person}/together#shown", "together.shown_now")

    def shown_to(subject: Subject, who: str, form: Form) -> None:
        until, tabs = form["until"], form.all("tabs")
        consent = {"audience": who, "tabs": tabs, "until": until, "purpose": "care"}
        frame.ask().send(f"directory/persons/{subject.id}/consents", consent, key=form.key)
        for tab in tabs:
            if tab == "plan":
                continue  # a plan is seen with the consent itself
            what = "portrait" if tab == LIFE else tab
            told = {"audience": [who], "my_team": False, "except": [], "until": until}
            if what == "portrait":
                told["except"] = showing.more_personal(subject)
            showing.show(subject, what, told, f"{form.key}-{what}" if form.key else "")

    def asking(subject: Subject, form: Form, status: int = 200) -> AnyResponse:
        near = around(frame, subject)
        return frame.page(
            "together_relative.html", status=status, subject=subject, form=form, around=near
        )

    return blueprint


def missing(form: Form) -> dict[str, str]:
    """Field -> what is said of it."""
    who = is_id(form["code"] or form["who"])
    found = {
        "who": "" if who else "together.who_first",
        "tabs": "" if form.all("tabs") else "together.tabs_first",
        "until": "" if form["until"] else "together.until_first",
    }
    return {name: code for name, code in found.items() if code}


def is_id(told: str) -> bool:
    try:
        UUID(told)
    except ValueError:
        return False
    return True
