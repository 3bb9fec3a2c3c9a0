"""To whom does someone stand in a relation today, and how? Asked of the relation views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from shared.access.days import ENDS, RUNS

AROUND = f"""
SELECT r.subject_id, p.name, r.kind, r.role, r.site, r.programme, r.since, r.ends, r.relation
  FROM (SELECT *, {ENDS} AS ends FROM relations WHERE party = %(party)s AND {RUNS}) r
  JOIN people p ON p.tenant_id = r.tenant_id AND p.party = r.subject_id
 WHERE r.kind <> 'restriction' AND (r.kind <> 'consent' OR coalesce(r.purpose, 'care') = 'care')
   AND NOT EXISTS (
       SELECT FROM relations hidden
        WHERE hidden.tenant_id = r.tenant_id AND hidden.subject_id = r.subject_id
          AND hidden.kind = 'erasure' AND hidden.ended_at IS NULL)
   AND (r.kind = 'emergency' OR NOT EXISTS (
       SELECT FROM relations kept
        WHERE kept.tenant_id = r.tenant_id AND kept.subject_id = r.subject_id
          AND kept.kind = 'restriction' AND kept.ended_at IS NULL AND kept.tabs ? 'everything'
          AND (kept.party = r.party OR kept.category = ANY(%(roles)s))))
 ORDER BY p.name, r.subject_id, r.since
"""
CARE = """
SELECT subject_id, relation FROM relations
 WHERE party = %s AND kind = 'care' AND ended_at IS NULL
"""


def around(
    connection: Connection[Any], party: UUID, roles: frozenset[str], at: datetime
) -> list[dict[str, Any]]:
    """The persons someone accompanies, represents or was let in by; none who keeps her out."""
    rows = connection.execute(AROUND, {"party": party, "roles": list(roles), "at": at}).fetchall()
    names = (
        "person", "name", "relation", "role", "site", "programme", "since", "until", "id",
    )  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in rows]


def care_relations(connection: Connection[Any], party: UUID) -> list[tuple[UUID, UUID]]:
    """The (person, relation) of each current care relation of a worker."""
    rows: list[tuple[UUID, UUID]] = connection.execute(CARE, (party,)).fetchall()
    return rows
