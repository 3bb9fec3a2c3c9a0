"""The record of a decision: what was decided, by whom with whom, and where it came from and led."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.reporting.api.asking import PeriodQuery
from services.reporting.api.reading import Reading, reading_of
from services.reporting.api.shown import EntrySchema
from services.reporting.api.trail import ENTRY, EntriesSchema, answer_page, asked
from services.reporting.domain.chain import Chain, Step, chain_of
from services.reporting.domain.entry import Entry
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, many
from shared.kernel import NotFound


class StepSchema(Strict):
    """An entry of the chain: so many links away, reached from these entries."""

    steps = fields.Integer(required=True)
    links = many(Id(), 100, required=True)
    entry = fields.Nested(EntrySchema, required=True)


class DecisionSchema(Strict):
    """`came_from` backwards and `led_to` forwards, nearest first; `whole` unless cut short."""

    decision = fields.Nested(EntrySchema, required=True)
    came_from = many(fields.Nested(StepSchema), 500, required=True)
    led_to = many(fields.Nested(StepSchema), 500, required=True)
    whole = fields.Boolean(required=True)


STEP = {"steps": 1, "links": [ENTRY["entry"]], "entry": {**ENTRY, "decision": False}}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "decisions",
        __name__,
        url_prefix="/v1/persons/<uuid:person>/decisions",
        description="Who co-produced which decision, and when.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Her decisions, in the order of life.")
    @blueprint.arguments(PeriodQuery, location="query")
    @blueprint.response(200, EntriesSchema, example={"entries": [ENTRY]})
    def decisions(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="decision.read", scope="decision")
        wanted = asked(desk, reading, {**query, "decisions": True}, by_life=True)
        return answer_page(desk, reading, query, wanted)

    @blueprint.get("/<uuid:entry>")
    @blueprint.doc(summary="One decision, with the chain that led to it and from it.")
    @blueprint.response(
        200,
        DecisionSchema,
        example={"decision": ENTRY, "came_from": [STEP], "led_to": [], "whole": True},
    )
    def decision(person: UUID, entry: UUID) -> Response:
        reading = reading_of(desk, person, may="decision.read", scope="decision")
        decided = reading.entries([entry]).get(entry)
        if decided is None or decided.subject != person or not decided.is_decision:
            raise NotFound("decision.unknown")
        links, whole = reading.links(entry)
        return desk.answer_read({**record(reading, chain_of(entry, links)), "whole": whole})

    return blueprint


def record(reading: Reading, chain: Chain) -> dict[str, Any]:
    """The decision and each link that these eyes see; what they do not is passed over."""
    found = {
        id_: entry
        for id_, entry in reading.entries(chain.entries).items()
        if entry.subject in (reading.person, reading.tenant)
    }
    said = dict(zip(found, reading.said(list(found.values())), strict=True))
    return {
        "decision": said[chain.entry],
        "came_from": steps(chain.came_from, found, said),
        "led_to": steps(chain.led_to, found, said),
    }


def steps(
    chain: tuple[Step, ...], found: dict[UUID, Entry], said: dict[UUID, dict[str, Any]]
) -> list[dict[str, Any]]:
    return [
        {"steps": s.steps, "links": list(s.links), "entry": said[s.entry]}
        for s in chain
        if s.entry in found
    ]
