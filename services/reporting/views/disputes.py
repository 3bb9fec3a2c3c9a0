"""What has been disputed, and is it settled?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.disputes import (
    DISPUTED,
    OPEN,
    SAID,
    TAKING_BACK,
    Dispute,
    Said,
)
from services.reporting.views.trail import SERVICES
from shared.kernel import Invalid
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View


@dataclass(frozen=True)
class DisputeRow(Row):
    """`entry` is the one disputed; `since` when it was, the last time. Words are in the trail."""

    entry: UUID
    source: str
    stream: UUID
    since: datetime
    state: str
    open: bool
    said: Doc


class Disputes(View[DisputeRow]):
    name = "disputes"
    row = DisputeRow
    key = ("tenant_id", "entry")
    indexes = (("tenant_id", "open", "since", "entry"), ("tenant_id", "subject_id"))
    sources: ClassVar[frozenset[str]] = SERVICES
    listens = frozenset(f"{s}.{kind}" for s in SERVICES for kind in SAID | TAKING_BACK)

    def keys(self, told: Told) -> Iterable[Key]:
        about = told.body.get("about") if told.takes_back else None
        return [(told.tenant, e) for e in (told.entry, about and UUID(about)) if e is not None]

    def fold(self, key: Key, row: DisputeRow | None, told: Told) -> DisputeRow | None:
        kind = told.type.partition(".")[2]
        if kind in SAID:
            return heard(key[1], row, told, kind)
        if row is None:
            return None
        dispute = dispute_of(row)
        if told.entry == key[1]:
            return standing(row, replace(dispute, taken_back=True))
        outcome = told.body.get("outcome")
        if not outcome or told.entry is None:
            return row
        return standing(row, dispute.with_outcome(told.entry, outcome))


def heard(entry: UUID, row: DisputeRow | None, told: Told, kind: str) -> DisputeRow | None:
    """The row once one more of its dispute was said; an answer to nothing begins none."""
    if row is None and kind != DISPUTED:
        return None
    before = Dispute() if row is None else dispute_of(row)
    dispute = before.hear(Said(told.id, kind, told.body.get("outcome")))
    at = told.act.at if row is None or dispute.begun == told.id else row.since
    where = (told.tenant, told.subject, entry, told.source, told.stream)
    return standing(DisputeRow(*where, at, "open", open=True, said={}), dispute)


def standing(row: DisputeRow, dispute: Dispute) -> DisputeRow:
    said = {
        "all": [
            {"entry": str(s.entry), "kind": s.kind, "outcome": s.outcome} for s in dispute.said
        ],
        "taken_back": dispute.taken_back,
    }
    return replace(row, state=dispute.state, open=dispute.state in OPEN, said=said)


def dispute_of(row: DisputeRow) -> Dispute:
    return dispute_in(row.said)


def dispute_in(said: Mapping[str, Any]) -> Dispute:
    told = (Said(UUID(s["entry"]), s["kind"], s["outcome"]) for s in said["all"])
    return Dispute(tuple(told), said["taken_back"])


# of someone who was erased, or asked for it, nothing waits for anybody
PAGE = """
SELECT d.entry, d.subject_id, d.source, d.stream, d.since, d.said, split_part(o.type, '.', 2)
  FROM disputes d
  LEFT JOIN trail o ON o.tenant_id = d.tenant_id AND o.stream = d.stream AND o.version = 1
 WHERE d.tenant_id = %(tenant)s AND d.open = %(open)s
   AND (%(person)s::uuid IS NULL OR d.subject_id = %(person)s)
   AND (d.subject_id = d.tenant_id OR EXISTS (
       SELECT FROM known_parties k WHERE k.tenant_id = d.tenant_id AND k.party = d.subject_id))
   AND NOT EXISTS (SELECT FROM relations r WHERE r.tenant_id = d.tenant_id
       AND r.subject_id = d.subject_id AND r.kind = 'erasure' AND r.ended_at IS NULL)
   AND (d.since, d.entry) > (%(since)s, %(after)s)
 ORDER BY d.since, d.entry LIMIT %(limit)s
"""
START = ("-infinity", UUID(int=0))


@dataclass(frozen=True, slots=True)
class Disputed:
    """One that is listed; `opened_by` is what the stream of its entry began with."""

    entry: UUID
    person: UUID
    service: str
    stream: UUID
    since: datetime
    dispute: Dispute
    opened_by: str


def page(
    connection: Connection[Any],
    tenant: UUID,
    *,
    unsettled: bool,
    person: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[Disputed]:
    """The oldest first; `after` is the entry that the page before ended with."""
    since, entry = START if after is None else (place_of(connection, tenant, after), after)
    asked = {
        "tenant": tenant, "open": unsettled, "person": person, "since": since, "after": entry,
        "limit": limit,
    }  # fmt: skip
    rows = connection.execute(PAGE, asked).fetchall()
    return [
        Disputed(entry, person, service, stream, since, dispute_in(said), opened_by or "")
        for entry, person, service, stream, since, said, opened_by in rows
    ]


def place_of(connection: Connection[Any], tenant: UUID, entry: UUID) -> datetime:
    """A cursor carries no hour: it is looked up. Raises Invalid where it is no longer there."""
    found = connection.execute(
        "SELECT since FROM disputes WHERE tenant_id = %s AND entry = %s", (tenant, entry)
    ).fetchone()
    if found is None:
        raise Invalid("page.unknown_cursor", field="cursor")
    since: datetime = found[0]
    return since
