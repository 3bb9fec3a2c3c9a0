"""Whose histories an auditor may look at: the persons served at the sites of the mandate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from shared.access.days import MANDATED

MANDATES = f"""
SELECT mandate, sites, programmes, words_allowed FROM mandates
 WHERE tenant_id = %(tenant)s AND auditor = %(auditor)s AND {MANDATED}
"""
SERVED = """
SELECT DISTINCT subject_id FROM relations
 WHERE tenant_id = %s AND kind = 'care'
   AND (site = ANY(%s::uuid[]) OR programme = ANY(%s::uuid[]))
"""


@dataclass(frozen=True)
class Reach:
    """`persons` None: everyone of the organisation; `worded`: those whose words may be read."""

    persons: frozenset[UUID] | None = None
    worded: frozenset[UUID] | None = field(default_factory=frozenset)

    def covers(self, person: UUID) -> bool:
        return self.persons is None or person in self.persons

    def words(self, person: UUID) -> bool:
        return self.worded is None or person in self.worded


def reach_of(
    connection: Connection[Any], tenant: UUID, auditor: UUID, at: datetime
) -> Reach | None:
    """What the auditor's mandates of that moment reach, all together; None without a mandate."""
    asked = {"tenant": tenant, "auditor": auditor, "at": at}
    found = connection.execute(MANDATES, asked).fetchall()
    if not found:
        return None
    reached = [
        (served(connection, tenant, sites, programmes), words)
        for _, sites, programmes, words in found
    ]
    return Reach(
        together(persons for persons, _ in reached),
        together(persons for persons, words in reached if words),
    )


def served(
    connection: Connection[Any], tenant: UUID, sites: list[str], programmes: list[str]
) -> frozenset[UUID] | None:
    """Everyone who has or had a care relation there; None when the mandate names no place."""
    if not sites and not programmes:
        return None
    rows = connection.execute(SERVED, (tenant, sites, programmes)).fetchall()
    return frozenset(person for (person,) in rows)


def together(reached: Iterable[frozenset[UUID] | None]) -> frozenset[UUID] | None:
    persons: frozenset[UUID] = frozenset()
    for some in reached:
        if some is None:
            return None
        persons |= some
    return persons
