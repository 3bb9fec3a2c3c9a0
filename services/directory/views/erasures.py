"""Which persons asked for all to be erased, for when, and how far is it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View

STAGES = {
    "directory.erasure_called_off": "called_off",
    "directory.erasure_begun": "begun",
    "directory.erasure_certified": "certified",
}


@dataclass(frozen=True)
class ErasureRow(Row):
    """Ids and days only; it outlives the person's key, as what it is folded from does."""

    erasure: UUID
    request: UUID
    stage: str
    granted: datetime
    after: datetime
    officer: UUID
    certified: datetime | None = None
    logs: Doc | None = None


class ErasuresKnown(View[ErasureRow]):
    name = "erasures"
    row = ErasureRow
    key = ("tenant_id", "subject_id", "erasure")
    indexes = (("stage", "after"),)
    sources: ClassVar[frozenset[str]] = frozenset({"directory"})
    listens = frozenset({"directory.erasure_scheduled", *STAGES})

    def keys(self, told: Told) -> Iterable[Key]:
        own = told.type == "directory.erasure_scheduled"
        return [(told.tenant, told.subject, told.id if own else UUID(told.body["erasure"]))]

    def fold(self, key: Key, row: ErasureRow | None, told: Told) -> ErasureRow | None:
        body, act = told.body, told.act
        if told.type == "directory.erasure_scheduled":
            tenant, subject, erasure = key
            request, after = UUID(body["request"]), datetime.fromisoformat(body["after"])
            return ErasureRow(
                tenant, subject, erasure, request, "scheduled", act.at, after, act.author
            )
        known = row and replace(row, stage=STAGES[told.type])
        if known and told.type == "directory.erasure_certified":
            return replace(known, certified=act.at, logs={"all": list(body["logs"])})
        return known


PAGE = """
SELECT erasure, stage, granted, after, officer, certified, logs FROM erasures
 WHERE (granted, erasure) < (%(granted)s, %(erasure)s)
 ORDER BY granted DESC, erasure DESC LIMIT %(limit)s
"""
START = ("infinity", UUID(int=2**128 - 1))
NAMES = ("id", "stage", "granted", "after", "officer", "certified", "logs")


def page(
    connection: Connection[Any], *, after: tuple[Any, ...] | None, limit: int
) -> list[dict[str, Any]]:
    """The latest first, without a name: there is none any more."""
    granted, erasure = after or START
    asked = {"granted": granted, "erasure": erasure, "limit": limit}
    rows = [dict(zip(NAMES, r, strict=True)) for r in connection.execute(PAGE, asked).fetchall()]
    return [{**row, "logs": (row["logs"] or {"all": []})["all"]} for row in rows]
