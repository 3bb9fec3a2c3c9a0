"""Her own full copy, any time: for machines one entry a line, for people a page to read or print.

That a copy was made is a fact of her record; what she reads of it herself is recorded nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, stream_with_context
from marshmallow import INCLUDE, fields

from services.reporting.api.copy_lines import lines
from services.reporting.api.copy_page import POLICY, parts
from services.reporting.api.reading import Reading, reading_of
from services.reporting.api.trail import ENTRY, LINES
from services.reporting.domain.copies import FORMS, SCOPES, Copies, GiveCopy, MakeCopy, stream_of
from services.reporting.views.asking import entries
from services.reporting.views.summaries import is_known
from shared.http.answers import answers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, many, one_of, with_act
from shared.kernel import Act, Invalid

PREFIX = "/v1/persons/<uuid:person>/copies"
MAY = "report.export"
REQUESTED = "directory.right_requested"
LUC = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4f01"
PAPER = {"audience": LUC, "scope": "plan", "form": "paper"}
RECORDED = {"person": LUC, "entries": ["0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4f02"]}


class CopyAsked(Strict):
    act = with_act()


class PaperAsked(Strict):
    """What was handed over: which tab, how, and if wished which entries were on it.

    All of it (`record`) answers a request of hers, which `act.because_of` names.
    """

    audience = Id(required=True)
    scope = one_of(SCOPES, required=True)
    form = one_of(FORMS, required=True)
    pieces = many(Id(), 200)
    act = with_act()


class RecordedShape(Strict):
    person = Id(required=True)
    entries = many(Id(), 10)


class LineShape(Strict):
    """A line: `copy` first, then `entry` as the trail tells it with its body, `end` last."""

    line = fields.String(required=True)

    class Meta:
        unknown = INCLUDE


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "copies", __name__, url_prefix=PREFIX, description="Her record, to take with her."
    )

    @blueprint.post("")
    @blueprint.doc(summary="Say that a copy is made: it stands in her record.")
    @blueprint.arguments(CopyAsked, example={})
    @blueprint.response(201, RecordedShape, example=RECORDED)
    def make_copy(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        done = desk.execute(Copies, MakeCopy(act=act, stream=stream_of(person)))
        told = {"person": person, "entries": [fact.id for fact in done.facts]}
        return desk.answer_read(told, status=201)

    @blueprint.get("/record.ndjson")
    @blueprint.doc(summary="All of it, one entry a line, each with its body and its proof.")
    @blueprint.response(
        200, LineShape, example={**ENTRY, "line": "entry", "body": {}}, content_type=LINES
    )
    def record_lines(person: UUID) -> Response:
        reading = reading_of(desk, person, may=MAY, scope="copy")
        return streamed(lines(reading, desk.clock()), LINES, "record.ndjson")

    @blueprint.get("/record.html")
    @blueprint.doc(summary="All of it in sentences, month by month, to read or to print.")
    @blueprint.response(200, content_type="text/html", example="<!doctype html>…")
    def record_page(person: UUID) -> Response:
        reading = reading_of(desk, person, may=MAY, scope="copy")
        answer = streamed(page(reading, desk.clock()), "text/html", "record.html")
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    @blueprint.post("/given")
    @blueprint.doc(summary="Note that a copy was handed over or read aloud: it counts as seen.")
    @blueprint.arguments(PaperAsked, example=PAPER)
    @blueprint.response(201, RecordedShape, example=RECORDED)
    def give_copy(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may="copy.give")
        whom = body["audience"]
        if not desk.view(act.tenant, lambda c: is_known(c, act.tenant, whom)):
            raise Invalid("party.unknown", field="audience")
        said = {name: body[name] for name in ("audience", "scope", "form")}
        pieces = tuple(body.get("pieces", ()))
        require_seen(desk, person, pieces)
        rights = rights_asked(desk, act)
        command = GiveCopy(act=act, stream=stream_of(person), pieces=pieces, rights=rights, **said)
        done = desk.execute(Copies, command)
        told = {"person": person, "entries": [fact.id for fact in done.facts]}
        return desk.answer_read(told, status=201)

    return blueprint


def rights_asked(desk: Desk, act: Act) -> tuple[str, ...]:
    """What she asked for under the law, where that is why the copy is given."""
    causes = desk.view(act.tenant, lambda c: entries(c, act.tenant, act.because_of))
    asked = (e for e in causes if e.type == REQUESTED and e.subject == act.subject)
    return tuple(e.body["right"] for e in asked if e.readable)


def require_seen(desk: Desk, person: UUID, pieces: tuple[UUID, ...]) -> None:
    """Nobody hands over what is not shown to him or her: it is what never was."""
    if not pieces:
        return
    seen = reading_of(desk, person, may="copy.give", scope="record").entries(pieces)
    for number, piece in enumerate(pieces):
        if piece not in seen or seen[piece].subject != person:
            raise Invalid("summary.no_such_piece", field=f"pieces.{number}")


def answered(desk: Desk) -> Blueprint:
    """What is said of a copy: that one has it, that one never got it."""
    return answers(desk, Copies, PREFIX, may="summary.answer", stream=stream_of)


def page(reading: Reading, at: datetime) -> Iterator[bytes]:
    return (part.encode() for part in parts(reading, at))


def streamed(chunks: Iterator[bytes], kind: str, name: str) -> Response:
    """As long as it takes, in the memory of one chunk."""
    answer = Response(stream_with_context(chunks), mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
