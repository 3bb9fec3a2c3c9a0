"""Who looked at her record, put together: one line for each person, each day and each reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.views.alone import LOOKED

# the organisation's day; the relation, emergency or mandate by which someone looked, as it was then,
# or that a summary was shown to them
LOOKS = f"""
WITH looks AS (
  SELECT author, (recorded_at AT TIME ZONE %(zone)s)::date AS day, recorded_at,
         CASE WHEN type <> 'reporting.summary_opened' THEN body ->> 'standing'
              WHEN body ->> 'audience' IS NULL THEN 'link' ELSE 'summary' END AS standing,
         CASE WHEN type = 'reporting.summary_opened' THEN 'summary' ELSE body ->> 'scope' END AS scope,
         body ->> 'purpose' AS purpose, entry
    FROM trail
   WHERE tenant_id = %(tenant)s AND subject_id = %(person)s
     AND {LOOKED} AND type <> 'delivery.record_sent'  -- nobody looked: it was sent
)
SELECT day, author, coalesce(standing, ''), array_agg(DISTINCT scope) FILTER (WHERE scope IS NOT NULL),
       array_agg(DISTINCT purpose) FILTER (WHERE purpose IS NOT NULL),
       min(recorded_at), array_agg(DISTINCT recorded_at ORDER BY recorded_at),
       (array_agg(entry ORDER BY recorded_at DESC))[1]
  FROM looks
 WHERE (day, author, coalesce(standing, '')) < (%(day)s, %(author)s, %(standing)s)
 GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT %(limit)s
"""
WAYS = """
SELECT kind, party, site, since, ended_at FROM relations
 WHERE tenant_id = %s AND subject_id = %s AND kind IN ('care', 'consent', 'representation')
   AND party = ANY(%s) AND since IS NOT NULL ORDER BY since
"""
GIVEN = """
SELECT type, author, body, recorded_at FROM trail
 WHERE tenant_id = %(tenant)s AND (
       subject_id = %(person)s AND type = 'directory.emergency_access_opened'
    OR subject_id = %(tenant)s AND type = 'directory.audit_mandate_given')
 ORDER BY recorded_at
"""
FOREVER = datetime.max.replace(tzinfo=UTC)
START = ("infinity", UUID(int=2**128 - 1), "~")


@dataclass(frozen=True, slots=True)
class Looks:
    """All that one party looked at on one day, standing in one way to the person."""

    day: date
    party: UUID
    standing: str
    scopes: tuple[str, ...]
    purposes: tuple[str, ...]
    first: datetime
    hours: tuple[datetime, ...]
    entry: UUID


@dataclass(frozen=True, slots=True)
class Way:
    """Why someone could look: since when they stand so, at which site, or in which words."""

    kind: str
    party: UUID
    since: datetime
    until: datetime
    site: UUID | None = None
    words: str | None = None


def looks_by_day(
    connection: Connection[Any],
    tenant: UUID,
    person: UUID,
    *,
    zone: str,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[Looks]:
    """The latest day first; `after` is the (day, party, standing) of the page before."""
    day, author, standing = after or START
    asked = {
        "tenant": tenant, "person": person, "zone": zone, "limit": limit,
        "day": day, "author": author, "standing": standing,
    }  # fmt: skip
    return [
        Looks(day, who, how, tuple(what or ()), tuple(why or ()), first, tuple(hours), entry)
        for day, who, how, what, why, first, hours, entry in connection.execute(LOOKS, asked)
    ]


def ways_of(
    connection: Connection[Any], tenant: UUID, person: UUID, parties: Sequence[UUID]
) -> list[Way]:
    """The relations, emergencies and mandates of these parties, the earliest first."""
    related = connection.execute(WAYS, (tenant, person, list(parties))).fetchall()
    given = connection.execute(GIVEN, {"tenant": tenant, "person": person}).fetchall()
    return [
        *(
            Way(kind, who, since, until or FOREVER, site)
            for kind, who, site, since, until in related
        ),
        *(given_way(*row) for row in given),
    ]


def given_way(type_: str, author: UUID, body: dict[str, Any], at: datetime) -> Way:
    """An emergency is for who opened it; a mandate for the auditor it names."""
    if type_ == "directory.emergency_access_opened":
        expires = datetime.fromisoformat(body["expires"]) if "expires" in body else at
        return Way("emergency", author, at, expires, words=body.get("reason"))
    return Way("auditor", UUID(body["auditor"]), at, FOREVER, words=body.get("purpose"))
