"""My strengths and projects: what she has, around her too, and what she wants, in her words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Asking, Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.plan_people import people_around
from services.portal.subject import Subject

Told = Mapping[str, Any]
SERVED = ("proposed", "reworded", "active", "paused", "achieved")
SAID = {"confirmations": "strengths.confirmed", "disputes": "strengths.disputed"}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("strengths", __name__, url_prefix="/persons/<uuid:person>/strengths")

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(person, Form())

    @blueprint.post("")
    def name(person: UUID) -> AnyResponse:
        """A strength of her own or around her, or what matters for what comes next."""
        form = Form.of(request.form)
        if not form["kind"]:
            which = frame.say("strengths.which")
            return show(person, form.amiss({"kind": which}, which), status=422)
        body = {"words": form["words"]}
        if form["visibility"]:
            body["visibility"] = form["visibility"]
        if form["kind"] in ("personal", "environmental"):
            return kept(
                person, "strengths", {**body, "kind": form["kind"]}, form, "strengths.named"
            )
        return kept(person, "aspirations", body, form, "strengths.named")

    @blueprint.post("/entries/<uuid:entry>/<any(confirmations, disputes):what>")
    def answer(person: UUID, entry: UUID, what: str) -> AnyResponse:
        """Of what was noted in her name: that it was so, or that it was not."""
        form = Form.of(request.form)
        frame.ask().send(path_of(person, "entries", entry, what), {}, key=form.key)
        return frame.done(f"/persons/{person}/strengths", SAID[what])

    def kept(person: UUID, path: str, body: Told, form: Form, code: str) -> AnyResponse:
        """Keeps it; what does not fit comes back on the same page, words and all."""
        subject = frame.subject(person)
        try:
            sent = {**body, **act_of(form, subject)}
            frame.ask().send(path_of(person, path), sent, key=form.key)
        except Problem as problem:
            return show(person, form.wrong(problem), status=422)
        return frame.done(f"/persons/{person}/strengths", code)

    def show(person: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        told = ask.maybe(lambda: ask.get(path_of(person)))
        every = [*(told or {}).get("strengths", ()), *(told or {}).get("aspirations", ())]
        here = [one for one in every if not one["set_aside"]]
        plan = open_plan(ask, person) if here else None
        return frame.page(
            "strengths.html",
            status=status,
            subject=subject,
            names=writers(frame, subject, here),
            form=form,
            told=told,
            personal=[s for s in here if s["kind"] == "personal"],
            around=[s for s in here if s["kind"] == "environmental"],
            aspirations=[a for a in here if a["kind"] is None],
            aside=[one for one in every if one["set_aside"]],
            plan=plan,
            serves=goals_served(plan),
        )

    return blueprint


def path_of(person: UUID, *rest: object) -> str:
    return "/".join(("assessment/persons", str(person), "resources", *map(str, rest)))


def writers(frame: Frame, subject: Subject, here: Sequence[Told]) -> Mapping[str, str]:
    """Who noted something in her name; asked for only when someone did."""
    if all(one["attestation"] != "claimed" for one in here):
        return {}
    return people_around(frame, subject).names


def open_plan(ask: Asking, person: UUID) -> Told | None:
    """Where what she has serves; nothing for whoever sees no plan of hers."""
    plans = ask.maybe(lambda: ask.get(f"plans/persons/{person}/plans"), {"plans": ()})["plans"]
    if not plans or plans[-1]["closed"]:
        return None
    found: Told | None = ask.maybe(
        lambda: ask.get(f"plans/persons/{person}/plans/{plans[-1]['id']}")
    )
    return found


def goals_served(plan: Told | None) -> Mapping[str, Sequence[Told]]:
    """By strength or aspiration, the goals that grew from it."""
    serves: dict[str, list[Told]] = {}
    for goal in (plan or {}).get("goals", ()):
        for source in goal["grown_from"] if goal["status"] in SERVED else ():
            kind, _, entry = source.partition(":")
            if kind in ("strength", "aspiration"):
                serves.setdefault(entry, []).append(goal)
    return serves
