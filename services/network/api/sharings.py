"""Whom she shows her map."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.network.api.asking import PREFIX, Asked, ShareAsked, said
from services.network.api.seeing import decided, on
from services.network.api.shapes import CHANGED, KARIM, NetworkShape
from services.network.domain.commands import EndSharing, ShareNetwork
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk

MAY = "network.share"


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network_sharings",
        __name__,
        url_prefix=f"{PREFIX}/sharings",
        description="Nobody sees the map before she shows it, nor a tie that she excepts.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Show the map, but for the ties she excepts.")
    @blueprint.arguments(ShareAsked, example={"audience": [KARIM]})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def share_network(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, ShareNetwork(**on(act), **said(body)))

    @blueprint.post("/<uuid:sharing>/endings")
    @blueprint.doc(summary="Stop showing it.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, NetworkShape, example=CHANGED)
    def end_sharing(body: dict[str, Any], person: UUID, sharing: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decided(desk, EndSharing(**on(act), sharing=sharing))

    return blueprint
