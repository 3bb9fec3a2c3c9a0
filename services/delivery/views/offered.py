"""What of each person may be told a partner, if she consents: trimmed when it comes in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from services.delivery.domain.offer import CONSENTED, OFFER, goal_of, is_hers_to_tell, kept
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View


@dataclass(frozen=True)
class OfferedRow(Row):
    entry: UUID
    type: str
    gpos: int
    at: datetime
    by_her: bool
    data: Doc
    goal: UUID | None = None
    wording: UUID | None = None
    site: UUID | None = None
    programme: UUID | None = None


class Offered(View[OfferedRow]):
    """What may an event tell? Nothing once its words were taken back, or she was erased."""

    name = "offered"
    row = OfferedRow
    key = ("tenant_id", "entry")
    indexes = (("entry",),)
    sources: ClassVar[frozenset[str]] = frozenset({"directory", "plans"})
    listens = frozenset({CONSENTED, *OFFER})

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.id)]

    def begins(self, key: Key, told: Told) -> bool:
        del key, told
        return True

    def fold(self, key: Key, row: OfferedRow | None, told: Told) -> OfferedRow | None:
        del row
        if not told.readable or (told.type == CONSENTED and told.body.get("purpose") != "partner"):
            return None
        by_her = told.act.author == told.subject
        if not is_hers_to_tell(told.type, by_her=by_her):
            return None
        wording = told.body.get("wording")
        data = kept(told.type, told.body)
        return OfferedRow(
            told.tenant,
            told.subject,
            key[1],
            told.type,
            told.gpos,
            told.act.at,
            by_her,
            data,
            goal_of(data),
            UUID(wording) if wording else None,
            told.act.site,
            told.act.programme,
        )


class Waiting(NamedTuple):
    """What may be told of it, once the rest allows it."""

    tenant: UUID
    person: UUID
    entry: UUID
    type: str
    gpos: int
    at: datetime
    by_her: bool
    goal: UUID | None
    site: UUID | None
    programme: UUID | None


COLUMNS = "tenant_id, subject_id, entry, type, gpos, at, by_her, goal, site, programme"
OF_ENTRIES = f"SELECT {COLUMNS} FROM offered WHERE entry = ANY(%s) AND type <> %s"
OF_GOALS = f"""
SELECT {COLUMNS} FROM unnest(%s::uuid[], %s::uuid[]) AS u (tenant, person)
  JOIN offered ON tenant_id = tenant AND subject_id = person WHERE goal IS NOT NULL
"""


def of_entries(cursor: Any, entries: Collection[UUID]) -> dict[UUID, Waiting]:
    """What these entries tell, but for consents."""
    rows = cursor.execute(OF_ENTRIES, (list(entries), CONSENTED)).fetchall() if entries else []
    return {row.entry: row for row in map(Waiting._make, rows)}


def of_goals(cursor: Any, persons: Collection[tuple[UUID, UUID]]) -> list[Waiting]:
    """All that was recorded of these people's goals."""
    if not persons:
        return []
    tenants, whose = zip(*sorted(persons), strict=True)
    rows = cursor.execute(OF_GOALS, (list(tenants), list(whose))).fetchall()
    return [Waiting._make(row) for row in rows]
