"""Who could see this on that day, and why can or can't I: answered in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.access_shapes import (
    MINE,
    THEN,
    AccessQuery,
    AccessSchema,
    MineQuery,
    MineSchema,
)
from services.reporting.api.saying.standing import TABS, Voice, opened_tabs
from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.shown_then import best_sight, shown_at
from services.reporting.domain.sight import Sight
from services.reporting.views.asking import entries, hers
from services.reporting.views.standing_then import Stood, beginnings, stood, ways_of
from shared.access.standing import WORKERS
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import Invalid, NotFound

Moments = Sequence[tuple[datetime, list[Stood]]]
# what may let somebody see an entry from then on
SHOWING = ("shared", "ended", "confirmed", "settled", "set", "agreed", "rated", "skipped")


def then(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "access",
        __name__,
        url_prefix="/v1/persons/<uuid:person>/access",
        description="Who could see what of hers on a day, and how they stood to her.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Who could see her record, one tab or one entry on that day.")
    @blueprint.arguments(AccessQuery, location="query")
    @blueprint.response(200, AccessSchema, example=THEN)
    def who_could_see(query: dict[str, Any], person: UUID) -> Response:
        reader = desk.reading(person, may="access.then", scope="access")
        tenant, zone, now = reader.tenant, desk.zone(reader.tenant), desk.clock()
        day: date = query.get("day") or now.astimezone(zone).date()
        begins = datetime.combine(day, time(), zone)
        if begins > now:
            raise Invalid("day.to_come", field="day")
        ends = min(datetime.combine(day + timedelta(days=1), time(), zone), now)
        entry = query.get("entry")
        about, told = (None, []) if entry is None else told_of(desk, tenant, person, entry)
        moments = moments_of(desk, tenant, person, (begins, ends), told)
        voice = Voice(desk.locale(tenant), zone)
        readers = [
            shown_reader(voice, way, seen)
            for way, seen in gathered(moments, about, told, day)
            if query.get("tab") is None or query["tab"] in opened(way)
        ]
        answer = {"person": person, "day": day, "tab": query.get("tab"), "entry": entry}
        return desk.answer_read({**answer, "readers": readers, "notes": voice.notes()})

    return blueprint


def told_of(desk: Desk, tenant: UUID, person: UUID, entry: UUID) -> tuple[Entry, list[Entry]]:
    """The entry, and her own story that says what of it is shown to whom."""

    def asked(connection: Any) -> tuple[list[Entry], list[Entry]]:
        return entries(connection, tenant, [entry]), hers(connection, tenant, person)

    found, told = desk.view(tenant, asked)
    if not found or found[0].subject != person:
        raise NotFound("entry.unknown", field="entry")
    return found[0], told


def moments_of(
    desk: Desk,
    tenant: UUID,
    person: UUID,
    day: tuple[datetime, datetime],
    told: Sequence[Entry],
) -> Moments:
    """Who was let in, at each moment of the day from which somebody may have seen more."""
    turns = [
        e.recorded_at
        for e in told
        if day[0] <= e.recorded_at < day[1] and e.kind.rpartition("_")[2] in SHOWING
    ]

    def asked(connection: Any) -> Moments:
        begun = beginnings(connection, tenant, person, day)
        return [(at, stood(connection, tenant, person, at)) for at in sorted({*begun, *turns})]

    return desk.view(tenant, asked)


def gathered(
    moments: Moments, about: Entry | None, told: Sequence[Entry], day: date
) -> list[tuple[list[Stood], Sight | None]]:
    """Each way in which someone stood at any moment, and the most it showed of the entry."""
    ways: dict[tuple[UUID, str], list[tuple[datetime, Stood]]] = {}
    for at, everyone in moments:
        for one in everyone:
            ways.setdefault(one.way, []).append((at, one))
    if about is None:
        return [([one for _, one in found], None) for found in ways.values()]
    shown = [(at, shown_at(told, at, day)) for at, _ in moments]
    return [
        ([one for _, one in found], best_sight(about, shown, eyes_of(found)))
        for found in ways.values()
    ]


def eyes_of(found: Sequence[tuple[datetime, Stood]]) -> list[tuple[datetime, Eyes]]:
    return [
        (
            at,
            Eyes(
                party=one.party,
                kind=one.standing.kind,
                tabs=one.standing.tabs,
                closed=one.standing.closed,
                words_allowed=one.standing.kind == "auditor" and one.standing.words_allowed,
            ),
        )
        for at, one in found
    ]


def opened(way: Sequence[Stood]) -> set[str]:
    return set().union(*(opened_tabs(one) for one in way))


def shown_reader(voice: Voice, way: Sequence[Stood], sight: Sight | None) -> dict[str, Any]:
    one, tabs = way[0], opened(way)
    return {
        "party": one.party,
        "name": one.name,
        "stands": one.standing.kind,
        "role": one.standing.role,
        "tabs": [tab for tab in TABS if tab in tabs],
        "sees": sight.value if sight else None,
        "sentence": voice.who(one, tabs, sight),
    }


def mine(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "my_access",
        __name__,
        url_prefix="/v1/me/access",
        description="Why whoever is signed in may see somebody's record, or may not.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Why I can or can't see this record, or one of its tabs.")
    @blueprint.arguments(MineQuery, location="query")
    @blueprint.response(200, MineSchema, example=MINE)
    def why(query: dict[str, Any]) -> Response:
        caller = desk.caller(may="access.mine")
        person, tab = query["person"], query.get("tab")
        ways = desk.view(caller.tenant, lambda c: ways_of(c, caller, person, desk.clock()))
        voice = Voice(desk.locale(caller.tenant), desk.zone(caller.tenant))
        said = voice.why(ways, tab)
        sentences = said or [voice.nothing(tab)]
        if not said and caller.roles & WORKERS:
            sentences.append(voice.in_an_emergency())
        answer = {"person": person, "tab": tab, "may": bool(said)}
        return desk.answer_read({**answer, "sentences": sentences})

    return blueprint
