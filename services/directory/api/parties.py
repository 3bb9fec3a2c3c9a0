"""Parties: staff, relatives, representatives, assistants and partner systems."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known
from services.directory.api.parts import (
    PARTY,
    RECORDED,
    SITE,
    ByNameQuery,
    RecordedSchema,
    RoleSchema,
    said,
)
from services.directory.domain.party import ROLES_OF, Party, Post, RegisterParty
from services.directory.views import people
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Words, many, one_of, with_act
from shared.kernel import ROLES, NotFound


class PostSchema(Strict):
    role = one_of(ROLES, required=True)
    site = Id()
    job = Words(longest=120)


class RegisterPartySchema(Strict):
    id = Id()
    kind = one_of(ROLES_OF, required=True)
    name = Words(longest=120, required=True)
    sign_in_subject = Words(longest=200)
    sign_in_issuer = Words(longest=200)
    roles = many(fields.Nested(PostSchema), 20)
    act = with_act()


class PartySchema(RecordedSchema):
    id = Id(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    sign_in_subject = fields.String(allow_none=True)
    roles = many(fields.Nested(RoleSchema), 100)
    left = fields.Boolean(required=True)


class ListedSchema(Strict):
    id = Id(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    sign_in_subject = fields.String(allow_none=True)
    roles = many(fields.Nested(RoleSchema), 100)
    left_at = fields.DateTime(allow_none=True)


class PartiesSchema(Strict):
    parties = many(fields.Nested(ListedSchema), 200)


POST = {"role": "practitioner", "site": SITE, "job": "éducateur spécialisé"}
KARIM = {"kind": "staff", "name": "Karim Belhadj", "sign_in_subject": "karim", "roles": [POST]}
SHOWN = {"id": PARTY, **KARIM, "left": False}
LISTED = {"parties": [{"id": PARTY, **KARIM, "left_at": None}]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "parties", __name__, url_prefix="/v1/parties", description="Who takes part, in which role."
    )

    @blueprint.post("")
    @blueprint.doc(summary="Register someone who works here, or is near someone served here.")
    @blueprint.arguments(RegisterPartySchema, example=KARIM)
    @blueprint.response(201, PartySchema, example=SHOWN | RECORDED)
    def register(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.party.register")
        who = body.get("id") or desk.stream("party")
        posts = tuple(Post(**post) for post in body.get("roles", ()))
        for post in posts:
            if post.site is not None:
                known.place(desk, act.tenant, post.site)
        known.free_sign_in(desk, act.tenant, body.get("sign_in_subject"), who)
        command = RegisterParty(act=act, stream=who, posts=posts, **said(body, "roles"))
        done = desk.execute(Party, command)
        return desk.answer(done, shown(done.state))

    @blueprint.get("")
    @blueprint.doc(summary="Who is registered here, by name; the persons served are listed apart.")
    @blueprint.arguments(ByNameQuery, location="query")
    @blueprint.response(200, PartiesSchema, example=LISTED)
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="directory.party.read")
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        rows = desk.view(
            caller.tenant,
            lambda c: people.page(
                c,
                persons=False,
                after=page.after,
                limit=page.limit,
                within=query.get("name", ""),
            ),
        )
        last = (rows[-1]["name"], rows[-1]["id"]) if len(rows) == page.limit else None
        answer = desk.answer_read({"parties": rows})
        return pages.turned(answer, page, last, tenant=caller.tenant, reader=caller.party)

    @blueprint.get("/<uuid:party>")
    @blueprint.doc(summary="One of them.")
    @blueprint.response(200, PartySchema, example=SHOWN)
    def read(party: UUID) -> Response:
        caller = desk.caller(may="directory.party.read")
        state = desk.ledger.load(Party, caller.tenant, party, subject=caller.tenant)
        if state.profile is None:
            raise NotFound("stream.unknown")
        return desk.answer_read(shown(state), state.version)

    return blueprint


def shown(state: Party) -> dict[str, Any]:
    told = state.profile
    return {
        "id": state.id,
        "kind": told and told.kind,
        "name": state.name,
        "sign_in_subject": told and told.sign_in_subject,
        "roles": [asdict(post) for post in state.posts.values()],
        "left": state.left,
    }
