"""Whom to call, now: without signing in, from every page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from services.portal.frame import Frame


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("help_now", __name__)

    @blueprint.get("/help-now")
    def help_now() -> Response:
        """By a poster's address, its organisation's lines: pages before sign-in then say them too.

        For an hour, without its name, and gone with the quick way out: what is opened next on a
        shared device may show whom to call, and not where somebody has been.
        """
        place = request.args.get("place", "")
        of = frame.come_by(place)
        response = frame.page("help_now.html", of=of)
        if of.help_lines and not frame.visitor().signed_in:
            frame.poster.write(response, {"place": place})
        return response

    @blueprint.get("/about-this-site")
    def about() -> Response:
        """What was made so that everyone can use it, and what was not checked yet."""
        return frame.page("accessibility.html")

    @blueprint.get("/help")
    def help_pages() -> Response:
        """How each place is used, in a few lines."""
        return frame.page("help.html", about=request.args.get("about", ""))

    return blueprint
