"""Notices she was given, and the way of working she agreed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known, shown
from services.directory.api.parts import (
    PERSON,
    PERSONS,
    RECORDED,
    NoticeSchema,
    RecordedSchema,
    WayOfWorkingSchema,
    said,
)
from services.directory.domain.checked import TABS
from services.directory.domain.notices import (
    FIRSTS,
    FORMS,
    LANGUAGES,
    TEXTS,
    AgreeWayOfWorking,
    GiveNotice,
)
from services.directory.domain.relations import Relations, stream_of
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Words, many, one_of, with_act


class GiveNoticeSchema(Strict):
    text = one_of(TEXTS, required=True)
    version = Words(longest=40, required=True)
    language = one_of(LANGUAGES, required=True)
    form = one_of(FORMS)
    act = with_act()


class AgreeWayOfWorkingSchema(Strict):
    first = one_of(FIRSTS, required=True)
    pace = Words(longest=200)
    tabs = many(one_of(TABS), len(TABS))
    words = Words(longest=1000)
    act = with_act()


class NoticesSchema(RecordedSchema):
    person = Id(required=True)
    notices = many(fields.Nested(NoticeSchema), 1000)


class AgreedSchema(RecordedSchema):
    person = Id(required=True)
    way_of_working = fields.Nested(WayOfWorkingSchema)


WELCOME = {"text": "welcome", "version": "2026-01", "language": "fr-CA", "form": "aloud"}
NOTICES = [{**WELCOME, "given": "2026-01-13T19:00:00+00:00"}]
AGREED = {
    "first": "alone",
    "words": "Je regarde l’outil tout seul d’abord. On en parle après.",
}
WAY: dict[str, Any] = {"pace": None, "tabs": [], **AGREED}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "notices", __name__, url_prefix=PERSONS, description="What she was told, how she works."
    )

    @blueprint.post("/notices")
    @blueprint.doc(summary="Note that a text was given to her: which version, and how.")
    @blueprint.arguments(GiveNoticeSchema, example=WELCOME)
    @blueprint.response(
        201, NoticesSchema, example={"person": PERSON, "notices": NOTICES, **RECORDED}
    )
    def give(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.notice.give", person=person)
        command = GiveNotice(act=act, stream=stream_of(person), **said(body))
        done = desk.execute(Relations, command)
        given = shown.notices(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "notices": given})

    @blueprint.post("/way-of-working")
    @blueprint.doc(summary="Say how she wants to work: alone first or together, at her pace.")
    @blueprint.arguments(AgreeWayOfWorkingSchema, example=AGREED)
    @blueprint.response(
        201, AgreedSchema, example={"person": PERSON, "way_of_working": WAY, **RECORDED}
    )
    def agree(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.way_of_working", person=person)
        asked = said(body) | {"tabs": tuple(body.get("tabs", ()))}
        done = desk.execute(
            Relations, AgreeWayOfWorking(act=act, stream=stream_of(person), **asked)
        )
        way = shown.way_of_working(done.state, known.day_of(act))
        return desk.answer(done, {"person": person, "way_of_working": way})

    return blueprint
