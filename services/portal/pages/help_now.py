"""Whom to call, now: without signing in, from every page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from services.portal.frame import Frame


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("help_now", __name__)

    @blueprint.get("/help-now")
    def help_now() -> Response:
        return frame.page("help_now.html")

    @blueprint.get("/about-this-site")
    def about() -> Response:
        """What was made so that everyone can use it, and what was not checked yet."""
        return frame.page("accessibility.html")

    @blueprint.get("/help")
    def help_pages() -> Response:
        """How each place is used, in a few lines."""
        return frame.page("help.html", about=request.args.get("about", ""))

    return blueprint
