"""Goals that the organisation's files hold: proposed in her name, waiting for her yes."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.plans.api.asking import PERSON
from services.plans.api.plans import plan_id
from services.plans.domain.agreeing import ProposeGoal
from services.plans.domain.naming import LONGEST_WORDS
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import OpenPlan, opening_after
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.from_files import (
    AT_ONCE,
    NOTED,
    FromFilesSchema,
    NotedSchema,
    act_from_files,
    noted,
)
from shared.http.schemas import Id, Strict, Words, many
from shared.kernel import Act, NotFound


class GoalSchema(Strict):
    goal = Id(required=True)
    words = Words(longest=LONGEST_WORDS, required=True)


class GoalsFromFilesSchema(FromFilesSchema):
    lines = many(fields.Nested(GoalSchema), AT_ONCE, required=True)


EXAMPLE = {
    "from_import": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0a",
    "occurred_at": "2024-03-05",
    "lines": [{"goal": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0c", "words": "Finir ma chimie."}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "goals_from_files",
        __name__,
        url_prefix=f"{PERSON}/goals-from-files",
        description="Goals that the organisation's files hold: proposals, whatever the files say.",
    )

    @blueprint.post("")
    @blueprint.doc(
        summary="Note goals from the organisation's files, in her open plan or a first one."
    )
    @blueprint.arguments(GoalsFromFilesSchema, example=EXAMPLE)
    @blueprint.response(201, NotedSchema, example=NOTED)
    def note(body: dict[str, Any], person: UUID) -> Response:
        act = act_from_files(desk, body, may="plan.note_from_files", person=person)
        plan, opening = plan_for(desk, act)
        lines = [[ProposeGoal(act=act, stream=plan, **line)] for line in body["lines"]]
        return noted(desk, Plan, opening, lines, lambda told: getattr(told, "goal", None))

    return blueprint


def plan_for(desk: Desk, act: Act) -> tuple[UUID, list[OpenPlan]]:
    """The plan these goals go into, and what opens it where none is open."""
    latest: Plan | None = None
    for number in count(1):
        stream = plan_id(act.subject, number)
        try:
            found = desk.ledger.load(Plan, act.tenant, stream, act.subject)
        except NotFound:
            break
        if any(entry.act.command == act.command for entry in found.entries.values()):
            return stream, []  # sent again: where it was noted
        latest = found
    if latest is not None and not latest.closed:
        return latest.id, []
    number, left_out = opening_after(latest)
    stream = plan_id(act.subject, number)
    return stream, [OpenPlan(act=act, stream=stream, number=number, left_out=left_out)]
