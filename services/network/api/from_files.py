"""Ties that the organisation's files tell of: on her map in her name, claimed until she says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.network.api.asking import PREFIX
from services.network.api.seeing import on
from services.network.domain.commands import KINDS, AddTie, RateTie
from services.network.domain.network import Network
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.from_files import (
    AT_ONCE,
    NOTED,
    FromFilesSchema,
    NotedSchema,
    act_from_files,
    noted,
)
from shared.http.schemas import Id, Strict, Whole, Words, many, one_of
from shared.kernel import Command

RATED = ("quality", "closeness")


class TieSchema(Strict):
    tie = Id(required=True)
    name = Words(longest=80, required=True)
    relation = Words(longest=80)
    circle = Whole(least=1, most=3)
    kind = one_of(KINDS)
    quality = Words(longest=200)
    closeness = Words(longest=200)


class TiesFromFilesSchema(FromFilesSchema):
    lines = many(fields.Nested(TieSchema), AT_ONCE, required=True)


EXAMPLE = {
    "from_import": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0a",
    "occurred_at": "2024-03-05",
    "lines": [{"tie": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0d", "name": "Simon", "circle": 1}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "ties_from_files",
        __name__,
        url_prefix=PREFIX.removesuffix("/network") + "/ties-from-files",
        description="Ties that the organisation's files tell of, as she had said them.",
    )

    @blueprint.post("")
    @blueprint.doc(
        summary="Note ties from the organisation's files, and how she had said they were."
    )
    @blueprint.arguments(TiesFromFilesSchema, example=EXAMPLE)
    @blueprint.response(201, NotedSchema, example=NOTED)
    def note(body: dict[str, Any], person: UUID) -> Response:
        act = act_from_files(desk, body, may="network.note_from_files", person=person)
        begun = on(desk, act)
        lines = [commands_of(line, begun) for line in body["lines"]]
        return noted(desk, Network, [], lines, lambda told: getattr(told, "tie", None))

    return blueprint


def commands_of(line: Mapping[str, Any], begun: Mapping[str, Any]) -> list[Command]:
    """The tie, and her rating of it where the line has one."""
    tie = {name: value for name, value in line.items() if name not in RATED}
    rated = {name: line[name] for name in RATED if line.get(name)}
    added: list[Command] = [AddTie(**begun, **tie)]
    return [*added, RateTie(**begun, tie=line["tie"], **rated)] if rated else added
