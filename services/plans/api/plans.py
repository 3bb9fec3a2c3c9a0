"""A person's plans, one after the other: list them, open the next."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID, uuid5

from flask import Response
from marshmallow import fields

from services.plans.api.asking import PLANS, PerhapsWordsAsked
from services.plans.api.seeing import decided, telling_to, whole
from services.plans.api.shapes import PlanShape
from services.plans.api.story import PLAN_CHANGED, PLAN_ID
from services.plans.api.telling import Telling
from services.plans.api.telling_theirs import TellingTheirs
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import OpenPlan, opening_after
from services.plans.views.plans import plans_of
from shared.http.admission import Reader
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Moment, Strict, many, said
from shared.kernel import Act, NotFound


class OpenPlanAsked(PerhapsWordsAsked):
    starts = Day()
    ends = Day()


class PlanListedShape(Strict):
    id = Id(required=True)
    number = fields.Integer(required=True)
    opened_at = Moment(required=True)
    closed = fields.Boolean(required=True)


class PlansShape(Strict):
    plans = many(fields.Nested(PlanListedShape), 500)


LISTED = {"id": PLAN_ID, "number": 1, "opened_at": "2025-11-10", "closed": False}


def plan_id(person: UUID, number: int) -> UUID:
    """A person's plans follow one another: the next has its place before anyone opens it."""
    return uuid5(person, f"plan/{number}")


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "plans",
        __name__,
        url_prefix=PLANS,
        description="One plan for each person and period; one is open at a time.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="The plans of a person.")
    @blueprint.response(200, PlansShape, example={"plans": [LISTED]})
    def list_plans(person: UUID) -> Response:
        reader = desk.reading(person, may="plan.read", scope="plans")
        telling = telling_to(desk, reader)
        rows = desk.view(reader.tenant, lambda c: plans_of(c, person))
        if isinstance(telling, TellingTheirs):
            rows = [row for row in rows if theirs(desk, telling, reader, row[0])]
        return desk.answer_read(
            {
                "plans": [
                    {
                        "id": plan,
                        "number": number,
                        "opened_at": opened.astimezone(telling.zone).date(),
                        "closed": closed,
                    }
                    for plan, number, opened, closed in rows
                ]
            }
        )

    @blueprint.post("")
    @blueprint.doc(summary="Open a plan. What she left out of the one before stays out.")
    @blueprint.arguments(OpenPlanAsked, example={"starts": "2025-11-10"})
    @blueprint.response(201, PlanShape, example=PLAN_CHANGED)
    def open_plan(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may="plan.open")
        number, left_out = opening_after(before(desk, act))
        command = OpenPlan(
            act=act,
            stream=plan_id(person, number),
            number=number,
            left_out=left_out,
            **said(body),
        )
        return decided(desk, command, whole)

    return blueprint


def theirs(desk: Desk, telling: Telling, reader: Reader, plan: UUID) -> bool:
    """Whether something in this plan falls to someone who reads no more than that."""
    return telling.sees_anything(desk.ledger.load(Plan, reader.tenant, plan, reader.person))


def before(desk: Desk, act: Act) -> Plan | None:
    """The plan before the one that this act opens: sent again, it opens the same one."""
    latest: Plan | None = None
    for number in count(1):
        stream = plan_id(act.subject, number)
        try:
            found = desk.ledger.load(Plan, act.tenant, stream, act.subject)
        except NotFound:
            break
        if next(iter(found.entries.values())).act.command == act.command:
            break
        latest = found
    return latest
