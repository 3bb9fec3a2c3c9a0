"""Her summaries: what she chooses of her record, in her order and with her words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.reading import Reading, reading_of
from services.reporting.api.summary_answers import (
    brief_for,
    brief_for_her,
    decided,
    for_her,
    loaded,
    shown_until,
)
from services.reporting.api.summary_content import her_own
from services.reporting.api.summary_shapes import (
    BRIEF,
    CHANGED,
    HERS,
    MAKE,
    ONE,
    PREFIX,
    ArrangeAsked,
    MakeAsked,
    SummariesShape,
    SummaryShape,
)
from services.reporting.domain.events import Part
from services.reporting.domain.pieces import require_pieces
from services.reporting.domain.summary import Summary
from services.reporting.domain.summary_commands import MakeSummary, RearrangeSummary
from services.reporting.views.summaries import made_by, sensitive_of, shown_to
from shared.http.admission import Reader
from shared.http.answers import answers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import Act, NotFound


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "summaries",
        __name__,
        url_prefix=PREFIX,
        description="What she wants said, chosen by her. Its words stay where she wrote them.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Her summaries; for others, those that are shown to them.")
    @blueprint.response(200, SummariesShape, example={"summaries": [BRIEF]})
    def summaries(person: UUID) -> Response:
        reader = desk.reading(person, may="summary.read", scope="summaries")
        return desk.answer_read({"summaries": list(briefs(desk, reader, person))})

    @blueprint.get(ONE)
    @blueprint.doc(summary="One of hers whole; for others, that it is there to be opened.")
    @blueprint.response(200, SummaryShape, example=HERS)
    def summary(person: UUID, summary: UUID) -> Response:
        reader = desk.reading(person, may="summary.read", scope="summary")
        state = loaded(desk, reader, summary)
        if reader.is_self:
            told = for_her(desk, reader.tenant, person, state)
            return desk.answer_read({**told, "version": state.version}, state.version)
        day = desk.today(reader.tenant)
        return desk.answer_read({"person": person, **(brief_for(state, reader.party, day) or {})})

    @blueprint.post("")
    @blueprint.doc(summary="Make one. Noted for her, it waits until she confirms it.")
    @blueprint.arguments(MakeAsked, example=MAKE)
    @blueprint.response(201, SummaryShape, example=CHANGED)
    def make_summary(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may="summary.make")
        stream = body.get("id") or desk.stream("summary")
        command = MakeSummary(act=act, stream=stream, **arranged(desk, act, body))
        return decided(desk, desk.execute(Summary, command), act)

    @blueprint.post(f"{ONE}/arrangements")
    @blueprint.doc(summary="Put it together anew, wherever it is shown.")
    @blueprint.arguments(ArrangeAsked, example=MAKE)
    @blueprint.response(201, SummaryShape, example=CHANGED)
    def rearrange_summary(body: dict[str, Any], person: UUID, summary: UUID) -> Response:
        act = desk.act(body, person=person, may="summary.share")
        command = RearrangeSummary(act=act, stream=summary, **arranged(desk, act, body))
        return decided(desk, desk.execute(Summary, command, must_match=True), act)

    return blueprint


def answered(desk: Desk) -> Blueprint:
    """What is said of its entries: confirmed, disputed, withdrawn."""
    prefix = f"{PREFIX}{ONE}"
    return answers(desk, Summary, prefix, may="summary.answer", stream=lambda summary, **_: summary)


def briefs(desk: Desk, reader: Reader, person: UUID) -> Iterable[Mapping[str, Any]]:
    day = desk.today(reader.tenant)
    streams = desk.view(
        reader.tenant,
        lambda c: (
            made_by(c, reader.tenant, person)
            if reader.is_self
            else shown_to(c, reader.tenant, person, reader.party)
        ),
    )
    for stream in streams:
        try:
            state = desk.ledger.load(Summary, reader.tenant, stream, person)
        except NotFound:  # erased since the view was asked
            continue
        if reader.is_self:
            yield brief_for_her(state, day)
        elif shown_until(state, reader.party, day):
            yield brief_for(state, reader.party, day) or {}


def arranged(desk: Desk, act: Act, body: Mapping[str, Any]) -> dict[str, Any]:
    """Title, parts and name, once every piece is known to be hers and seen by who chooses it."""
    parts = tuple(Part(**part) for part in body["parts"])
    reading = chooser(desk, act)
    known = reading.entries([part.entry for part in parts if part.entry])
    themes = [theme for e in known.values() if (theme := e.body.get("theme"))]
    sensitive = desk.view(act.tenant, lambda c: sensitive_of(c, act.tenant, themes))
    hers = {id_: e for id_, e in known.items() if e.subject == act.subject}
    require_pieces(parts, hers, sensitive)
    return {"title": body["title"], "parts": parts, "called": body.get("called")}


def chooser(desk: Desk, act: Act) -> Reading:
    """Whoever puts it together finds only entries that he or she may read."""
    if act.actor == act.subject:
        return her_own(desk, act.tenant, act.subject)
    return reading_of(desk, act.subject, may="summary.make", scope="record")
