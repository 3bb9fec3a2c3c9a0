"""Who looked at her record: each read of it, in any service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.asking import PeriodQuery
from services.reporting.api.reading import reading_of
from services.reporting.api.trail import ENTRY, EntriesSchema, answer_page, asked
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk

LOOK = {
    **ENTRY,
    "type": "assessment.record_read",
    "label": "Consultation",
    "sentence": "Karim Belhadj (accompagnement) a consulté : le portrait, le 31 mai 2026.",
    "decision": False,
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "looks", __name__, url_prefix="/v1/persons/<uuid:person>/looks", description="Who looked."
    )

    @blueprint.get("")
    @blueprint.doc(summary="Who looked at what of her record, when and why.")
    @blueprint.arguments(PeriodQuery, location="query")
    @blueprint.response(200, EntriesSchema, example={"entries": [LOOK]})
    def looks(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="looks.read", scope="looks")
        wanted = asked(desk, reading, query)
        return answer_page(desk, reading, query, replace(wanted, kind="record_read"))

    return blueprint
