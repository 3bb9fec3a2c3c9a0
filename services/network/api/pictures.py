"""Her map, now or as of a day, and what changed between two days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.network.api.asking import PREFIX, AsOfQuery
from services.network.api.figure_shapes import FIGURE, FigureShape, figure_shown
from services.network.api.seeing import read_for
from services.network.api.shapes import (
    ENTRY,
    KARIM,
    LUC,
    NETWORK,
    SIMON,
    TIE,
    NetworkShape,
    TieShape,
)
from services.network.api.telling import shown, tie_shown
from services.network.domain.evolution import Change, Evolution, evolution
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Strict, many
from shared.kernel import Invalid


class BetweenQuery(Strict):
    since = Day(metadata={"description": "The first day of the map without it."})
    until = Day(metadata={"description": "Today without it."})


class ChangeShape(Strict):
    """`before` and `after` are a word, a number, a list, or null for what was not said."""

    tie = Id(required=True)
    what = fields.String(required=True)
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class TurnoverShape(FigureShape):
    kind = fields.String(required=True)


class EvolutionShape(Strict):
    person = Id(required=True)
    since = Day(required=True)
    until = Day(required=True)
    kept = many(fields.Nested(TieShape), 1000)
    gained = many(fields.Nested(TieShape), 1000)
    lost = many(fields.Nested(TieShape), 1000)
    passed = many(
        fields.Nested(TieShape), 1000, metadata={"description": "Came and went in between."}
    )
    back = many(Id(), 1000, metadata={"description": "Of those gained: there before, once."})
    paused = many(Id(), 1000, metadata={"description": "Of those kept: ended, and resumed."})
    changed = many(fields.Nested(ChangeShape), 10000)
    lines_gained = many(many(Id(), 2), 10000)
    lines_lost = many(many(Id(), 2), 10000)
    turnover = many(fields.Nested(TurnoverShape), 4)


EVOLUTION: dict[str, Any] = {
    "person": LUC,
    "since": "2026-01-20",
    "until": "2026-07-20",
    "kept": [TIE],
    "gained": [],
    "lost": [],
    "passed": [],
    "back": [],
    "paused": [SIMON],
    "changed": [{"tie": SIMON, "what": "circle", "before": 2, "after": 1}],
    "lines_gained": [[SIMON, KARIM]],
    "lines_lost": [[SIMON, ENTRY]],
    "turnover": [{**FIGURE, "kind": "person", "measure": "turnover", "value": 0.0}],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network_pictures",
        __name__,
        url_prefix=PREFIX,
        description="Pictures go by when it was in her life. Others see what she shows them now.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Her map, as she shows it to this reader: today, or as of a day.")
    @blueprint.arguments(AsOfQuery, location="query")
    @blueprint.response(200, NetworkShape, example=NETWORK)
    def read_network(asked: dict[str, Any], person: UUID) -> Response:
        reader = desk.reading(person, may="network.read", scope="network")
        read = read_for(desk, reader, person)
        day = read.day(asked.get("as_of"))
        picture = read.as_of(day)
        body = shown(person, read.state, read.eyes, read.seen, picture, day)
        body |= {"begins": read.first}
        if read.eyes.hers:
            return desk.answer_read({**body, "version": read.state.version}, read.state.version)
        return desk.answer_read(body)

    @blueprint.get("/evolution")
    @blueprint.doc(summary="Who stayed, came, went and changed between two days.")
    @blueprint.arguments(BetweenQuery, location="query")
    @blueprint.response(200, EvolutionShape, example=EVOLUTION)
    def read_evolution(asked: dict[str, Any], person: UUID) -> Response:
        reader = desk.reading(person, may="network.read", scope="network")
        read = read_for(desk, reader, person)
        since, until = read.day(asked.get("since", read.first)), read.day(asked.get("until"))
        if since > until:
            raise Invalid("evolution.backwards", field="since")
        found = evolution(read.seen.map, since, until, read.zone)
        return desk.answer_read(
            {"person": person, "since": since, "until": until, **evolution_shown(found)}
        )

    return blueprint


def evolution_shown(found: Evolution) -> Mapping[str, Any]:
    ties = {name: getattr(found, name) for name in ("kept", "gained", "lost", "passed")}
    lines = {name: getattr(found, name) for name in ("lines_gained", "lines_lost")}
    return {
        **{name: [tie_shown(tie) for tie in told] for name, told in ties.items()},
        "back": sorted(found.back),
        "paused": sorted(found.paused),
        "changed": [change_shown(change) for change in found.changed],
        **{name: sorted(sorted(map(str, pair)) for pair in told) for name, told in lines.items()},
        "turnover": [{"kind": kind, **figure_shown(f)} for kind, f in found.turnover.items()],
    }


def change_shown(change: Change) -> Mapping[str, Any]:
    return {
        "tie": change.tie,
        "what": change.what,
        "before": change.before,
        "after": change.after,
    }
