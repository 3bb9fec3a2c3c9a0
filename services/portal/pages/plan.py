"""Her plan: the open one, those before, opening and closing one, and looking at it together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages import plan_actions, plan_goal, plan_goals, plan_steps, plan_themes
from services.portal.pages.planning import Planning, filled, obstacle

STOPPING: Mapping[str, str] = {"reviews": "plan.reviewed", "closure": "plan.now_closed"}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("plan", __name__, url_prefix="/persons/<uuid:person>/plan")
    planning = Planning(frame)

    @blueprint.get("")
    def latest(person: UUID) -> AnyResponse:
        """The open plan; without one, the latest, or what a plan would be."""
        plans = listed(person)
        if plans:
            return show(person, plans[-1]["id"], plans)
        return none_yet(person, Form())

    @blueprint.get("/<uuid:plan>")
    def read(person: UUID, plan: UUID) -> AnyResponse:
        return show(person, plan, listed(person))

    @blueprint.get("/begin")
    def before_opening(person: UUID) -> AnyResponse:
        return none_yet(person, Form())

    @blueprint.post("/begin")
    def begin(person: UUID) -> AnyResponse:
        """What she left out of the plan before stays out of the next."""
        form = Form.of(request.form)
        return planning.keep(
            person,
            "plans",
            filled(form, "starts", "ends", "words"),
            form,
            then=(f"/persons/{person}/plan", "plan.opened"),
            again=lambda form: none_yet(person, form),
        )

    @blueprint.get("/<uuid:plan>/<any(reviews, closure):what>")
    def before_stopping(person: UUID, plan: UUID, what: str) -> AnyResponse:
        return stopping(person, plan, what, Form())

    @blueprint.post("/<uuid:plan>/<any(reviews, closure):what>")
    def stop(person: UUID, plan: UUID, what: str) -> AnyResponse:
        """Looked at together, or closed; each may say what stood in the way."""
        form = Form.of(request.form)
        return planning.keep(
            person,
            f"plans/{plan}/{what}",
            {**filled(form, "words", "next_review"), **obstacle(form)},
            form,
            then=(f"/persons/{person}/plan/{plan}", STOPPING[what]),
            again=lambda form: stopping(person, plan, what, form),
        )

    @blueprint.post("/<uuid:plan>/entries/<uuid:entry>/<any(confirmations, disputes):what>")
    def answer(person: UUID, plan: UUID, entry: UUID, what: str) -> AnyResponse:
        """Of what was noted in one's name: that it was so, or that it was not."""
        form = Form.of(request.form)
        frame.ask().send(
            f"plans/persons/{person}/plans/{plan}/entries/{entry}/{what}",
            filled(form, "reason") if what == "disputes" else {},
            key=form.key,
        )
        back = form["goal"]
        here = f"/persons/{person}/plan/{plan}" + (f"/goals/{UUID(back)}" if back else "")
        return frame.done(here, f"plan.{what}")

    def listed(person: UUID) -> list[dict[str, Any]]:
        ask = frame.ask()
        told = ask.maybe(lambda: ask.get(f"plans/persons/{person}/plans"), {"plans": []})
        found: list[dict[str, Any]] = told["plans"]
        return found

    def show(person: UUID, plan: UUID | str, plans: list[dict[str, Any]]) -> AnyResponse:
        planned, ask = planning.read(person, plan), frame.ask()
        waiting = ask.maybe(lambda: ask.get(f"plans/persons/{person}/waiting"), {"waiting": []})
        return planning.page("plan.html", planned, Form(), plans=plans, waiting=waiting["waiting"])

    def stopping(person: UUID, plan: UUID, what: str, form: Form) -> AnyResponse:
        return planning.page("plan_stop.html", planning.read(person, plan), form, what=what)

    def none_yet(person: UUID, form: Form) -> AnyResponse:
        subject, plans = frame.subject(person), listed(person)
        return frame.page(
            "plan_begin.html",
            status=422 if form.sentence or form.errors else 200,
            subject=subject,
            people=planning.people(subject),
            form=form,
            before=plans[-1] if plans else None,
            writes=subject.hers or subject.accompanied,
        )

    for more in (plan_goals, plan_goal, plan_steps, plan_actions, plan_themes):
        more.routes(blueprint, planning)
    return blueprint
