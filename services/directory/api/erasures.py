"""Erasing all that is kept of a person: what she reads first, calling it off, what was certified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known, rights
from services.directory.api.parts import (
    ENTRY,
    OFFICER,
    PERSON,
    PERSONS,
    RECORDED,
    RecordedSchema,
    said,
)
from services.directory.domain.erasure import LONGEST_DELAY, STATEMENT, CallOffErasure
from services.directory.domain.organisation import Organisation, SetErasureDelay
from services.directory.domain.relations import Relations, stream_of
from services.directory.domain.statement import statement
from services.directory.views import erasures
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.language import asked_locale
from shared.http.pages import PageQuery
from shared.http.schemas import Id, Strict, Whole, many, with_act

CALLED_OFF = {"person": PERSON, "rights": [rights.ANSWERED]}


class StatementSchema(Strict):
    """`version` is what a request for erasure says was read."""

    version = fields.String(required=True)
    language = fields.String(required=True)
    days = fields.Integer(required=True)
    goes = many(fields.String(), 10)
    stays = many(fields.String(), 10)
    when = many(fields.String(), 10)


class DelaySchema(Strict):
    days = Whole(least=1, most=LONGEST_DELAY, required=True)
    act = with_act()


class SetDelaySchema(RecordedSchema):
    days = fields.Integer(required=True)


class BareSchema(Strict):
    act = with_act()


class ErasedLogSchema(Strict):
    service = fields.String(required=True)
    position = fields.Integer(required=True)
    entries = fields.Integer(required=True)


class ErasureSchema(Strict):
    """Whose it is nobody can tell any more; `logs` say where each service's log has it."""

    id = Id(required=True)
    stage = fields.String(required=True)
    granted = fields.DateTime(required=True)
    after = fields.DateTime(required=True)
    officer = Id(required=True)
    certified = fields.DateTime(allow_none=True)
    logs = many(fields.Nested(ErasedLogSchema), 20)


class ErasuresSchema(Strict):
    erasures = many(fields.Nested(ErasureSchema), 200)


DAY = "T15:00:00+00:00"
ERASURE = {
    "id": ENTRY,
    "stage": "certified",
    "granted": f"2026-09-01{DAY}",
    "after": f"2026-09-08{DAY}",
    "officer": OFFICER,
    "certified": f"2026-09-08{DAY}",
    "logs": [{"service": "plans", "position": 412, "entries": 31}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "erasures", __name__, url_prefix="/v1", description="Erasing all that is kept of a person."
    )

    @blueprint.get("/erasure-statement")
    @blueprint.doc(summary="What goes and what stays: read before asking for it.")
    @blueprint.response(200, StatementSchema, example={"days": 7, **example()})
    def read_statement() -> Response:
        caller = desk.caller(may="directory.organisation.read")
        days = known.organisation(desk, caller.tenant).erasure_delay
        language = asked_locale().partition("-")[0]
        told = {"version": STATEMENT, "language": language, "days": days}
        return desk.answer_read({**told, **statement(STATEMENT, language, days)})

    @blueprint.put("/erasure-delay")
    @blueprint.doc(summary="For how many days an erasure that was granted can be called off.")
    @blueprint.arguments(DelaySchema, example={"days": 7})
    @blueprint.response(200, SetDelaySchema, example={"days": 7, **RECORDED})
    def set_delay(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.erasure.delay")
        done = desk.execute(Organisation, SetErasureDelay(act=act, stream=act.tenant, **said(body)))
        return desk.answer(done, {"days": done.state.erasure_delay}, 200)

    @blueprint.get("/erasures")
    @blueprint.doc(
        summary="The erasures granted, the latest first, and what was certified of them."
    )
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, ErasuresSchema, example={"erasures": [ERASURE]})
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="directory.person.erase")
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        rows = desk.view(
            caller.tenant, lambda c: erasures.page(c, after=page.after, limit=page.limit)
        )
        last = (rows[-1]["granted"], rows[-1]["id"]) if len(rows) == page.limit else None
        answer = desk.answer_read({"erasures": rows})
        return pages.turned(answer, page, last, tenant=caller.tenant, reader=caller.party)

    @blueprint.post(f"{PERSONS.removeprefix('/v1')}/erasures/<uuid:erasure>/callings-off")
    @blueprint.doc(summary="Call an erasure off, until its day: nothing was erased.")
    @blueprint.arguments(BareSchema, example={})
    @blueprint.response(201, rights.RightsSchema, example=CALLED_OFF | RECORDED)
    def call_off(body: dict[str, Any], person: UUID, erasure: UUID) -> Response:
        act = desk.act(body, may="directory.erasure.call_off", person=person)
        command = CallOffErasure(act=act, stream=stream_of(person), erasure=erasure)
        done = desk.execute(Relations, command)
        return desk.answer(done, rights.told(done.state, act))

    return blueprint


def example() -> dict[str, Any]:
    return {"version": STATEMENT, "language": "fr", **statement(STATEMENT, "fr", 7)}
