"""The audit trail: every entry about a person, or of the whole organisation for a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
from flask import Response, stream_with_context
from marshmallow import fields

from services.reporting.api.asking import FilterQuery, TimelineQuery, TrailQuery, asked_for
from services.reporting.api.reading import Reading, reading_of, reviewing
from services.reporting.api.shown import EntrySchema
from services.reporting.domain.entry import Entry
from services.reporting.views.asking import Asked
from services.reporting.views.knowing import known_here
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Strict, many

LINES = "application/x-ndjson"
KARIM = {"party": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b12", "name": "Karim Belhadj"}
LUC = {"party": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b13", "name": "Luc Gendreau"}
ENTRY: Mapping[str, Any] = {
    "entry": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11",
    "type": "plans.goal_agreed",
    "label": "Oui à un objectif",
    "sentence": "Luc Gendreau a dit oui à l’objectif « Jouer devant du monde ». Ont pris part : "
    "Karim Belhadj (accompagnement, a dit oui).",
    "words": "shown",
    "decision": True,
    "person": LUC["party"],
    "stream": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b14",
    "version": 4,
    "occurred_at": "2026-02-03",
    "recorded_at": "2026-02-03",
    "author": LUC,
    "actor": LUC,
    "contributors": [
        {
            **LUC,
            "role": "person",
            "part": "agreed",
            "knowledge": ["experiential"],
            "attestation": "own",
            "noted": "own",
            "said": "Luc Gendreau (la personne)\u00a0: a dit oui, sait par expérience de vie "
            "— par sa propre connexion",
        },
        {
            **KARIM,
            "role": "practitioner",
            "part": "agreed",
            "knowledge": ["professional"],
            "attestation": "confirmed",
            "noted": "claimed",
            "said": "Karim Belhadj (accompagnement)\u00a0: a dit oui, sait par métier "
            "— noté par Luc Gendreau, puis confirmé",
        },
    ],
    "setting": "together",
    "site": None,
    "programme": None,
    "because_of": ["0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b15"],
    "dispute": None,
    "answers": [],
    "proof": {"service": "plans", "position": 412, "leaf": "9f" * 32},
}


class EntriesSchema(Strict):
    """A page; `Link: <…>; rel="next"` says where the next one begins."""

    entries = many(fields.Nested(EntrySchema), 200, required=True)


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "trail", __name__, url_prefix="/v1", description="What happened, and who took part."
    )

    @blueprint.get("/persons/<uuid:person>/timeline")
    @blueprint.doc(summary="Her history in plain words, in the order of life.")
    @blueprint.arguments(TimelineQuery, location="query")
    @blueprint.response(200, EntriesSchema, example={"entries": [ENTRY]})
    def timeline(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="timeline.read", scope="timeline")
        return answer_page(desk, reading, query, asked(desk, reading, query, by_life=True))

    @blueprint.get("/persons/<uuid:person>/trail")
    @blueprint.doc(summary="The audit trail of a person, in the order of recording.")
    @blueprint.arguments(TrailQuery, location="query")
    @blueprint.response(200, EntriesSchema, example={"entries": [ENTRY]})
    def trail(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="trail.read", scope="trail")
        return answer_page(desk, reading, query, asked(desk, reading, query))

    @blueprint.get("/persons/<uuid:person>/trail.ndjson")
    @blueprint.doc(summary="The same, all of it, one entry a line.")
    @blueprint.arguments(FilterQuery, location="query")
    @blueprint.response(200, EntrySchema, example=ENTRY, content_type=LINES)
    def trail_lines(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="trail.read", scope="trail")
        return answer_lines(reading, reading.every(asked(desk, reading, query)))

    @blueprint.get("/trail")
    @blueprint.doc(summary="The organisation's trail, under mandate: words stay private.")
    @blueprint.arguments(TrailQuery, location="query")
    @blueprint.response(200, EntriesSchema, example={"entries": [ENTRY]})
    def whole_trail(query: dict[str, Any]) -> Response:
        reading = reviewing(desk, may="trail.organisation")
        return answer_page(desk, reading, query, asked(desk, reading, query), looked_at=set())

    @blueprint.get("/trail.ndjson")
    @blueprint.doc(summary="The same, all of it, one entry a line.")
    @blueprint.arguments(FilterQuery, location="query")
    @blueprint.response(200, EntrySchema, example=ENTRY, content_type=LINES)
    def whole_trail_lines(query: dict[str, Any]) -> Response:
        reading = reviewing(desk, may="trail.organisation")
        chunks = reading.every(asked(desk, reading, query))
        return answer_lines(reading, recorded(desk, reading, chunks))

    return blueprint


def asked(
    desk: Desk, reading: Reading, query: Mapping[str, Any], *, by_life: bool = False
) -> Asked:
    zone = desk.zone(reading.tenant)
    hours = reading.eyes.told_hours
    return asked_for(query, zone, reading.person, by_life=by_life, hours=hours)


def answer_page(
    desk: Desk,
    reading: Reading,
    query: Mapping[str, Any],
    asked_: Asked,
    looked_at: set[UUID] | None = None,
) -> Response:
    """One page; a cursor holds the last entry's id, never the hour at which it was written."""
    pages = desk.pages(reading.tenant)
    page = pages.asked(query, reading.tenant, reading.eyes.party)
    after = UUID(str(page.after[0])) if page.after else None
    found, last = reading.page(asked_, after, page.limit)
    if looked_at is not None:
        look(desk, found, looked_at)
    response = desk.answer_read({"entries": reading.said(found)})
    place = None if last is None else (str(last),)
    return pages.turned(response, page, place, tenant=reading.tenant, reader=reading.eyes.party)


def answer_lines(reading: Reading, chunks: Iterator[list[Entry]]) -> Response:
    """As long as it takes, in the memory of one chunk."""

    def lines() -> Iterator[bytes]:
        for chunk in chunks:
            for told in reading.said(chunk):
                yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)

    return Response(stream_with_context(lines()), mimetype=LINES)


def recorded(desk: Desk, reading: Reading, chunks: Iterator[list[Entry]]) -> Iterator[list[Entry]]:
    """Each chunk once the look at everyone in it is recorded."""
    looked_at: set[UUID] = {reading.tenant}
    for chunk in chunks:
        look(desk, chunk, looked_at)
        yield chunk


def look(
    desk: Desk,
    found: list[Entry],
    looked_at: set[UUID],
    may: str = "trail.read",
    scope: str = "trail",
) -> None:
    """She finds again that her record was looked at, also when it was one among many.

    Of someone who was erased nothing is left to read, and nothing more is recorded.
    """
    persons = dict.fromkeys(e.subject for e in found if e.subject != e.tenant)
    if not persons:
        return
    here = desk.view(found[0].tenant, lambda connection: known_here(connection, list(persons)))
    for person in persons:
        if person in here and person not in looked_at:
            looked_at.add(person)
            desk.reading(person, may=may, scope=scope)
