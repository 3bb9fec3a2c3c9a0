"""What requests and answers are made of: strict schemas, and the parts that all services share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from shared.http.complaints import Complaint, speak_in_codes
from shared.http.fields import (
    Day,
    Flag,
    Id,
    Moment,
    Percent,
    Whole,
    Words,
    many,
    one_of,
)
from shared.kernel import KNOWLEDGE, PARTS, ROLES, SETTINGS

__all__ = [
    "ActSchema",
    "Asked",
    "ContributorSchema",
    "Day",
    "Flag",
    "Id",
    "Moment",
    "Percent",
    "ProblemSchema",
    "Strict",
    "Whole",
    "Words",
    "many",
    "one_of",
    "said",
    "with_act",
]


class Strict(ma.Schema):
    """A schema that refuses what it does not know, and complains in codes."""

    error_messages = {  # noqa: RUF012 - marshmallow declares it an instance's
        "unknown": Complaint("field.unknown"),
        "type": Complaint("value.not_an_object"),
    }

    class Meta:
        unknown = ma.RAISE

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        del field_name
        speak_in_codes(field_obj)


class ContributorSchema(Strict):
    """Someone who took part, with which part, and the knowledge they say they brought."""

    party = Id(required=True)
    part = one_of(PARTS, required=True)
    knowledge = many(one_of(KNOWLEDGE), len(KNOWLEDGE))
    role = one_of(ROLES)


class ActSchema(Strict):
    """Whose act it is, with whom, how and when. Left out: one's own, alone, now."""

    author = Id()
    setting = one_of(SETTINGS)
    occurred_at = Moment()
    contributors = many(ma.fields.Nested(ContributorSchema), 50)
    because_of = many(Id(), 20)
    site = Id()
    programme = Id()


def with_act(**kwargs: Any) -> ma.fields.Nested:
    """The optional `act` of every command's body."""
    return ma.fields.Nested(ActSchema, **kwargs)


class Asked(Strict):
    """A command without fields of its own."""

    act = with_act()


def said(body: Mapping[str, Any], *apart: str) -> dict[str, Any]:
    """The command's own fields: all but the act and what is named, lists as facts keep them."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in body.items()
        if name not in ("act", *apart)
    }


class TroubleSchema(Strict):
    """One field to put right."""

    field = ma.fields.String()
    code = ma.fields.String()
    detail = ma.fields.String()
    pointer = ma.fields.String()
    where = ma.fields.String(data_key="in")


class ProblemSchema(Strict):
    """A problem of RFC 9457: what went wrong and what to do, in the reader's language."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    errors = ma.fields.List(ma.fields.Nested(TroubleSchema))
    instance = ma.fields.String()
