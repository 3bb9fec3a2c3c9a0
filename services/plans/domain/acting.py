"""Commands on actions: add, assign, accept (by whom it falls to), do, drop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from services.plans.domain.action import Action
from services.plans.domain.agreeing import require_words_free
from services.plans.domain.events import (
    ActionAccepted,
    ActionAdded,
    ActionAssigned,
    ActionDone,
    ActionDropped,
    StoodInTheWay,
)
from services.plans.domain.goal import IN_PLAN
from services.plans.domain.naming import worded
from services.plans.domain.obstacles import checked
from services.plans.domain.voice import FIRM
from shared.kernel import Command, Denied, Fact, Refused

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan

RUNNING = frozenset({"active"})


@dataclass(frozen=True, kw_only=True)
class AddAction(Command):
    action: UUID
    goal: UUID
    words: str
    responsible: UUID | None = None
    due: date | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AssignAction(Command):
    action: UUID
    responsible: UUID
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptAction(Command):
    action: UUID


@dataclass(frozen=True, kw_only=True)
class CompleteAction(Command):
    action: UUID


@dataclass(frozen=True, kw_only=True)
class DropAction(Command):
    action: UUID
    stood_in_the_way: StoodInTheWay | None = None


def add(plan: Plan, command: AddAction) -> Sequence[Fact]:
    words = worded(command.words)
    goal = plan.goal_in(command.goal, RUNNING)
    plan.themes.require_in((*command.names, *plan.themes_behind(command.act)), "act.because_of")
    require_words_free(plan, command.act, words)
    asked = (goal.id, words, command.responsible, command.due)
    known = plan.actions.get(command.action)
    if known is not None:
        added = known.added
        if asked == (added.goal, added.words, added.responsible, added.due):
            return []
        raise Refused("action.exists", field="action")
    return [ActionAdded(*plan.stamp(command), command.action, *asked)]


def assign(plan: Plan, command: AssignAction) -> Sequence[Fact]:
    """Whom it falls to from now on; they have yet to accept."""
    action = open_action(plan, command.action)
    due = command.due or action.due
    if (command.responsible, due) == (action.responsible, action.due):
        return []
    return [ActionAssigned(*plan.stamp(command), action.id, action.goal, command.responsible, due)]


def accept(plan: Plan, command: AcceptAction) -> Sequence[Fact]:
    """Only by whom it falls to, signed in: nobody takes something on for someone else."""
    action, act = open_action(plan, command.action), command.act
    if not action.responsible == act.author == act.actor:
        raise Denied("action.not_yours_to_accept", field="act.author")
    if action.acceptance in FIRM:
        return []
    return [ActionAccepted(*plan.stamp(command), action.id, action.goal)]


def complete(plan: Plan, command: CompleteAction) -> Sequence[Fact]:
    action = plan.action(command.action)
    if action.status == "done":
        return []
    action = open_action(plan, command.action)
    if action.responsible is not None:
        require_one_of(command, plan.person, action.responsible)
    return [ActionDone(*plan.stamp(command), action.id, action.goal)]


def drop(plan: Plan, command: DropAction) -> Sequence[Fact]:
    action, obstacle = plan.action(command.action), checked(command.stood_in_the_way)
    if action.status == "dropped":
        return []
    action = open_action(plan, command.action)
    require_one_of(command, plan.person, action.responsible, action.said[0].author)
    return [ActionDropped(*plan.stamp(command), action.id, action.goal, obstacle)]


def open_action(plan: Plan, wanted: UUID) -> Action:
    """An action still to be done, of a goal in the plan."""
    action = plan.action(wanted)
    plan.goal_in(action.goal, IN_PLAN)
    if action.status != "open":
        raise Refused("action.not_open", field="action", status=action.status)
    return action


def require_one_of(command: Command, *parties: UUID | None) -> None:
    if command.act.author not in parties:
        raise Denied("action.falls_to_another", field="act.author")
