"""The seven answers to an entry, as resources of any stream: confirm, dispute, answer, settle, …

Each service registers them below the address of its streams, so that an entry of an assessment is
confirmed at `…/assessments/<assessment>/entries/<entry>/confirmations`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from shared.coproduction import (
    DEVICES,
    OUTCOMES,
    AnswerDispute,
    ConfirmContribution,
    Coproduced,
    DisputeContribution,
    Entry,
    MisfileEntry,
    RecordCorrection,
    SettleDispute,
    WithdrawWords,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.matching import told_version
from shared.http.schemas import Id, Strict, Words, many, one_of, with_act
from shared.kernel import Command, Denied, NotFound

ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11"
PARTY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b12"


class ConfirmSchema(Strict):
    device = one_of(DEVICES, metadata={"description": "On whose device: one's own, the writer's."})
    act = with_act()


class ReasonSchema(Strict):
    reason = Words(longest=2000)
    act = with_act()


class OutcomeSchema(Strict):
    words = Words(longest=2000, required=True)
    outcome = one_of(OUTCOMES, required=True)
    act = with_act()


class WordsSchema(Strict):
    words = Words(longest=4000, required=True)
    act = with_act()


class BareSchema(Strict):
    act = with_act()


class AttestedSchema(Strict):
    party = Id(required=True)
    attestation = fields.String(required=True)


class EntrySchema(Strict):
    """An entry, and what the people named in it have said about it since."""

    entry = Id(required=True)
    attested = many(fields.Nested(AttestedSchema), 100)
    dispute = fields.String(allow_none=True)
    stands = fields.Boolean(required=True)
    readable = fields.Boolean(required=True)
    version = fields.Integer(metadata={"description": "Where it is the caller's to know."})
    entries = many(Id(), 10)


OUTCOME = {"words": "Vous avez raison. J’ai noté trop vite.", "outcome": "accepted"}
ANSWERS: Mapping[str, tuple[type[Strict], type[Any], Mapping[str, Any], str]] = {
    "confirmations": (
        ConfirmSchema,
        ConfirmContribution,
        {"device": "own"},
        "Say that one took part as it is written.",
    ),
    "disputes": (
        ReasonSchema,
        DisputeContribution,
        {"reason": "J’ai dit que j’y réfléchirais."},
        "Say that it was not so: whoever settles it reads why.",
    ),
    "dispute-answers": (OutcomeSchema, AnswerDispute, OUTCOME, "Answer a dispute."),
    "dispute-settlements": (
        OutcomeSchema,
        SettleDispute,
        {"words": "Nous en avons parlé ensemble.", "outcome": "kept"},
        "Settle a dispute between two others.",
    ),
    "corrections": (
        WordsSchema,
        RecordCorrection,
        {"words": "C’était le 3 juin, pas le 2."},
        "Put right what one wrote.",
    ),
    "withdrawals": (
        BareSchema,
        WithdrawWords,
        {},
        (
            "Make one's words unreadable for everyone, for good. That something was written stays; "
            "so do encrypted copies on their way between services, for a day at most."
        ),
    ),
    "misfilings": (
        ReasonSchema,
        MisfileEntry,
        {"reason": "Écrit dans un autre dossier."},
        "Say that an entry belongs elsewhere; its words become unreadable.",
    ),
}


def answers(
    desk: Desk,
    kind: type[Coproduced],
    prefix: str,
    *,
    may: str,
    stream: Callable[..., UUID] | None = None,
) -> Blueprint:
    """The routes below `prefix`; `stream` finds the stream from the names in it.

    Without `stream`, it is the organisation's own (its id is the tenant's).

    A prefix with `<uuid:person>` is about that person, any other about the organisation.
    """
    blueprint = Blueprint(
        f"{kind.__name__.lower()}_answers",
        __name__,
        url_prefix=f"{prefix}/entries/<uuid:entry>",
        description="What the people named in an entry say about it: nothing is ever overwritten.",
    )

    def answering(resource: str) -> None:
        schema, verb, example, summary = ANSWERS[resource]

        @blueprint.post(f"/{resource}", endpoint=resource.replace("-", "_"))
        @blueprint.doc(summary=summary)
        @blueprint.arguments(schema, example=dict(example))
        @blueprint.response(201, EntrySchema, example=shown_example())
        def give(body: dict[str, Any], entry: UUID, **places: UUID) -> Response:
            act = desk.act(body, may=may, person=places.get("person"))
            if act.author != act.actor:
                # each speaks for himself or herself here; words are never destroyed by hearsay
                raise Denied("answer.own_sign_in", field="act.author")
            said = {name: value for name, value in body.items() if name != "act"}
            place = stream(**places) if stream else act.tenant
            command: Command = verb(act=act, stream=place, entry=entry, **said)
            try:
                done = desk.execute(kind, command)
            except NotFound as unknown:
                if unknown.code != "stream.unknown":
                    raise
                # whether she has begun a map is hers to tell: answered as within one
                raise NotFound("entry.unknown", field="entry") from None
            answered = shown(done.state.entries[entry])
            if told_version(kind, act):
                return desk.answer(done, answered)
            recorded = {"entries": [f.id for f in done.facts]}
            return desk.answer_read({**answered, **recorded}, status=201)

    for resource in ANSWERS:
        answering(resource)
    return blueprint


def shown(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "attested": [{"party": p, "attestation": a} for p, a in entry.attested.items()],
        "dispute": entry.dispute,
        "stands": entry.stands,
        "readable": entry.readable,
    }


def shown_example() -> dict[str, Any]:
    return {
        "entry": ENTRY,
        "attested": [{"party": PARTY, "attestation": "confirmed"}],
        "dispute": None,
        "stands": True,
        "readable": True,
        "version": 8,
        "entries": ["0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b13"],
    }
