"""What the answers of this service look like."""

from __future__ import annotations

from marshmallow import fields

from shared.http.schemas import Day, Id, Moment, Strict, many


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
    `grown_from`: `star:<theme>`, …; only `star` to who was not there when it was proposed.
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
