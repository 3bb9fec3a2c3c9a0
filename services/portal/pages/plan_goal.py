"""One goal: its words, whose yes it has, its actions, how far it has come, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.pages.planning import Planned, Planning, filled
from services.portal.pictures.progress import Picture, Told, drawn, told_by

# what is said of a goal in one tap, and what is said of it once it is kept
AT_ONCE: Mapping[str, str] = {
    "agreements": "plan.agreed",
    "resumptions": "plan.resumed",
    "discussions": "plan.discussed",
}
STEPS = (0, 25, 50, 75, 100)


def routes(blueprint: Blueprint, planning: Planning) -> None:
    @blueprint.get("/<uuid:plan>/goals/<uuid:goal>")
    def goal_page(person: UUID, plan: UUID, goal: UUID) -> AnyResponse:
        return show(person, plan, goal, Form())

    @blueprint.post(
        "/<uuid:plan>/goals/<uuid:goal>/<any(agreements, resumptions, discussions):what>"
    )
    def at_once(person: UUID, plan: UUID, goal: UUID, what: str) -> AnyResponse:
        return kept(person, plan, goal, what, AT_ONCE[what], "words")

    @blueprint.post("/<uuid:plan>/goals/<uuid:goal>/progress")
    def rate(person: UUID, plan: UUID, goal: UUID) -> AnyResponse:
        """How far it has come, as whoever says so sees it: a step, or a number of one's own."""
        form = Form.of(request.form)
        value = form["number"] or form["value"]
        if not value.isdecimal() or int(value) > STEPS[-1]:
            sentence = planning.frame.say("plan.progress.which")
            return show(person, plan, goal, form.amiss({"value": sentence}, sentence))
        level = {"level": int(form["level"])} if form["level"] else {}
        rated = {"value": int(value), **level}
        return kept(person, plan, goal, "progress", "plan.progress.kept", "words", **rated)

    def kept(
        person: UUID, plan: UUID, goal: UUID, what: str, code: str, *names: str, **more: Any
    ) -> AnyResponse:
        form = Form.of(request.form)
        return planning.keep(
            person,
            f"plans/{plan}/goals/{goal}/{what}",
            {**filled(form, *names), **more},
            form,
            then=(f"/persons/{person}/plan/{plan}/goals/{goal}", code),
            again=lambda form: show(person, plan, goal, form),
        )

    def show(person: UUID, plan: UUID, goal: UUID, form: Form) -> AnyResponse:
        planned = planning.read(person, plan)
        told = planned.goal(goal)
        return planning.page(
            "plan_goal.html",
            planned,
            form,
            goal=told,
            grown_from=planned.sources.of(told),
            picture=picture(planned, told),
            steps=STEPS,
        )

    def picture(planned: Planned, goal: Mapping[str, Any]) -> Picture | None:
        """Progress over time, each party's beside the others'; none before anyone said anything."""
        frame = planning.frame

        def named(party: str) -> str:
            if party == planned.people.me:
                return frame.say("plan.you")
            return planned.people.name(party) or frame.say("plan.someone")

        lines = told_by(
            [
                Told(p["author"], p["occurred_at"][:10], p["value"], p["words"] or "")
                for p in goal["progress"]
            ],
            first=planned.subject.id,
        )
        if not lines:
            return None
        return drawn(lines, named)
