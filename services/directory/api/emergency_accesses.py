"""Emergency access: opened with a reason for hours, told to her, checked by a privacy officer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known, shown
from services.directory.api.parts import (
    ENTRY,
    OFFICER,
    PARTY,
    PERSON,
    PERSONS,
    RECORDED,
    EmergencyAccessSchema,
    RecordedSchema,
    said,
)
from services.directory.domain.emergency import (
    OUTCOMES,
    CloseEmergencyAccess,
    OpenEmergencyAccess,
    ReviewEmergencyAccess,
)
from services.directory.domain.relations import Relations, stream_of
from shared.http.answers import BareSchema
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Moment, Strict, Words, many, one_of, with_act
from shared.kernel import Act, Invalid


class OpenEmergencyAccessSchema(Strict):
    reason = Words(longest=1000, required=True)
    expires = Moment(required=True)
    act = with_act()


class ReviewEmergencyAccessSchema(Strict):
    outcome = one_of(OUTCOMES, required=True)
    words = Words(longest=1000)
    act = with_act()


class EmergencyAccessesSchema(RecordedSchema):
    person = Id(required=True)
    emergency_accesses = many(fields.Nested(EmergencyAccessSchema), 1000)


ASKED = {
    "reason": "Inquiétude pour sa sécurité, appel d’un proche.",
    "expires": "2026-07-11T22:00:00-04:00",
}
CHECKED = {"outcome": "justified", "words": "Réjean est averti."}
OPENED = {
    "id": ENTRY,
    "party": PARTY,
    **ASKED,
    "opened": "2026-07-12T01:00:00+00:00",
    "closed": None,
    "outcome": None,
    "review": None,
    "reviewer": None,
}
CLOSED = {**OPENED, "closed": "2026-07-12T01:30:00+00:00"}
REVIEWED = {
    **CLOSED,
    "outcome": CHECKED["outcome"],
    "review": CHECKED["words"],
    "reviewer": OFFICER,
}


def example(access: dict[str, Any]) -> dict[str, Any]:
    return {"person": PERSON, "emergency_accesses": [access], **RECORDED}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "emergency_accesses",
        __name__,
        url_prefix=f"{PERSONS}/emergency-accesses",
        description="A look without a care relation: with a reason, for hours, always checked.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Open emergency access for oneself, 72 hours at most.")
    @blueprint.arguments(OpenEmergencyAccessSchema, example=ASKED)
    @blueprint.response(201, EmergencyAccessesSchema, example=example(OPENED))
    def open_access(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.emergency.open", person=person)
        if not hasattr(body["expires"], "hour"):
            raise Invalid("moment.invalid", field="expires")
        command = OpenEmergencyAccess(act=act, stream=stream_of(person), **said(body))
        done = desk.execute(Relations, command)
        return desk.answer(done, told(done.state, act))

    @blueprint.post("/<uuid:access>/closures")
    @blueprint.doc(summary="Close it before it ends by itself.")
    @blueprint.arguments(BareSchema, example={})
    @blueprint.response(201, EmergencyAccessesSchema, example=example(CLOSED))
    def close(body: dict[str, Any], person: UUID, access: UUID) -> Response:
        act = desk.act(body, may="directory.emergency.close", person=person)
        command = CloseEmergencyAccess(act=act, stream=stream_of(person), access=access)
        done = desk.execute(Relations, command)
        return desk.answer(done, told(done.state, act))

    @blueprint.post("/<uuid:access>/reviews")
    @blueprint.doc(summary="Check it, as a privacy officer who did not open it.")
    @blueprint.arguments(ReviewEmergencyAccessSchema, example=CHECKED)
    @blueprint.response(201, EmergencyAccessesSchema, example=example(REVIEWED))
    def review(body: dict[str, Any], person: UUID, access: UUID) -> Response:
        act = desk.act(body, may="directory.emergency.review", person=person)
        command = ReviewEmergencyAccess(
            act=act, stream=stream_of(person), access=access, **said(body)
        )
        done = desk.execute(Relations, command)
        return desk.answer(done, told(done.state, act))

    return blueprint


def told(state: Relations, act: Act) -> dict[str, Any]:
    """Every access to a privacy officer; to whoever opened some, those."""
    accesses = shown.emergency_accesses(state, known.day_of(act))
    if act.role_of(act.actor) != "privacy_officer":
        accesses = [access for access in accesses if access["party"] == act.actor]
    return {"person": act.subject, "emergency_accesses": accesses}
