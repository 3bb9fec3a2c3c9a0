"""A plan as JSON, for one pair of eyes: hours are told to their author only, a no to few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.plans.domain.action import Action
from services.plans.domain.events import (
    AttainmentLevelsSet,
    ContributionDisputed,
    GoalAchieved,
    GoalAgreed,
    GoalDeclined,
    GoalDisagreed,
    GoalDiscussed,
    GoalPaused,
    GoalResumed,
    GoalSetAside,
    GoalWordingAsked,
    StoodInTheWay,
    ThemeDeclined,
)
from services.plans.domain.goal import TURNS, Goal
from services.plans.domain.plan import Plan
from services.plans.domain.themes import Declined
from services.plans.domain.voice import Said
from shared.kernel import Act

ANSWER = {
    GoalAgreed: "agreed",
    GoalDisagreed: "disagreed",
    GoalDeclined: "declined",
    ContributionDisputed: "disputed",
}
TURN = {
    GoalAchieved: "achieved",
    GoalPaused: "paused",
    GoalResumed: "resumed",
    GoalSetAside: "set_aside",
}


@dataclass(frozen=True)
class Telling:
    """`with_her`: she herself, or someone who accompanies her; they see what she said no to."""

    party: UUID
    zone: ZoneInfo
    with_her: bool

    def when(self, act: Act) -> str:
        """The hour to its author; to everyone else the day, as it is where they live."""
        local = act.occurred.astimezone(self.zone)
        if act.author != self.party or act.precision == "day":
            return local.date().isoformat()
        return local.isoformat(timespec="seconds")

    def said(self, said: Said, **more: Any) -> dict[str, Any]:
        """Whose word it is; `noted_by` is who wrote it down, when it was someone else."""
        act = said.entry.act
        return {
            "entry": said.entry.id,
            "author": act.author,
            "noted_by": act.actor if act.actor != act.author else None,
            "attestation": said.entry.says(act.author),
            "occurred_at": self.when(act),
            **more,
        }

    def worded(self, said: Said, **more: Any) -> dict[str, Any]:
        return self.said(said, words=getattr(said.fact, "words", None), **more)

    def plan(self, plan: Plan) -> dict[str, Any]:
        opened, goals = plan.opened, (plan.goals[goal] for goal in plan.order)
        return {
            "id": plan.id,
            "person": plan.person,
            "number": opened.number if opened else None,
            "starts": opened.starts if opened else None,
            "ends": opened.ends if opened else None,
            "words": opened.words if opened else None,
            "closed": plan.closed,
            "opened_at": self.when(next(iter(plan.entries.values())).act),
            "themes": self.themes(plan),
            "goals": [self.goal(plan, goal) for goal in goals if self.sees(plan, goal)],
            "reviews": [
                self.worded(
                    s,
                    next_review=getattr(s.fact, "next_review", None),
                    stood_in_the_way=obstacle(s),
                )
                for s in plan.reviews
            ],
        }

    def sees(self, plan: Plan, goal: Goal) -> bool:
        del plan
        return self.with_her or goal.status not in ("declined", "left_out", "disagreed")

    def sees_action(self, action: Action) -> bool:
        del action
        return True

    def sees_anything(self, plan: Plan) -> bool:
        del plan
        return True

    def themes(self, plan: Plan) -> dict[str, Any]:
        found = plan.themes
        left_out = found.left_out if self.with_her else ()
        return {
            "considered": [self.worded(s, theme=theme) for theme, s in found.considered.items()],
            "left_out": [self.left_out(declined) for declined in left_out],
        }

    def left_out(self, declined: Declined) -> dict[str, Any]:
        fact = declined.said.fact if declined.said else None
        return {
            "theme": declined.theme,
            "carried_over": declined.carried,
            "reason": fact.reason if isinstance(fact, ThemeDeclined) else None,
            "said": self.said(declined.said) if declined.said else None,
        }

    def goal(self, plan: Plan, goal: Goal) -> dict[str, Any]:
        levels = goal.levels
        return {
            "goal": goal.id,
            "words": goal.words,
            "status": goal.status,
            "agreement": goal.agreement,
            "grown_from": self.grown_from(goal),
            "proposal": self.said(goal.proposal),
            "wordings": [self.worded(s) for s in goal.wordings],
            "wordings_asked": [self.worded(s) for s in goal.of(GoalWordingAsked)],
            "answers": [
                self.said(
                    s,
                    party=party,
                    attestation=s.stance(party),
                    answer=ANSWER[type(s.fact)],
                    reason=getattr(s.fact, "reason", None),
                )
                for party, s in goal.answers.items()
            ],
            "pending": [s.entry.id for s in goal.pending],
            "turns": [
                self.worded(s, turn=TURN[type(s.fact)], stood_in_the_way=obstacle(s))
                for s in goal.of(*TURNS)
            ],
            "progress": [self.progress(goal, s) for s in goal.progress],
            "levels": None if levels is None else self.levels(levels),
            "thread": [self.worded(s) for s in goal.of(GoalDiscussed)],
            "actions": [self.action(action) for action in plan.actions_of(goal)],
        }

    def grown_from(self, goal: Goal) -> list[str]:
        """What it grew from; which star or rating, only to her and to those who were there.

        A goal in the plan does not show the portrait it came from.
        """
        act = goal.proposal.entry.act
        there = {goal.person, act.actor, act.author, *(c.party for c in act.contributors)}
        if self.party in there:
            return list(goal.proposed.grown_from)
        return [source.partition(":")[0] for source in goal.proposed.grown_from]

    def progress(self, goal: Goal, said: Said) -> dict[str, Any]:
        fact = said.fact
        return self.worded(
            said,
            value=getattr(fact, "value", None),
            level=getattr(fact, "level", None),
            stands=goal.progress_of(said.author) == said,
        )

    def levels(self, said: Said) -> dict[str, Any]:
        fact = said.fact
        assert isinstance(fact, AttainmentLevelsSet)  # noqa: S101 - a goal's levels are nothing else
        return self.said(said, levels=fact.levels, weight=fact.weight)

    def action(self, action: Action) -> dict[str, Any]:
        return {
            "action": action.id,
            "goal": action.goal,
            "words": action.words,
            "responsible": action.responsible,
            "due": action.due,
            "acceptance": action.acceptance,
            "status": action.status,
            "said": self.said(action.said[0]),
        }


def obstacle(said: Said) -> dict[str, Any] | None:
    found: StoodInTheWay | None = getattr(said.fact, "stood_in_the_way", None)
    return None if found is None else {"logic": found.logic, "words": found.words}
