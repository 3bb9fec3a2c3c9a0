"""What is asked of access and how it is answered: queries, shapes and an example."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.reporting.api.saying.standing import TABS
from shared.http.schemas import Day, Id, Strict, many, one_of

PERSON = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b01"
PARTY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b02"
THEN: dict[str, Any] = {
    "person": PERSON,
    "day": "2026-03-03",
    "tab": None,
    "entry": None,
    "readers": [
        {
            "party": PARTY,
            "name": "Karim Belhadj",
            "stands": "care",
            "role": "practitioner",
            "tabs": list(TABS),
            "sees": None,
            "sentence": "Karim Belhadj\u00a0: accompagnement depuis le 12 janvier 2026. "
            "Ce qui pouvait s’ouvrir\u00a0: la qualité de vie et le plan.",
        }
    ],
    "notes": ["Ce qui s’ouvre ne montre que ce que la personne a choisi de montrer."],
}
MINE: dict[str, Any] = {
    "person": PERSON,
    "tab": "plan",
    "may": True,
    "sentences": [
        (
            "Vous accompagnez cette personne depuis le 12 janvier 2026. "
            "Vous voyez ce qu’elle vous montre."
        )
    ],
}


class AccessQuery(Strict):
    """Without a day: today, so far. `entry` asks who could read that very entry."""

    day = Day()
    tab = one_of(TABS)
    entry = Id()


class ReaderSchema(Strict):
    """`tabs` could be opened; `sees`: of the entry, `whole`, `envelope` (no words) or `nothing`."""

    party = Id(required=True)
    name = fields.String(required=True)
    stands = fields.String(required=True)
    role = fields.String(required=True)
    tabs = many(one_of(TABS), len(TABS))
    sees = fields.String(allow_none=True)
    sentence = fields.String(required=True)


class AccessSchema(Strict):
    """Everyone who stood to her in some way at any moment of that day; she herself always could."""

    person = Id(required=True)
    day = Day(required=True)
    tab = fields.String(allow_none=True)
    entry = Id(allow_none=True)
    readers = many(fields.Nested(ReaderSchema), 1000)
    notes = many(fields.String(), 10)


class MineQuery(Strict):
    person = Id(required=True)
    tab = one_of(TABS)


class MineSchema(Strict):
    """The same answer about someone who never was, and about someone who keeps the reader out."""

    person = Id(required=True)
    tab = fields.String(allow_none=True)
    may = fields.Boolean(required=True)
    sentences = many(fields.String(), 20)
