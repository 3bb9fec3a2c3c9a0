"""What the directory's requests and answers have in common: schemas, and ids for examples."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.directory.domain.checked import TABS
from shared.http.pages import PageQuery
from shared.http.schemas import Day, Id, Strict, Words, many, one_of

PERSON = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b01"
PARTY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b02"
SITE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b03"
PROGRAMME = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b04"
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b05"
OFFICER = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b06"
MANDATE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b07"
RECORDED = {"version": 4, "entries": [ENTRY]}
PERSONS = "/v1/persons/<uuid:person>"


class RecordedSchema(Strict):
    """What every answer to a command ends with: the version now, and the entries recorded."""

    version = fields.Integer()
    entries = many(Id(), 20)


class ByNameQuery(PageQuery):
    name = Words(
        longest=120,
        metadata={"description": "Letters within the name, whatever its capitals and accents."},
    )


class RoleSchema(Strict):
    """A role at one site, or in the whole organisation, with the job's usual name."""

    role = fields.String(required=True)
    site = Id(allow_none=True)
    job = fields.String(allow_none=True)


class SiteSchema(Strict):
    id = Id(required=True)
    name = fields.String(required=True)
    town = fields.String(allow_none=True)
    kind = fields.String(allow_none=True)
    open = fields.Boolean(required=True)


class ProgrammeSchema(Strict):
    id = Id(required=True)
    site = Id(required=True)
    name = fields.String(required=True)
    open = fields.Boolean(required=True)


class CareRelationSchema(Strict):
    id = Id(required=True)
    party = Id(required=True)
    role = fields.String(required=True)
    site = Id(required=True)
    programme = Id(required=True)
    words = fields.String(required=True)
    since = fields.DateTime(required=True)
    ended = fields.DateTime(allow_none=True)


class RepresentationSchema(Strict):
    id = Id(required=True)
    party = Id(required=True)
    role = fields.String(required=True)
    kind = fields.String(required=True)
    scope = many(fields.String(), 20)
    until = Day(required=True)
    parental = fields.Boolean(required=True)
    current = fields.Boolean(required=True)


class ConsentSchema(Strict):
    """`in_force` is false as long as it was only noted for her, and once it ended."""

    id = Id(required=True)
    audience = Id(allow_none=True)
    category = fields.String(allow_none=True)
    tabs = many(one_of(TABS), 4)
    purpose = fields.String(required=True)
    until = Day(required=True)
    words = fields.String(allow_none=True)
    ethics = fields.String(allow_none=True)
    in_force = fields.Boolean(required=True)
    attestation = fields.String(allow_none=True)


class RestrictionSchema(Strict):
    id = Id(required=True)
    audience = Id(allow_none=True)
    category = fields.String(allow_none=True)
    scope = many(fields.String(), 5)
    reason = fields.String(allow_none=True)


class EmergencyAccessSchema(Strict):
    id = Id(required=True)
    party = Id(required=True)
    reason = fields.String(required=True)
    opened = fields.DateTime(required=True)
    expires = fields.DateTime(required=True)
    closed = fields.DateTime(allow_none=True)
    outcome = fields.String(allow_none=True)
    review = fields.String(allow_none=True)
    reviewer = Id(allow_none=True)


class NoticeSchema(Strict):
    text = fields.String(required=True)
    version = fields.String(required=True)
    language = fields.String(required=True)
    form = fields.String(required=True)
    given = fields.DateTime(required=True)


class WayOfWorkingSchema(Strict):
    first = fields.String(required=True)
    pace = fields.String(allow_none=True)
    tabs = many(one_of(TABS), 4)
    words = fields.String(allow_none=True)


class RightSchema(Strict):
    id = Id(required=True)
    right = fields.String(required=True)
    asked = Day(required=True)
    due = Day(required=True)
    words = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    recourse = fields.String(allow_none=True)
    answered = Day(allow_none=True)
    about = Id(allow_none=True)
    extended = fields.String(allow_none=True, metadata={"description": "Why it was put off."})


def said(body: dict[str, Any], *but: str) -> dict[str, Any]:
    """The command's own fields of a body."""
    return {name: value for name, value in body.items() if name not in ("act", "id", *but)}


class ErasureStageSchema(Strict):
    id = Id(required=True)
    request = Id(required=True)
    after = fields.DateTime(required=True)
    stage = fields.String(required=True)
