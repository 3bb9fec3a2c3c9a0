"""The emergency accesses that nobody has checked yet, for the privacy officer: the oldest first."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from services.directory.api.parts import ENTRY, PARTY, PERSON
from services.directory.views import unreviewed
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Id, Strict, many

MAY = "directory.emergency.review"


class UnreviewedSchema(Strict):
    """`days_waiting`: whole days since it was opened. Why it was opened is read in her record."""

    id = Id(required=True)
    person = Id(required=True)
    name = fields.String(allow_none=True)
    party = Id(required=True)
    party_name = fields.String(allow_none=True)
    opened = fields.DateTime(required=True)
    expires = fields.DateTime(required=True)
    closed = fields.DateTime(allow_none=True)
    days_waiting = fields.Integer(required=True)


class AllUnreviewedSchema(Strict):
    emergency_accesses = many(fields.Nested(UnreviewedSchema), 200)


WAITING = {
    "id": ENTRY,
    "person": PERSON,
    "name": "Réjean Simard",
    "party": PARTY,
    "party_name": "Étienne Vachon",
    "opened": "2026-07-12T01:00:00+00:00",
    "expires": "2026-07-12T02:00:00+00:00",
    "closed": None,
    "days_waiting": 3,
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "emergencies_unreviewed",
        __name__,
        url_prefix="/v1/emergency-accesses-unreviewed",
        description="What waits for the privacy officer's check.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Emergency accesses that nobody has checked yet, the oldest first.")
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, AllUnreviewedSchema, example={"emergency_accesses": [WAITING]})
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may=MAY)
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        rows = desk.view(
            caller.tenant,
            lambda c: unreviewed.page(c, desk.clock(), after=page.after, limit=page.limit),
        )
        for person in dict.fromkeys(row["person"] for row in rows):
            # each of them finds again that her record was looked at
            desk.reading(person, may=MAY, scope="directory.emergency_accesses")
        place = (rows[-1]["opened"].isoformat(), rows[-1]["id"]) if rows else None
        last = place if len(rows) == page.limit else None
        answer = desk.answer_read({"emergency_accesses": rows})
        return pages.turned(answer, page, last, tenant=caller.tenant, reader=caller.party)

    return blueprint
