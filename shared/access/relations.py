"""The relation views: who is who, and who stands how to whom, folded from the directory's events.

Each service keeps them in its own database, so that access is decided there and then. Rows are
ended, never removed: "who could see this on 3 March?" has an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from shared.access.imports import KnownImports
from shared.access.known import DIRECTORY, KnownOrganisations, KnownParties, Mandates
from shared.access.places import KnownPlaces
from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class RelationRow(Row):
    """`kind`: care, consent, representation, restriction, emergency or erasure (hers, all of it).

    Towards a `party`, or all of a `category`; `tabs` limit it (none: everything). It counts from
    `since` until the instant `until`, the end of its `last_day` where the organisation is (both
    told beforehand), or `ended_at`. A consent noted for someone has no `since` before the one it
    `awaits` has confirmed it.
    """

    relation: UUID
    kind: str
    since: datetime | None
    party: UUID | None = None
    category: str | None = None
    role: str | None = None
    site: UUID | None = None
    programme: UUID | None = None
    tabs: tuple[str, ...] = ()
    purpose: str | None = None
    until: datetime | None = None
    last_day: date | None = None
    ended_at: datetime | None = None
    awaits: UUID | None = None
    reviewed_at: datetime | None = None


OPENING = {
    "directory.care_relation_started": "care",
    "directory.consent_given": "consent",
    "directory.representation_started": "representation",
    "directory.access_restricted": "restriction",
    "directory.emergency_access_opened": "emergency",
}
ENDING = {
    "directory.care_relation_ended": "relation",
    "directory.consent_withdrawn": "consent",
    "directory.representation_ended": "representation",
    "directory.access_restriction_lifted": "restriction",
    "directory.emergency_access_closed": "access",
}
REVIEWED = "directory.emergency_access_reviewed"
# all of hers is hidden from the first on, until one of the others; one row, under her own id
HIDING = "directory.erasure_scheduled"
SHOWING = frozenset({"directory.erasure_called_off", "directory.person_erased"})

ANSWERING = frozenset(
    {
        "directory.contribution_confirmed",
        "directory.contribution_disputed",
        "directory.dispute_answered",
        "directory.dispute_settled",
    }
)


class Relations(View[RelationRow]):
    """How does each party stand to this person, and since when until when?"""

    name = "relations"
    row = RelationRow
    key = ("tenant_id", "subject_id", "relation")
    indexes = (("tenant_id", "party"),)
    sources: ClassVar[frozenset[str]] = DIRECTORY
    listens = frozenset({*OPENING, *ENDING, *ANSWERING, REVIEWED, HIDING, *SHOWING})
    tells_freshness: ClassVar[bool] = True

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        if told.type == HIDING or told.type in SHOWING:
            return [(told.tenant, told.subject, told.subject)]
        if told.type in OPENING:
            return [(told.tenant, told.subject, told.id)]
        named = told.body["access" if told.type == REVIEWED else ENDING.get(told.type, "entry")]
        return [(told.tenant, told.subject, UUID(named))]

    def fold(self, key: Key, row: RelationRow | None, told: Told) -> RelationRow | None:
        if told.type in ENDING or told.type in SHOWING:
            return row and replace(row, ended_at=told.act.at)
        if told.type == REVIEWED:
            return row and replace(row, reviewed_at=told.act.at)
        if told.type == HIDING:
            return RelationRow(told.tenant, told.subject, told.subject, "erasure", told.act.at)
        if told.type in ANSWERING:
            return row and answered(row, told)
        return opened(told)


def answered(row: RelationRow, told: Told) -> RelationRow:
    """What an answer to an entry changes in who may see what: only what she says of hers."""
    match told.type:
        case "directory.contribution_confirmed" if row.awaits == told.act.author:
            return replace(row, since=told.act.at, awaits=None)
        case "directory.contribution_disputed":
            hers = row.kind == "consent" and told.act.author == told.subject
            return replace(row, ended_at=told.act.at) if hers else row
        case "directory.dispute_answered" | "directory.dispute_settled":
            lifted = row.kind == "restriction" and told.body["outcome"] == "accepted"
            return replace(row, ended_at=told.act.at) if lifted else row
        case _:
            return row


def opened(told: Told) -> RelationRow:
    body = told.body
    kind = OPENING[told.type]
    party = body.get("party") or body.get("audience")
    if kind == "emergency":
        party = str(told.act.author)
    # silence is never consent: what someone noted for her opens nothing before she confirms it
    noted = kind == "consent" and told.act.author != told.act.actor
    return RelationRow(
        told.tenant,
        told.subject,
        told.id,
        kind,
        None if noted else told.act.at,
        party=UUID(party) if party else None,
        category=body.get("category"),
        role=body.get("role"),
        site=as_id(body.get("site")),
        programme=as_id(body.get("programme")),
        tabs=tuple(body.get("tabs") or body.get("scope") or ()),
        purpose=body.get("purpose"),
        until=as_instant(body.get("expires")),
        last_day=as_day(body.get("until")),
        awaits=told.act.author if noted else None,
    )


def relation_views() -> tuple[View[Any], ...]:
    """What every service keeps of the directory in order to decide access."""
    return (
        KnownOrganisations(),
        KnownParties(),
        Relations(),
        Mandates(),
        KnownImports(),
        KnownPlaces(),
    )


def as_instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def as_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def as_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
