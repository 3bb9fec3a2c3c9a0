"""Showing to a relative: which pages, until when, and a word of caution before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES_AND_RIGHTS, Form
from services.portal.frame import Frame
from services.portal.pages.together_given import LIFE, Showing
from services.portal.pages.together_people import Around, around
from services.portal.subject import Subject

PREFIX = "/persons/<uuid:person>/together/relative"
PLAN = "plan"
Told = Mapping[str, Any]
OF_A_PORTRAIT = {LIFE, "strengths"}
WHO = ("who", "audience")  # as the page calls it, and the service


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
        needed = OF_A_PORTRAIT & set(form.all("tabs"))
        wrong = missing(form, no_portrait=bool(needed) and showing.portrait(subject) is None)
        if wrong:
            errors = {name: frame.say(code) for name, code in wrong.items()}
            return asking(subject, form.amiss(errors), 422)
        who, until, tabs = str(whom(form)), form["until"], form.all("tabs")
        consent = {"audience": who, "tabs": tabs, "until": until, "purpose": "care"}
        try:
            told = frame.ask().send(f"directory/persons/{person}/consents", consent, key=form.key)
        except Problem as problem:
            return asking(subject, form.wrong(problem, RULES_AND_RIGHTS), 422)
        for one in replaced(told["consents"], consent):
            path = f"directory/persons/{person}/consents/{one}/withdrawals"
            frame.ask().send(path, {}, key=part_of(form, one))
        # a plan is seen with the consent itself
        shown = [tab for tab in tabs if tab == PLAN]
        try:
            for tab in tabs:
                if tab != PLAN:
                    shown_to(subject, who, tab, form)
                    shown.append(tab)
        except Problem:
            told = {"shown": parts(shown), "left": parts(t for t in tabs if t not in shown)}
            return frame.done(f"/persons/{person}/together#shown", "together.shown_in_part", **told)
        return frame.done(f"/persons/{person}/together#shown", "together.shown_now")

    def shown_to(subject: Subject, who: str, tab: str, form: Form) -> None:
        what = "portrait" if tab == LIFE else tab
        there = showing.showable(subject, what)
        told = {"audience": [who], "my_team": False, "until": form["until"]}
        told["except"] = there.kept_from(who)
        showing.show(subject, what, told, part_of(form, what), there.portrait)

    def parts(tabs: Iterable[str]) -> str:
        said = [frame.say(f"together.part.{tab}") for tab in tabs]
        return ", ".join(said) or frame.say("together.part.none")

    def asking(subject: Subject, form: Form, status: int = 200) -> AnyResponse:
        near = around(frame, subject)
        return frame.page(
            "together_relative.html",
            status=status,
            subject=subject,
            form=by_its_field(form, near),
            around=near,
        )

    return blueprint


def part_of(form: Form, what: str) -> str:
    return f"{form.key}-{what}" if form.key else ""


def replaced(consents: Iterable[Told], given: Told) -> Sequence[str]:
    """Given again, access stands once: until the day said last, be it sooner or later than before."""
    whom, tabs = (given["audience"], given["purpose"]), set(given["tabs"])
    standing = [
        one
        for one in consents
        if one["in_force"]
        and (one["audience"], one["purpose"]) == whom
        and tabs.issuperset(one["tabs"])
    ]
    same = [o["id"] for o in standing if o["until"] == given["until"] and set(o["tabs"]) == tabs]
    return [one["id"] for one in standing if same and one["id"] != same[-1]]


def missing(form: Form, *, no_portrait: bool) -> dict[str, str]:
    """Field -> what is said of it."""
    no_tab = "together.no_portrait_yet" if no_portrait else "together.tabs_first"
    found = {
        "who": "" if whom(form) else "together.who_first",
        "tabs": no_tab if no_portrait or not form.all("tabs") else "",
        "until": "" if form["until"] else "together.until_first",
    }
    return {name: code for name, code in found.items() if code}


def by_its_field(form: Form, near: Around) -> Form:
    """Who it is for is a name to choose, or else a number to write: amiss is the one that was used."""
    who = "who" if near.relatives and not form["code"] else "code"
    errors = {who if name in WHO else name: wrong for name, wrong in form.errors.items()}
    return form.amiss(errors, form.sentence)


def whom(form: Form) -> UUID | None:
    """Whose code was written, in whatever letters, or who was chosen."""
    try:
        return UUID(form["code"] or form["who"])
    except ValueError:
        return None
