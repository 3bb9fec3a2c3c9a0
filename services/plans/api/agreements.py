"""Yes, not now, and no: to a goal, in its words as they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.plans.api.asking import GOAL, ReasonAsked
from services.plans.api.seeing import decided, goal_shown
from services.plans.api.shapes import GoalChangedShape
from services.plans.api.story import GOAL_CHANGED
from services.plans.domain.agreeing import AgreeGoal, DeclineGoal, DisagreeGoal
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, said


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "agreements",
        __name__,
        url_prefix=GOAL,
        description="A goal is in force by her yes; noted for her, she may dispute it.",
    )

    @blueprint.post("/agreements")
    @blueprint.doc(summary="Say yes to a goal in its words as they are.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def agree_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.agree")
        command = AgreeGoal(act=act, stream=plan, goal=goal)
        return decided(desk, command, goal_shown(goal), must_match=True)

    @blueprint.post("/disagreements")
    @blueprint.doc(summary="Say no for now; hers ends an agreement, others' stand beside it.")
    @blueprint.arguments(ReasonAsked, example={"reason": "Pas cette année."})
    @blueprint.response(
        201, GoalChangedShape, example={**GOAL_CHANGED, "status": "disagreed", "agreement": None}
    )
    def disagree_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.agree")
        command = DisagreeGoal(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    @blueprint.post("/declines")
    @blueprint.doc(summary="Say no for good: the goal is out of the plan and stays out.")
    @blueprint.arguments(ReasonAsked, example={"reason": "Mon argent, je le gère à ma façon."})
    @blueprint.response(
        201, GoalChangedShape, example={**GOAL_CHANGED, "status": "declined", "agreement": None}
    )
    def decline_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.decline")
        command = DeclineGoal(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    return blueprint
