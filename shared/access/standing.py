"""How a caller stands to a person: asked of the relation views, in one round trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from shared.access.days import MANDATED, RUNS
from shared.access.freshness import VIEWS, NotFreshError
from shared.access.scopes import reached

EVERYTHING = "everything"
# a person, and a partner's system, stand for what they are and need no role
OF_ITS_KIND = frozenset({"person", "partner"})
OFFICES = frozenset({"administrator", "manager", "privacy_officer"})
WORKERS = frozenset({"practitioner", "peer_worker", "administrator", "manager", "privacy_officer"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is signed in, as this organisation knows them; `operator` runs the installation."""

    tenant: UUID
    party: UUID
    name: str
    roles: frozenset[str]
    operator: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One way in which the caller stands to the person: its kind, role there, and limits.

    `hidden`: she asked for all to be erased, and it waits for its day.

    Kinds: `self`, `care`, `relative`, `representative`, `assistant`, `emergency`, `researcher` (by
    her consent to research, which opens none of her tabs), `auditor`, `worker`, and the offices of
    the organisation (`administrator`, `manager`, `privacy_officer`).
    """

    kind: str
    role: str
    tabs: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    site: UUID | None = None
    programme: UUID | None = None
    words_allowed: bool = True
    hidden: bool = False

    def opens(self, tab: str | None) -> bool:
        """Whether this way of standing leaves that tab open: not restricted, and within limits."""
        if tab is None or self.kind == "self":
            return True
        return tab not in self.closed and (not self.tabs or tab in self.tabs)


CALLER = """
SELECT party, name, roles, kind FROM known_parties
 WHERE tenant_id = %s AND sign_in_subject = %s AND left_at IS NULL
"""
STANDING = f"""
SELECT 'party', kind, NULL::uuid, roles, NULL::uuid, NULL::uuid, NULL::text, NULL::text, NULL::text
  FROM known_parties
 WHERE tenant_id = %(tenant)s AND party = %(person)s
UNION ALL
SELECT 'relation', kind, party, tabs, site, programme, role, category, purpose FROM relations
 WHERE tenant_id = %(tenant)s AND subject_id = %(person)s AND {RUNS}
   AND (party = %(party)s OR category = ANY(%(roles)s)
     OR kind = 'restriction' AND category IS NOT NULL OR kind = 'erasure')
   AND (kind <> 'consent' OR coalesce(purpose, 'care') IN ('care', 'research'))
UNION ALL
SELECT 'mandate', words_allowed::text, auditor, '[]', NULL, NULL, NULL, NULL, NULL FROM mandates
 WHERE tenant_id = %(tenant)s AND auditor = %(party)s AND {MANDATED}
UNION ALL
SELECT 'parked', p.reason, NULL, '[]', NULL, NULL, NULL, NULL, NULL
  FROM parked p JOIN view_version v ON p.consumer = v.name || '_v' || v.active
 WHERE p.tenant_id = %(tenant)s AND p.subject_id = %(person)s AND v.name = ANY(%(views)s)
"""


def caller_of(tenant: UUID, found: Sequence[tuple[Any, ...]]) -> Caller | None:
    """The party who signs in so, or None if nobody here does (any more)."""
    if len(found) != 1:
        return None  # two parties of one sign-in: nobody could tell whose act it is
    party, name, roles, kind = found[0]
    own = {kind} if kind in OF_ITS_KIND else set()
    return Caller(tenant, party, name, frozenset(roles or ()) | own)


def standings(
    connection: Connection[Any], caller: Caller, person: UUID, at: datetime
) -> frozenset[Standing] | None:
    """All the ways the caller stands to the person; None when there is no such person here.

    Raises NotFreshError for a person whose relations were set aside: they may have ended since.
    """
    rows = connection.execute(
        STANDING,
        {
            "tenant": caller.tenant,
            "person": person,
            "party": caller.party,
            "roles": list(caller.roles),
            "at": at,
            "views": list(VIEWS),
        },
    ).fetchall()
    if any(r[0] == "parked" for r in rows):
        raise NotFreshError("access.not_fresh")
    if not any(r[0] == "party" and r[1] == "person" for r in rows):
        return None
    return frozenset(stand(caller, person, [r for r in rows if r[0] != "party"]))


def stand(caller: Caller, person: UUID, rows: Iterable[tuple[Any, ...]]) -> Iterable[Standing]:
    """Turn rows into standings."""
    if caller.party == person:
        yield Standing("self", "person")
        return
    found = list(rows)
    hidden = any(r[1] == "erasure" for r in found if r[0] == "relation")
    near = [r for r in found if r[0] == "relation" and r[1] != "erasure"]
    for standing in (
        *by_office(caller, [r for r in found if r[0] == "mandate"]),
        *by_relation(caller, near),
    ):
        yield replace(standing, hidden=hidden)


def by_office(caller: Caller, mandates: Iterable[tuple[Any, ...]]) -> Iterable[Standing]:
    """What the law or an office of the organisation gives; no restriction takes it away."""
    for office in sorted(caller.roles & OFFICES):
        yield Standing(office, office)
    if caller.roles & WORKERS:
        yield Standing("worker", min(caller.roles & WORKERS))
    if "auditor" in caller.roles:
        for _, words, *_ in mandates:
            yield Standing("auditor", "auditor", words_allowed=words == "true")


def by_relation(caller: Caller, rows: Sequence[tuple[Any, ...]]) -> Iterable[Standing]:
    """What relations, consents and representations give, less what she closed to the caller."""
    for _, kind, _, tabs, site, programme, role, _, purpose in rows:
        if kind == "emergency":
            yield Standing("emergency", "practitioner")
        elif kind != "restriction":
            stands = stands_as(kind, role, purpose)
            closed = closed_to(caller, stands, rows)
            mistaken = stands == "researcher" and "researcher" not in caller.roles
            if EVERYTHING not in closed and not mistaken:
                limits = Limits(frozenset(tabs or ()), closed, site, programme)
                yield related(kind, stands, limits)


def closed_to(caller: Caller, role: str, rows: Sequence[tuple[Any, ...]]) -> frozenset[str]:
    """The tabs she closed to this party, or to a category it is of: in the house or towards her."""
    categories = {*caller.roles, role}
    return frozenset(
        tab
        for _, kind, party, tabs, _, _, _, category, _ in rows
        if kind == "restriction" and (party == caller.party or category in categories)
        for tab in tabs or (EVERYTHING,)
    )


class Limits(NamedTuple):
    tabs: frozenset[str]
    closed: frozenset[str]
    site: UUID | None
    programme: UUID | None


def related(kind: str, stands: str, to: Limits) -> Standing:
    if kind == "care":
        return Standing("care", stands, closed=to.closed, site=to.site, programme=to.programme)
    tabs = reached(to.tabs) if kind == "representation" else to.tabs
    return Standing(stands, stands, tabs=tabs, closed=to.closed)


def stands_as(kind: str, role: str | None, purpose: str | None = None) -> str:
    """The role that a relation gives: a consent lets someone in as one lets in a relative."""
    usual = {"care": "practitioner", "representation": "representative"}
    if kind in usual:
        return role or usual[kind]
    return "researcher" if purpose == "research" else "relative"
