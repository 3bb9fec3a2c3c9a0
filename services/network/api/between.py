"""Who knows whom on her map, and among whom that was asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.network.api.asking import PREFIX, AlterTiesAskedFor, PairAsked
from services.network.api.seeing import decided, on
from services.network.api.shapes import CHANGED, KARIM, SIMON, NetworkShape
from services.network.domain.commands import AskAlterTies, ConnectAlters, DisconnectAlters
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import said

MAY = "network.write"
PAIR = {"one": SIMON, "other": KARIM}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network_lines",
        __name__,
        url_prefix=PREFIX,
        description="Lines between the people on her map; no line is not the same as not asked.",
    )

    @blueprint.post("/lines")
    @blueprint.doc(summary="Say that two people on the map know each other.")
    @blueprint.arguments(PairAsked, example=PAIR)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def connect_alters(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, ConnectAlters(**on(desk, act), **said(body)))

    @blueprint.post("/lines/removals")
    @blueprint.doc(summary="Say that they do not know each other, or no more.")
    @blueprint.arguments(PairAsked, example=PAIR)
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def disconnect_alters(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, DisconnectAlters(**on(desk, act), **said(body)))

    @blueprint.post("/alter-ties-asked")
    @blueprint.doc(summary="Say among whom it was asked who knows whom.")
    @blueprint.arguments(AlterTiesAskedFor, example={"ties": [SIMON, KARIM]})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def ask_alter_ties(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, AskAlterTies(**on(desk, act), **said(body)))

    return blueprint
