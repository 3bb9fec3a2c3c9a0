"""The fields that requests of this service share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from services.assessment.domain.showing import VISIBILITIES
from shared.http.schemas import Id, Strict, Words, many, one_of, with_act

ASSESSMENT = "/v1/persons/<uuid:person>/assessments/<uuid:assessment>"


def name(**kwargs: Any) -> fields.String:
    """The name of a theme or sphere, as the catalogue gives it."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)


class Asked(Strict):
    act = with_act()


class ThemeAsked(Asked):
    theme = name(required=True)


class Shown(Strict):
    """Who sees this one item: left out, it stays as it was."""

    visibility = one_of(VISIBILITIES)
    audience = many(Id(), 50)


class WordsAsked(Asked):
    words = Words(required=True)


class ReasonAsked(Asked):
    reason = Words(longest=2000)


def said(body: dict[str, Any], *also: str) -> dict[str, Any]:
    """The command's own fields: everything but the act; lists as facts keep them."""
    left_out = {"act", *also}
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in body.items()
        if key not in left_out
    }


Places = dict[str, UUID]
