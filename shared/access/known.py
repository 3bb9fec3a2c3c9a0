"""Who is known here: organisations, parties with their roles, auditors' mandates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
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
class MandateRow(Row):
    mandate: UUID
    auditor: UUID
    begins: date
    until: date  # the last day, as days are where the organisation is
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
        return MandateRow(
            told.tenant,
            told.subject,
            told.stream,
            UUID(body["auditor"]),
            date.fromisoformat(body["begins"]),
            date.fromisoformat(body["until"]),
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
