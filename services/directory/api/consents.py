"""Consents: given and ended by herself; one noted for her waits until she confirms it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api import known, shown
from services.directory.api.parts import (
    ENTRY,
    PARTY,
    PERSON,
    PERSONS,
    RECORDED,
    ConsentSchema,
    RecordedSchema,
    said,
)
from services.directory.domain.checked import TABS
from services.directory.domain.consents import CATEGORIES, PURPOSES, GiveConsent, WithdrawConsent
from services.directory.domain.relations import Relations, stream_of
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Strict, Words, many, one_of, with_act
from shared.kernel import Act


class GiveConsentSchema(Strict):
    audience = Id()
    category = one_of(CATEGORIES)
    tabs = many(one_of(TABS), len(TABS), required=True)
    purpose = one_of(PURPOSES, required=True)
    until = Day(required=True)
    words = Words(longest=1000)
    ethics = Words(longest=200)
    act = with_act()


class WithdrawConsentSchema(Strict):
    words = Words(longest=1000)
    act = with_act()


class ConsentsSchema(RecordedSchema):
    person = Id(required=True)
    consents = many(fields.Nested(ConsentSchema), 1000)


TO_DIANE = {
    "audience": PARTY,
    "tabs": ["quality_of_life", "plan"],
    "purpose": "care",
    "until": "2026-04-06",
}
GIVEN = {
    "id": ENTRY,
    **TO_DIANE,
    "category": None,
    "words": None,
    "ethics": None,
    "in_force": True,
    "attestation": "own",
}
SHOWN = {"person": PERSON, "consents": [GIVEN], **RECORDED}
WITHDRAWN = {**SHOWN, "consents": [{**GIVEN, "in_force": False}]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "consents",
        __name__,
        url_prefix=f"{PERSONS}/consents",
        description="To whom she shows what, what for and until when.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Let someone, or all of a category, see some tabs until a day.")
    @blueprint.arguments(GiveConsentSchema, example=TO_DIANE)
    @blueprint.response(201, ConsentsSchema, example=SHOWN)
    def give(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, may="directory.consent.give", person=person)
        if audience := body.get("audience"):
            known.audience(desk, act.tenant, audience, body["purpose"])
        age = known.age_of_consent(desk, act.tenant)
        asked = said(body) | {"tabs": tuple(body["tabs"]), "age_of_consent": age}
        done = desk.execute(Relations, GiveConsent(act=act, stream=stream_of(person), **asked))
        return desk.answer(done, told(done.state, act))

    @blueprint.post("/<uuid:consent>/withdrawals")
    @blueprint.doc(summary="End a consent: simply, and without saying why.")
    @blueprint.arguments(WithdrawConsentSchema, example={"words": "Je lui raconterai moi-même."})
    @blueprint.response(201, ConsentsSchema, example=WITHDRAWN)
    def withdraw(body: dict[str, Any], person: UUID, consent: UUID) -> Response:
        act = desk.act(body, may="directory.consent.withdraw", person=person)
        command = WithdrawConsent(act=act, stream=stream_of(person), consent=consent, **said(body))
        done = desk.execute(Relations, command)
        return desk.answer(done, told(done.state, act))

    return blueprint


def told(state: Relations, act: Act) -> dict[str, Any]:
    """All of hers to herself; to someone who notes for her, only what he or she noted."""
    consents = shown.consents(state, known.day_of(act))
    if act.actor != act.subject:
        noted = {entry.id for entry in state.entries.values() if entry.act.actor == act.actor}
        consents = [consent for consent in consents if consent["id"] in noted]
    return {"person": act.subject, "consents": consents}
