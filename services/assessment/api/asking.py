"""The fields that requests of this service share."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.assessment.domain.showing import VISIBILITIES
from shared.http.schemas import Asked, Id, Strict, Words, many, one_of

ASSESSMENT = "/v1/persons/<uuid:person>/assessments/<uuid:assessment>"


def name(**kwargs: Any) -> fields.String:
    """The name of a theme or sphere, as the catalogue gives it."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)


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
