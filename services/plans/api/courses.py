"""What becomes of a goal: progress as each sees it, levels, pause, resumption, achievement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.plans.api.asking import GOAL, OBSTACLE, PerhapsWordsAsked, StoppedAsked
from services.plans.api.seeing import decided, goal_shown
from services.plans.api.shapes import GoalChangedShape
from services.plans.api.story import GOAL_CHANGED
from services.plans.domain.following import (
    LEVELS,
    MOST_WEIGHT,
    AchieveGoal,
    PauseGoal,
    RateProgress,
    ResumeGoal,
    SetAttainmentLevels,
    SetGoalAside,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Percent, Whole, Words, many, said


class ProgressAsked(PerhapsWordsAsked):
    value = Percent(required=True)
    level = Whole(least=-2, most=2)


class LevelsAsked(Asked):
    levels = many(Words(longest=500), LEVELS, required=True)
    weight = Whole(least=1, most=MOST_WEIGHT)


FIVE = ["aucun cours", "inscription", "un cours suivi", "un cours réussi", "chimie terminée"]


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "courses",
        __name__,
        url_prefix=GOAL,
        description="What becomes of a goal is hers to say; progress, each says beside the others.",
    )

    @blueprint.post("/progress")
    @blueprint.doc(summary="Say how far it has come, as one sees it oneself.")
    @blueprint.arguments(ProgressAsked, example={"value": 80})
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def rate_progress(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="progress.rate")
        command = RateProgress(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    @blueprint.put("/attainment-levels")
    @blueprint.doc(summary="Say beforehand, in five sentences, how one will know.")
    @blueprint.arguments(LevelsAsked, example={"levels": FIVE, "weight": 1})
    @blueprint.response(200, GoalChangedShape, example=GOAL_CHANGED)
    def set_levels(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.reword")
        command = SetAttainmentLevels(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal), must_match=True, status=200)

    @blueprint.post("/pauses")
    @blueprint.doc(summary="Pause a goal, and say what stood in the way, if anything.")
    @blueprint.arguments(StoppedAsked, example={"stood_in_the_way": OBSTACLE})
    @blueprint.response(201, GoalChangedShape, example={**GOAL_CHANGED, "status": "paused"})
    def pause_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.pause")
        command = PauseGoal(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    @blueprint.post("/resumptions")
    @blueprint.doc(summary="Take a goal up again.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def resume_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.pause")
        command = ResumeGoal(act=act, stream=plan, goal=goal)
        return decided(desk, command, goal_shown(goal))

    @blueprint.post("/achievements")
    @blueprint.doc(summary="Say that a goal has been reached.")
    @blueprint.arguments(PerhapsWordsAsked, example={})
    @blueprint.response(201, GoalChangedShape, example={**GOAL_CHANGED, "status": "achieved"})
    def achieve_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.achieve")
        command = AchieveGoal(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    @blueprint.post("/settings-aside")
    @blueprint.doc(summary="Set a goal aside.")
    @blueprint.arguments(StoppedAsked, example={"stood_in_the_way": OBSTACLE})
    @blueprint.response(201, GoalChangedShape, example={**GOAL_CHANGED, "status": "set_aside"})
    def set_goal_aside(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.pause")
        command = SetGoalAside(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    return blueprint
