"""The first visit: seven short screens, which can be skipped and seen again."""

from __future__ import annotations

from flask import Blueprint, Response

from services.portal.frame import Frame
from shared.kernel import NotFound

SCREENS = 7


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("tour", __name__)

    @blueprint.get("/tour")
    @blueprint.get("/tour/<int:screen>")
    def tour(screen: int = 1) -> Response:
        if not 1 <= screen <= SCREENS:
            raise NotFound("route.unknown")
        return frame.page("tour.html", screen=screen, screens=SCREENS)

    return blueprint
