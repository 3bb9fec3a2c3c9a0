from __future__ import annotations

from datetime import date

import pytest

from services.plans.domain.acting import AcceptAction, AssignAction, CompleteAction, DropAction
from services.plans.domain.agreeing import DeclineGoal
from services.plans.domain.events import StoodInTheWay
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
from services.plans.domain.talking import DiscussGoal, ReorderGoals
from shared.coproduction import MisfileEntry, WithdrawWords
from tests.plans.given import (
    BENEFIT,
    CALL,
    CHEMISTRY,
    ISABELLE,
    JULIE,
    NATHALIE,
    NOEMIE,
    PLAN,
    WOLF,
    act,
    add,
    agree,
    confirm,
    consider,
    dispute,
    do,
    hers,
    isabelles,
    last,
    later,
    named,
    noted,
    plan,
    propose,
    recorded,
    refusal,
    status,
    telling,
)

ADDRESS = StoodInTheWay("programming", "Il faut une adresse à moi.")
FIVE = ("rien", "un peu", "comme prévu", "plus", "beaucoup plus")


def going(*commands):
    """A plan with one goal that she agreed to."""
    return plan(propose(), agree(), *commands)


def rate(value=80, by=None, **fields):
    return do(RateProgress, by, goal=CHEMISTRY, value=value, **fields)


def turn(command, by=None, **fields):
    return do(command, by, goal=CHEMISTRY, **fields)


def levels(by=None, five=FIVE, **fields):
    return do(SetAttainmentLevels, by, goal=CHEMISTRY, levels=five, **fields)


# --- progress -------------------------------------------------------------------------------------


def test_each_party_rates_beside_the_other_and_changes_nothing_of_theirs():
    state = going(rate(60), rate(75, by=isabelles()))
    goal = state.goals[CHEMISTRY]
    assert goal.progress_of(NOEMIE).fact.value == 60
    assert goal.progress_of(ISABELLE).fact.value == 75


def test_a_rating_noted_for_her_never_stands_over_her_own():
    state = going(rate(60), rate(90, by=noted()))
    assert state.goals[CHEMISTRY].progress_of(NOEMIE).fact.value == 60
    state, _ = telling(state, confirm(last(state)))
    assert state.goals[CHEMISTRY].progress_of(NOEMIE).fact.value == 90


def test_the_same_on_the_same_day_is_recorded_once_and_another_day_again():
    state = going(rate(60))
    assert recorded(state, rate(60)) == []
    assert len(recorded(state, rate(60, by=later(hers(), 30)))) == 1


@pytest.mark.parametrize("value", [-1, 101])
def test_progress_is_a_percentage(value):
    assert refusal(going(), rate(value)) == "number.out_of_range"


def test_progress_is_about_what_she_agreed_to():
    assert refusal(plan(propose()), rate()) == "goal.not_agreed"


def test_levels_are_hers_or_agreed_five_of_them_and_before_the_work():
    with_her = isabelles((NOEMIE, "agreed"))
    assert len(recorded(going(), levels())) == 1
    assert len(recorded(going(), levels(by=with_her))) == 1
    assert recorded(going(levels()), levels()) == []
    assert refusal(going(), levels(by=isabelles())) == "levels.hers_or_agreed"
    assert refusal(going(), levels(five=FIVE[:4])) == "length.wrong"
    assert refusal(going(), levels(weight=0)) == "number.out_of_range"
    assert refusal(going(rate()), levels()) == "levels.after_the_start"
    done = (add(), do(CompleteAction, action=CALL))
    assert refusal(going(*done), levels()) == "levels.after_the_start"


def test_a_level_is_rated_where_levels_were_set():
    assert refusal(going(), rate(level=1)) == "levels.not_set"
    assert refusal(going(levels()), rate(level=3)) == "number.out_of_range"
    assert recorded(going(levels()), rate(level=-2))[0].level == -2


# --- pause, resume, achieve, set aside ------------------------------------------------------------


def test_she_pauses_and_says_what_stood_in_the_way():
    state, (fact,) = telling(going(), turn(PauseGoal, stood_in_the_way=ADDRESS))
    assert fact.stood_in_the_way == ADDRESS
    assert status(state) == "paused"
    assert recorded(state, turn(PauseGoal)) == []
    assert refusal(state, add("more")) == "goal.paused"
    state, _ = telling(state, turn(ResumeGoal))
    assert status(state) == "active"
    assert recorded(state, turn(ResumeGoal)) == []


