"""Every sealed event of every service, and what people have said of it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from services.reporting.domain.decisions import is_decision
from services.reporting.domain.entry import ANSWERS, CONFIRMING, Answer, Entry
from services.reporting.views.alone import ALONE
from shared.kernel import Contributor
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View

SERVICES = frozenset({"directory", "assessment", "network", "plans", "reporting", "delivery"})


@dataclass(frozen=True)
class TrailRow(Row):
    """`contributors` hold the attestation as written and, as `now`, as it stands."""

    entry: UUID
    source: str
    type: str
    position: int
    leaf: bytes
    stream: UUID
    version: int
    recorded_at: datetime
    occurred_at: datetime
    precision: str
    actor: UUID
    author: UUID
    contributors: Doc
    setting: str
    decision: bool
    readable: bool
    body: Doc
    answers: Doc
    because_of: tuple[UUID, ...] = ()
    site: UUID | None = None
    programme: UUID | None = None
    about: UUID | None = None


class Trail(View[TrailRow]):
    """What happened, who took part, how do they stand behind it, and where is its proof?"""

    name = "trail"
    row = TrailRow
    key = ("tenant_id", "entry")
    indexes = (
        ("tenant_id", "subject_id", "recorded_at", "source", "position"),
        ("tenant_id", "subject_id", "occurred_at", "source", "position"),
        ("tenant_id", "recorded_at", "source", "position"),
        ("tenant_id", "stream", "version"),
        *ALONE,
    )
    sources: ClassVar[frozenset[str]] = SERVICES
    listens = None

    def keys(self, told: Told) -> Iterable[Key]:
        says = told.entry is not None and told.type.partition(".")[2] in ANSWERS
        ids = (told.id, told.entry) if says else (told.id,)
        return [(told.tenant, entry) for entry in ids]

    def begins(self, key: Key, told: Told) -> bool:
        return bool(key[1] == told.id)

    def fold(self, key: Key, row: TrailRow | None, told: Told) -> TrailRow | None:
        return row_of(told) if key[1] == told.id else row and answered(row, told)


def row_of(told: Told) -> TrailRow:
    act = told.act
    return TrailRow(
        tenant_id=told.tenant,
        subject_id=told.subject,
        entry=told.id,
        source=told.source,
        type=told.type,
        position=told.position,
        leaf=told.leaf,
        stream=told.stream,
        version=told.version,
        recorded_at=act.at,
        occurred_at=act.occurred,
        precision=act.precision,
        actor=act.actor,
        author=act.author,
        contributors={"all": [took_part(c) for c in act.contributors]},
        setting=act.setting,
        decision=is_decision(told.type),
        readable=told.readable,
        body=dict(told.body),
        answers={"all": []},
        because_of=act.because_of,
        site=act.site,
        programme=act.programme,
        about=told.entry,
    )


def took_part(contributor: Contributor) -> dict[str, Any]:
    return {
        "party": str(contributor.party),
        "role": contributor.role,
        "part": contributor.part,
        "knowledge": list(contributor.knowledge),
        "attestation": contributor.attestation,
        "now": contributor.attestation,
    }


def answered(row: TrailRow, told: Told) -> TrailRow:
    """The entry with what this event says of it, its contributors' attestation brought up."""
    kind = told.type.partition(".")[2]
    said = {
        "entry": str(told.id),
        "kind": kind,
        "author": str(told.act.author),
        "actor": str(told.act.actor),
        "recorded_at": told.act.at.isoformat(),
        "occurred_at": told.act.occurred.isoformat(),
        "precision": told.act.precision,
        "words": told.body.get("words") or told.body.get("reason"),
        "outcome": told.body.get("outcome"),
        "device": told.body.get("device"),
    }
    contributors = [
        {**c, "now": CONFIRMING[kind]}
        if kind in CONFIRMING and c["party"] == str(told.act.author)
        else c
        for c in row.contributors["all"]
    ]
    return replace(
        row,
        contributors={"all": contributors},
        answers={"all": [*row.answers["all"], said]},
    )


def entry_of(row: TrailRow) -> Entry:
    """The row as the domain knows it."""
    return Entry(
        id=row.entry,
        tenant=row.tenant_id,
        subject=row.subject_id,
        source=row.source,
        type=row.type,
        position=row.position,
        leaf=bytes(row.leaf).hex(),
        stream=row.stream,
        version=row.version,
        recorded_at=row.recorded_at,
        occurred_at=row.occurred_at,
        precision=row.precision,
        actor=row.actor,
        author=row.author,
        contributors=tuple(contributor_of(c) for c in row.contributors["all"]),
        setting=row.setting,
        site=row.site,
        programme=row.programme,
        because_of=row.because_of,
        about=row.about,
        body=row.body,
        readable=row.readable,
        answers=tuple(answer_of(a) for a in row.answers["all"]),
    )


def contributor_of(told: dict[str, Any]) -> Contributor:
    return Contributor(
        party=UUID(told["party"]),
        role=told["role"],
        part=told["part"],
        attestation=told["attestation"],
        knowledge=tuple(told["knowledge"]),
    )


def answer_of(told: dict[str, Any]) -> Answer:
    return Answer(
        entry=UUID(told["entry"]),
        kind=told["kind"],
        author=UUID(told["author"]),
        actor=UUID(told["actor"]),
        recorded_at=datetime.fromisoformat(told["recorded_at"]),
        occurred_at=datetime.fromisoformat(told["occurred_at"]),
        precision=told["precision"],
        words=told["words"],
        outcome=told["outcome"],
        device=told["device"],
    )
