"""One plan: read it, see what waits in it, review it, close it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.plans.api.asking import OBSTACLE, PERSON, PLAN, StoppedAsked
from services.plans.api.seeing import decided, telling_to, whole
from services.plans.api.shapes import PlanShape
from services.plans.api.story import ENTRY, PLAN_CHANGED, PLAN_ID
from services.plans.api.story import PLAN as EXAMPLE
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import ClosePlan, HoldReview
from services.plans.views.waiting import waiting_for
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Strict, many, said
from shared.kernel import NotFound


class ReviewAsked(StoppedAsked):
    next_review = Day()


class WaitingShape(Strict):
    """`what`: confirm an entry (or dispute it, or do nothing), or accept an action."""

    plan = Id(required=True)
    what = fields.String(required=True)
    thing = Id(required=True)


class WaitingListShape(Strict):
    waiting = many(fields.Nested(WaitingShape), 1000)


WAITING = {"waiting": [{"plan": PLAN_ID, "what": "confirm", "thing": ENTRY}]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "plan", __name__, url_prefix=PLAN, description="One plan, its reviews and its end."
    )

    @blueprint.get("")
    @blueprint.doc(summary="A plan as this reader may see it.")
    @blueprint.response(200, PlanShape, example={**EXAMPLE, "version": 8})
    def read_plan(person: UUID, plan: UUID) -> Response:
        reader = desk.reading(person, may="plan.read", scope="plan")
        state = desk.ledger.load(Plan, reader.tenant, plan, person)
        telling = telling_to(desk, reader)
        if not telling.sees_anything(state):
            raise NotFound("stream.unknown")
        shown = telling.plan(state)
        return desk.answer_read({**shown, "version": state.version}, state.version)

    @blueprint.post("/reviews")
    @blueprint.doc(summary="Say that the plan was looked at together.")
    @blueprint.arguments(
        ReviewAsked, example={"words": "On continue ainsi.", "next_review": "2026-03-10"}
    )
    @blueprint.response(201, PlanShape, example=PLAN_CHANGED)
    def hold_review(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="plan.review")
        return decided(desk, HoldReview(act=act, stream=plan, **said(body)), whole)

    @blueprint.post("/closure")
    @blueprint.doc(summary="Close the plan: nothing in it changes any more.")
    @blueprint.arguments(StoppedAsked, example={"stood_in_the_way": OBSTACLE})
    @blueprint.response(201, PlanShape, example={**PLAN_CHANGED, "closed": True})
    def close_plan(body: dict[str, Any], person: UUID, plan: UUID) -> Response:
        act = desk.act(body, person=person, may="plan.close")
        return decided(desk, ClosePlan(act=act, stream=plan, **said(body)), whole)

    return blueprint


def waiting(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "waiting",
        __name__,
        url_prefix=f"{PERSON}/waiting",
        description="What waits for the reader's word; doing nothing is an answer too.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="What was noted in the reader's name, and actions that fall to them.")
    @blueprint.response(200, WaitingListShape, example=WAITING)
    def list_waiting(person: UUID) -> Response:
        reader = desk.reading(person, may="plan.read", scope="plans.waiting")
        rows = desk.view(reader.tenant, lambda c: waiting_for(c, person, reader.party))
        shown = [{"plan": plan, "what": what, "thing": thing} for plan, what, thing in rows]
        return desk.answer_read({"waiting": shown})

    return blueprint
