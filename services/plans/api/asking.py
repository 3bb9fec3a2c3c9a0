"""The fields that requests of this service share."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from services.plans.domain.events import StoodInTheWay
from services.plans.domain.naming import LONGEST_NAME, LONGEST_WORDS
from shared.http.schemas import Asked, Strict, Words, one_of
from shared.kernel import LOGICS

PERSON = "/v1/persons/<uuid:person>"
PLANS = f"{PERSON}/plans"
PLAN = f"{PLANS}/<uuid:plan>"
GOAL = f"{PLAN}/goals/<uuid:goal>"
ACTION = f"{PLAN}/actions/<uuid:action>"


class ObstacleAsked(Strict):
    """What stood in the way: which logic, and how."""

    logic = one_of(LOGICS, required=True)
    words = Words(longest=LONGEST_WORDS)

    @post_load
    def as_told(self, data: dict[str, Any], **_: Any) -> StoodInTheWay:
        return StoodInTheWay(**data)


class WordsAsked(Asked):
    words = Words(longest=LONGEST_WORDS, required=True)


class PerhapsWordsAsked(Asked):
    words = Words(longest=LONGEST_WORDS)


class ReasonAsked(Asked):
    reason = Words(longest=LONGEST_WORDS)


class StoppedAsked(PerhapsWordsAsked):
    stood_in_the_way = fields.Nested(ObstacleAsked)


def theme_name(**kwargs: Any) -> fields.String:
    """A theme, as its catalogue names it."""
    return fields.String(validate=validate.Length(1, LONGEST_NAME), **kwargs)


OBSTACLE = {"logic": "programming", "words": "Il faut une adresse à moi pour faire la demande."}
