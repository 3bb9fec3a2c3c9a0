"""Who looked at her record: each read of it, in any service, and each opening of a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response
from marshmallow import fields

from services.reporting.api.asking import PeriodQuery
from services.reporting.api.reading import Reading, reading_of
from services.reporting.api.saying.look import said_look
from services.reporting.api.saying.wording import part
from services.reporting.api.shown import PartySchema, when
from services.reporting.api.trail import ENTRY, KARIM, EntriesSchema, answer_page, asked
from services.reporting.views.looking import Looks, looks_by_day, ways_of
from services.reporting.views.names import names_of
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Day, Id, Strict, many

LOOK = {
    **ENTRY,
    "type": "assessment.record_read",
    "label": "Consultation",
    "sentence": "Karim Belhadj (accompagnement) a consulté : le portrait, le 31 mai 2026.",
    "decision": False,
}


class DaySchema(Strict):
    """What one party looked at on one day, standing in one way to the person.

    `entry` is the last of these looks: what a request for an explanation names. Hours are the
    looker's own and the privacy officer's to know; nothing is counted.
    """

    day = Day(required=True)
    who = fields.Nested(PartySchema, required=True)
    standing = fields.String(required=True)
    what = many(fields.String(), 100)
    reason = fields.String(required=True)
    sentence = fields.String(required=True)
    entry = Id(required=True)
    hours = many(fields.String(), 1000)


class LooksSchema(Strict):
    looks = many(fields.Nested(DaySchema), 200)


DAY = {
    "day": "2026-05-31",
    "who": KARIM,
    "standing": "care",
    "what": ["assessment", "plan"],
    "reason": "Accompagnement («\u00a0Maison du Quai\u00a0») depuis le 12 janvier 2026.",
    "sentence": "Karim Belhadj a regardé\u00a0: le portrait et le plan, le 31 mai 2026. "
    "Accompagnement («\u00a0Maison du Quai\u00a0») depuis le 12 janvier 2026.",
    "entry": ENTRY["entry"],
    "hours": [],
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "looks", __name__, url_prefix="/v1/persons/<uuid:person>/looks", description="Who looked."
    )

    @blueprint.get("/days")
    @blueprint.doc(summary="Who looked, by day and by person, each with the reason, in sentences.")
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, LooksSchema, example={"looks": [DAY]})
    def by_day(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="looks.read", scope="looks")
        pages = desk.pages(reading.tenant)
        page = pages.asked(query, reading.tenant, reading.eyes.party)
        zone = desk.zone(reading.tenant)
        found = desk.view(
            reading.tenant,
            lambda c: looks_by_day(
                c, reading.tenant, person, zone=zone.key, after=page.after, limit=page.limit
            ),
        )
        last = found[-1] if len(found) == page.limit else None
        place = None if last is None else (last.day, last.party, last.standing)
        answer = desk.answer_read({"looks": said(desk, reading, zone, found)})
        return pages.turned(answer, page, place, tenant=reading.tenant, reader=reading.eyes.party)

    @blueprint.get("")
    @blueprint.doc(summary="Who looked at what of her record, when and why.")
    @blueprint.arguments(PeriodQuery, location="query")
    @blueprint.response(200, EntriesSchema, example={"entries": [LOOK]})
    def looks(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="looks.read", scope="looks")
        wanted = asked(desk, reading, query)
        return answer_page(desk, reading, query, replace(wanted, looks=True))

    return blueprint


def said(
    desk: Desk, reading: Reading, zone: ZoneInfo, found: Sequence[Looks]
) -> list[dict[str, Any]]:
    """Each in a sentence, with the relation, emergency or mandate that let them in."""
    parties = list({looks.party for looks in found})
    person = reading.person or reading.tenant
    ways = desk.view(reading.tenant, lambda c: ways_of(c, reading.tenant, person, parties))
    named = {*parties, *(way.site for way in ways if way.site)}
    names = desk.view(reading.tenant, lambda c: names_of(c, named))
    told = []
    for looks in found:
        sentence, reason = said_look(looks, ways, names, zone, reading.locale)
        hours = reading.eyes.kind == "privacy_officer" or reading.eyes.party == looks.party
        told.append(
            {
                "day": looks.day,
                "who": {
                    "party": looks.party,
                    "name": names.get(looks.party) or part("someone", None, reading.locale),
                },
                "standing": looks.standing,
                "what": list(looks.scopes),
                "reason": reason,
                "sentence": sentence,
                "entry": looks.entry,
                "hours": [when(h, zone, hour=True) for h in looks.hours] if hours else [],
            }
        )
    return told
