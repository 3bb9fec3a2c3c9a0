"""Actions of a goal: added, taken on by whom they fall to, done, or dropped."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.pages.planning import Planning, filled, obstacle

SAID = {
    "acceptances": "plan.action.accepted",
    "completions": "plan.action.completed",
    "drops": "plan.action.dropped",
    "assignments": "plan.action.assigned",
}


def routes(blueprint: Blueprint, planning: Planning) -> None:
    @blueprint.get("/<uuid:plan>/goals/<uuid:goal>/actions")
    def before_adding(person: UUID, plan: UUID, goal: UUID) -> AnyResponse:
        return show(person, plan, goal, "", Form())

    @blueprint.post("/<uuid:plan>/goals/<uuid:goal>/actions")
    def add(person: UUID, plan: UUID, goal: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return planning.keep(
            person,
            f"plans/{plan}/goals/{goal}/actions",
            {"words": form["words"], **filled(form, "responsible", "due")},
            form,
            then=(f"/persons/{person}/plan/{plan}/goals/{goal}", "plan.action.added"),
            again=lambda form: show(person, plan, goal, "", form),
        )

    @blueprint.get("/<uuid:plan>/goals/<uuid:goal>/actions/<uuid:action>")
    def one_action(person: UUID, plan: UUID, goal: UUID, action: UUID) -> AnyResponse:
        """Whom it falls to from now on, or that it is dropped."""
        return show(person, plan, goal, str(action), Form())

    @blueprint.post(
        "/<uuid:plan>/goals/<uuid:goal>/actions/<uuid:action>"
        "/<any(acceptances, completions, drops, assignments):what>"
    )
    def say_of_action(person: UUID, plan: UUID, goal: UUID, action: UUID, what: str) -> AnyResponse:
        form = Form.of(request.form)
        body = obstacle(form) if what == "drops" else filled(form, "responsible", "due")
        return planning.keep(
            person,
            f"plans/{plan}/actions/{action}/{what}",
            body,
            form,
            then=(f"/persons/{person}/plan/{plan}/goals/{goal}", SAID[what]),
            again=lambda form: show(person, plan, goal, str(action), form),
        )

    def show(person: UUID, plan: UUID, goal: UUID, action: str, form: Form) -> AnyResponse:
        planned = planning.read(person, plan)
        told = planned.goal(goal)
        found = next((a for a in told["actions"] if a["action"] == action), None)
        return planning.page("plan_action.html", planned, form, goal=told, action=found)
