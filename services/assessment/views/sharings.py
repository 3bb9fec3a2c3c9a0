"""To whom has anything been shared, and by whom? What it shows today, the assessment itself says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class SharingRow(Row):
    assessment: UUID
    sharing: UUID
    audience: tuple[UUID, ...]
    my_team: bool


class SharingsGiven(View[SharingRow]):
    """One row for each sharing that has not ended for all."""

    name = "sharings"
    row = SharingRow
    key = ("tenant_id", "subject_id", "sharing")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = frozenset({"assessment.assessment_shared", "assessment.sharing_ended"})

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        sharing = told.body.get("sharing")
        return [(told.tenant, told.subject, UUID(sharing) if sharing else told.id)]

    def fold(self, key: Key, row: SharingRow | None, told: Told) -> SharingRow | None:
        body = told.body
        if told.type == "assessment.assessment_shared":
            audience = tuple(UUID(party) for party in body["audience"])
            return SharingRow(
                told.tenant, told.subject, told.stream, told.id, audience, body["my_team"]
            )
        if not body["audience"]:
            return None
        return row


REACHING = """
SELECT DISTINCT s.subject_id, s.assessment FROM sharings s
 WHERE s.audience ? %(party)s
    OR s.my_team AND EXISTS (
         SELECT 1 FROM relations r
          WHERE r.tenant_id = s.tenant_id AND r.subject_id = s.subject_id
            AND r.party = %(party)s::uuid AND r.kind = 'care' AND r.ended_at IS NULL)
 ORDER BY 1, 2
"""


def reaching(connection: Any, party: UUID) -> Sequence[tuple[UUID, UUID]]:
    """Persons and assessments of which something may be shown to this party."""
    return [tuple(row) for row in connection.execute(REACHING, {"party": str(party)}).fetchall()]


def shares(connection: Any, person: UUID) -> bool:
    """Whether any sharing of hers has not been ended."""
    asked = "SELECT EXISTS (SELECT 1 FROM sharings WHERE subject_id = %s)"
    return bool(connection.execute(asked, (person,)).fetchone()[0])
