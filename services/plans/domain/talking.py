"""Commands on goals that change none of them: talk about one, put them in her order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from services.plans.domain.events import GoalDiscussed, GoalReordered
from services.plans.domain.naming import worded
from services.plans.domain.voice import is_own
from shared.kernel import Command, Denied, Fact, Invalid

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan


@dataclass(frozen=True, kw_only=True)
class DiscussGoal(Command):
    goal: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class ReorderGoals(Command):
    goals: tuple[UUID, ...]


def discuss(plan: Plan, command: DiscussGoal) -> Sequence[Fact]:
    """Anyone may write; of what she said no to, only she does."""
    goal, words = plan.goal(command.goal), worded(command.words)
    if goal.status in ("declined", "left_out") and not is_own(command.act):
        plan.open_goal(goal.id)
    plan.themes.require_unnamed(command.act, words)
    return [GoalDiscussed(*plan.stamp(command), goal.id, words)]


def reorder(plan: Plan, command: ReorderGoals) -> Sequence[Fact]:
    """What matters most to her comes first: her order, nobody else's."""
    if command.act.author != plan.person:
        raise Denied("goal.order_is_hers", field="act.author")
    if len(set(command.goals)) != len(command.goals):
        raise Invalid("goals.repeated", field="goals")
    for goal in command.goals:
        plan.goal(goal)
    if command.goals == plan.order[: len(command.goals)]:
        return []
    return [GoalReordered(*plan.stamp(command), goals=command.goals)]
