"""Who and what is around her: ties, as she names, rates, ends and resumes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.network.api.asking import (
    PREFIX,
    TIE,
    ContactAsked,
    EndAsked,
    NameAsked,
    PlaceAsked,
    RatingAsked,
    SupportAsked,
    TalkAsked,
    TieAsked,
)
from services.network.api.seeing import decided, on
from services.network.api.shapes import CHANGED, NetworkShape
from services.network.domain.commands import (
    AddTie,
    DescribeContact,
    DescribeSupport,
    DiscussTie,
    EndTie,
    PlaceTie,
    RateTie,
    RenameTie,
    ResumeTie,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, said

MAY = "network.write"
SIMON = {"name": "Simon", "relation": "frère", "circle": 1}
FRIEND = {"name": "Mon amie d’enfance"}
RATING = {"quality": "bonne", "closeness": "très proche", "line": "strong"}
SUPPORT = {"received": ["emotional", "practical"], "given": ["companionship"]}
CONTACT = {"often": "chaque semaine", "means": ["au téléphone"]}
TALK = {"words": "On s’est revus au printemps."}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network",
        __name__,
        url_prefix=PREFIX,
        description="The people and places around a person. Only she rates a tie.",
    )

    @blueprint.post("/ties")
    @blueprint.doc(summary="Put someone or something on the map, under a name of her own.")
    @blueprint.arguments(TieAsked, example=SIMON)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def add_tie(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        tie = body.get("tie") or desk.stream("tie")
        return decided(desk, AddTie(**on(desk, act), tie=tie, **said(body, "tie")))

    how_a_tie_is(desk, blueprint)
    what_becomes_of_it(desk, blueprint)
    return blueprint


def how_a_tie_is(desk: Desk, blueprint: Blueprint) -> None:
    @blueprint.post(f"{TIE}/names")
    @blueprint.doc(summary="Give a tie another name.")
    @blueprint.arguments(NameAsked, example=FRIEND)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def rename_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, RenameTie(**on(desk, act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/ratings")
    @blueprint.doc(summary="Say how a tie is, and how close: hers alone.")
    @blueprint.arguments(RatingAsked, example=RATING)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def rate_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, RateTie(**on(desk, act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/support")
    @blueprint.doc(summary="Say what support comes to her, and what she gives.")
    @blueprint.arguments(SupportAsked, example=SUPPORT)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def describe_support(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, DescribeSupport(**on(desk, act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/contact")
    @blueprint.doc(summary="Say how often they are in touch, and how.")
    @blueprint.arguments(ContactAsked, example=CONTACT)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def describe_contact(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, DescribeContact(**on(desk, act), tie=tie, **said(body)))


def what_becomes_of_it(desk: Desk, blueprint: Blueprint) -> None:
    @blueprint.post(f"{TIE}/places")
    @blueprint.doc(summary="Put a tie in another circle, or say another relation.")
    @blueprint.arguments(PlaceAsked, example={"circle": 2})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def place_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, PlaceTie(**on(desk, act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/threads")
    @blueprint.doc(summary="Write something about a tie: she, and those to whom she shows it.")
    @blueprint.arguments(TalkAsked, example=TALK)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def discuss_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may="network.discuss")
        return decided(desk, DiscussTie(**on(desk, act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/endings")
    @blueprint.doc(summary="Say that a tie has ended.")
    @blueprint.arguments(EndAsked, example={})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def end_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, EndTie(**on(desk, act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/resumptions")
    @blueprint.doc(summary="Say that a tie is back.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def resume_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, ResumeTie(**on(desk, act), tie=tie))