def test_what_stood_in_the_way_is_one_of_four_logics():
    command = turn(PauseGoal, stood_in_the_way=StoodInTheWay("laziness"))
    assert refusal(going(), command) == "value.not_in_list"


@pytest.mark.parametrize("command", [AchieveGoal, PauseGoal, ResumeGoal, SetGoalAside])
def test_what_becomes_of_her_goal_is_hers_to_say(command):
    assert refusal(going(), turn(command, by=isabelles())) == "goal.hers_to_say"


@pytest.mark.parametrize("command", [AchieveGoal, PauseGoal, ResumeGoal])
def test_nothing_becomes_of_a_goal_that_is_not_agreed(command):
    assert refusal(plan(propose()), turn(command)) == "goal.not_agreed"


def test_she_says_that_it_is_achieved():
    state = going(turn(AchieveGoal))
    assert status(state) == "achieved"
    assert recorded(state, turn(AchieveGoal)) == []
    assert refusal(state, turn(PauseGoal)) == "goal.not_open"
    assert refusal(state, turn(ResumeGoal)) == "goal.not_open"
    assert refusal(state, do(DeclineGoal, goal=CHEMISTRY)) == "goal.not_open"


def test_she_sets_aside_and_takes_up_again():
    state = going(turn(SetGoalAside, stood_in_the_way=StoodInTheWay("management")))
    assert status(state) == "set_aside"
    assert recorded(state, turn(SetGoalAside)) == []
    assert refusal(state, add("more")) == "goal.not_open"
    assert status(telling(state, turn(ResumeGoal))[0]) == "active"


def test_whoever_proposed_takes_the_proposal_back_while_she_has_not_agreed():
    state = plan(propose(by=isabelles()))
    state = telling(state, turn(SetGoalAside, by=isabelles()))[0]
    assert status(state) == "set_aside"
    assert refusal(state, turn(ResumeGoal)) == "goal.not_open"
    agreed = plan(propose(by=isabelles()), agree())
    assert refusal(agreed, turn(SetGoalAside, by=isabelles())) == "goal.hers_to_say"


def test_what_is_noted_for_her_waits_beside_her_own_word():
    state = going(turn(PauseGoal), turn(ResumeGoal, by=noted()))
    assert status(state) == "paused"
    assert recorded(state, turn(ResumeGoal, by=noted())) == []
    assert status(telling(state, confirm(last(state)))[0]) == "active"


def test_a_pause_noted_for_her_ends_when_she_disputes_it():
    state = going(turn(PauseGoal, by=noted()))
    assert status(state) == "paused"
    assert status(telling(state, dispute(last(state)))[0]) == "active"


def test_taking_back_the_words_of_a_pause_does_not_end_it():
    state = going(turn(PauseGoal, words="Trop dur."))
    state, _ = telling(state, do(WithdrawWords, entry=last(state)))
    assert status(state) == "paused"


# --- talk and order -------------------------------------------------------------------------------


def test_a_goal_is_talked_about_by_anyone_while_she_has_not_said_no():
    assert recorded(going(), do(DiscussGoal, isabelles(), goal=CHEMISTRY, words="Et après ?"))


def test_the_order_is_hers():
    state = plan(*(propose(g) for g in (CHEMISTRY, BENEFIT, WOLF)))
    assert state.order == (CHEMISTRY, BENEFIT, WOLF)
    assert refusal(state, do(ReorderGoals, isabelles(), goals=(WOLF,))) == "goal.order_is_hers"
    assert refusal(state, do(ReorderGoals, goals=(WOLF, WOLF))) == "goals.repeated"
    assert refusal(state, do(ReorderGoals, goals=(named("?"),))) == "goal.unknown"
    state, _ = telling(state, do(ReorderGoals, goals=(WOLF, CHEMISTRY)))
    assert state.order == (WOLF, CHEMISTRY, BENEFIT)
    assert recorded(state, do(ReorderGoals, goals=(WOLF,))) == []


# --- actions --------------------------------------------------------------------------------------


def test_an_action_serves_a_goal_that_she_agreed_to():
    assert refusal(plan(propose()), add()) == "goal.not_agreed"
    (fact,) = recorded(going(), add(responsible=NOEMIE))
    assert going(add()).actions[CALL].words == "Appeler le centre."
    assert (fact.goal, fact.words, fact.responsible) == (CHEMISTRY, "Appeler le centre.", NOEMIE)


def test_the_same_action_twice_is_recorded_once():
    state = going(add())
    assert recorded(state, add()) == []
    assert refusal(state, add(words="Écrire.")) == "action.exists"


def test_what_she_takes_on_herself_needs_no_further_yes():
    assert going(add(responsible=NOEMIE)).actions[CALL].acceptance == "own"


