"""Two assessments side by side, as they are asked for and answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import fields

from services.assessment.api.seeing import Telling
from services.assessment.api.shapes import ASSESSMENT as ONE
from services.assessment.api.shapes import THEME, AnswerShape
from services.assessment.domain.change import THANKS_TO, as_hoped
from services.assessment.domain.comparison import METHOD, VERSION, Difference, Side
from services.assessment.domain.events import ChangeJudged
from shared.http.language import asked_locale
from shared.http.messages import Sentences
from shared.http.schemas import Day, Id, Strict, many


class JudgedShape(Strict):
    """`as_hoped` is null where the judgement says nothing of it."""

    entry = Id(required=True)
    judgement = fields.String(required=True)
    since = Day(required=True)
    as_hoped = fields.Boolean(required=True, allow_none=True)
    expected = fields.String(allow_none=True)
    thanks_to = many(fields.String(), len(THANKS_TO))
    words = fields.String(allow_none=True)


class DifferenceShape(Strict):
    """`points` is after minus before; null where that cannot be said, with the reason.

    `judged` is what she says of it: there is no figure in its place.
    """

    meaning = fields.String(required=True)
    theme_before = fields.String(allow_none=True)
    theme_after = fields.String(allow_none=True)
    before = fields.Nested(AnswerShape, allow_none=True)
    after = fields.Nested(AnswerShape, allow_none=True)
    points = fields.Integer(allow_none=True)
    reason = fields.String(allow_none=True)
    reason_said = fields.String(allow_none=True)
    judged = many(fields.Nested(JudgedShape), 100)


class SideShape(Strict):
    """One of the two: so many themes answered of so many, those left alone in neither count."""

    assessment = Id(required=True)
    catalogue = Id(required=True)
    edition = fields.Integer(allow_none=True)
    opened_at = fields.String(required=True)
    answered = fields.Integer(required=True)
    offered = fields.Integer(required=True)


class ComparisonMethodShape(Strict):
    name = fields.String(required=True)
    version = fields.Integer(required=True)


class ComparisonShape(Strict):
    """Points are of one theme each: never called reliable, never added up."""

    before = Id(required=True)
    after = Id(required=True)
    method = fields.Nested(ComparisonMethodShape, required=True)
    sides = many(fields.Nested(SideShape), 2)
    differences = many(fields.Nested(DifferenceShape), 400)


COMPARED = {
    "before": ONE,
    "after": ONE[:-1] + "5",
    "method": {"name": METHOD, "version": VERSION},
    "sides": [
        {
            "assessment": ONE,
            "catalogue": ONE[:-1] + "6",
            "edition": 1,
            "opened_at": "2026-01-16",
            "answered": 9,
            "offered": 53,
        }
    ],
    "differences": [
        {
            "meaning": "travail",
            "theme_before": "travail",
            "theme_after": "travail",
            "before": THEME["answer"],
            "after": {**THEME["answer"], "value": 55, "comment": None},
            "points": 35,
            "reason": None,
            "reason_said": None,
            "judged": [
                {
                    "entry": ONE[:-1] + "7",
                    "judgement": "better",
                    "since": "2026-01-16",
                    "as_hoped": True,
                    "expected": None,
                    "thanks_to": ["me", "people"],
                    "words": None,
                }
            ],
        }
    ],
}


@cache
def sentences() -> Sentences:
    return Sentences(Path(__file__).parents[1] / "messages")


def compared_shown(
    telling: Telling, before: Side, after: Side, differences: Iterable[Difference]
) -> Mapping[str, Any]:
    return {
        "before": before.portrait.id,
        "after": after.portrait.id,
        "method": {"name": METHOD, "version": VERSION},
        "sides": [side_shown(telling, side) for side in (before, after)],
        "differences": [difference_shown(telling, one) for one in differences],
    }


def side_shown(telling: Telling, side: Side) -> Mapping[str, Any]:
    opened = side.portrait.opened
    return {
        "assessment": side.portrait.id,
        "catalogue": opened.catalogue,
        "edition": side.edition,
        "opened_at": telling.when(opened.act)[:10],
        "answered": side.answered,
        "offered": side.offered,
    }


def difference_shown(telling: Telling, difference: Difference) -> Mapping[str, Any]:
    before, after, reason = difference.before, difference.after, difference.reason
    return {
        "meaning": difference.meaning,
        "theme_before": difference.theme_before,
        "theme_after": difference.theme_after,
        "before": before and telling.answer(before),
        "after": after and telling.answer(after),
        "points": difference.points,
        "reason": reason,
        "reason_said": reason and sentences().say(f"comparison.{reason}", asked_locale()),
        "judged": [judged_shown(fact) for fact in difference.judged],
    }


def judged_shown(fact: ChangeJudged) -> Mapping[str, Any]:
    return {
        "entry": fact.id,
        "judgement": fact.judgement,
        "since": fact.since,
        "as_hoped": as_hoped(fact.judgement),
        "expected": fact.expected,
        "thanks_to": fact.thanks_to,
        "words": fact.words,
    }
