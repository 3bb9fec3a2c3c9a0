"""The fields that requests share, and what they become as a command's own."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.plans.domain.events import StoodInTheWay
from services.plans.domain.naming import LONGEST_NAME, LONGEST_WORDS
from shared.http.schemas import Strict, Words, one_of, with_act
from shared.kernel import LOGICS

PERSON = "/v1/persons/<uuid:person>"
PLANS = f"{PERSON}/plans"
PLAN = f"{PLANS}/<uuid:plan>"
GOAL = f"{PLAN}/goals/<uuid:goal>"
ACTION = f"{PLAN}/actions/<uuid:action>"


class Asked(Strict):
    """A command without fields of its own."""

    act = with_act()


class ObstacleAsked(Strict):
    """What stood in the way: which logic, and how."""

    logic = one_of(LOGICS, required=True)
    words = Words(longest=LONGEST_WORDS)


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


def said(body: dict[str, Any], *apart: str) -> dict[str, Any]:
    """The command's own fields: everything but the act and what is named, lists as facts keep them."""
    return {name: kept(value) for name, value in body.items() if name not in ("act", *apart)}


def kept(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return StoodInTheWay(**value) if isinstance(value, dict) else value


OBSTACLE = {"logic": "programming", "words": "Il faut une adresse à moi pour faire la demande."}
