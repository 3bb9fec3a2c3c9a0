"""The relation views: who is who, and who stands how to whom, folded from the directory's events.

Each service keeps them in its own database, so that access is decided there and then. Rows are
ended, never removed: "who could see this on 3 March?" has an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View

DIRECTORY = frozenset({"directory"})


@dataclass(frozen=True)
class PartyRow(Row):
    party: UUID
    kind: str
    name: str
    sign_in_subject: str | None = None
    roles: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()  # each role at each site, `role/site`
    left_at: datetime | None = None


class KnownParties(View[PartyRow]):
    """Who is signed in, and which roles has he or she in the organisation?"""

    name = "known_parties"
    row = PartyRow
    key = ("tenant_id", "party")
    indexes = (("tenant_id", "sign_in_subject"),)
    sources: ClassVar[frozenset[str]] = DIRECTORY
    listens = frozenset(
        {
            "directory.party_registered",
            "directory.person_registered",
            "directory.role_granted",
            "directory.role_revoked",
            "directory.party_left",
        }
    )

    def keys(self, told: Told) -> Iterable[Key]:
        person = told.type == "directory.person_registered"
        return [(told.tenant, told.subject if person else told.stream)]

    def fold(self, key: Key, row: PartyRow | None, told: Told) -> PartyRow | None:
        body = told.body
        if told.type in ("directory.party_registered", "directory.person_registered"):
            if not told.readable:
                return row
            known = row or PartyRow(told.tenant, told.subject, key[1], "person", "")
            return replace(
                known,
                kind=body.get("kind", "person"),
                name=body["name"],
                sign_in_subject=body.get("sign_in_subject"),
            )
        if row is None:
            return None
        if told.type == "directory.role_granted":
            return holding(row, {*row.posts, post(body)})
        if told.type == "directory.role_revoked":
            everywhere = body.get("site") is None
            gone = {p for p in row.posts if p.split("/")[0] == body["role"]}
            return holding(row, {*row.posts} - (gone if everywhere else {post(body)}))
        return replace(row, left_at=told.act.at)


def post(body: Mapping[str, Any]) -> str:
    return f"{body['role']}/{body.get('site') or ''}"


def holding(row: PartyRow, posts: set[str]) -> PartyRow:
    """A role revoked at one site may still be held at another."""
    roles = {p.split("/")[0] for p in posts}
    return replace(row, posts=tuple(sorted(posts)), roles=tuple(sorted(roles)))


@dataclass(frozen=True)
class RelationRow(Row):
    """`kind`: care, consent, representation, restriction or emergency.

    Towards a `party`, or all of a `category`; `tabs` limit it (none: everything); it counts from
    `since` until `until` (told beforehand) or `ended_at` (ended). A consent noted for someone has
    no `since` before the one it `awaits` has confirmed it.
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
    ended_at: datetime | None = None
    awaits: UUID | None = None


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
    listens = frozenset({*OPENING, *ENDING, *ANSWERING})
    tells_freshness: ClassVar[bool] = True

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        if told.type in OPENING:
            return [(told.tenant, told.subject, told.id)]
        named = told.body[ENDING.get(told.type, "entry")]
        return [(told.tenant, told.subject, UUID(named))]

    def fold(self, key: Key, row: RelationRow | None, told: Told) -> RelationRow | None:
        if told.type in ENDING:
            return row and replace(row, ended_at=told.act.at)
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
        until=as_instant(body.get("until") or body.get("expires")),
        awaits=told.act.author if noted else None,
    )


@dataclass(frozen=True)
class MandateRow(Row):
    mandate: UUID
    auditor: UUID
    begins: datetime
    until: datetime
    sites: tuple[UUID, ...] = ()
    programmes: tuple[UUID, ...] = ()
    words_allowed: bool = False
    ended_at: datetime | None = None


class Mandates(View[MandateRow]):
    """Which auditor may review which histories, until when, and read words or not?"""

    name = "mandates"
    row = MandateRow
    key = ("tenant_id", "mandate")
    indexes = (("tenant_id", "auditor"),)
    sources: ClassVar[frozenset[str]] = DIRECTORY
    listens = frozenset({"directory.audit_mandate_given", "directory.audit_mandate_ended"})

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.stream)]

    def fold(self, key: Key, row: MandateRow | None, told: Told) -> MandateRow | None:
        if told.type == "directory.audit_mandate_ended":
            return row and replace(row, ended_at=told.act.at)
        if not told.readable:
            return row
        body = told.body
        begins, until = as_instant(body["begins"]), as_instant(body["until"])
        if begins is None or until is None:
            return row
        return MandateRow(
            told.tenant,
            told.subject,
            told.stream,
            UUID(body["auditor"]),
            begins,
            until,
            tuple(UUID(s) for s in body.get("sites") or ()),
            tuple(UUID(p) for p in body.get("programmes") or ()),
            bool(body.get("words_allowed")),
        )


@dataclass(frozen=True)
class OrganisationRow(Row):
    name: str
    timezone: str
    locale: str
    help_lines: bool = False
    reading_delay: bool = False


class KnownOrganisations(View[OrganisationRow]):
    """In which zone and language does the organisation live, and may its portal open?"""

    name = "known_organisations"
    row = OrganisationRow
    key = ("tenant_id",)
    sources: ClassVar[frozenset[str]] = DIRECTORY
    listens = frozenset(
        {
            "directory.organisation_registered",
            "directory.help_lines_set",
            "directory.reading_delay_set",
        }
    )

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant,)]

    def fold(self, key: Key, row: OrganisationRow | None, told: Told) -> OrganisationRow | None:
        if told.type == "directory.organisation_registered":
            body = told.body
            return OrganisationRow(
                told.tenant, told.subject, body["name"], body["timezone"], body["locale"]
            )
        if told.type == "directory.help_lines_set":
            return row and replace(row, help_lines=True)
        return row and replace(row, reading_delay=True)


def relation_views() -> tuple[View[Any], ...]:
    """What every service keeps of the directory in order to decide access."""
    return KnownOrganisations(), KnownParties(), Relations(), Mandates()


def as_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def as_instant(value: str | None) -> datetime | None:
    """An instant, or the end of a day (UTC) when only a day was said."""
    if value is None:
        return None
    instant = datetime.fromisoformat(value)
    if "T" not in value:
        return instant.replace(hour=23, minute=59, second=59, tzinfo=UTC)
    return instant
