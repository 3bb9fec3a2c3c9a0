"""One person's plan for a period: what it remembers, and what it decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from services.plans.domain import keeping
from services.plans.domain.action import Action
from services.plans.domain.events import (
    VOICES,
    ActionAdded,
    ContributionDisputed,
    GoalProposed,
    GoalReordered,
    PlanClosed,
    PlanOpened,
    ReviewHeld,
    ThemeConsidered,
    ThemeDeclined,
    ThemeReconsidered,
    WordsWithdrawn,
)
from services.plans.domain.goal import OPEN, Goal
from services.plans.domain.rules import RULES
from services.plans.domain.themes import Declined, Themes
from services.plans.domain.voice import FIRM, Said, in_force
from shared.coproduction import WITHDRAWING, Coproduced
from shared.kernel import Act, Fact, NotFound, Refused, Unreadable

OF_THEMES = (PlanOpened, ThemeConsidered, ThemeDeclined, ThemeReconsidered)


@dataclass(frozen=True)
class Plan(Coproduced):
    """What was told, in order. All else is read from it and from what people say of it since.

    So a dispute, an answer to it or words taken back change the picture without rules of their own.
    """

    voices = VOICES

    told: tuple[Fact, ...] = ()

    def evolve(self, fact: Fact) -> Plan:
        told = (*self.told, fact)
        if isinstance(fact, WITHDRAWING):
            left = (keeping.left(f, fact) for f in told)
            told = tuple(f for f in left if not isinstance(f, Unreadable))
        return replace(self, version=fact.originator_version, told=told)

    def decide(self, command: Any) -> Sequence[Fact]:
        keeping.require_hers(self, command)
        facts = super().decide(command)
        return [keeping.standing(self, f) if isinstance(f, WordsWithdrawn) else f for f in facts]

    def choose(self, command: Any) -> Sequence[Fact]:
        if self.closed:
            raise Refused("plan.closed")
        return RULES[type(command)](self, command)

    # ── what is read from it ─────────────────────────────────────────────────────────────────

    @property
    def person(self) -> UUID:
        return next(iter(self.entries.values())).act.subject

    @cached_property
    def said(self) -> tuple[Said, ...]:
        return tuple(Said(fact, self.entries[fact.id]) for fact in self.told)

    @property
    def closed(self) -> bool:
        return any(isinstance(f, PlanClosed) for f in self.told)

    @property
    def opened(self) -> PlanOpened | None:
        return next((f for f in self.told if isinstance(f, PlanOpened)), None)

    @cached_property
    def themes(self) -> Themes:
        return Themes(self.person, tuple(s for s in self.said if isinstance(s.fact, OF_THEMES)))

    @cached_property
    def goals(self) -> Mapping[UUID, Goal]:
        """Every goal by its id, in the order they were proposed."""
        about: dict[UUID, list[Said]] = {}
        goal_of = {s.entry.id: getattr(s.fact, "goal", None) for s in self.said}
        for said in self.said:
            fact = said.fact
            named = goal_of.get(
                fact.entry if isinstance(fact, ContributionDisputed) else said.entry.id
            )
            if isinstance(fact, GoalProposed):
                about[fact.goal] = [said]
            elif named in about:
                about[named].append(said)
        found = (Goal(goal, self.person, tuple(said)) for goal, said in about.items())
        return {g.id: replace(g, rests=bool(self.left_out_of(g))) for g in found}

    @cached_property
    def actions(self) -> Mapping[UUID, Action]:
        about: dict[UUID, list[Said]] = {}
        for said in self.said:
            action = getattr(said.fact, "action", None)
            if isinstance(said.fact, ActionAdded):
                about[said.fact.action] = [said]
            elif action in about:
                about[action].append(said)
        return {action: Action(action, tuple(said)) for action, said in about.items()}

    @cached_property
    def order(self) -> tuple[UUID, ...]:
        """The goals, those she put first, first."""
        found = in_force(self.person, [s for s in self.said if isinstance(s.fact, GoalReordered)])
        first = found.fact.goals if found and isinstance(found.fact, GoalReordered) else ()
        known = tuple(g for g in first if g in self.goals)
        return (*known, *(g for g in self.goals if g not in known))

    @property
    def reviews(self) -> tuple[Said, ...]:
        return tuple(s for s in self.said if isinstance(s.fact, ReviewHeld) and s.stands())

    def left_out_of(self, goal: Goal) -> tuple[Declined, ...]:
        """The themes she left out that this goal grew from, or that others' words for it name."""
        out = self.themes.out(goal.themes)
        words = (goal.wordings or (goal.proposal,))[-1]
        if words.stance(self.person) in FIRM:
            return out
        return (*out, *self.themes.named_in(goal.words))

    def themes_behind(self, act: Act) -> tuple[str, ...]:
        """The themes of entries of this plan that an act is said to follow from.

        A theme that was considered, or a goal by what it grew from. That she left a theme out, and
        that something else follows from that, brings no theme back.
        """
        causes = [s.fact for s in self.said if s.entry.id in act.because_of]
        considered = [f.theme for f in causes if isinstance(f, ThemeConsidered)]
        named = {getattr(f, "goal", None) for f in causes}
        grown = [theme for goal in self.goals.values() if goal.id in named for theme in goal.themes]
        return (*considered, *grown)

    def actions_of(self, goal: Goal) -> tuple[Action, ...]:
        return tuple(a for a in self.actions.values() if a.goal == goal.id)

    # ── what commands ask of it ──────────────────────────────────────────────────────────────

    def goal(self, wanted: UUID) -> Goal:
        if wanted not in self.goals:
            raise NotFound("goal.unknown", field="goal")
        return self.goals[wanted]

    def action(self, wanted: UUID) -> Action:
        if wanted not in self.actions or self.actions[wanted].goal not in self.goals:
            raise NotFound("action.unknown", field="action")
        return self.actions[wanted]

    def open_goal(self, wanted: UUID) -> Goal:
        """A goal one may still talk about. Raises Refused for one that she said no to."""
        return self.goal_in(wanted, OPEN)

    def goal_in(self, wanted: UUID, statuses: frozenset[str]) -> Goal:
        """A goal that stands in one of these ways; raises the Refused that says how it stands."""
        goal = self.goal(wanted)
        if goal.status in statuses:
            return goal
        if goal.status == "left_out":
            theme = self.left_out_of(goal)[0].theme
            raise Refused("theme.declined", field="goal", theme=theme)
        raise Refused(WHY_NOT.get(goal.status, "goal.not_open"), field="goal", status=goal.status)


WHY_NOT: Mapping[str, str] = {
    "declined": "goal.declined",
    "disputed": "goal.disputed",
    "proposed": "goal.not_agreed",
    "disagreed": "goal.not_agreed",
    "reworded": "goal.not_agreed",
    "paused": "goal.paused",
}
