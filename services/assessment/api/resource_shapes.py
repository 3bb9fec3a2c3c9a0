"""What is asked and answered about strengths and aspirations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import fields

from services.assessment.api.asking import Shown, name
from services.assessment.api.seeing import Telling
from services.assessment.api.shapes import ENTRY, EntryShape
from services.assessment.domain.resource import Resource
from services.assessment.domain.resources import KINDS
from shared.http.schemas import Asked, Id, Strict, Words, many, one_of


class StrengthAsked(Shown, Asked):
    kind = one_of(KINDS, required=True)
    words = Words(required=True)


class AspirationAsked(Shown, Asked):
    words = Words(required=True)
    theme = name()


class ResourceShape(EntryShape):
    kind = fields.String(allow_none=True)
    words = fields.String(required=True)
    theme = fields.String(allow_none=True)
    attestation = fields.String(required=True)
    noted_by = Id(allow_none=True)
    set_aside = fields.Boolean(required=True)
    visibility = fields.String(allow_none=True)
    audience = many(Id(), 50)


class ResourcesShape(Strict):
    strengths = many(fields.Nested(ResourceShape), 1000)
    aspirations = many(fields.Nested(ResourceShape), 1000)
    shared = fields.Boolean(
        metadata={"description": "To herself: whether she shows these to anyone today."}
    )
    version = fields.Integer()
    entries = many(Id(), 10)


STRENGTH = {"kind": "personal", "words": "Je joue de la guitare depuis mes 12 ans."}
ASPIRATION = {"words": "Travailler dans un lieu où il y a de la musique."}
SHOWN: dict[str, Any] = {
    "strengths": [
        {
            **STRENGTH,
            "entry": ENTRY,
            "author": ENTRY[:-1] + "1",
            "occurred_at": "2026-01-17",
            "theme": None,
            "attestation": "own",
            "noted_by": None,
            "set_aside": False,
        }
    ],
    "aspirations": [],
    "version": 1,
    "entries": [ENTRY],
}


def shown(telling: Telling, seen: Sequence[Resource]) -> dict[str, Any]:
    return {
        "strengths": [resource_shown(telling, r) for r in seen if r.kind is not None],
        "aspirations": [resource_shown(telling, r) for r in seen if r.kind is None],
    }


def resource_shown(telling: Telling, resource: Resource) -> dict[str, Any]:
    known = {
        "entry": resource.id,
        "author": resource.act.author,
        "occurred_at": telling.when(resource.act),
        "kind": resource.kind,
        "words": resource.words,
        "theme": resource.theme,
        "attestation": resource.attestation,
        "noted_by": resource.act.actor if resource.act.actor != resource.act.author else None,
        "set_aside": resource.set_aside,
    }
    if telling.eyes.hers:
        known |= {"visibility": resource.by_hand.visibility, "audience": resource.by_hand.audience}
    return known
