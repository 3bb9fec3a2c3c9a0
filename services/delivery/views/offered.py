"""What of each person may be told a partner, if she consents: trimmed when it comes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
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


NOTED = """
SELECT tenant_id, subject_id, entry, site, programme FROM offered
 WHERE entry = ANY(%s) AND type = 'plans.goal_agreed'
"""


def noted_yes(
    cursor: Any, entries: Iterable[UUID]
) -> dict[tuple[UUID, UUID, UUID], tuple[UUID | None, UUID | None]]:
    """Which of these entries are her yes to a goal, and at which site and programme it was said."""
    rows = cursor.execute(NOTED, (list(entries),)).fetchall()
    return {(tenant, person, entry): (site, where) for tenant, person, entry, site, where in rows}
