"""A release of counts as it is answered: place by place, what is withheld as null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.reporting.api.saying.measuring import measure_word
from services.reporting.api.shown import when
from services.reporting.domain.counting import FIGURES
from services.reporting.domain.counts import EVERYWHERE, SITE, Release
from services.reporting.domain.events import CountedPlace
from services.reporting.views.names import names_of
from shared.http.desk import Desk
from shared.http.language import asked_locale


def listed(desk: Desk, tenant: UUID, release: Release) -> dict[str, Any]:
    zone = desk.zone(tenant)
    return {
        "release": release.entry,
        "published": when(release.at, zone, hour=False),
        "k": release.fact.k,
        "outside": release.fact.outside,
    }


def shown(desk: Desk, tenant: UUID, release: Release) -> dict[str, Any]:
    fact, locale = release.fact, asked_locale()
    ids = {i for place in fact.places for i in (place.site, place.programme) if i is not None}
    names = desk.view(tenant, lambda c: names_of(c, {*ids, tenant}))
    return {
        **listed(desk, tenant, release),
        "method": {"name": fact.method, "version": fact.method_version},
        "withheld_said": measure_word("counts", "withheld", locale),
        "places": [
            {
                "level": place.level,
                "site": place.site,
                "programme": place.programme,
                "name": name_of(place, names, tenant, locale),
                "figures": figures(place, locale),
            }
            for place in fact.places
        ],
    }


def name_of(place: CountedPlace, names: Mapping[UUID, str], tenant: UUID, locale: str) -> str:
    id_ = {EVERYWHERE: tenant, SITE: place.site}.get(place.level, place.programme)
    known = None if id_ is None else names.get(id_)
    return measure_word("counts", "no_place", locale) if known is None else known


def figures(place: CountedPlace, locale: str) -> list[dict[str, Any]]:
    said = dict(zip(place.figures, place.values, strict=True))
    return [{"figure": f, "label": label(f, locale), "value": said.get(f)} for f in FIGURES]


def label(figure: str, locale: str) -> str:
    """`persons` and `with_plan` by name; else the step, and what is counted of it."""
    step, _, what = figure.partition(".")
    if not what:
        return measure_word("counts", figure, locale)
    said = measure_word("counts", what, locale)
    return said.replace("{step}", measure_word("step", step, locale))
