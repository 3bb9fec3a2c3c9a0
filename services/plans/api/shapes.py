"""What the answers of this service look like, with an example that reads as a story."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.http.schemas import Day, Id, Moment, Strict, many

NOEMIE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c01"
ISABELLE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c02"
PLAN_ID = "0197a0c2-6c1e-5d55-9b7a-2f3f0e6a4c03"
GOAL_ID = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c04"
ACTION_ID = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c05"
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c06"
DAY = "2025-11-10"


class SaidShape(Strict):
    """An entry: whose word it is, who noted it if not they, how it is attested now, and when."""

    entry = Id(required=True)
    author = Id(required=True)
    noted_by = Id(allow_none=True)
    attestation = fields.String(allow_none=True)
    occurred_at = Moment(required=True)


class ObstacleShape(Strict):
    logic = fields.String(required=True)
    words = fields.String(allow_none=True)


class RecordedShape(Strict):
    """What the answer to a command ends with: the version now, and the entries recorded."""

    version = fields.Integer()
    entries = many(Id(), 50)


class ConsideredShape(SaidShape):
    theme = fields.String(required=True)
    words = fields.String(allow_none=True)


class LeftOutShape(Strict):
    """`carried_over`: since an earlier plan; else the entry that says so."""

    theme = fields.String(required=True)
    carried_over = fields.Boolean(required=True)
    reason = fields.String(allow_none=True)
    said = fields.Nested(SaidShape, allow_none=True)


class ThemesShape(RecordedShape):
    considered = many(fields.Nested(ConsideredShape), 500)
    left_out = many(fields.Nested(LeftOutShape), 500)


class WordedShape(SaidShape):
    words = fields.String(allow_none=True)


class AnswerShape(SaidShape):
    """A party's yes or no to the goal: agreed, disagreed, declined or disputed."""

    party = Id(required=True)
    answer = fields.String(required=True)
    reason = fields.String(allow_none=True)


class TurnShape(WordedShape):
    turn = fields.String(required=True)
    stood_in_the_way = fields.Nested(ObstacleShape, allow_none=True)


class ProgressShape(WordedShape):
    """`stands`: it is how this party sees it now; else earlier, or waiting for the party."""

    value = fields.Integer(required=True)
    level = fields.Integer(allow_none=True)
    stands = fields.Boolean(required=True)


class LevelsShape(SaidShape):
    levels = many(fields.String(), 5)
    weight = fields.Integer(required=True)


class ActionShape(Strict):
    """`status`: open, done, dropped or disputed; `acceptance`: own, confirmed, noted or null."""

    action = Id(required=True)
    goal = Id(required=True)
    words = fields.String(required=True)
    responsible = Id(allow_none=True)
    due = Day(allow_none=True)
    acceptance = fields.String(allow_none=True)
    status = fields.String(required=True)
    said = fields.Nested(SaidShape, required=True)


class ActionChangedShape(ActionShape, RecordedShape):
    pass


class GoalShape(Strict):
    """`status`: proposed, active, paused, reworded, disagreed, declined, left_out, achieved, …

    `agreement`: how the person agreed to the words as they are; null when they have not.
    """

    goal = Id(required=True)
    words = fields.String(required=True)
    status = fields.String(required=True)
    agreement = fields.String(allow_none=True)
    grown_from = many(fields.String(), 50)
    proposal = fields.Nested(SaidShape, required=True)
    wordings = many(fields.Nested(WordedShape), 200)
    wordings_asked = many(fields.Nested(WordedShape), 200)
    answers = many(fields.Nested(AnswerShape), 100)
    pending = many(Id(), 100)
    turns = many(fields.Nested(TurnShape), 200)
    progress = many(fields.Nested(ProgressShape), 1000)
    levels = fields.Nested(LevelsShape, allow_none=True)
    thread = many(fields.Nested(WordedShape), 1000)
    actions = many(fields.Nested(ActionShape), 500)


class GoalChangedShape(GoalShape, RecordedShape):
    pass


class ReviewShape(WordedShape):
    next_review = Day(allow_none=True)
    stood_in_the_way = fields.Nested(ObstacleShape, allow_none=True)


class PlanShape(RecordedShape):
    """A plan; what was left out of it is shown to her and to those who accompany her."""

    id = Id(required=True)
    person = Id(required=True)
    number = fields.Integer(allow_none=True)
    starts = Day(allow_none=True)
    ends = Day(allow_none=True)
    words = fields.String(allow_none=True)
    closed = fields.Boolean(required=True)
    opened_at = Moment(required=True)
    themes = fields.Nested(ThemesShape)
    goals = many(fields.Nested(GoalShape), 200)
    reviews = many(fields.Nested(ReviewShape), 500)


SAID: dict[str, Any] = {
    "entry": ENTRY,
    "author": NOEMIE,
    "noted_by": None,
    "attestation": "own",
    "occurred_at": DAY,
}
ACTION: dict[str, Any] = {
    "action": ACTION_ID,
    "goal": GOAL_ID,
    "words": "Appeler le centre d’éducation des adultes.",
    "responsible": NOEMIE,
    "due": "2025-11-21",
    "acceptance": "own",
    "status": "open",
    "said": SAID,
}
GOAL: dict[str, Any] = {
    "goal": GOAL_ID,
    "words": "Terminer ma chimie du secondaire.",
    "status": "active",
    "agreement": "own",
    "grown_from": ["star:etudes"],
    "proposal": SAID,
    "wordings": [{**SAID, "words": "Terminer ma chimie du secondaire."}],
    "wordings_asked": [],
    "answers": [{**SAID, "party": NOEMIE, "answer": "agreed", "reason": None}],
    "pending": [],
    "turns": [],
    "progress": [{**SAID, "words": None, "value": 80, "level": None, "stands": True}],
    "levels": None,
    "thread": [],
    "actions": [ACTION],
}
LEFT_OUT = {
    "theme": "comprendre-medicaments",
    "carried_over": False,
    "reason": "Mes objectifs, c’est pour ma vie.",
    "said": SAID,
}
THEMES: dict[str, Any] = {"considered": [], "left_out": [LEFT_OUT]}
RECORDED = {"version": 8, "entries": [ENTRY]}
PLAN: dict[str, Any] = {
    "id": PLAN_ID,
    "person": NOEMIE,
    "number": 1,
    "starts": "2025-11-10",
    "ends": None,
    "words": None,
    "closed": False,
    "opened_at": DAY,
    "themes": THEMES,
    "goals": [GOAL],
    "reviews": [],
}
PLAN_CHANGED, GOAL_CHANGED = {**PLAN, **RECORDED}, {**GOAL, **RECORDED}
ACTION_CHANGED, THEMES_CHANGED = {**ACTION, **RECORDED}, {**THEMES, **RECORDED}
