"""What the answers of this service look like, with an example that reads as a story."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.http.schemas import Day, Id, Strict, many

LUC = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d01"
KARIM = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d02"
SIMON = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d03"
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d04"


class RatingShape(Strict):
    entry = Id(required=True)
    attestation = fields.String(required=True)
    quality = fields.String(allow_none=True)
    closeness = fields.String(allow_none=True)
    line = fields.String(allow_none=True)


class ContactShape(Strict):
    entry = Id(required=True)
    attestation = fields.String(required=True)
    often = fields.String(allow_none=True)
    means = many(fields.String(), 10)
    words = fields.String(allow_none=True)


class TalkShape(Strict):
    entry = Id(required=True)
    author = Id(required=True)
    words = fields.String(required=True)


class SupportShape(Strict):
    entry = Id(required=True)
    attestation = fields.String(required=True)
    received = many(fields.String(), 4)
    given = many(fields.String(), 4)
    words = fields.String(allow_none=True)


class TieShape(Strict):
    """Someone or something around her, under the name she gives."""

    tie = Id(required=True)
    entry = Id(required=True)
    attestation = fields.String(required=True)
    name = fields.String(required=True)
    relation = fields.String(allow_none=True)
    circle = fields.Integer(allow_none=True)
    since = fields.String(allow_none=True)
    kind = fields.String(required=True)
    ended = fields.Boolean(required=True)
    visibility = fields.String(required=True)
    rating = fields.Nested(RatingShape, allow_none=True)
    support = fields.Nested(SupportShape, allow_none=True)
    contact = fields.Nested(ContactShape, allow_none=True)
    thread = many(fields.Nested(TalkShape), 1000)


class NamedShape(Strict):
    """Someone of whom this reader is told the name, and nothing that was said."""

    tie = Id(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    relation = fields.String(allow_none=True)


class SharingShape(Strict):
    sharing = Id(required=True)
    audience = many(Id(), 50)
    my_team = fields.Boolean(required=True)
    except_ties = many(Id(), 500)
    until = Day(allow_none=True)


class NetworkShape(Strict):
    """Her map; to whom she shows it, and its version, are told to her alone."""

    person = Id(required=True)
    as_of = Day(required=True)
    ties = many(fields.Nested(TieShape), 1000)
    named = many(fields.Nested(NamedShape), 1000)
    lines = many(many(Id(), 2), 10000, metadata={"description": "Who knows whom."})
    alter_ties_asked = fields.String(
        required=True,
        metadata={"description": "Among her people: never, partly, all; no_two to ask about."},
    )
    sharings = many(fields.Nested(SharingShape), 500)
    begins = Day(metadata={"description": "The first day that this reader is told of."})
    version = fields.Integer()
    entries = many(Id(), 20)


TIE: dict[str, Any] = {
    "tie": SIMON,
    "entry": ENTRY,
    "attestation": "own",
    "name": "Simon",
    "relation": "frère",
    "circle": 1,
    "since": "naissance",
    "kind": "person",
    "ended": False,
    "visibility": "as_map",
    "rating": {
        "entry": ENTRY,
        "attestation": "own",
        "quality": "bonne",
        "closeness": "très proche",
        "line": "strong",
    },
    "support": {
        "entry": ENTRY,
        "attestation": "own",
        "received": ["emotional"],
        "given": ["companionship"],
        "words": None,
    },
    "contact": {
        "entry": ENTRY,
        "attestation": "own",
        "often": "chaque semaine",
        "means": ["au téléphone"],
        "words": None,
    },
    "thread": [{"entry": ENTRY, "author": KARIM, "words": "Il viendra dimanche."}],
}
NETWORK: dict[str, Any] = {
    "person": LUC,
    "as_of": "2026-01-20",
    "ties": [TIE],
    "named": [{"tie": ENTRY, "name": "Le CLSC", "kind": "service", "relation": None}],
    "lines": [[SIMON, KARIM]],
    "alter_ties_asked": "never",
    "sharings": [],
}
CHANGED = {**NETWORK, "version": 3, "entries": [ENTRY]}
