"""Whatever is asked in whatever order: no goal in force without her yes, nothing she left out back."""

from __future__ import annotations

import inspect
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.plans.domain import acting, agreeing, considering, following, reviewing, talking
from services.plans.domain.acting import (
    AcceptAction,
    AddAction,
    AssignAction,
    CompleteAction,
    DropAction,
)
from services.plans.domain.agreeing import (
    AgreeGoal,
    AskWording,
    DeclineGoal,
    DisagreeGoal,
    ProposeGoal,
    RewordGoal,
)
from services.plans.domain.considering import ConsiderTheme, DeclineTheme, ReconsiderTheme
from services.plans.domain.events import (
    GoalAgreed,
    GoalProposed,
    GoalReworded,
    StoodInTheWay,
    ThemeConsidered,
    ThemeDeclined,
    ThemeReconsidered,
)
from services.plans.domain.following import (
    AchieveGoal,
    PauseGoal,
    RateProgress,
    ResumeGoal,
    SetAttainmentLevels,
    SetGoalAside,
)
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import ClosePlan, HoldReview, OpenPlan
from services.plans.domain.rules import RULES
from services.plans.domain.talking import DiscussGoal, ReorderGoals
from shared.coproduction import (
    AnswerDispute,
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    RecordCorrection,
    SettleDispute,
    WithdrawWords,
    replay,
)
from shared.kernel import Command, Refused
from tests.plans.given import (
    ISABELLE,
    JULIE,
    NATHALIE,
    NOEMIE,
    PLAN,
    act,
    do,
    isabelles,
    named,
)

GOALS = [named(f"goal {n}") for n in range(8)]
ACTIONS = [named(f"action {n}") for n in range(5)]
THEMES = ["comprendre-medicaments", "sommeil"]
TITLES = {"comprendre-medicaments": ("Comprendre mes médicaments",), "sommeil": ("Mon sommeil",)}
WORDS = ["Dormir mieux", "Finir ma chimie", "Comprendre mes médicaments"]
TALKING = {
    ConfirmContribution,
    DisputeContribution,
    AnswerDispute,
    SettleDispute,
    RecordCorrection,
    WithdrawWords,
    MisfileEntry,
}

goals, actions, themes = st.sampled_from(GOALS), st.sampled_from(ACTIONS), st.sampled_from(THEMES)
words = st.sampled_from(WORDS)
obstacles = st.one_of(st.none(), st.just(StoodInTheWay("programming", "pas d’adresse")))
her = st.builds(act)
mostly_her = st.one_of(her, her, her, her, her, st.builds(act, st.just(ISABELLE), st.just(NOEMIE)))
anyone = st.one_of(
    her,
    her,
    her,
    st.builds(act, st.just(ISABELLE), st.just(NOEMIE)),
    st.builds(isabelles),
    st.builds(isabelles, st.sampled_from([(NOEMIE, "agreed"), (NOEMIE, "declined")])),
    st.builds(act, st.just(NOEMIE), st.just(ISABELLE)),
)
others = st.one_of(anyone, st.builds(act, st.sampled_from([JULIE, NATHALIE])))


def grown(theme: str | None) -> tuple[str, ...]:
    return (f"star:{theme}",) if theme else ()


