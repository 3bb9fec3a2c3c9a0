"""What of a plan is shown: all of it to those who make it with her, not her noes to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes

TAB = "plan"
NO_TO_A_THEME = frozenset({"theme_declined", "theme_reconsidered"})
NO_TO_A_GOAL = frozenset({"goal_declined", "goal_disagreed"})


@dataclass(frozen=True)
class Plans:
    """Each goal's last answer of hers: True where it was a no."""

    declined: Mapping[str, bool] = field(default_factory=dict)

    def hear(self, entry: Entry) -> Plans:
        goal = entry.body.get("goal")
        if goal is None or entry.author != entry.subject:
            return self
        if entry.kind not in NO_TO_A_GOAL and entry.kind != "goal_agreed":
            return self
        return replace(self, declined={**self.declined, goal: entry.kind in NO_TO_A_GOAL})

    def shows(self, entry: Entry, eyes: Eyes) -> bool:
        """Her team sees a plan, as it is made together; others by her consent to that tab."""
        if not eyes.may_open(TAB):
            return False
        if eyes.team:
            return True
        if eyes.only_theirs:
            return False  # what names them, or what they took part in, is shown before this
        if TAB not in eyes.tabs or entry.kind in NO_TO_A_THEME | NO_TO_A_GOAL:
            return False
        goals = {entry.body.get("goal"), *(entry.body.get("goals") or ())}
        return not any(goal is not None and self.declined.get(goal) for goal in goals)
