"""Goals: proposed in someone's words, put in her order, talked about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from services.plans.api.asking import GOAL, PLAN, PerhapsWordsAsked, WordsAsked
from services.plans.api.seeing import decided, goal_shown, other_names, whole
from services.plans.api.shapes import GoalChangedShape, PlanShape
from services.plans.api.story import GOAL_CHANGED, GOAL_ID, PLAN_CHANGED
from services.plans.domain.agreeing import AskWording, ProposeGoal, RewordGoal
from services.plans.domain.naming import LONGEST_NAME, themes_in
from services.plans.domain.talking import DiscussGoal, ReorderGoals
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Id, many, said

SOURCE = fields.String(validate=validate.Length(1, LONGEST_NAME + 10))


class ProposeAsked(WordsAsked):
    goal = Id()
    grown_from = many(SOURCE, 20)


class OrderAsked(Asked):
    goals = many(Id(), 200, required=True)


PROPOSAL = {"words": "Terminer ma chimie du secondaire.", "grown_from": ["star:etudes"]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "goals",
        __name__,
        url_prefix=PLAN,
        description="Goals in the person's words; a proposal is a proposal, whoever makes it.",
    )

    @blueprint.post("/goals")
    @blueprint.doc(summary="Propose a goal, and say what it grew from, if anything.")
    @blueprint.arguments(ProposeAsked, example=PROPOSAL)
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def propose_goal(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.propose")
        goal = body.get("goal") or desk.stream("goal")
        names = other_names(desk, act, *themes_in(body.get("grown_from", ())))
        command = ProposeGoal(act=act, stream=plan, goal=goal, names=names, **said(body, "goal"))
        return decided(desk, command, goal_shown(goal))

    @blueprint.put("/goals-order")
    @blueprint.doc(summary="Put the goals in her order.")
    @blueprint.arguments(OrderAsked, example={"goals": [GOAL_ID]})
    @blueprint.response(200, PlanShape, example=PLAN_CHANGED)
    def reorder_goals(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.reword")
        command = ReorderGoals(act=act, stream=plan, goals=tuple(body["goals"]))
        return decided(desk, command, whole, must_match=True, status=200)

    return blueprint


def words(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "goal_words",
        __name__,
        url_prefix=GOAL,
        description="Other words for a goal, and what is said about it.",
    )

    @blueprint.post("/wordings")
    @blueprint.doc(summary="Put a goal in other words; others' words need her yes again.")
    @blueprint.arguments(WordsAsked, example={"words": "Finir ma chimie, à mon rythme."})
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def reword_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.reword")
        names = other_names(desk, act)
        command = RewordGoal(act=act, stream=plan, goal=goal, names=names, **said(body))
        return decided(desk, command, goal_shown(goal), must_match=True)

    @blueprint.post("/wording-requests")
    @blueprint.doc(summary="Ask for other words.")
    @blueprint.arguments(PerhapsWordsAsked, example={"words": "« Autonomie », ce n’est pas moi."})
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def ask_wording(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.discuss")
        command = AskWording(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    @blueprint.post("/discussions")
    @blueprint.doc(summary="Write about a goal.")
    @blueprint.arguments(
        WordsAsked, example={"words": "Et si on commençait par le cours du soir ?"}
    )
    @blueprint.response(201, GoalChangedShape, example=GOAL_CHANGED)
    def discuss_goal(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="goal.discuss")
        command = DiscussGoal(act=act, stream=plan, goal=goal, **said(body))
        return decided(desk, command, goal_shown(goal))

    return blueprint
