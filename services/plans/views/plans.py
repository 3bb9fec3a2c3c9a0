"""Which plans has a person, and is one open?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class PlanRow(Row):
    plan: UUID
    number: int
    opened: datetime
    closed: bool = False


class Plans(View[PlanRow]):
    """One row for each plan of each person."""

    name = "plans"
    row = PlanRow
    key = ("tenant_id", "subject_id", "plan")
    sources: ClassVar[frozenset[str]] = frozenset({"plans"})
    listens = frozenset({"plans.plan_opened", "plans.plan_closed", "plans.words_withdrawn"})

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject, told.stream)]

    def fold(self, key: Key, row: PlanRow | None, told: Told) -> PlanRow | None:
        """Opening and closing stand in clear: a plan is one even when its words are gone."""
        if told.type == "plans.plan_opened":
            number = told.body.get("number", 1)
            return PlanRow(told.tenant, told.subject, told.stream, number, told.act.occurred)
        if told.type == "plans.plan_closed":
            return row and replace(row, closed=True)
        number = told.body.get("number")
        return replace(row, number=number) if row and number else row


OF_PERSON = """
SELECT plan, number, opened, closed FROM plans WHERE subject_id = %s ORDER BY number, plan
"""


def plans_of(connection: Any, person: UUID) -> Sequence[tuple[UUID, int, datetime, bool]]:
    """A person's plans, the first one first."""
    return [tuple(row) for row in connection.execute(OF_PERSON, (person,)).fetchall()]
