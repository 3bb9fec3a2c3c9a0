"""Which audit mandates were given, to whom, for how long? Asked of the relation views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

MANDATES = """
SELECT m.mandate, m.auditor, p.name, m.begins, m.until, m.sites, m.programmes, m.words_allowed,
       m.ended_at
  FROM mandates m LEFT JOIN people p ON p.tenant_id = m.tenant_id AND p.party = m.auditor
 WHERE (%(whose)s::uuid IS NULL OR m.auditor = %(whose)s) AND (m.begins, m.mandate) < (%(begins)s::date, %(mandate)s)
 ORDER BY m.begins DESC, m.mandate DESC LIMIT %(limit)s
"""
START = ("infinity", UUID(int=2**128 - 1))


def page(
    connection: Connection[Any],
    *,
    whose: UUID | None = None,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """The latest first, of one auditor or all; `after` is the (begins, id) of the page before."""
    begins, mandate = after or START
    rows = connection.execute(
        MANDATES, {"whose": whose, "begins": begins, "mandate": mandate, "limit": limit}
    ).fetchall()
    names = (
        "id", "auditor", "name", "begins", "until", "sites", "programmes", "words_allowed", "ended",
    )  # fmt: skip
    return [shown(dict(zip(names, row, strict=True))) for row in rows]


def place(row: dict[str, Any]) -> tuple[Any, ...]:
    """Where the next page begins after this row."""
    return row["begins"], row["id"]


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A mandate runs over whole days; at what hour it was ended says nothing."""
    ended: datetime | None = row["ended"]
    return {**row, "ended": ended.date() if ended else None}
