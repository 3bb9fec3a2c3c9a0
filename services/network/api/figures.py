"""What can be measured of her map, over what its reader is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.network.api.asking import PREFIX, AsOfQuery
from services.network.api.figure_shapes import FIGURE, FigureShape, figure_shown
from services.network.api.seeing import read_for
from services.network.api.shapes import LUC, SIMON
from services.network.domain.measures import OfKind, asking_of, of_kinds, structure
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Day, Id, Strict, many


class CircleShape(Strict):
    circle = fields.Integer(allow_none=True)
    n = fields.Integer(required=True)


class RelationShape(Strict):
    relation = fields.String(allow_none=True)
    n = fields.Integer(required=True)


class SupportKindsShape(Strict):
    tie = Id(required=True)
    kinds = many(
        fields.String(), 4, allow_none=True, metadata={"description": "Null: not described."}
    )


class KindShape(Strict):
    kind = fields.String(required=True)
    size = fields.Nested(FigureShape, required=True)
    circles = many(fields.Nested(CircleShape), 4)
    relations = many(fields.Nested(RelationShape), 1000)
    support = many(fields.Nested(SupportKindsShape), 1000)
    support_kinds_per_tie = fields.Nested(FigureShape, required=True)


class MeasuresShape(Strict):
    """`over` says what was counted: all of the map, or what of it is shown to this reader."""

    person = Id(required=True)
    as_of = Day(required=True)
    over = fields.String(required=True)
    kinds = many(fields.Nested(KindShape), 4)
    alter_ties_asked = fields.String(required=True)
    among_people = many(fields.Nested(FigureShape), 5)


MEASURES: dict[str, Any] = {
    "person": LUC,
    "as_of": "2026-01-20",
    "over": "shown",
    "kinds": [
        {
            "kind": "person",
            "size": {**FIGURE, "measure": "size", "method": "count", "value": 1.0},
            "circles": [{"circle": 1, "n": 1}],
            "relations": [{"relation": "frère", "n": 1}],
            "support": [{"tie": SIMON, "kinds": ["emotional"]}],
            "support_kinds_per_tie": {**FIGURE, "measure": "support_kinds_per_tie", "value": 1.0},
        }
    ],
    "alter_ties_asked": "all",
    "among_people": [FIGURE],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "network_measures",
        __name__,
        url_prefix=PREFIX,
        description="Figures, none of them a mark. People, groups, services, animals are apart.",
    )

    @blueprint.get("/measures")
    @blueprint.doc(summary="What can be measured of the map, today or as of a day.")
    @blueprint.arguments(AsOfQuery, location="query")
    @blueprint.response(200, MeasuresShape, example=MEASURES)
    def read_measures(asked: dict[str, Any], person: UUID) -> Response:
        reader = desk.reading(person, may="network.read", scope="network")
        read = read_for(desk, reader, person)
        day = read.day(asked.get("as_of"))
        picture = read.as_of(day)
        return desk.answer_read(
            {
                "person": person,
                "as_of": day,
                "over": "everyone" if read.eyes.hers else "shown",
                "kinds": [of_kind_shown(kind) for kind in of_kinds(picture)],
                "alter_ties_asked": asking_of(picture),
                "among_people": [figure_shown(figure) for figure in structure(picture)],
            }
        )

    return blueprint


def of_kind_shown(kind: OfKind) -> Mapping[str, Any]:
    return {
        "kind": kind.kind,
        "size": figure_shown(kind.size),
        "circles": [{"circle": circle, "n": n} for circle, n in kind.circles.items()],
        "relations": [{"relation": told, "n": n} for told, n in kind.relations.items()],
        "support": [
            {"tie": tie, "kinds": None if kinds is None else sorted(kinds)}
            for tie, kinds in kind.supports.items()
        ],
        "support_kinds_per_tie": figure_shown(kind.support_kinds),
    }
