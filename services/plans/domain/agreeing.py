"""Commands on what a goal says and who says yes: propose, reword, agree, disagree, decline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from services.plans.domain.events import (
    GoalAgreed,
    GoalDeclined,
    GoalDisagreed,
    GoalProposed,
    GoalReworded,
    GoalWordingAsked,
)
from services.plans.domain.goal import Goal
from services.plans.domain.naming import spelled, themes_in, worded, worded_if_any
from services.plans.domain.voice import FIRM, is_own
from shared.kernel import Act, Command, Denied, Fact, Refused

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan

MOST_GOALS = 200


@dataclass(frozen=True, kw_only=True)
class ProposeGoal(Command):
    """`names` are the other names of the themes behind it, as the catalogues know them."""

    goal: UUID
    words: str
    grown_from: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskWording(Command):
    goal: UUID
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class RewordGoal(Command):
    """`names` are those of the themes it is said to follow from, as for a proposal."""

    goal: UUID
    words: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgreeGoal(Command):
    goal: UUID


@dataclass(frozen=True, kw_only=True)
class DisagreeGoal(Command):
    goal: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeclineGoal(Command):
    goal: UUID
    reason: str | None = None


def propose(plan: Plan, command: ProposeGoal) -> Sequence[Fact]:
    words = worded(command.words)
    grown_from = tuple(dict.fromkeys(command.grown_from))
    named = (*themes_in(grown_from), *command.names, *plan.themes_behind(command.act))
    plan.themes.require_in(named, "grown_from")
    require_words_free(plan, command.act, words)
    known = plan.goals.get(command.goal)
    if known is not None:
        said = (known.proposed.words, known.proposed.grown_from, known.proposal.author)
        if said == (words, grown_from, command.act.author):
            return []
        raise Refused("goal.exists", field="goal")
    if len(plan.goals) >= MOST_GOALS:
        raise Refused("plan.full", most=MOST_GOALS)
    return [GoalProposed(*plan.stamp(command), command.goal, words, grown_from)]


def ask_wording(plan: Plan, command: AskWording) -> Sequence[Fact]:
    goal = plan.open_goal(command.goal)
    words = worded_if_any(command.words)
    return [GoalWordingAsked(*plan.stamp(command), goal=goal.id, words=words)]


def reword(plan: Plan, command: RewordGoal) -> Sequence[Fact]:
    goal, words = plan.open_goal(command.goal), worded(command.words)
    plan.themes.require_in((*command.names, *plan.themes_behind(command.act)), "act.because_of")
    require_words_free(plan, command.act, words)
    if words == goal.words:
        return []
    replaces = goal.wordings[-1].entry.id
    return [GoalReworded(*plan.stamp(command), goal=goal.id, words=words, replaces=replaces)]


def agree(plan: Plan, command: AgreeGoal) -> Sequence[Fact]:
    """A yes to the words as they are. Her own yes outweighs a no that was only noted for her."""
    goal = plan.goal(command.goal)
    if not (goal.status == "declined" and is_own(command.act) and not firmly_answered(goal)):
        goal = plan.open_goal(command.goal)
    wording = goal.wordings[-1].entry.id
    if agreed_already(goal, command.act, wording):
        return []
    return [GoalAgreed(*plan.stamp(command), goal=goal.id, wording=wording)]


def disagree(plan: Plan, command: DisagreeGoal) -> Sequence[Fact]:
    """A no for now. Hers ends an agreement; anybody else's stands beside it."""
    goal, reason = plan.goal(command.goal), worded_if_any(command.reason, "reason")
    if command.act.author != plan.person:
        plan.open_goal(command.goal)
    if goal.status == "declined" or answered_already(goal, command.act, GoalDisagreed):
        return []
    return [GoalDisagreed(*plan.stamp(command), goal=goal.id, reason=reason)]


def decline(plan: Plan, command: DeclineGoal) -> Sequence[Fact]:
    """Out of the plan, and it stays out. Only she says so."""
    goal, reason = plan.goal(command.goal), worded_if_any(command.reason, "reason")
    if command.act.author != plan.person:
        raise Denied("goal.hers_to_decline", field="act.author")
    if goal.status == "achieved":
        raise Refused("goal.not_open", field="goal", status=goal.status)
    if answered_already(goal, command.act, GoalDeclined):
        return []
    return [GoalDeclined(*plan.stamp(command), goal=goal.id, reason=reason)]


def require_words_free(plan: Plan, act: Act, words: str) -> None:
    """Raises Refused when others bring back, in words, what she left out or said no to."""
    plan.themes.require_unnamed(act, words)
    declined = {spelled(g.words) for g in plan.goals.values() if g.status == "declined"}
    if spelled(words) in declined and not is_own(act):
        raise Refused("goal.declined", field="words")


def firmly_answered(goal: Goal) -> bool:
    return goal.answer is not None and goal.answer.stance(goal.person) in FIRM


def agreed_already(goal: Goal, act: Act, wording: UUID) -> bool:
    answer = goal.answer_of(act.author)
    if answer is None or not isinstance(answer.fact, GoalAgreed):
        return False
    same_words = answer.fact.wording == wording
    if act.author == goal.person:
        same_words = goal.agreement is not None
    return same_words and (answer.stance(act.author) in FIRM or act.actor != act.author)


def answered_already(goal: Goal, act: Act, kind: type[Fact]) -> bool:
    """Whether the author has said this as firmly, or it already waits beside her firm word."""
    answer = goal.answer_of(act.author)
    noting = act.actor != act.author
    if answer is not None and isinstance(answer.fact, kind):
        return noting or answer.stance(act.author) in FIRM
    return noting and any(isinstance(s.fact, kind) for s in goal.pending)
