"""Roles of a party, granted and revoked; and the day someone leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response

from services.directory.api import known
from services.directory.api.parties import POST, SHOWN, PartySchema, PostSchema, shown
from services.directory.api.parts import RECORDED, SITE, said
from services.directory.domain.care import EndCareRelation
from services.directory.domain.party import GrantRole, LeaveParty, Party, RevokeRole
from services.directory.domain.relations import Relations, stream_of
from services.directory.views import around
from shared.http.answers import BareSchema
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, one_of, with_act
from shared.kernel import ROLES, Act


class GrantRoleSchema(PostSchema):
    act = with_act()


class RevokeRoleSchema(Strict):
    role = one_of(ROLES, required=True)
    site = Id()
    act = with_act()


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "roles",
        __name__,
        url_prefix="/v1/parties/<uuid:party>",
        description="What someone does here, where, until when.",
    )

    @blueprint.post("/roles")
    @blueprint.doc(summary="Grant a role, at one site or in the whole organisation.")
    @blueprint.arguments(GrantRoleSchema, example=POST)
    @blueprint.response(201, PartySchema, example=SHOWN | RECORDED)
    def grant(body: dict[str, Any], party: UUID) -> Response:
        act = desk.act(body, may="directory.role.grant")
        if site := body.get("site"):
            known.place(desk, act.tenant, site)
        done = desk.execute(Party, GrantRole(act=act, stream=party, **said(body)))
        return desk.answer(done, shown(done.state))

    @blueprint.post("/role-revocations")
    @blueprint.doc(summary="End a role: at one site, or everywhere when none is named.")
    @blueprint.arguments(RevokeRoleSchema, example={"role": "practitioner", "site": SITE})
    @blueprint.response(201, PartySchema, example=SHOWN | {"roles": []} | RECORDED)
    def revoke(body: dict[str, Any], party: UUID) -> Response:
        act = desk.act(body, may="directory.role.grant")
        done = desk.execute(Party, RevokeRole(act=act, stream=party, **said(body)))
        return desk.answer(done, shown(done.state))

    @blueprint.post("/departures")
    @blueprint.doc(summary="Someone leaves: the roles end, and every care relation with them.")
    @blueprint.arguments(BareSchema, example={})
    @blueprint.response(201, PartySchema, example=SHOWN | {"roles": [], "left": True} | RECORDED)
    def leave(body: dict[str, Any], party: UUID) -> Response:
        act = desk.act(body, may="directory.party.register")
        done = desk.execute(Party, LeaveParty(act=act, stream=party))
        end_care_relations(desk, act, party)
        return desk.answer(done, shown(done.state))

    return blueprint


def end_care_relations(desk: Desk, act: Act, party: UUID) -> None:
    """Each person whom they accompanied finds the end of it in her own record."""
    for person, relation in desk.view(act.tenant, lambda c: around.care_relations(c, party)):
        about_her = replace(act, subject=person)
        command = EndCareRelation(act=about_her, stream=stream_of(person), relation=relation)
        desk.ledger.execute(Relations, command)
