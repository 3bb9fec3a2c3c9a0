"""Whom to call, for whoever comes by an organisation's poster: before and without signing in."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response
from marshmallow import fields

from services.directory.api.organisations import EXAMPLE, HelpLineSchema
from services.directory.api.posters import behind
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Strict, many


class OpenLinesSchema(Strict):
    """What an organisation says to everybody: its name, and whom to call."""

    name = fields.String(required=True)
    help_lines = many(fields.Nested(HelpLineSchema), 20)


SHOWN = {name: EXAMPLE[name] for name in ("name", "help_lines")}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "help_lines",
        __name__,
        url_prefix="/v1/help-lines",
        description="Whom to call: for everybody who has an organisation's poster before them.",
    )

    @blueprint.get("/<poster>")
    @blueprint.doc(summary="Whom to call, without signing in.", security=[])
    @blueprint.response(200, OpenLinesSchema, example=SHOWN)
    def read(poster: str) -> Response:
        desk.anyone(may="directory.help_lines.read")
        state = behind(desk, poster)
        lines = [asdict(line) for line in state.help_lines]
        return desk.answer_read({"name": state.profile and state.profile.name, "help_lines": lines})

    return blueprint
