"""Whom she shows her map."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.network.api.asking import PREFIX, TIE, ShareAsked, VisibilityAsked
from services.network.api.seeing import decided, on
from services.network.api.shapes import CHANGED, KARIM, NetworkShape
from services.network.domain.commands import EndSharing, SetVisibility, ShareNetwork
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, said

MAY = "network.share"


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network_sharings",
        __name__,
        url_prefix=PREFIX,
        description="Nobody sees the map before she shows it, nor a tie that she excepts.",
    )

    @blueprint.post("/sharings")
    @blueprint.doc(summary="Show the map, but for the ties she excepts.")
    @blueprint.arguments(ShareAsked, example={"audience": [KARIM]})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def share_network(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, ShareNetwork(**on(desk, act), **said(body)))

    @blueprint.post("/sharings/<uuid:sharing>/endings")
    @blueprint.doc(summary="Stop showing it.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def end_sharing(body: dict[str, Any], person: UUID, sharing: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, EndSharing(**on(desk, act), sharing=sharing))

    @blueprint.post(f"{TIE}/visibility")
    @blueprint.doc(summary="Keep a tie to herself under any sharing, or let it follow the map.")
    @blueprint.arguments(VisibilityAsked, example={"visibility": "just_me"})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def set_visibility(body: dict[str, Any], person: UUID, tie: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, SetVisibility(**on(desk, act), tie=tie, **said(body)))

    return blueprint
