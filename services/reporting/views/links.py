"""Which entry came from which: the threads of `because_of`, followed in both directions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from services.reporting.views.trail import SERVICES
from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class LinkRow(Row):
    entry: UUID
    cause: UUID


class Links(View[LinkRow]):
    """What did this come from, and what came from it?"""

    name = "links"
    row = LinkRow
    key = ("tenant_id", "entry", "cause")
    indexes = (("tenant_id", "cause"),)
    sources: ClassVar[frozenset[str]] = SERVICES
    listens = None
    holds_words: ClassVar[bool] = False

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.id, cause) for cause in told.act.because_of]

    def fold(self, key: Key, row: LinkRow | None, told: Told) -> LinkRow:
        return row or LinkRow(told.tenant, told.subject, told.id, key[2])


CAUSES = "SELECT entry, cause FROM links WHERE tenant_id = %s AND entry = ANY(%s)"
EFFECTS = "SELECT entry, cause FROM links WHERE tenant_id = %s AND cause = ANY(%s)"


def links_around(
    connection: Connection[Any], tenant: UUID, entry: UUID, most: int
) -> tuple[list[tuple[UUID, UUID]], bool]:
    """All (effect, cause) links before and after an entry, nearest first; False when cut short."""
    found: dict[tuple[UUID, UUID], None] = {}
    for statement, side in ((CAUSES, 1), (EFFECTS, 0)):
        seen, edge = {entry}, [entry]
        while edge and len(found) < most:
            rows = connection.execute(statement, (tenant, edge)).fetchall()
            found |= dict.fromkeys((effect, cause) for effect, cause in rows)
            edge = [end for end in dict.fromkeys(row[side] for row in rows) if end not in seen]
            seen |= set(edge)
    return list(found)[:most], len(found) < most
