"""What one may say of a goal with a few more words: each on a small page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.pages.planning import Planning, filled, obstacle

LEVELS = 5


@dataclass(frozen=True)
class Step:
    """`words`: the name of its text field; `stopping`: it may say what stood in the way."""

    what: str
    words: str = "words"
    needed: bool = False
    stopping: bool = False
    put: bool = False


STEPS: Mapping[str, Step] = {
    "other-words": Step("wording-requests"),
    "not-now": Step("disagreements", words="reason"),
    "no": Step("declines", words="reason"),
    "reword": Step("wordings", needed=True),
    "pause": Step("pauses", stopping=True),
    "aside": Step("settings-aside", stopping=True),
    "reached": Step("achievements"),
    "levels": Step("attainment-levels", words="levels", needed=True, put=True),
}
ADDRESS = (
    "/<uuid:plan>/goals/<uuid:goal>"
    "/<any('other-words', 'not-now', 'no', 'reword', 'pause', 'aside', 'reached', 'levels'):step>"
)


def routes(blueprint: Blueprint, planning: Planning) -> None:
    @blueprint.get(ADDRESS)
    def before_step(person: UUID, plan: UUID, goal: UUID, step: str) -> AnyResponse:
        return show(person, plan, goal, step, Form())

    @blueprint.post(ADDRESS)
    def take_step(person: UUID, plan: UUID, goal: UUID, step: str) -> AnyResponse:
        form, taken = Form.of(request.form), STEPS[step]
        return planning.keep(
            person,
            f"plans/{plan}/goals/{goal}/{taken.what}",
            body_of(form, taken),
            form,
            then=(f"/persons/{person}/plan/{plan}/goals/{goal}", f"plan.step.{step}.done"),
            again=lambda form: show(person, plan, goal, step, form),
            put=taken.put,
        )

    def show(person: UUID, plan: UUID, goal: UUID, step: str, form: Form) -> AnyResponse:
        planned = planning.read(person, plan)
        return planning.page(
            "plan_step.html",
            planned,
            form,
            goal=planned.goal(goal),
            step=step,
            of=STEPS[step],
            own=request.args.get("own") == "yes" or form["whose"] == "mine",
        )


def body_of(form: Form, step: Step) -> dict[str, Any]:
    if step.words == "levels":
        return {"levels": [form[f"level_{number}"] for number in range(1, LEVELS + 1)]}
    if step.needed:
        return {step.words: form[step.words]}
    return {**filled(form, step.words), **(obstacle(form) if step.stopping else {})}