class AnySequence(RuleBasedStateMachine):
    asked: ClassVar[Counter[type[Command]]] = Counter()
    refused: ClassVar[Counter[type[Command]]] = Counter()

    @initialize()
    def begins(self) -> None:
        self.plan = Plan(PLAN)
        self.told: list = []
        self.out: set[str] = set()  # what she herself left out and has not taken up again
        self.ask(do(OpenPlan))
        for goal in GOALS[:6]:
            self.ask(do(ProposeGoal, goal=goal, words=WORDS[1]))
            self.ask(do(AgreeGoal, goal=goal))
        for action, goal in zip(ACTIONS[:4], GOALS, strict=False):
            self.ask(do(AddAction, action=action, goal=goal, words="Appeler", responsible=NOEMIE))

    def one(self, data, wanted=("active", "active", "paused", "proposed", "disagreed")):
        """A goal; mostly one about which something can still be said."""
        fit = [g.id for w in wanted for g in self.plan.goals.values() if g.status == w]
        return data.draw(st.sampled_from(fit * 3 + GOALS))

    def ask(self, command: Command) -> None:
        kind = type(command)
        self.asked[kind] += 1
        try:
            facts = list(self.plan.decide(command))
        except Refused:
            self.refused[kind] += 1
            return
        for fact in facts:
            self.plan = self.plan.follow(fact)
            self.remembered(fact)
        self.told += facts

    def remembered(self, fact) -> None:
        """The second opinion on what is left out: only her own words, in the order they came."""
        own = fact.act.actor == fact.act.author == NOEMIE
        if isinstance(fact, ThemeDeclined) and own:
            self.out.add(fact.theme)
        if isinstance(fact, ThemeReconsidered):
            assert own
            self.out.discard(fact.theme)
        back = {getattr(fact, "theme", None)} if isinstance(fact, ThemeConsidered) else set()
        if isinstance(fact, GoalProposed):
            back = {source.partition(":")[2] for source in fact.grown_from}
        assert not back & self.out
        if not own and isinstance(fact, GoalProposed | GoalReworded):
            assert not any(title in fact.words for t in self.out for title in TITLES[t])

    # ── everyone asks for everything ─────────────────────────────────────────────────────────

    @rule(theme=themes, by=anyone)
    def consider(self, theme, by):
        self.ask(do(ConsiderTheme, by, theme=theme))

    @rule(theme=themes, by=anyone)
    def decline_theme(self, theme, by):
        self.ask(do(DeclineTheme, by, theme=theme, names=TITLES[theme]))

    @rule(theme=themes, by=st.one_of(her, anyone))
    def reconsider(self, theme, by):
        self.ask(do(ReconsiderTheme, by, theme=theme))

    @rule(goal=goals, words=words, theme=st.one_of(st.none(), themes), by=anyone)
    def propose(self, goal, words, theme, by):
        self.ask(do(ProposeGoal, by, goal=goal, words=words, grown_from=grown(theme)))

    @rule(data=st.data(), words=words, by=anyone)
    def reword(self, data, words, by):
        self.ask(do(RewordGoal, by, goal=self.one(data), words=words))

    @rule(data=st.data(), by=anyone)
    def ask_wording(self, data, by):
        self.ask(do(AskWording, by, goal=self.one(data)))

    @rule(data=st.data(), by=anyone)
    def agree(self, data, by):
        self.ask(do(AgreeGoal, by, goal=self.one(data)))

    @rule(data=st.data(), kind=st.sampled_from([DisagreeGoal] * 4 + [DeclineGoal]), by=mostly_her)
    def say_no(self, data, kind, by):
        self.ask(do(kind, by, goal=self.one(data)))

    @rule(order=st.permutations(GOALS), by=anyone)
    def reorder(self, order, by):
        known = tuple(g for g in order if g in self.plan.goals)
        self.ask(do(ReorderGoals, by, goals=known))

    @rule(data=st.data(), words=words, by=anyone)
    def discuss(self, data, words, by):
        self.ask(do(DiscussGoal, by, goal=self.one(data), words=words))

    @rule(data=st.data(), kind=st.sampled_from([AchieveGoal, ResumeGoal]), by=anyone)
    def turn(self, data, kind, by):
        self.ask(do(kind, by, goal=self.one(data)))

    @rule(
        data=st.data(),
        kind=st.sampled_from([PauseGoal, SetGoalAside]),
        by=anyone,
        obstacle=obstacles,
    )
    def stop(self, data, kind, by, obstacle):
        self.ask(do(kind, by, goal=self.one(data), stood_in_the_way=obstacle))

    @rule(data=st.data(), value=st.integers(0, 100), by=anyone)
    def rate(self, data, value, by):
        self.ask(
            do(RateProgress, by, goal=self.one(data, ("active", "paused", "achieved")), value=value)
        )

    @rule(data=st.data(), by=anyone)
    def set_levels(self, data, by):
        self.ask(do(SetAttainmentLevels, by, goal=self.one(data), levels=tuple("abcde")))

    @rule(goal=goals, action=actions, by=anyone, who=st.sampled_from([None, NOEMIE, ISABELLE]))
    def add(self, goal, action, by, who):
        known = self.plan.actions.get(action)
        goal = known.goal if known else goal
        self.ask(do(AddAction, by, action=action, goal=goal, words="Appeler", responsible=who))

    @rule(action=actions, by=anyone, who=st.sampled_from([NOEMIE, ISABELLE]))
    def assign(self, action, by, who):
        self.ask(do(AssignAction, by, action=action, responsible=who))

    @rule(
        action=actions,
        kind=st.sampled_from([AcceptAction, CompleteAction, DropAction]),
        by=anyone,
    )
    def act_on(self, action, kind, by):
        self.ask(do(kind, by, action=action))

    @rule(by=anyone, words=words)
    def review(self, by, words):
        self.ask(do(HoldReview, by, words=words))

    @rule(by=anyone, sure=st.integers(0, 15))
    def close(self, by, sure):
        if sure == 0:
            self.ask(do(ClosePlan, by))

    @rule(data=st.data(), by=others)
    def confirm(self, data, by):
        self.ask(do(ConfirmContribution, by, entry=self.an_entry(data)))

    @rule(data=st.data(), by=others)
    def dispute(self, data, by):
        self.ask(do(DisputeContribution, by, entry=self.an_entry(data)))

    @rule(data=st.data(), by=others, kind=st.sampled_from([AnswerDispute, SettleDispute]))
    def answer(self, data, by, kind):
        outcome = data.draw(st.sampled_from(["accepted", "kept"]))
        entry = self.an_entry(data, disputed=True)
        self.ask(do(kind, by, entry=entry, words="Vu.", outcome=outcome))

    @rule(data=st.data(), by=others)
    def correct(self, data, by):
        self.ask(do(RecordCorrection, by, entry=self.an_entry(data), words="Plutôt ainsi."))

    @rule(data=st.data(), by=others)
    def withdraw(self, data, by):
        self.ask(do(WithdrawWords, by, entry=self.an_entry(data)))

    @rule(data=st.data(), by=others)
    def misfile(self, data, by):
        self.ask(do(MisfileEntry, by, entry=self.an_entry(data)))

    def an_entry(self, data, *, disputed=False):
        said = [s for s in self.plan.said if s.entry.dispute or not disputed]
        return data.draw(st.sampled_from(said or list(self.plan.said))).entry.id

    # ── what holds whatever was asked ────────────────────────────────────────────────────────

    @invariant()
    def no_goal_is_in_force_without_her_yes(self):
        for goal in self.plan.goals.values():
            if goal.status in ("active", "paused"):
                yes = [
                    s
                    for s in goal.said
                    if isinstance(s.fact, GoalAgreed)
                    and s.entry.says(NOEMIE) in ("own", "confirmed", "claimed")
                    and (s.entry.act.author == NOEMIE or "agreed" in s.entry.act.part_of(NOEMIE))
                ]
                assert yes
                assert goal.agreement in ("own", "confirmed", "noted")

    @invariant()
    def nothing_in_force_grew_from_what_she_left_out(self):
        out = {d.theme for d in self.plan.themes.left_out}
        for goal in self.plan.goals.values():
            if goal.status in ("active", "paused", "proposed"):
                assert not out & set(goal.themes)

    @invariant()
    def the_stream_folds_to_the_same_state_again(self):
        again = replay(Plan(PLAN), self.told)
        assert again.told == self.plan.told
        assert again.entries == self.plan.entries
        assert {g.id: g.status for g in again.goals.values()} == {
            g.id: g.status for g in self.plan.goals.values()
        }


@pytest.mark.slow
def test_whatever_is_asked_in_whatever_order():
    AnySequence.asked.clear()
    AnySequence.refused.clear()
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        AnySequence,
        settings=settings(
            max_examples=100,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    every = {*RULES, *TALKING}
    assert set(AnySequence.asked) == every, every - set(AnySequence.asked)
    assert AnySequence.refused.total() < AnySequence.asked.total() / 2


def test_every_command_has_its_rule():
    commands = {
        kind
        for module in (acting, agreeing, considering, following, reviewing, talking)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Command) and kind is not Command
    }
    assert commands == set(RULES)
