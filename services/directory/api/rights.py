"""Rights: what she asks for under the law, and what a privacy officer answers in time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known, shown
from services.directory.api.parts import (
    ENTRY,
    PERSON,
    PERSONS,
    RECORDED,
    ErasureStageSchema,
    RecordedSchema,
    RightSchema,
    said,
)
from services.directory.domain.organisation import Organisation
from services.directory.domain.relations import Relations, stream_of
from services.directory.domain.rights import (
    OUTCOMES,
    RECOURSES,
    RIGHTS,
    AnswerRight,
    ExtendRight,
    RequestRight,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.language import asked_locale
from shared.http.schemas import Day, Id, Strict, Words, many, one_of, with_act
from shared.kernel import Act


class RequestRightSchema(Strict):
    """`statement`: for an erasure, the version that was read of what goes and what stays."""

    right = one_of(RIGHTS, required=True)
    due = Day()
    words = Words(longest=2000)
    about = Id(metadata={"description": "A look at her record that worries her, or an entry."})
    statement = Words(longest=20)
    act = with_act()


class AnswerRightSchema(Strict):
    outcome = one_of(OUTCOMES, required=True)
    reason = Words(longest=2000)
    recourse = Words(longest=1000)
    act = with_act()


class ExtendRightSchema(Strict):
    due = Day(required=True)
    reason = Words(longest=2000, required=True)
    act = with_act()


class RightsSchema(RecordedSchema):
    person = Id(required=True)
    rights = many(fields.Nested(RightSchema), 1000)
    erasures = many(fields.Nested(ErasureStageSchema), 100)


ASKED = {"right": "copy", "due": "2026-10-01"}
OPEN = {
    "id": ENTRY,
    **ASKED,
    "asked": "2026-09-01",
    "words": None,
    "outcome": None,
    "reason": None,
    "recourse": None,
    "answered": None,
    "about": None,
    "extended": None,
}
ANSWERED = {**OPEN, "outcome": "granted", "answered": "2026-09-15"}
LATER = {"due": "2026-10-11", "reason": "Le dossier couvre vingt ans."}
EXTENDED = {**OPEN, "due": LATER["due"], "extended": LATER["reason"]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "rights", __name__, url_prefix=f"{PERSONS}/rights", description="What the law gives her."
    )

    @blueprint.post("")
    @blueprint.doc(summary="Ask for a right; due within a month.")
    @blueprint.arguments(RequestRightSchema, example=ASKED)
    @blueprint.response(201, RightsSchema, example={"person": PERSON, "rights": [OPEN], **RECORDED})
    def request_right(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.right.request", person=person)
        read = {"language": asked_locale().partition("-")[0], **said(body)}
        command = RequestRight(act=act, stream=stream_of(person), **read)
        done = desk.execute(Relations, command)
        return desk.answer(done, told(done.state, act))

    @blueprint.post("/<uuid:request>/answers")
    @blueprint.doc(summary="Answer: granted, or partly or refused with a reason and a recourse.")
    @blueprint.arguments(AnswerRightSchema, example={"outcome": "granted"})
    @blueprint.response(
        201, RightsSchema, example={"person": PERSON, "rights": [ANSWERED], **RECORDED}
    )
    def answer_right(body: dict[str, Any], person: UUID, request: UUID) -> Response:
        act = desk.act(body, may="directory.right.answer", person=person)
        house = known.organisation(desk, act.tenant)
        asked = {"delay": house.erasure_delay, **said(body)}
        if body["outcome"] != "granted":
            # whom to turn to follows from the country, where the officer names nobody else
            asked = {"recourse": RECOURSES.get(country_of(house)), **asked}
        command = AnswerRight(act=act, stream=stream_of(person), request=request, **asked)
        done = desk.execute(Relations, command)
        return desk.answer(done, told(done.state, act))

    @blueprint.post("/<uuid:request>/extensions")
    @blueprint.doc(summary="Put the answer off, once, with a reason, as far as the law allows.")
    @blueprint.arguments(ExtendRightSchema, example=LATER)
    @blueprint.response(
        201, RightsSchema, example={"person": PERSON, "rights": [EXTENDED], **RECORDED}
    )
    def extend_right(body: dict[str, Any], person: UUID, request: UUID) -> Response:
        act = desk.act(body, may="directory.right.answer", person=person)
        country = country_of(known.organisation(desk, act.tenant))
        asked = {"request": request, "country": country, **said(body)}
        done = desk.execute(Relations, ExtendRight(act=act, stream=stream_of(person), **asked))
        return desk.answer(done, told(done.state, act))

    return blueprint


def country_of(house: Organisation) -> str:
    return house.profile.country if house.profile else ""


def told(state: Relations, act: Act) -> dict[str, Any]:
    """All to herself and to who answers them; to someone who asked for her, only what they asked."""
    rights = shown.rights(state, known.day_of(act))
    if act.actor != act.subject and act.role_of(act.actor) != "privacy_officer":
        rights = [right for right in rights if state.entries[right["id"]].act.actor == act.actor]
    shown_ids = {right["id"] for right in rights}
    erasures = [x for x in shown.erasures(state, known.day_of(act)) if x["request"] in shown_ids]
    return {"person": act.subject, "rights": rights, "erasures": erasures}
