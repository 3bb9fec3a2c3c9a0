"""Who and what is around her: ties, as she names, rates, ends and resumes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.network.api.asking import (
    PREFIX,
    TIE,
    Asked,
    EndAsked,
    NameAsked,
    RatingAsked,
    SupportAsked,
    TieAsked,
    said,
)
from services.network.api.seeing import decided, network_for, on
from services.network.api.shapes import CHANGED, NETWORK, NetworkShape
from services.network.domain.commands import (
    AddTie,
    DescribeSupport,
    EndTie,
    RateTie,
    RenameTie,
    ResumeTie,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk

MAY = "network.write"
SIMON = {"name": "Simon", "relation": "frère", "circle": 1}
FRIEND = {"name": "Mon amie d’enfance"}
RATING = {"quality": "bonne", "closeness": "très proche"}
SUPPORT = {"received": ["emotional", "practical"], "given": ["companionship"]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network",
        __name__,
        url_prefix=PREFIX,
        description="The people and places around a person. Only she rates a tie.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Her map, as she shows it to this reader.")
    @blueprint.response(200, NetworkShape, example=NETWORK)
    def read_network(person: UUID) -> Response:
        reader = desk.reading(person, may="network.read", scope="network")
        return network_for(desk, reader, person)

    @blueprint.post("/ties")
    @blueprint.doc(summary="Put someone or something on the map, under a name of her own.")
    @blueprint.arguments(TieAsked, example=SIMON)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def add_tie(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        tie = body.get("tie") or desk.stream("tie")
        return decided(desk, AddTie(**on(act), tie=tie, **said(body, "tie")))

    about_one_tie(desk, blueprint)
    return blueprint


def about_one_tie(desk: Desk, blueprint: Blueprint) -> None:
    @blueprint.post(f"{TIE}/names")
    @blueprint.doc(summary="Give a tie another name.")
    @blueprint.arguments(NameAsked, example=FRIEND)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def rename_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, RenameTie(**on(act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/ratings")
    @blueprint.doc(summary="Say how a tie is, and how close: hers alone.")
    @blueprint.arguments(RatingAsked, example=RATING)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def rate_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, RateTie(**on(act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/support")
    @blueprint.doc(summary="Say what support comes to her, and what she gives.")
    @blueprint.arguments(SupportAsked, example=SUPPORT)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def describe_support(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, DescribeSupport(**on(act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/endings")
    @blueprint.doc(summary="Say that a tie has ended.")
    @blueprint.arguments(EndAsked, example={})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def end_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, EndTie(**on(act), tie=tie, **said(body)))

    @blueprint.post(f"{TIE}/resumptions")
    @blueprint.doc(summary="Say that a tie is back.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def resume_tie(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, ResumeTie(**on(act), tie=tie))
