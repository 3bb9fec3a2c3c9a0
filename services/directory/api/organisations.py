"""Organisations: registered by an operator of the installation, read by those who belong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import uuid5

from flask import Response
from marshmallow import fields

from services.directory.api import known
from services.directory.api.parts import (
    PROGRAMME,
    RECORDED,
    SITE,
    ProgrammeSchema,
    RecordedSchema,
    SiteSchema,
    said,
)
from services.directory.api.posters import POSTER, poster_of
from services.directory.domain.events import OwnWord
from services.directory.domain.organisation import (
    ADDRESS_FORMS,
    LOCALES,
    OWN_WORDS,
    Organisation,
    RegisterOrganisation,
)
from services.directory.domain.party import Party, Post, RegisterParty
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Whole, Words, many, one_of

ORGANISATION = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b00"


class OwnWordSchema(Strict):
    word = one_of(OWN_WORDS, required=True)
    text = Words(longest=60, required=True)


class HelpLineSchema(Strict):
    fr = Words(longest=200, required=True)
    en = Words(longest=200, required=True)


class ReadingDelaySchema(Strict):
    fr = Words(longest=80, required=True)
    en = Words(longest=80, required=True)


class AgeOfConsentSchema(Strict):
    """`fr` and `en` name the law that says so."""

    age = Whole(least=12, most=18, required=True)
    fr = Words(longest=200, required=True)
    en = Words(longest=200, required=True)


class FirstAdministratorSchema(Strict):
    id = Id()
    name = Words(longest=120, required=True)
    sign_in_subject = Words(longest=200, required=True)
    sign_in_issuer = Words(longest=200)


class RegisterOrganisationSchema(Strict):
    id = Id()
    name = Words(longest=200, required=True)
    country = Words(longest=6, required=True)
    locale = one_of(LOCALES, required=True)
    timezone = Words(longest=60, required=True)
    address_form = one_of(ADDRESS_FORMS)
    words = many(fields.Nested(OwnWordSchema), len(OWN_WORDS))
    administrator = fields.Nested(FirstAdministratorSchema, required=True)


class OrganisationSchema(RecordedSchema):
    """`ready`: help lines and reading delay are known, so that its portal may open.

    `poster` leads anyone to the help lines, without signing in: to be printed.
    """

    id = Id(required=True)
    name = fields.String(required=True)
    country = fields.String(required=True)
    locale = fields.String(required=True)
    timezone = fields.String(required=True)
    address_form = fields.String(required=True)
    words = many(fields.Nested(OwnWordSchema), len(OWN_WORDS))
    help_lines = many(fields.Nested(HelpLineSchema), 20)
    reading_delay = fields.Nested(ReadingDelaySchema, allow_none=True)
    age_of_consent = fields.Nested(AgeOfConsentSchema, allow_none=True)
    ready = fields.Boolean(required=True)
    poster = fields.String(required=True)
    sites = many(fields.Nested(SiteSchema), 1000)
    programmes = many(fields.Nested(ProgrammeSchema), 1000)
    administrator = Id()


ASKED = {
    "name": "Centre de réadaptation du Grand-Héron",
    "country": "CA-QC",
    "locale": "fr-CA",
    "timezone": "America/Toronto",
    "words": [{"word": "practitioner", "text": "intervenant"}],
    "administrator": {"name": "Patrick Hébert", "sign_in_subject": "patrick"},
}
EXAMPLE: Mapping[str, Any] = {
    "id": ORGANISATION,
    "name": "Centre de réadaptation du Grand-Héron",
    "country": "CA-QC",
    "locale": "fr-CA",
    "timezone": "America/Toronto",
    "address_form": "vous",
    "words": [{"word": "practitioner", "text": "intervenant"}],
    "help_lines": [{"fr": "Danger immédiat : 9-1-1", "en": "Immediate danger: 9-1-1"}],
    "reading_delay": {"fr": "deux jours ouvrables", "en": "two working days"},
    "age_of_consent": {
        "age": 14,
        "fr": "Code civil du Québec, art. 14",
        "en": "Civil Code of Québec, s. 14",
    },
    "ready": True,
    "poster": POSTER,
    "sites": [
        {
            "id": SITE,
            "name": "Maison du Quai",
            "town": "Rivière-aux-Aulnes",
            "kind": "hébergement",
            "open": True,
        }
    ],
    "programmes": [{"id": PROGRAMME, "site": SITE, "name": "Hébergement", "open": True}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "organisations", __name__, url_prefix="/v1", description="Who runs this, and where."
    )

    @blueprint.post("/organisations")
    @blueprint.doc(summary="Register an organisation and its first administrator (operator).")
    @blueprint.arguments(RegisterOrganisationSchema, example=ASKED)
    @blueprint.response(201, OrganisationSchema, example={**EXAMPLE, **RECORDED})
    def register(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.organisation.register")
        asked = said(body, "words", "administrator")
        words = tuple(OwnWord(**word) for word in body.get("words", ()))
        first = {"id": uuid5(act.command, "administrator"), **body["administrator"]}
        done = desk.execute(
            Organisation,
            RegisterOrganisation(act=act, stream=act.tenant, words=words, **asked),
        )
        # a request cut in two is finished by sending it again: both commands are harmless twice
        desk.ledger.execute(
            Party,
            RegisterParty(
                act=act,
                stream=first["id"],
                kind="staff",
                posts=(Post("administrator"),),
                **said(first),
            ),
        )
        return desk.answer(done, {**shown(desk, done.state), "administrator": first["id"]})

    @blueprint.get("/organisation")
    @blueprint.doc(summary="The organisation one belongs to.")
    @blueprint.response(200, OrganisationSchema, example=EXAMPLE)
    def read() -> Response:
        caller = desk.caller(may="directory.organisation.read")
        state = known.organisation(desk, caller.tenant)
        return desk.answer_read(shown(desk, state), state.version)

    return blueprint


def shown(desk: Desk, state: Organisation) -> dict[str, Any]:
    told, delay, age = state.profile, state.reading_delay, state.age_of_consent
    named = ("name", "country", "locale", "timezone", "address_form")
    return {
        "id": state.id,
        **{name: getattr(told, name, None) for name in named},
        "words": [asdict(word) for word in told.words] if told else [],
        "help_lines": [asdict(line) for line in state.help_lines],
        "reading_delay": dict(zip(("fr", "en"), delay, strict=True)) if delay else None,
        "age_of_consent": dict(zip(("age", "fr", "en"), age, strict=True)) if age else None,
        "ready": state.ready,
        "poster": poster_of(desk, state.id),
        "sites": [asdict(site) for site in state.places.sites.values()],
        "programmes": [asdict(programme) for programme in state.places.programmes.values()],
    }
