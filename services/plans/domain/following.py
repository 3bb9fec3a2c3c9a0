"""Commands on what becomes of a goal: progress, levels, pause, resume, achieve, set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from services.plans.domain.events import (
    AttainmentLevelsSet,
    GoalAchieved,
    GoalPaused,
    GoalResumed,
    GoalSetAside,
    ProgressRated,
    StoodInTheWay,
)
from services.plans.domain.goal import IN_PLAN, OPEN, Goal
from services.plans.domain.naming import worded, worded_if_any
from services.plans.domain.obstacles import checked
from shared.kernel import Act, Command, Denied, Fact, Invalid, Refused

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan

LEVELS = 5
MOST_WEIGHT = 10


@dataclass(frozen=True, kw_only=True)
class RateProgress(Command):
    goal: UUID
    value: int
    words: str | None = None
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetAttainmentLevels(Command):
    goal: UUID
    levels: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class AchieveGoal(Command):
    goal: UUID
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class PauseGoal(Command):
    goal: UUID
    words: str | None = None
    stood_in_the_way: StoodInTheWay | None = None


@dataclass(frozen=True, kw_only=True)
class ResumeGoal(Command):
    goal: UUID


@dataclass(frozen=True, kw_only=True)
class SetGoalAside(Command):
    goal: UUID
    words: str | None = None
    stood_in_the_way: StoodInTheWay | None = None


def rate_progress(plan: Plan, command: RateProgress) -> Sequence[Fact]:
    """Each party's own, beside the others'. The same again on the same day says nothing new."""
    goal, act, words = (
        plan.goal_in(command.goal, IN_PLAN),
        command.act,
        worded_if_any(command.words),
    )
    if not 0 <= command.value <= 100:
        raise Invalid("number.out_of_range", field="value", min=0, max=100)
    if command.level is not None and not -2 <= command.level <= 2:
        raise Invalid("number.out_of_range", field="level", min=-2, max=2)
    if command.level is not None and goal.levels is None:
        raise Refused("levels.not_set", field="level")
    rated = (goal.id, command.value, words, command.level)
    for said in (s for s in goal.progress if s.author == act.author):
        fact, on = said.fact, said.entry.act.occurred.date()
        same = isinstance(fact, ProgressRated) and rated == (
            fact.goal, fact.value, fact.words, fact.level
        )  # fmt: skip
        if same and on == act.occurred.date() and said.entry.act.actor == act.actor:
            return []
    return [ProgressRated(*plan.stamp(command), *rated)]


def set_levels(plan: Plan, command: SetAttainmentLevels) -> Sequence[Fact]:
    """Hers, or agreed with her, before the work starts."""
    goal, act = plan.open_goal(command.goal), command.act
    if act.author != plan.person and act.part_of(plan.person).isdisjoint(("agreed", "wrote")):
        raise Denied("levels.hers_or_agreed", field="act.contributors")
    if len(command.levels) != LEVELS:
        raise Invalid("length.wrong", field="levels", exact=LEVELS)
    if not 1 <= command.weight <= MOST_WEIGHT:
        raise Invalid("number.out_of_range", field="weight", min=1, max=MOST_WEIGHT)
    levels = tuple(worded(w, f"levels.{n}") for n, w in enumerate(command.levels))
    if goal.progress or any(a.status == "done" for a in plan.actions_of(goal)):
        raise Refused("levels.after_the_start", field="goal")
    now = goal.levels.fact if goal.levels is not None else None
    if isinstance(now, AttainmentLevelsSet) and (now.levels, now.weight) == (
        levels,
        command.weight,
    ):
        return []
    return [AttainmentLevelsSet(*plan.stamp(command), goal.id, levels, command.weight)]


def achieve(plan: Plan, command: AchieveGoal) -> Sequence[Fact]:
    goal, words = plan.goal(command.goal), worded_if_any(command.words)
    require_hers(plan, command.act)
    if turned_already(goal, command.act, GoalAchieved):
        return []
    plan.goal_in(goal.id, IN_PLAN)
    return [GoalAchieved(*plan.stamp(command), goal.id, words)]


def pause(plan: Plan, command: PauseGoal) -> Sequence[Fact]:
    goal, words = plan.goal(command.goal), worded_if_any(command.words)
    obstacle = checked(command.stood_in_the_way)
    require_hers(plan, command.act)
    if turned_already(goal, command.act, GoalPaused):
        return []
    plan.goal_in(goal.id, frozenset({"active", "paused"}))
    return [GoalPaused(*plan.stamp(command), goal.id, words, obstacle)]


def resume(plan: Plan, command: ResumeGoal) -> Sequence[Fact]:
    goal = plan.goal(command.goal)
    require_hers(plan, command.act)
    if goal.status == "active" or turned_already(goal, command.act, GoalResumed):
        return []
    plan.themes.require_in(goal.themes, "goal")
    by_her = goal.turn is not None and goal.turn.stance(plan.person) is not None
    plan.goal_in(goal.id, frozenset({"paused", "set_aside"} if by_her else {"paused"}))
    return [GoalResumed(*plan.stamp(command), goal.id)]


def set_aside(plan: Plan, command: SetGoalAside) -> Sequence[Fact]:
    """Hers to say; whoever proposed a goal may take the proposal back while she has not agreed."""
    goal, words = plan.goal(command.goal), worded_if_any(command.words)
    obstacle = checked(command.stood_in_the_way)
    if command.act.author != goal.proposal.author or goal.agreement is not None:
        require_hers(plan, command.act)
    if turned_already(goal, command.act, GoalSetAside):
        return []
    if goal.status != "left_out":
        plan.goal_in(goal.id, OPEN | {"set_aside"})
    return [GoalSetAside(*plan.stamp(command), goal.id, words, obstacle)]


def require_hers(plan: Plan, act: Act) -> None:
    if act.author != plan.person:
        raise Denied("goal.hers_to_say", field="act.author")


def turned_already(goal: Goal, act: Act, kind: type[Fact]) -> bool:
    """Whether it stands so by a word as firm, or waits already beside her firm word."""
    noting = act.actor != act.author
    if goal.turn is not None and isinstance(goal.turn.fact, kind):
        return noting or goal.turn.stance(act.author) != "noted"
    return noting and any(isinstance(s.fact, kind) for s in goal.pending)
