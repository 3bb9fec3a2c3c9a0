"""Goals: proposed in someone's words, from what is hers, and put in her order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.pages.planning import Planned, Planning


def routes(blueprint: Blueprint, planning: Planning) -> None:
    @blueprint.get("/<uuid:plan>/goals")
    def before_proposing(person: UUID, plan: UUID) -> AnyResponse:
        return proposing(person, plan, Form())

    @blueprint.post("/<uuid:plan>/goals")
    def propose(person: UUID, plan: UUID) -> AnyResponse:
        form = Form.of(request.form)
        return planning.keep(
            person,
            f"plans/{plan}/goals",
            {"words": form["words"], "grown_from": form.all("grown_from")},
            form,
            then=(f"/persons/{person}/plan/{plan}", "plan.proposed"),
            again=lambda form: proposing(person, plan, form),
        )

    @blueprint.post("/<uuid:plan>/order")
    def reorder(person: UUID, plan: UUID) -> AnyResponse:
        """One goal a place up or down, among those still in the plan."""
        form, planned = Form.of(request.form), planning.read(person, plan)
        goals = moved(planned, form["goal"], up=form["to"] == "up")
        here = f"/persons/{person}/plan/{plan}"
        return planning.keep(
            person,
            f"plans/{plan}/goals-order",
            {"goals": goals},
            form,
            then=(here, "plan.reordered"),
            again=lambda _: planning.frame.done(here, "plan.changed_meanwhile"),
            put=True,
        )

    def proposing(person: UUID, plan: UUID, form: Form) -> AnyResponse:
        planned = planning.read(person, plan)
        themes = planned.told["themes"]
        left_out = [one["theme"] for one in themes["left_out"]]
        considered = [one["theme"] for one in themes["considered"]]
        return planning.page(
            "plan_propose.html",
            planned,
            form,
            to_grow_from=planned.sources.to_grow_from(left_out, considered),
            chosen=form.all("grown_from") or request.args.getlist("from"),
        )


def moved(planned: Planned, goal: str, *, up: bool) -> Sequence[Any]:
    """All goals in the order that follows; what is at an end already stays there."""
    order = [one["goal"] for one in planned.told["goals"]]
    seen = [one["goal"] for one in planned.goals]
    if goal not in seen:
        return order
    other = seen.index(goal) + (-1 if up else 1)
    if 0 <= other < len(seen):
        here, there = order.index(goal), order.index(seen[other])
        order[here], order[there] = order[there], order[here]
    return order
