"""From which birthday one consents alone in this organisation, by which law."""

from __future__ import annotations

from typing import Any

from flask import Response

from services.directory.api.organisations import EXAMPLE, AgeOfConsentSchema
from services.directory.api.parts import RECORDED, RecordedSchema, said
from services.directory.domain.organisation import Organisation, SetAgeOfConsent
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import with_act

FOURTEEN = EXAMPLE["age_of_consent"]


class SetAgeOfConsentSchema(AgeOfConsentSchema):
    act = with_act()


class AgeOfConsentSetSchema(AgeOfConsentSchema, RecordedSchema):
    pass


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "age_of_consent",
        __name__,
        url_prefix="/v1/age-of-consent",
        description="From which birthday one consents alone.",
    )

    @blueprint.put("")
    @blueprint.doc(summary="Set the age from which one consents alone, and name the law.")
    @blueprint.arguments(SetAgeOfConsentSchema, example=FOURTEEN)
    @blueprint.response(200, AgeOfConsentSetSchema, example={**FOURTEEN, **RECORDED})
    def set_age(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.age_of_consent.set")
        command = SetAgeOfConsent(act=act, stream=act.tenant, **said(body))
        done = desk.execute(Organisation, command)
        told = dict(zip(("age", "fr", "en"), done.state.age_of_consent or (), strict=False))
        return desk.answer(done, told, status=200)

    return blueprint