def test_what_falls_to_her_is_accepted_by_her_alone_signed_in():
    state = going(add(by=isabelles(), responsible=NOEMIE))
    assert state.actions[CALL].acceptance is None
    accept = AcceptAction
    for by in (isabelles(), noted(), act(JULIE)):
        assert refusal(state, do(accept, by, action=CALL)) == "action.not_yours_to_accept"
    state, _ = telling(state, do(accept, action=CALL))
    assert state.actions[CALL].acceptance == "own"
    assert recorded(state, do(accept, action=CALL)) == []


def test_a_yes_noted_for_whom_it_falls_to_says_so_until_confirmed():
    state = going(add(by=isabelles((NOEMIE, "agreed")), responsible=NOEMIE))
    assert state.actions[CALL].acceptance == "noted"
    assert telling(state, confirm(last(state)))[0].actions[CALL].acceptance == "confirmed"
    assert telling(state, dispute(last(state)))[0].actions[CALL].status == "disputed"


def test_assigned_anew_it_has_to_be_accepted_anew():
    state = going(add(responsible=NOEMIE), do(AssignAction, action=CALL, responsible=ISABELLE))
    assert state.actions[CALL].responsible == ISABELLE
    assert state.actions[CALL].acceptance is None
    assert recorded(state, do(AssignAction, action=CALL, responsible=ISABELLE)) == []
    state, _ = telling(state, do(AcceptAction, isabelles(), action=CALL))
    assert state.actions[CALL].acceptance == "own"


def test_done_by_whom_it_falls_to_or_by_her():
    state = going(add(responsible=NOEMIE))
    assert refusal(state, do(CompleteAction, isabelles(), action=CALL)) == "action.falls_to_another"
    state, _ = telling(state, do(CompleteAction, action=CALL))
    assert state.actions[CALL].status == "done"
    assert recorded(state, do(CompleteAction, action=CALL)) == []
    assert refusal(state, do(DropAction, action=CALL)) == "action.not_open"


def test_dropped_with_what_stood_in_the_way():
    state = going(add(responsible=NOEMIE, by=isabelles()))
    assert refusal(state, do(DropAction, act(JULIE), action=CALL)) == "action.falls_to_another"
    dropped = do(DropAction, isabelles(), action=CALL, stood_in_the_way=ADDRESS)
    state, (fact,) = telling(state, dropped)
    assert fact.stood_in_the_way == ADDRESS
    assert state.actions[CALL].status == "dropped"
    assert recorded(state, dropped) == []
    assert refusal(state, do(CompleteAction, action=CALL)) == "action.not_open"


def test_an_action_without_anyone_is_done_by_anyone():
    assert recorded(going(add()), do(CompleteAction, act(JULIE), action=CALL))


def test_an_unknown_action_is_unknown():
    assert refusal(going(), do(CompleteAction, action=CALL)) == "action.unknown"
    assert going(add()).actions[CALL].acceptance is None


# --- the plan -------------------------------------------------------------------------------------


def test_a_review_is_held():
    state = going(do(HoldReview, isabelles(), words="On continue.", stood_in_the_way=ADDRESS))
    assert [s.fact.words for s in state.reviews] == ["On continue."]


def test_a_closed_plan_refuses_further_changes_and_takes_answers():
    state = going(do(ClosePlan))
    for command in (consider(), propose(WOLF), agree(), rate(), add(), do(ClosePlan)):
        assert refusal(state, command) == "plan.closed"
    agreed = state.goals[CHEMISTRY].answer.entry.id
    assert recorded(state, dispute(agreed))


def test_an_open_plan_is_not_opened_again_and_ends_after_it_starts():
    assert refusal(plan(), do(OpenPlan)) == "plan.already_open"
    backwards = do(OpenPlan, starts=date(2026, 1, 2), ends=date(2026, 1, 1))
    assert refusal(Plan(PLAN), backwards) == "plan.ends_before_it_starts"


def test_an_entry_of_another_record_is_unknown():
    assert refusal(plan(), do(MisfileEntry, entry=named("elsewhere"))) == "entry.unknown"


def test_neither_opening_nor_closing_is_misfiled():
    state = going(do(ClosePlan))
    for entry in (state.said[0].entry.id, last(state)):
        for by in (hers(), isabelles(), act(NATHALIE)):
            assert refusal(state, do(MisfileEntry, by, entry=entry)) == "plan.frame_stands"
    state, _ = telling(state, do(WithdrawWords, entry=last(state)))
    assert state.closed
