"""Her answers: rate, skip, take back; one by one or many in one go. Hers alone to give."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from services.assessment.api.asking import ASSESSMENT, Shown, ThemeAsked, name
from services.assessment.api.seeing import answered
from services.assessment.api.shapes import ENTRY, PORTRAIT, PortraitShape
from services.assessment.domain.answers import CHOICES
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import RateTheme, SkipTheme, WithdrawRating
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Strict, Whole, Words, many, one_of, said
from shared.kernel import Act
from shared.ledger import Done, Item

AT_ONCE = 200
MAY = "assessment.rate"


class Rated(Shown):
    theme = name(required=True)
    value = Whole(required=True)
    comment = Words()


class RateAsked(Rated, Asked):
    pass


class SkipAsked(Shown, ThemeAsked):
    choice = one_of(CHOICES, required=True)


class BatchAsked(Asked):
    """`atomic`: all or none (a paper form). `each`: what is refused comes back, the rest stays."""

    mode = one_of(("atomic", "each"), load_default="atomic")
    items = many(fields.Nested(Rated), AT_ONCE, required=True)


class ItemShape(Strict):
    theme = fields.String(required=True)
    entries = many(fields.UUID(), 10)
    refused = fields.String(allow_none=True)


class BatchShape(PortraitShape):
    items = fields.List(fields.Nested(ItemShape), validate=validate.Length(0, AT_ONCE))


RATED = {"theme": "travail", "value": 20, "comment": "Ça me manque de servir à quelque chose."}
ITEM = {"theme": "travail", "entries": [ENTRY], "refused": None}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "ratings",
        __name__,
        url_prefix=ASSESSMENT,
        description="Her answers. Noted for her by someone else, one never stands over her own.",
    )

    @blueprint.post("/ratings")
    @blueprint.doc(summary="Rate a theme, from 0 to 100, with a comment if she wishes.")
    @blueprint.arguments(RateAsked, example=RATED)
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def rate_theme(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        command = RateTheme(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/ratings/batches")
    @blueprint.doc(summary="Rate many themes in one go.")
    @blueprint.arguments(BatchAsked, example={"mode": "atomic", "items": [RATED]})
    @blueprint.response(201, BatchShape, example={**PORTRAIT, "items": [ITEM]})
    def rate_many(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        commands = [RateTheme(act=act, stream=assessment, **said(i)) for i in body["items"]]
        done = desk.execute_many(Assessment, commands, body["mode"])
        items = [
            item_shown(command.theme, item)
            for command, item in zip(commands, done.items, strict=False)
        ]
        return answered_many(desk, done, act, items)

    @blueprint.post("/skips")
    @blueprint.doc(summary="Say that a theme does not concern her, or that she would rather not.")
    @blueprint.arguments(SkipAsked, example={"theme": "intimite", "choice": "rather_not_say"})
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def skip_theme(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        command = SkipTheme(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/ratings/withdrawals")
    @blueprint.doc(summary="Take an answer back: others no longer see it.")
    @blueprint.arguments(ThemeAsked, example={"theme": "travail"})
    @blueprint.response(201, PortraitShape, example={**PORTRAIT, "themes": []})
    def withdraw_rating(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        command = WithdrawRating(act=act, stream=assessment, theme=body["theme"])
        return answered(desk, desk.execute(Assessment, command), act)

    return blueprint


def item_shown(theme: str, item: Item[Assessment]) -> dict[str, Any]:
    refused = None if item.refused is None else item.refused.code
    return {"theme": theme, "entries": [f.id for f in item.facts], "refused": refused}


def answered_many(desk: Desk, done: Any, act: Act, items: list[dict[str, Any]]) -> Response:
    """The portrait once, and what became of each item."""
    facts = tuple(fact for item in done.items for fact in item.facts)
    return answered(desk, Done(done.state, facts, done.repeated), act, items=items)
