"""What is disputed and waits to be settled, over all services: the oldest first.

Whoever settles a dispute must know what it is about. Where her team sees the entry, the privacy
officer reads here why someone does not agree and what was answered; the entry's own words stay
hers, and of an entry that she keeps to herself nothing is read at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.reporting.api.asking import yes_or_no
from services.reporting.api.reading import Reading, reading_of, reviewing
from services.reporting.api.shown import AnswerSchema, PartySchema, shown_answer, someone, when
from services.reporting.api.trail import KARIM, LUC, look
from services.reporting.domain.disputes import DISPUTED, OPEN, SAID, STATES, address
from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.known import Known
from services.reporting.views import disputes
from services.reporting.views.disputes import Disputed
from services.reporting.views.knowing import seen_by
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.pages import PageQuery
from shared.http.schemas import Id, Strict, many

LIST, HERS = "dispute.list", "dispute.read"
# her team as such, whoever is in it
TEAM = Eyes(party=UUID(int=0), kind="care")
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d11"
PLACE = f"/plans/v1/persons/{LUC['party']}/plans/0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d12"


class DisputesQuery(PageQuery):
    open = yes_or_no(load_default=True, metadata={"description": "Those that wait, or the others."})


class DisputeSchema(Strict):
    """`sentence` tells the entry, `said` the dispute, in order; words are null where they are kept.

    `state`: `open`, `answered` (whoever wrote it keeps it), `not_agreed` (disputed again after
    that); `agreed`, `settled` or `taken_back` once it is over. Answered at `answer_at` by whoever
    wrote it, settled at `settle_at` by someone who did not.
    """

    entry = Id(required=True)
    service = fields.String(required=True)
    type = fields.String(required=True)
    sentence = fields.String(required=True)
    person = fields.Nested(PartySchema, required=True, allow_none=True)
    written_by = fields.Nested(PartySchema, required=True)
    noted_by = fields.Nested(PartySchema, required=True)
    disputed_by = fields.Nested(PartySchema, required=True)
    reason = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, metadata={"description": "shown or private"})
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    outcome = fields.String(required=True, allow_none=True)
    since = fields.String(required=True)
    said = many(fields.Nested(AnswerSchema), 1000)
    answer_at = fields.String(required=True, allow_none=True)
    settle_at = fields.String(required=True, allow_none=True)


class DisputesSchema(Strict):
    disputes = many(fields.Nested(DisputeSchema), 200)


SAID_OF_IT = {
    "entry": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4d13",
    "kind": DISPUTED,
    "author": LUC,
    "occurred_at": "2026-05-15",
    "words": "J’ai dit que j’y réfléchirais.",
    "outcome": None,
    "device": None,
}
DISPUTE = {
    "entry": ENTRY,
    "service": "plans",
    "type": "plans.goal_agreed",
    "sentence": "Luc Gendreau a dit oui à un objectif. Noté par Karim Belhadj.",
    "person": LUC,
    "written_by": LUC,
    "noted_by": KARIM,
    "disputed_by": LUC,
    "reason": SAID_OF_IT["words"],
    "words": "shown",
    "state": "open",
    "outcome": None,
    "since": "2026-05-15",
    "said": [SAID_OF_IT],
    "answer_at": f"{PLACE}/entries/{ENTRY}/dispute-answers",
    "settle_at": f"{PLACE}/entries/{ENTRY}/dispute-settlements",
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "disputes", __name__, url_prefix="/v1", description="What is disputed, until it is settled."
    )

    @blueprint.get("/disputes")
    @blueprint.doc(summary="What waits to be settled in the organisation, the oldest first.")
    @blueprint.arguments(DisputesQuery, location="query")
    @blueprint.response(200, DisputesSchema, example={"disputes": [DISPUTE]})
    def everyones(query: dict[str, Any]) -> Response:
        return answer_page(desk, reviewing(desk, may=LIST, scope="disputes"), query)

    @blueprint.get("/persons/<uuid:person>/disputes")
    @blueprint.doc(summary="What is disputed of a person's record, the oldest first.")
    @blueprint.arguments(DisputesQuery, location="query")
    @blueprint.response(200, DisputesSchema, example={"disputes": [DISPUTE]})
    def hers(query: dict[str, Any], person: UUID) -> Response:
        return answer_page(desk, reading_of(desk, person, may=HERS, scope="disputes"), query)

    return blueprint


def answer_page(desk: Desk, reading: Reading, query: Mapping[str, Any]) -> Response:
    """Everyone whose record is in it finds that again, before it is answered."""
    tenant, reader = reading.tenant, reading.eyes.party
    pages = desk.pages(tenant)
    page = pages.asked(query, tenant, reader)
    after = UUID(str(page.after[0])) if page.after else None
    asked = {"unsettled": query["open"], "person": reading.person, "limit": page.limit}
    found = desk.view(tenant, lambda c: disputes.page(c, tenant, after=after, **asked))
    entries = reading.entries([one.entry for one in found])
    if reading.person is None:
        look(desk, list(entries.values()), set(), may=LIST, scope="disputes")
    told = said(desk, reading, [one for one in found if is_told(one, entries)], entries)
    place = (str(found[-1].entry),) if len(found) == page.limit else None
    answer = desk.answer_read({"disputes": told})
    return pages.turned(answer, page, place, tenant=tenant, reader=reader)


def is_told(one: Disputed, entries: Mapping[UUID, Entry]) -> bool:
    """Whether the trail has come as far: it is kept by itself, and may be a moment behind."""
    entry = entries.get(one.entry)
    return entry is not None and any(a.entry == one.dispute.begun for a in entry.answers)


def said(
    desk: Desk, reading: Reading, found: Sequence[Disputed], entries: Mapping[UUID, Entry]
) -> list[dict[str, Any]]:
    known = reading.known([entries[one.entry] for one in found])
    team = shown_to_team(desk, reading, list(entries.values()))
    return [told(reading, one, entries[one.entry], known, team) for one in found]


def shown_to_team(desk: Desk, reading: Reading, entries: Sequence[Entry]) -> frozenset[UUID]:
    """Those of these entries that she shows her team as such."""
    if not reading.eyes.reviewing:
        return frozenset()
    tenant, now = reading.tenant, desk.clock()
    return desk.view(tenant, lambda c: seen_by(c, tenant, entries, TEAM, now, desk.remembered))


def told(
    reading: Reading, one: Disputed, entry: Entry, known: Known, team: Collection[UUID]
) -> dict[str, Any]:
    eyes, locale, dispute = reading.eyes, reading.locale, one.dispute
    shown = reading.shown_to(entry, known)
    kept = entry.id in known.hidden and entry.id not in team
    answers = [
        shown_answer(answer, known, eyes, locale, hidden=kept)
        for answer in entry.answers
        if answer.kind in SAID
    ]
    opening = next(a for a in answers if a["entry"] == dispute.begun)
    at = address(one.service, one.opened_by, person=one.person, stream=one.stream, entry=one.entry)
    waits = at is not None and dispute.state in OPEN
    return {
        **{name: shown[name] for name in ("entry", "type", "sentence")},
        "service": one.service,
        "person": None if one.person == reading.tenant else someone(one.person, known, locale),
        "written_by": shown["author"],
        "noted_by": shown["actor"],
        "disputed_by": opening["author"],
        "reason": opening["words"],
        "words": "private" if kept else "shown",
        "state": dispute.state,
        "outcome": dispute.outcome,
        "since": when(one.since, known.zone, hour=False),
        "said": answers,
        "answer_at": f"{at}/dispute-answers" if waits and dispute.state != "answered" else None,
        "settle_at": f"{at}/dispute-settlements" if waits else None,
    }
