"""What the answers of this service look like, with an example that reads as a story."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.http.schemas import Id, Moment, Strict, many

PERSON = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b01"
KARIM = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b02"
CATALOGUE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b03"
ASSESSMENT = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b04"
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b05"
DAY = "2026-01-16"


class ScaleShape(Strict):
    lowest = fields.Integer(required=True)
    highest = fields.Integer(required=True)


class AnswerShape(Strict):
    """Her answer: a value, or a choice to say nothing, and how someone stands behind it."""

    entry = Id(required=True)
    value = fields.Integer(allow_none=True)
    choice = fields.String(allow_none=True)
    comment = fields.String(allow_none=True)
    attestation = fields.String(required=True)
    noted_by = Id(allow_none=True)
    occurred_at = Moment(required=True)


class EntryShape(Strict):
    entry = Id(required=True)
    author = Id(required=True)
    occurred_at = Moment(required=True)


class StarShape(EntryShape):
    rank = fields.Integer(allow_none=True)


class ViewShape(EntryShape):
    perspective = fields.String(required=True)
    words = fields.String(allow_none=True)
    value = fields.Integer(allow_none=True)
    because_of = many(Id(), 20)


class SpokenShape(EntryShape):
    words = fields.String(allow_none=True)
    put_off = fields.Boolean(required=True)


class ThemeShape(Strict):
    """One theme on which something is said; what this reader may not see is absent."""

    theme = fields.String(required=True)
    answer = fields.Nested(AnswerShape)
    pending = many(fields.Nested(AnswerShape), 100)
    visibility = fields.String(allow_none=True)
    audience = many(Id(), 50)
    star = fields.Nested(StarShape)
    views = many(fields.Nested(ViewShape), 100)
    thread = many(fields.Nested(SpokenShape), 1000)


class SharingShape(Strict):
    sharing = Id(required=True)
    audience = many(Id(), 50)
    my_team = fields.Boolean(required=True)
    parts = many(fields.String(), 4)
    only_themes = many(fields.String(), 200)
    except_themes = many(fields.String(), 200)


class MeetingShape(EntryShape):
    themes = many(fields.String(), 200)
    words = fields.String(allow_none=True)
    led_by = Id(allow_none=True)
    parties = many(Id(), 50)


class ChangeShape(EntryShape):
    theme = fields.String(allow_none=True)
    goal = Id(allow_none=True)
    judgement = fields.String(required=True)
    since = Moment(required=True)
    expected = fields.String(allow_none=True)
    thanks_to = many(fields.String(), 6)
    words = fields.String(allow_none=True)


class TogetherShape(EntryShape):
    what = fields.String(required=True)
    with_party = Id(allow_none=True)
    words = fields.String(allow_none=True)


class PortraitShape(Strict):
    """An assessment as the reader may see it."""

    id = Id(required=True)
    person = Id(required=True)
    catalogue = Id(required=True)
    kind = fields.String(required=True)
    scale = fields.Nested(ScaleShape, required=True)
    opened_at = Moment(required=True)
    closed = fields.Boolean(required=True)
    themes = many(fields.Nested(ThemeShape), 200)
    sharings = many(fields.Nested(SharingShape), 200)
    meetings = many(fields.Nested(MeetingShape), 200)
    changes = many(fields.Nested(ChangeShape), 200)
    together = many(fields.Nested(TogetherShape), 200)
    version = fields.Integer()
    entries = many(Id(), 200)


THEME: dict[str, Any] = {
    "theme": "travail",
    "answer": {
        "entry": ENTRY,
        "value": 20,
        "choice": None,
        "comment": "Ça me manque de servir à quelque chose.",
        "attestation": "own",
        "noted_by": None,
        "occurred_at": "2026-01-16T20:07:00-05:00",
    },
    "visibility": None,
    "audience": [],
    "views": [],
    "thread": [],
}
PORTRAIT: dict[str, Any] = {
    "id": ASSESSMENT,
    "person": PERSON,
    "catalogue": CATALOGUE,
    "kind": "quality_of_life",
    "scale": {"lowest": 0, "highest": 100},
    "opened_at": "2026-01-16T19:55:00-05:00",
    "closed": False,
    "themes": [THEME],
    "sharings": [],
    "meetings": [],
    "changes": [],
    "together": [],
    "version": 2,
    "entries": [ENTRY],
}
