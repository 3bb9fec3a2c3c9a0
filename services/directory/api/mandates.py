"""Audit mandates: given to an auditor for a purpose and a period; words only by order of the law."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known
from services.directory.api.parts import MANDATE, PARTY, RECORDED, SITE, RecordedSchema, said
from services.directory.domain.mandate import EndAuditMandate, GiveAuditMandate, Mandate
from services.directory.views import mandates
from shared.access.standing import Caller
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Day, Flag, Id, Strict, Words, many, with_act
from shared.kernel import Invalid, NotFound


class GiveAuditMandateSchema(Strict):
    id = Id()
    auditor = Id(required=True)
    purpose = Words(longest=500, required=True)
    begins = Day(required=True)
    until = Day(required=True)
    sites = many(Id(), 100)
    programmes = many(Id(), 100)
    words_allowed = Flag()
    legal_basis = Words(longest=500)
    act = with_act()


class EndAuditMandateSchema(Strict):
    reason = Words(longest=1000)
    act = with_act()


class MandateSchema(RecordedSchema):
    id = Id(required=True)
    auditor = Id(required=True)
    purpose = fields.String(required=True)
    begins = Day(required=True)
    until = Day(required=True)
    sites = many(Id(), 100)
    programmes = many(Id(), 100)
    words_allowed = fields.Boolean(required=True)
    legal_basis = fields.String(allow_none=True)
    ended = fields.Boolean(required=True)


class ListedMandateSchema(Strict):
    id = Id(required=True)
    auditor = Id(required=True)
    name = fields.String(allow_none=True)
    begins = Day(required=True)
    until = Day(required=True)
    sites = many(Id(), 100)
    programmes = many(Id(), 100)
    words_allowed = fields.Boolean(required=True)
    ended = Day(allow_none=True)


class MandatesSchema(Strict):
    audit_mandates = many(fields.Nested(ListedMandateSchema), 200)


ASKED = {
    "auditor": PARTY,
    "purpose": "Vérification annuelle",
    "begins": "2026-01-05",
    "until": "2026-12-31",
    "sites": [SITE],
}
SHOWN = {
    "id": MANDATE,
    **ASKED,
    "programmes": [],
    "words_allowed": False,
    "legal_basis": None,
    "ended": False,
}
LISTED = {
    "id": MANDATE,
    "name": "Étienne Vachon",
    "auditor": PARTY,
    "begins": "2026-01-05",
    "until": "2026-12-31",
    "sites": [SITE],
    "programmes": [],
    "words_allowed": False,
    "ended": None,
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "audit_mandates",
        __name__,
        url_prefix="/v1/audit-mandates",
        description="Who may read the histories, why, and from when to when.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Give a mandate to an auditor.")
    @blueprint.arguments(GiveAuditMandateSchema, example=ASKED)
    @blueprint.response(201, MandateSchema, example=SHOWN | RECORDED)
    def give(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.mandate")
        known.party(desk, act.tenant, body["auditor"], role="auditor", field="auditor")
        require_places(desk, act.tenant, body)
        reach = {name: tuple(body.get(name, ())) for name in ("sites", "programmes")}
        stream = body.get("id") or desk.stream("mandate")
        command = GiveAuditMandate(act=act, stream=stream, **said(body) | reach)
        done = desk.execute(Mandate, command)
        return desk.answer(done, shown(done.state))

    @blueprint.get("")
    @blueprint.doc(summary="The mandates given, the latest first; to an auditor, their own.")
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, MandatesSchema, example={"audit_mandates": [LISTED]})
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="directory.mandate.read")
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        rows = desk.view(
            caller.tenant,
            lambda c: mandates.page(c, whose=only(caller), after=page.after, limit=page.limit),
        )
        last = mandates.place(rows[-1]) if len(rows) == page.limit else None
        answer = desk.answer_read({"audit_mandates": rows})
        return pages.turned(answer, page, last, tenant=caller.tenant, reader=caller.party)

    @blueprint.get("/<uuid:mandate>")
    @blueprint.doc(summary="One mandate.")
    @blueprint.response(200, MandateSchema, example=SHOWN)
    def read(mandate: UUID) -> Response:
        caller = desk.caller(may="directory.mandate.read")
        state = known.mandate(desk, caller.tenant, mandate)
        if only(caller) not in (None, getattr(state.given, "auditor", None)):
            raise NotFound("stream.unknown")
        return desk.answer_read(shown(state), state.version)

    @blueprint.post("/<uuid:mandate>/endings")
    @blueprint.doc(summary="End a mandate before its last day.")
    @blueprint.arguments(EndAuditMandateSchema, example={"reason": "Vérification terminée."})
    @blueprint.response(201, MandateSchema, example=SHOWN | {"ended": True} | RECORDED)
    def end(body: dict[str, Any], mandate: UUID) -> Response:
        act = desk.act(body, may="directory.mandate")
        done = desk.execute(Mandate, EndAuditMandate(act=act, stream=mandate, **said(body)))
        return desk.answer(done, shown(done.state))

    return blueprint


def only(caller: Caller) -> UUID | None:
    """An auditor reads the mandates given to him or her, and no others."""
    return None if {"administrator", "privacy_officer"} & set(caller.roles) else caller.party


def require_places(desk: Desk, tenant: UUID, body: dict[str, Any]) -> None:
    """A mandate may cover what is closed since, but nothing unknown."""
    places = known.organisation(desk, tenant).places
    if not set(body.get("sites", ())) <= places.sites.keys():
        raise Invalid("site.unknown", field="sites")
    if not set(body.get("programmes", ())) <= places.programmes.keys():
        raise Invalid("programme.unknown", field="programmes")


def shown(state: Mandate) -> dict[str, Any]:
    own = (
        "auditor",
        "purpose",
        "begins",
        "until",
        "sites",
        "programmes",
        "words_allowed",
        "legal_basis",
    )
    told = {name: getattr(state.given, name, None) for name in own}
    return {"id": state.id, **told, "ended": state.ended}
