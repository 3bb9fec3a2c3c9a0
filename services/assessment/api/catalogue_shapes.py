"""What a questionnaire looks like."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from services.assessment.api.shapes import CATALOGUE
from services.assessment.domain.questionnaire import Questionnaire
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, many
from shared.ledger import Done


class SphereShape(Strict):
    sphere = fields.String(required=True)
    fr = fields.String(required=True)
    en = fields.String(required=True)


class ThemeShape(SphereShape):
    """`meaning` is what it asks: by it, answers are compared over versions."""

    theme = fields.String(required=True)
    help_fr = fields.String(required=True)
    help_en = fields.String(required=True)
    meaning = fields.String(required=True)
    sensitive = fields.Boolean(required=True)


class StepShape(Strict):
    value = fields.Integer(required=True)
    fr = fields.String(required=True)
    en = fields.String(required=True)


class ScaleShape(Strict):
    lowest = fields.Integer(allow_none=True)
    highest = fields.Integer(allow_none=True)
    steps = many(fields.Nested(StepShape), 101)


class SummaryShape(Strict):
    """`people_took_part` is false when no person or relative had a part in it: its first page says so."""

    id = Id(required=True)
    key = fields.String(required=True)
    kind = fields.String(required=True)
    edition = fields.Integer(required=True)
    fr = fields.String(required=True)
    en = fields.String(required=True)
    stage = fields.String(required=True)
    people_took_part = fields.Boolean(required=True)
    derived_from = Id(allow_none=True)


class CataloguesShape(Strict):
    catalogues = many(fields.Nested(SummaryShape), 1000)


class InstalledShape(CataloguesShape):
    pass


class CatalogueShape(SummaryShape):
    spheres = many(fields.Nested(SphereShape), 100)
    themes = many(fields.Nested(ThemeShape), 500)
    scale = fields.Nested(ScaleShape)
    version = fields.Integer()
    entries = many(Id(), 1000)


SUMMARY: dict[str, Any] = {
    "id": CATALOGUE,
    "key": "default",
    "kind": "quality_of_life",
    "edition": 1,
    "fr": "Ma qualité de vie",
    "en": "My quality of life",
    "stage": "published",
    "people_took_part": False,
    "derived_from": None,
}
SHOWN: dict[str, Any] = {
    **SUMMARY,
    "spheres": [{"sphere": "besoins", "fr": "Besoins", "en": "Everyday needs"}],
    "themes": [
        {
            "theme": "logement",
            "sphere": "besoins",
            "fr": "Mon logement",
            "en": "My home",
            "help_fr": "Est-ce que je me sens bien là où je vis en ce moment?",
            "help_en": "Do I feel good in the place where I live right now?",
            "meaning": "logement",
            "sensitive": False,
        }
    ],
    "scale": {
        "lowest": 0,
        "highest": 100,
        "steps": [{"value": 0, "fr": "Pas du tout", "en": "Not at all"}],
    },
    "version": 63,
}


def replied(desk: Desk, done: Done[Any]) -> Response:
    return desk.answer(done, shown(done.state))


def shown(state: Questionnaire, *, whole: bool = True) -> dict[str, Any]:
    head, (fr, en) = state.head, state.called
    summary = {
        "id": state.id,
        "key": head.key,
        "kind": head.kind,
        "edition": head.edition,
        "fr": fr,
        "en": en,
        "stage": state.stage,
        "people_took_part": state.people_took_part,
        "derived_from": head.derived_from,
    }
    if not whole:
        return summary
    return {
        **summary,
        "spheres": list(state.spheres.values()),
        "themes": list(state.themes.values()),
        "scale": {"lowest": state.lowest, "highest": state.highest, "steps": state.steps},
    }
