"""What has been asked for under the law, by whom, and by when is it due?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class RequestRow(Row):
    request: UUID
    right: str
    asked: date
    due: date
    extended: bool = False
    outcome: str | None = None
    answered: date | None = None


class Requests(View[RequestRow]):
    """One row for each request; of what was asked only the kind, not the words."""

    name = "requests"
    row = RequestRow
    key = ("tenant_id", "subject_id", "request")
    indexes = (("tenant_id", "due", "request"),)
    sources: ClassVar[frozenset[str]] = frozenset({"directory"})
    listens = frozenset(
        {"directory.right_requested", "directory.right_extended", "directory.right_answered"}
    )

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        own = told.type == "directory.right_requested"
        return [(told.tenant, told.subject, told.id if own else UUID(told.body["request"]))]

    def fold(self, key: Key, row: RequestRow | None, told: Told) -> RequestRow | None:
        body, day = told.body, told.act.occurred.date()
        match told.type:
            case "directory.right_requested":
                tenant, subject, request = key
                due = date.fromisoformat(body["due"])
                return RequestRow(tenant, subject, request, body["right"], day, due)
            case "directory.right_extended":
                due = date.fromisoformat(body["due"])
                return row and replace(row, due=due, extended=True)
            case _:
                return row and replace(row, outcome=body["outcome"], answered=day)


PAGE = """
SELECT q.request, q.subject_id, p.name, q.right, q.asked, q.due, q.extended, q.outcome, q.answered
  FROM requests q LEFT JOIN people p ON p.tenant_id = q.tenant_id AND p.party = q.subject_id
 WHERE (q.outcome IS NULL) = %(open)s AND (q.due, q.request) > (%(due)s, %(request)s)
 ORDER BY q.due, q.request LIMIT %(limit)s
"""
START = ("-infinity", UUID(int=0))
NAMES = ("id", "person", "name", "right", "asked", "due", "extended", "outcome", "answered")


def page(
    connection: Connection[Any], *, waiting: bool, after: tuple[Any, ...] | None, limit: int
) -> list[dict[str, Any]]:
    """Those that wait for an answer, or that have one, the earliest due first."""
    due, request = after or START
    rows = connection.execute(
        PAGE, {"open": waiting, "due": due, "request": request, "limit": limit}
    ).fetchall()
    return [dict(zip(NAMES, row, strict=True)) for row in rows]
