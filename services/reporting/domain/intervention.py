"""An intervention and its plans: which entries belong to which plan, and which steps apply.

What leads to a plan belongs to it: what was understood and prioritised before it was closed, and
after the plan before it. What looks back belongs to the plan it looks back on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.reporting.domain.degree import READINGS, Degree, degree, hers, of_role
from services.reporting.domain.marks import PLAN_CLOSED, PLAN_OPENED, Mark, Marks
from services.reporting.domain.steps import BEFORE_A_PLAN, EVALUATE, STEPS

NOT_ABOUT_A_PLAN = "not_about_a_plan"
APART = ("relative", "representative")


@dataclass(frozen=True, slots=True)
class Period:
    """A plan, from its opening to its closing."""

    plan: UUID
    opened: datetime
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intervention:
    """One person's marks, or those of one plan of hers, and whether it is about a plan."""

    marks: Marks
    plan: UUID | None
    about_a_plan: bool
    steps: tuple[tuple[str, Mark], ...]

    @property
    def applicable(self) -> tuple[str, ...]:
        return applicable({step for step, _ in self.steps}, about_a_plan=self.about_a_plan)

    def hers(self, reading: str) -> Degree:
        return degree(self.steps, self.applicable, hers(self.marks.person, reading))

    def apart(self, role: str, reading: str) -> Degree:
        return degree(self.steps, self.applicable, of_role(self.marks, role, reading))

    def readings(self) -> Mapping[str, Degree]:
        return {reading: self.hers(reading) for reading in READINGS}


def whole(marks: Marks) -> Intervention:
    """All of a person's intervention, whatever plans there were."""
    return Intervention(marks, None, bool(periods(marks)), tuple(marks.steps()))


def of_plan(marks: Marks, plan: UUID) -> Intervention | None:
    """What belongs to one plan; None when there is no such plan."""
    plans = periods(marks)
    if not any(p.plan == plan for p in plans):
        return None
    goals = {m.about["goal"]: m.stream for _, m in marks.steps() if is_of_a_plan(m, plans) and "goal" in m.about}  # fmt: skip
    steps = tuple((s, m) for s, m in marks.steps() if belongs(s, m, plans, goals) == plan)
    return Intervention(marks, plan, True, steps)


def periods(marks: Marks) -> Sequence[Period]:
    """Her plans in the order of their opening."""
    closed = {m.stream: m.at for m in marks.all.values() if m.type == PLAN_CLOSED and not m.void}
    opened = [m for m in marks.all.values() if m.type == PLAN_OPENED and not m.void]
    opened.sort(key=lambda m: (m.at, m.stream))
    return [Period(m.stream, m.at, closed.get(m.stream)) for m in opened]


def is_of_a_plan(mark: Mark, plans: Sequence[Period]) -> bool:
    return any(p.plan == mark.stream for p in plans)


def belongs(
    step: str, mark: Mark, plans: Sequence[Period], goals: Mapping[str, UUID]
) -> UUID | None:
    """The plan of an entry: its own, that of the goal it judges, else by when it was recorded."""
    if is_of_a_plan(mark, plans):
        return mark.stream
    if mark.about.get("goal") in goals:
        return goals[mark.about["goal"]]
    if step == EVALUATE:
        begun = [p for p in plans if p.opened <= mark.at]
        return (begun[-1] if begun else plans[0]).plan
    return next((p.plan for p in plans if p.closed is None or mark.at <= p.closed), None)


def applicable(recorded: set[str], *, about_a_plan: bool) -> tuple[str, ...]:
    """A step applies once it or a later one of the same plan is recorded."""
    if not about_a_plan:
        return tuple(s for s in STEPS if s in BEFORE_A_PLAN or s in recorded)
    last = max((STEPS.index(step) for step in recorded), default=-1)
    return tuple(s for s in STEPS if s in BEFORE_A_PLAN or STEPS.index(s) <= last)


def plans_of(marks: Marks) -> Iterator[UUID]:
    for period in periods(marks):
        yield period.plan
