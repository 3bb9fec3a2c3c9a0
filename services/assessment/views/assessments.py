"""Which assessments has a person, begun when and with which questionnaire?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class AssessmentRow(Row):
    assessment: UUID
    catalogue: UUID
    kind: str
    opened: datetime
    closed: bool = False


class Assessments(View[AssessmentRow]):
    """One row for each assessment of each person."""

    name = "assessments"
    row = AssessmentRow
    key = ("tenant_id", "subject_id", "assessment")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = frozenset(
        {
            "assessment.assessment_opened",
            "assessment.assessment_closed",
            "assessment.assessment_reopened",
        }
    )

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject, told.stream)]

    def fold(self, key: Key, row: AssessmentRow | None, told: Told) -> AssessmentRow | None:
        if not told.readable:
            return row
        if told.type == "assessment.assessment_opened":
            body = told.body
            return AssessmentRow(
                told.tenant,
                told.subject,
                told.stream,
                UUID(body["catalogue"]),
                body["kind"],
                told.act.occurred,
            )
        return row and replace(row, closed=told.type == "assessment.assessment_closed")


OF_PERSON = """
SELECT assessment FROM assessments
 WHERE subject_id = %(person)s AND (%(kind)s::text IS NULL OR kind = %(kind)s)
 ORDER BY opened, assessment
"""


def assessments_of(connection: Any, person: UUID, kind: str | None = None) -> Sequence[UUID]:
    """A person's assessments, or those of one kind, the first one first."""
    rows = connection.execute(OF_PERSON, {"person": person, "kind": kind}).fetchall()
    return [row[0] for row in rows]
