"""An entry as it is answered: its envelope, how each stands behind it, and a sentence."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from marshmallow import fields

from services.reporting.api.saying.sentence import sentence
from services.reporting.api.saying.taking_part import contribution
from services.reporting.api.saying.telling import Telling
from services.reporting.api.saying.wording import label, part
from services.reporting.domain.entry import Answer, Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.known import Known
from shared.http.schemas import Id, Strict, many

COUNTED = frozenset({"assessment", "network"})


class PartySchema(Strict):
    party = Id(required=True)
    name = fields.String(required=True)


class TookPartSchema(PartySchema):
    """`attestation` as it stands now; `noted` as it was when the entry was written."""

    role = fields.String(required=True)
    part = fields.String(required=True)
    knowledge = many(fields.String(), 4)
    attestation = fields.String(required=True)
    noted = fields.String(required=True)
    said = fields.String(required=True, metadata={"description": "All of this in words."})


class AnswerSchema(Strict):
    """What someone said of the entry since."""

    entry = Id(required=True)
    kind = fields.String(required=True)
    author = fields.Nested(PartySchema, required=True)
    occurred_at = fields.String(required=True)
    words = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    device = fields.String(allow_none=True)


class ProofSchema(Strict):
    """Where the entry stands in the organisation's sealed log of that service."""

    service = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf = fields.String(required=True, metadata={"description": "SHA-256, in hexadecimal."})


class EntrySchema(Strict):
    """A day is given where the hour is nobody else's business."""

    entry = Id(required=True)
    type = fields.String(required=True)
    label = fields.String(required=True)
    sentence = fields.String(required=True)
    words = fields.String(required=True, metadata={"description": "shown, private or withdrawn"})
    decision = fields.Boolean(required=True)
    person = Id(allow_none=True)
    stream = Id(required=True)
    version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Null where it would count what she keeps to herself."},
    )
    occurred_at = fields.String(required=True)
    recorded_at = fields.String(required=True)
    author = fields.Nested(PartySchema, required=True)
    actor = fields.Nested(PartySchema, required=True)
    contributors = many(fields.Nested(TookPartSchema), 100)
    setting = fields.String(required=True)
    site = Id(allow_none=True)
    programme = Id(allow_none=True)
    because_of = many(Id(), 100)
    dispute = fields.String(allow_none=True)
    answers = many(fields.Nested(AnswerSchema), 1000)
    proof = fields.Nested(ProofSchema, required=True)


def shown_entry(entry: Entry, known: Known, eyes: Eyes, locale: str) -> dict[str, Any]:
    """The entry for these eyes: what is hidden from them is masked, hours are their own."""
    hidden = entry.id in known.hidden
    hours = eyes.kind == "privacy_officer" or eyes.party in (entry.actor, entry.author)
    contributors = [
        {
            **someone(c.party, known, locale),
            "role": c.role,
            "part": c.part,
            "knowledge": list(c.knowledge),
            "attestation": entry.attestation_of(c),
            "noted": c.attestation,
            "said": contribution(Telling(entry, known, eyes.party, locale), c),
        }
        for c in entry.contributors
    ]
    return {
        "entry": entry.id,
        "type": entry.type,
        "label": label(entry.type, locale),
        "sentence": sentence(entry, known, eyes.party, locale),
        "words": "private" if hidden else "shown" if entry.readable else "withdrawn",
        "decision": entry.is_decision,
        "person": None if entry.subject == entry.tenant else entry.subject,
        "stream": entry.stream,
        "version": entry.version if told_version(entry, eyes) else None,
        "occurred_at": when(entry.occurred_at, known.zone, hour=hours and entry.precision != "day"),
        "recorded_at": when(entry.recorded_at, known.zone, hour=hours),
        "author": someone(entry.author, known, locale),
        "actor": someone(entry.actor, known, locale),
        "contributors": contributors,
        "setting": entry.setting,
        "site": entry.site,
        "programme": entry.programme,
        "because_of": list(entry.because_of),
        "dispute": entry.dispute,
        "answers": [shown_answer(a, known, eyes, locale, hidden=hidden) for a in entry.answers],
        "proof": {"service": entry.source, "position": entry.position, "leaf": entry.leaf},
    }


def told_version(entry: Entry, eyes: Eyes) -> bool:
    """A version of her portrait or map counts what she kept and changed: hers to know."""
    return eyes.hers or eyes.reviewing or entry.source not in COUNTED


def shown_answer(
    answer: Answer, known: Known, eyes: Eyes, locale: str, *, hidden: bool
) -> dict[str, Any]:
    hours = eyes.kind == "privacy_officer" or eyes.party in (answer.actor, answer.author)
    private = hidden or (eyes.kind == "auditor" and not eyes.words_allowed)
    return {
        "entry": answer.entry,
        "kind": answer.kind,
        "author": someone(answer.author, known, locale),
        "occurred_at": when(
            answer.occurred_at, known.zone, hour=hours and answer.precision != "day"
        ),
        "words": None if private else answer.words,
        "outcome": answer.outcome,
        "device": answer.device,
    }


def someone(party: Any, known: Known, locale: str) -> dict[str, Any]:
    name = known.names.get(party) or part("someone", None, locale)
    return {"party": party, "name": name}


def when(moment: datetime, zone: tzinfo, *, hour: bool) -> str:
    local = moment.astimezone(zone)
    return local.isoformat(timespec="seconds") if hour else local.date().isoformat()
