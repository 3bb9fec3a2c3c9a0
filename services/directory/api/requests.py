"""What waits for the privacy officer: requests under the law, the earliest due first."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from services.directory.api.parts import ENTRY, PERSON
from services.directory.domain.rights import RIGHTS
from services.directory.views import requests
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Day, Id, Strict, many, one_of

STATES = ("waiting", "answered")


class RequestsQuery(PageQuery):
    state = one_of(STATES, load_default="waiting")


class RequestSchema(Strict):
    """`overdue`: its day has passed and nobody has answered. What she wrote is read with her."""

    id = Id(required=True)
    person = Id(required=True)
    name = fields.String(allow_none=True)
    right = one_of(RIGHTS, required=True)
    asked = Day(required=True)
    due = Day(required=True)
    extended = fields.Boolean(required=True)
    overdue = fields.Boolean(required=True)
    outcome = fields.String(allow_none=True)
    answered = Day(allow_none=True)


class RequestsSchema(Strict):
    rights = many(fields.Nested(RequestSchema), 200)


REQUEST = {
    "id": ENTRY,
    "person": PERSON,
    "name": "Luc Gendreau",
    "right": "copy",
    "asked": "2026-09-01",
    "due": "2026-10-01",
    "extended": False,
    "overdue": False,
    "outcome": None,
    "answered": None,
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "requests", __name__, url_prefix="/v1/rights", description="Requests under the law."
    )

    @blueprint.get("")
    @blueprint.doc(summary="Requests by the day on which an answer is due.")
    @blueprint.arguments(RequestsQuery, location="query")
    @blueprint.response(200, RequestsSchema, example={"rights": [REQUEST]})
    def read_all(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="directory.right.list")
        pages = desk.pages(caller.tenant)
        page = pages.asked(query, caller.tenant, caller.party)
        waiting = query["state"] == "waiting"
        rows = desk.view(
            caller.tenant,
            lambda c: requests.page(c, waiting=waiting, after=page.after, limit=page.limit),
        )
        today = desk.clock().astimezone(desk.zone(caller.tenant)).date()
        listed = [{**row, "overdue": waiting and row["due"] < today} for row in rows]
        last = (rows[-1]["due"], rows[-1]["id"]) if len(rows) == page.limit else None
        answer = desk.answer_read({"rights": listed})
        return pages.turned(answer, page, last, tenant=caller.tenant, reader=caller.party)

    return blueprint
