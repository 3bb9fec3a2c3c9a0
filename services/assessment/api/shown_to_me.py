"""What others have shown the caller: whose assessments, nothing of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.assessment.api.shapes import ASSESSMENT, PERSON
from services.assessment.domain.assessment import Assessment
from services.assessment.views.sharings import reaching
from shared.access.eyes import Eyes
from shared.access.freshness import NotFreshError
from shared.access.policy import allows
from shared.access.standing import Caller, Standing, standings
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, many
from shared.kernel import NotFound


class ShownShape(Strict):
    person = Id(required=True)
    assessment = Id(required=True)
    parts = many(fields.String(), 4)


class ShownToMeShape(Strict):
    assessments = many(fields.Nested(ShownShape), 10_000)


SHOWN = {"person": PERSON, "assessment": ASSESSMENT, "parts": ["quality_of_life"]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "shown_to_me",
        __name__,
        url_prefix="/v1/shown-to-me",
        description="Assessments that people show the caller now.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Which assessments are shown to me, and which parts of them.")
    @blueprint.response(200, ShownToMeShape, example={"assessments": [SHOWN]})
    def list_shown() -> Response:
        caller = desk.caller(may="catalogue.read")
        found = desk.view(caller.tenant, lambda c: list(candidates(desk, c, caller)))
        shown = [
            one
            for person, sitting, standing in found
            if (one := parts(desk, caller, person, sitting, standing))
        ]
        return desk.answer_read({"assessments": shown})

    return blueprint


def candidates(
    desk: Desk, connection: Any, caller: Caller
) -> Iterator[tuple[UUID, UUID, Standing]]:
    """Assessments that a sharing reaches, of persons to whom the caller still stands somehow."""
    nearest: dict[UUID, Standing | None] = {}
    for person, assessment in reaching(connection, caller.party):
        if person not in nearest:
            found = standings_of(desk, connection, caller, person)
            readers = [s for s in found if allows("assessment.read", {s.kind}) and not s.hidden]
            nearest[person] = min(readers, key=lambda s: s.kind, default=None)
        standing = nearest[person]
        if standing is not None:
            yield person, assessment, standing


def standings_of(desk: Desk, connection: Any, caller: Caller, person: UUID) -> frozenset[Standing]:
    """None for a person whose relations cannot be told just now: the others are shown."""
    try:
        return standings(connection, caller, person, desk.clock()) or frozenset()
    except NotFreshError:
        return frozenset()


def parts(
    desk: Desk, caller: Caller, person: UUID, assessment: UUID, standing: Standing
) -> dict[str, Any] | None:
    """The tabs shown today by the assessment itself: the view only says where to look."""
    try:
        state = desk.ledger.load(Assessment, caller.tenant, assessment, person)
    except NotFound:
        return None
    shown = state.sharings.tabs(Eyes(caller.party, standing.kind))
    tabs = sorted(tab for tab in shown if standing.opens(tab))
    return {"person": person, "assessment": assessment, "parts": tabs} if tabs else None
