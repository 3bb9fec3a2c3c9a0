"""Counts by site and programme: published once and for all, each beside all that were before."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from flask import Response

from services.reporting.api.counts_shapes import (
    DONE,
    LISTED,
    RELEASE,
    PublishedSchema,
    PublishSchema,
    ReleaseSchema,
    ReleasesSchema,
)
from services.reporting.api.counts_shown import listed, shown
from services.reporting.domain.counting import count
from services.reporting.domain.counts import Counts, PublishCounts, Release
from services.reporting.views.serving import served
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import NotFound


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "counts",
        __name__,
        url_prefix="/v1/counts",
        description="Steps noted, by site and programme: no score, no rank, nobody's work.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Publish what may be said now of all who are served.")
    @blueprint.arguments(PublishSchema, example={"k": 5})
    @blueprint.response(201, PublishedSchema, example={**RELEASE, **DONE})
    def publish(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="counts.publish")
        counted = desk.view(act.tenant, lambda c: count(served(c, act.tenant, desk.clock())))
        command = PublishCounts(
            act=act,
            stream=stream_of(act.tenant),
            counted=counted,
            k=body["k"],
            outside=body.get("outside", False),
        )
        done = desk.execute(Counts, command)
        told = done.facts[0].id if done.facts else done.state.releases[-1].entry
        release = next(r for r in done.state.releases if r.entry == told)
        return desk.answer(done, shown(desk, act.tenant, release))

    @blueprint.get("")
    @blueprint.doc(summary="What was published, and when.")
    @blueprint.response(200, ReleasesSchema, example={"releases": [LISTED]})
    def read_all() -> Response:
        tenant = desk.caller(may="counts.read").tenant
        found = reversed(releases(desk, tenant))
        return desk.answer_read({"releases": [listed(desk, tenant, r) for r in found]})

    @blueprint.get("/<uuid:release>")
    @blueprint.doc(summary="One release, place by place; what is not said is withheld.")
    @blueprint.response(200, ReleaseSchema, example=RELEASE)
    def read(release: UUID) -> Response:
        tenant = desk.caller(may="counts.read").tenant
        found = next((r for r in releases(desk, tenant) if r.entry == release), None)
        if found is None:
            raise NotFound("counts.unknown")
        return desk.answer_read(shown(desk, tenant, found))

    return blueprint


def stream_of(tenant: UUID) -> UUID:
    return uuid5(tenant, "counts")


def releases(desk: Desk, tenant: UUID) -> tuple[Release, ...]:
    try:
        return desk.ledger.load(Counts, tenant, stream_of(tenant), tenant).releases
    except NotFound:
        return ()
