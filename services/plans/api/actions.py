"""Actions: added to a goal, accepted by whom they fall to, done or dropped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.plans.api.asking import ACTION, GOAL, ObstacleAsked, WordsAsked
from services.plans.api.seeing import action_shown, decided, other_names
from services.plans.api.shapes import ActionChangedShape
from services.plans.api.story import ACTION_CHANGED, NOEMIE
from services.plans.domain.acting import (
    AcceptAction,
    AddAction,
    AssignAction,
    CompleteAction,
    DropAction,
)
from services.plans.views.parties import is_known
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Day, Id, said
from shared.kernel import Act, Invalid


class AddAsked(WordsAsked):
    action = Id()
    responsible = Id()
    due = Day()


class AssignAsked(Asked):
    responsible = Id(required=True)
    due = Day()


class DropAsked(Asked):
    stood_in_the_way = fields.Nested(ObstacleAsked)


CALL = {
    "words": "Appeler le centre d’éducation des adultes.",
    "responsible": NOEMIE,
    "due": "2025-11-21",
}


def adding(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "actions",
        __name__,
        url_prefix=f"{GOAL}/actions",
        description="What someone will do for a goal that she agreed to.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Add an action to a goal.")
    @blueprint.arguments(AddAsked, example=CALL)
    @blueprint.response(201, ActionChangedShape, example=ACTION_CHANGED)
    def add_action(body: dict[str, Any], person: UUID, plan: UUID, goal: UUID) -> Response:
        act = desk.act(body, person=person, may="action.add")
        require_known(desk, act, body.get("responsible"))
        action = body.get("action") or desk.stream("action")
        command = AddAction(
            act=act,
            stream=plan,
            goal=goal,
            action=action,
            names=other_names(desk, act),
            **said(body, "action"),
        )
        return decided(desk, command, action_shown(action))

    return blueprint


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "action",
        __name__,
        url_prefix=ACTION,
        description="What became of an action; only whom it falls to accepts it.",
    )

    @blueprint.post("/assignments")
    @blueprint.doc(summary="Say whom an action falls to; they have yet to accept it.")
    @blueprint.arguments(AssignAsked, example={"responsible": NOEMIE})
    @blueprint.response(201, ActionChangedShape, example={**ACTION_CHANGED, "acceptance": None})
    def assign_action(body: dict[str, Any], person: UUID, plan: UUID, action: UUID) -> Response:
        act = desk.act(body, person=person, may="action.add")
        require_known(desk, act, body["responsible"])
        command = AssignAction(act=act, stream=plan, action=action, **said(body))
        return decided(desk, command, action_shown(action))

    @blueprint.post("/acceptances")
    @blueprint.doc(summary="Take on an action that falls to oneself.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, ActionChangedShape, example=ACTION_CHANGED)
    def accept_action(body: dict[str, Any], person: UUID, plan: UUID, action: UUID) -> Response:
        act = desk.act(body, person=person, may="action.accept")
        command = AcceptAction(act=act, stream=plan, action=action)
        return decided(desk, command, action_shown(action))

    @blueprint.post("/completions")
    @blueprint.doc(summary="Say that an action is done.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, ActionChangedShape, example={**ACTION_CHANGED, "status": "done"})
    def complete_action(body: dict[str, Any], person: UUID, plan: UUID, action: UUID) -> Response:
        act = desk.act(body, person=person, may="action.done")
        command = CompleteAction(act=act, stream=plan, action=action)
        return decided(desk, command, action_shown(action))

    @blueprint.post("/drops")
    @blueprint.doc(summary="Drop an action, and say what stood in the way, if anything.")
    @blueprint.arguments(DropAsked, example={})
    @blueprint.response(201, ActionChangedShape, example={**ACTION_CHANGED, "status": "dropped"})
    def drop_action(body: dict[str, Any], person: UUID, plan: UUID, action: UUID) -> Response:
        act = desk.act(body, person=person, may="action.done")
        command = DropAction(act=act, stream=plan, action=action, **said(body))
        return decided(desk, command, action_shown(action))

    return blueprint


def require_known(desk: Desk, act: Act, responsible: UUID | None) -> None:
    """Raises Invalid for someone whom the organisation does not know."""
    if responsible and not desk.view(act.tenant, lambda c: is_known(c, responsible)):
        raise Invalid("contributor.unknown", field="responsible")
