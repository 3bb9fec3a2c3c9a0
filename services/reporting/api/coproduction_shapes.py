"""The shapes in which the degree of coproduction is asked for and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from services.reporting.domain.degree import METHOD, READINGS, VERSION
from services.reporting.domain.intervention import APART
from shared.http.schemas import Id, Strict, many


class DegreeQuery(Strict):
    plan = Id(metadata={"description": "One plan of hers; left out: all of the intervention."})


class MethodSchema(Strict):
    name = fields.String(required=True)
    version = fields.Integer(required=True)


class LevelSchema(Strict):
    level = fields.String(required=True)
    said = fields.String(required=True)


class StepSchema(Strict):
    """`went_on` are the entries in which she said no, and it went on."""

    step = fields.String(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True)
    said = fields.String(required=True)
    levels = many(fields.Nested(LevelSchema), 4)
    went_on = many(Id(), 1000)


class DegreeSchema(Strict):
    """`degree` is null where nothing can be said, with the reason."""

    degree = fields.String(required=True, allow_none=True)
    said = fields.String(required=True)
    reason = fields.String(allow_none=True)
    steps = many(fields.Nested(StepSchema), 6)


class ApartStepSchema(Strict):
    step = fields.String(required=True)
    label = fields.String(required=True)
    levels = many(fields.Nested(LevelSchema), 4)


class ApartSchema(Strict):
    """What relatives' parts cover, or those of who acts for her: never in place of hers."""

    role = fields.String(required=True)
    label = fields.String(required=True)
    steps = many(fields.Nested(ApartStepSchema), 6)


class ReadingSchema(Strict):
    reading = fields.String(required=True)
    label = fields.String(required=True)
    hers = fields.Nested(DegreeSchema, required=True)
    apart = many(fields.Nested(ApartSchema), len(APART))


class CoproductionSchema(Strict):
    """`n` entries, from the first day to the last; `catalogues` are the versions answered."""

    person = Id(required=True)
    plan = Id(required=True, allow_none=True)
    about_a_plan = fields.Boolean(required=True)
    reason = fields.String(allow_none=True)
    reason_said = fields.String(allow_none=True)
    method = fields.Nested(MethodSchema, required=True)
    seen = fields.String(required=True)
    seen_said = fields.String(required=True)
    n = fields.Integer(required=True)
    begins = fields.String(required=True, allow_none=True)
    ends = fields.String(required=True, allow_none=True)
    catalogues = many(Id(), 1000)
    readings = many(fields.Nested(ReadingSchema), len(READINGS))


STEP: Mapping[str, Any] = {
    "step": "understand",
    "label": "Comprendre",
    "state": "covered",
    "said": "La personne y a eu sa part.",
    "levels": [{"level": "initiated", "said": "est venu de la personne"}],
    "went_on": [],
}
COPRODUCTION = {
    "person": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b13",
    "plan": None,
    "about_a_plan": False,
    "reason": "not_about_a_plan",
    "reason_said": "Il n’y a pas de plan : ce n’est pas un manque.",
    "method": {"name": METHOD, "version": VERSION},
    "seen": "everything",
    "seen_said": "D’après tout ce qui est noté.",
    "n": 38,
    "begins": "2026-01-16",
    "ends": "2026-05-20",
    "catalogues": ["0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b20"],
    "readings": [
        {
            "reading": "own_and_confirmed",
            "label": "Seulement ce que chaque personne a fait ou confirmé elle-même",
            "hers": {
                "degree": "partial",
                "said": "En partie : Comprendre.",
                "reason": None,
                "steps": [STEP],
            },
            "apart": [],
        }
    ],
}
