"""A plan as JSON for whoever represents or assists her: what falls to them, and its goal's words."""

from __future__ import annotations

from typing import Any

from services.plans.api.telling import Telling
from services.plans.domain.action import Action
from services.plans.domain.goal import Goal
from services.plans.domain.plan import Plan

UNTOLD = (
    "grown_from", "wordings", "wordings_asked", "answers", "pending", "turns", "progress", "thread",
)  # fmt: skip


class TellingTheirs(Telling):
    """The goals in which something falls to the reader; nothing said about them, nor the rest."""

    def plan(self, plan: Plan) -> dict[str, Any]:
        return {**super().plan(plan), "words": None, "reviews": []}

    def sees(self, plan: Plan, goal: Goal) -> bool:
        theirs = any(self.sees_action(action) for action in plan.actions_of(goal))
        return theirs and super().sees(plan, goal)

    def sees_action(self, action: Action) -> bool:
        return action.responsible == self.party

    def sees_anything(self, plan: Plan) -> bool:
        return any(self.sees(plan, goal) for goal in plan.goals.values())

    def themes(self, plan: Plan) -> dict[str, Any]:
        return {"considered": [], "left_out": []}

    def goal(self, plan: Plan, goal: Goal) -> dict[str, Any]:
        return {
            "goal": goal.id,
            "words": goal.words,
            "status": goal.status,
            "agreement": goal.agreement,
            "proposal": self.said(goal.proposal),
            **{name: [] for name in UNTOLD},
            "levels": None,
            "actions": [self.action(a) for a in plan.actions_of(goal) if self.sees_action(a)],
        }
