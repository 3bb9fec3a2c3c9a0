"""The shapes in which counts are asked for and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from services.reporting.api.coproduction_shapes import MethodSchema
from services.reporting.domain.cells import LEAST_K
from services.reporting.domain.counting import FIGURES, METHOD, VERSION
from shared.http.schemas import Flag, Id, Strict, Whole, many, with_act

MOST_PLACES = 5000


class PublishSchema(Strict):
    """`k`: a figure about fewer persons is withheld; `outside`: it may leave the organisation."""

    act = with_act()
    k = Whole(least=1, most=1000, load_default=LEAST_K)
    outside = Flag()


class CountSchema(Strict):
    """`value` is null where it is withheld."""

    figure = fields.String(required=True)
    label = fields.String(required=True)
    value = fields.Integer(required=True, allow_none=True)


class PlaceSchema(Strict):
    """A place is listed only where at least one figure is said of it."""

    level = fields.String(required=True)
    site = Id(allow_none=True)
    programme = Id(allow_none=True)
    name = fields.String(required=True)
    figures = many(fields.Nested(CountSchema), len(FIGURES))


class ReleaseSchema(Strict):
    release = Id(required=True)
    published = fields.String(required=True)
    k = fields.Integer(required=True)
    outside = fields.Boolean(required=True)
    method = fields.Nested(MethodSchema, required=True)
    withheld_said = fields.String(required=True)
    places = many(fields.Nested(PlaceSchema), MOST_PLACES)


class PublishedSchema(ReleaseSchema):
    version = fields.Integer(required=True)
    entries = many(Id(), 1)


class ListedSchema(Strict):
    release = Id(required=True)
    published = fields.String(required=True)
    k = fields.Integer(required=True)
    outside = fields.Boolean(required=True)


class ReleasesSchema(Strict):
    """The latest first."""

    releases = many(fields.Nested(ListedSchema), 1000)


LISTED = {
    "release": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b31",
    "published": "2026-06-30",
    "k": 5,
    "outside": False,
}
RELEASE: Mapping[str, Any] = {
    **LISTED,
    "method": {"name": METHOD, "version": VERSION},
    "withheld_said": "Ce qui porte sur trop peu de personnes n’est pas donné.",
    "places": [
        {
            "level": "site",
            "site": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b32",
            "programme": None,
            "name": "Maison du Quai",
            "figures": [{"figure": "persons", "label": "Personnes", "value": 41}],
        }
    ],
}
DONE = {"version": 1, "entries": [LISTED["release"]]}
