"""Which emergency accesses has no privacy officer checked yet? Asked of the relation views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

UNREVIEWED = """
SELECT r.relation, r.subject_id, who.name, r.party, opener.name, r.since, r.until, r.ended_at,
       extract(day FROM %(at)s::timestamptz - r.since)::int
  FROM relations r
  LEFT JOIN people who ON who.tenant_id = r.tenant_id AND who.party = r.subject_id
  LEFT JOIN people opener ON opener.tenant_id = r.tenant_id AND opener.party = r.party
 WHERE r.kind = 'emergency' AND r.reviewed_at IS NULL AND (r.since, r.relation) > (%(after)s, %(id)s)
 ORDER BY r.since, r.relation LIMIT %(limit)s
"""
START = ("-infinity", UUID(int=0))
NAMES = (
    "id", "person", "name", "party", "party_name", "opened", "expires", "closed", "days_waiting",
)  # fmt: skip


def page(
    connection: Connection[Any], at: datetime, *, after: tuple[Any, ...] | None, limit: int
) -> list[dict[str, Any]]:
    """The one that has waited longest first; `after` is the (opened, id) of the page before."""
    opened, which = after or START
    asked = {"at": at, "after": opened, "id": which, "limit": limit}
    rows = connection.execute(UNREVIEWED, asked).fetchall()
    return [dict(zip(NAMES, row, strict=True)) for row in rows]
