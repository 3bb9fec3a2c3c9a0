"""Who stood to a person in some way on a day? Asked of rows that are ended and never removed.

The code that answers is the code that lets people in (`shared/access/standing.py`), put to the
moments of that day at which something may have begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.views.reach import reach_of
from shared.access.days import MANDATED, RUNS
from shared.access.standing import Caller, Standing, standings, stands_as

# roles in the organisation are those of today: a role that was given up is not told
CANDIDATES = f"""
SELECT party, name, roles, kind FROM known_parties k
 WHERE tenant_id = %(tenant)s AND party <> %(person)s AND (left_at IS NULL OR left_at > %(at)s)
   AND (EXISTS (SELECT FROM relations r
                 WHERE r.tenant_id = k.tenant_id AND r.subject_id = %(person)s
                   AND r.kind <> 'restriction' AND (r.party = k.party OR k.roles ? r.category))
     OR EXISTS (SELECT FROM mandates
                 WHERE tenant_id = k.tenant_id AND auditor = k.party AND {MANDATED}))
 ORDER BY name, party
"""
SINCE = f"""
SELECT kind, role, purpose, since, until, last_day, site FROM relations
 WHERE tenant_id = %(tenant)s AND subject_id = %(person)s AND kind <> 'restriction' AND {RUNS}
   AND (party = %(party)s OR category = ANY(%(roles)s))
 ORDER BY since
"""
MANDATE = f"""
SELECT begins, until FROM mandates
 WHERE tenant_id = %(tenant)s AND auditor = %(party)s AND {MANDATED} ORDER BY begins LIMIT 1
"""
# someone may have been let in from any of these on
BEGINNINGS = """
SELECT moment FROM (
  SELECT since FROM relations WHERE tenant_id = %(tenant)s AND subject_id = %(person)s
  UNION SELECT ended_at FROM relations
   WHERE tenant_id = %(tenant)s AND subject_id = %(person)s
     AND kind IN ('restriction', 'erasure')) m (moment)
 WHERE moment >= %(from)s AND moment < %(until)s ORDER BY moment
"""
# what no tab is opened by: it is told as who may look at the organisation's work
OFFICES = frozenset({"administrator", "manager", "privacy_officer", "worker"})


@dataclass(frozen=True)
class Stood:
    """One way in which someone stood to her: since when, and until when if that was said."""

    party: UUID
    name: str
    standing: Standing
    since: datetime | date | None = None
    until: datetime | date | None = None

    @property
    def way(self) -> tuple[UUID, str]:
        return self.party, self.standing.kind


def beginnings(
    connection: Connection[Any], tenant: UUID, person: UUID, day: tuple[datetime, datetime]
) -> list[datetime]:
    """The first moment of the day, and those at which somebody may have been let in."""
    asked = {"tenant": tenant, "person": person, "from": day[0], "until": day[1]}
    found = connection.execute(BEGINNINGS, asked).fetchall()
    return [day[0], *(moment for (moment,) in found)]


def stood(connection: Connection[Any], tenant: UUID, person: UUID, at: datetime) -> list[Stood]:
    """Everyone who was let in at that moment, by name; she herself always was."""
    asked = {"tenant": tenant, "person": person, "at": at}
    found: list[Stood] = []
    for party, name, roles, kind in connection.execute(CANDIDATES, asked).fetchall():
        own = {"person"} if kind == "person" else set()
        caller = Caller(tenant, party, name, frozenset(roles or ()) | own)
        ways = standings(connection, caller, person, at) or frozenset()
        for standing in sorted(ways, key=lambda s: s.kind):
            if standing.kind not in OFFICES and not standing.hidden:
                found += dated(connection, person, caller, standing, at)
    return found


def ways_of(connection: Connection[Any], caller: Caller, person: UUID, at: datetime) -> list[Stood]:
    """All the ways in which the caller stands to her at that moment; none for a stranger."""
    ways = standings(connection, caller, person, at) or frozenset()
    found: list[Stood] = []
    for standing in (way for way in ways if not way.hidden):
        dated_ = dated(connection, person, caller, standing, at)
        found += dated_ or [Stood(caller.party, caller.name, standing)] * (
            standing.kind in {*OFFICES, "self"}
        )
    return found


def dated(
    connection: Connection[Any], person: UUID, caller: Caller, standing: Standing, at: datetime
) -> Sequence[Stood]:
    asked = {
        "tenant": caller.tenant,
        "person": person,
        "party": caller.party,
        "roles": list(caller.roles),
        "at": at,
    }
    if standing.kind == "auditor":
        reach = reach_of(connection, caller.tenant, caller.party, at)
        row = connection.execute(MANDATE, asked).fetchone()
        if reach is None or row is None or not reach.covers(person):
            return ()
        words = Standing("auditor", "auditor", words_allowed=reach.words(person))
        return (Stood(caller.party, caller.name, words, *row),)
    for kind, role, purpose, since, until, last_day, site in connection.execute(
        SINCE, asked
    ).fetchall():
        stands = kind if kind == "emergency" else stands_as(kind, role, purpose)
        if stands == (standing.kind if standing.kind != "care" else standing.role) and (
            standing.kind != "care" or site == standing.site
        ):
            return (Stood(caller.party, caller.name, standing, since, until or last_day),)
    return ()
