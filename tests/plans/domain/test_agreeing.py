from __future__ import annotations

import pytest

from services.plans.domain.agreeing import (
    MOST_GOALS,
    AskWording,
    DeclineGoal,
    DisagreeGoal,
    RewordGoal,
)
from services.plans.domain.events import GoalAgreed, GoalProposed, GoalReworded
from services.plans.domain.following import PauseGoal
from services.plans.domain.talking import DiscussGoal
from shared.coproduction import (
    AnswerDispute,
    MisfileEntry,
    RecordCorrection,
    SettleDispute,
    WithdrawWords,
)
from shared.kernel import NotFound
from tests.plans.given import (
    CHEMISTRY,
    ISABELLE,
    JULIE,
    NATHALIE,
    NOEMIE,
    WOLF,
    act,
    agree,
    confirm,
    dispute,
    do,
    hers,
    isabelles,
    last,
    named,
    noted,
    plan,
    propose,
    recorded,
    refusal,
    status,
    telling,
)

WITH_HER = (NOEMIE, "agreed")


def how(state):
    return state.goals[CHEMISTRY].agreement


def declined(by=None, **fields):
    return do(DeclineGoal, by, goal=CHEMISTRY, **fields)


def disagree(by=None, **fields):
    return do(DisagreeGoal, by, goal=CHEMISTRY, **fields)


def reword(words, by=None):
    return do(RewordGoal, by, goal=CHEMISTRY, words=words)


# --- proposing ------------------------------------------------------------------------------------


def test_a_goal_is_in_her_words_and_says_where_it_grew_from():
    sources = ("star:etudes", f"aspiration:{named('a')}", f"tie:{named('t')}")
    (fact,) = recorded(plan(), propose(grown_from=sources))
    assert isinstance(fact, GoalProposed)
    assert (fact.words, fact.grown_from) == ("Terminer ma chimie du secondaire.", sources)


@pytest.mark.parametrize("source", ["", "star:", "moon:x", "strength:guitare", "tie:Mon frère"])
def test_what_it_grew_from_is_named_by_kind_and_id(source):
    assert refusal(plan(), propose(grown_from=(source,))) == "source.unknown"


def test_the_same_proposal_twice_is_recorded_once_and_another_needs_its_own_id():
    state = plan(propose())
    assert recorded(state, propose()) == []
    assert refusal(state, propose(words="Autre chose")) == "goal.exists"


def test_a_goal_has_words():
    assert refusal(plan(), propose(words="  ")) == "text.empty"
    assert refusal(plan(), propose(words="x" * 2001)) == "length.too_large"


def test_a_plan_holds_so_many_goals_and_no_more():
    state = plan(*(propose(named(f"goal {n}")) for n in range(MOST_GOALS)))
    assert refusal(state, propose(named("one more"))) == "plan.full"


def test_a_goal_nobody_proposed_is_unknown():
    with pytest.raises(NotFound):
        plan().decide(agree(WOLF))


# --- agreeing -------------------------------------------------------------------------------------


def test_a_proposal_is_a_proposal_whoever_makes_it():
    assert status(plan(propose())) == "proposed"
    assert status(plan(propose(by=isabelles(WITH_HER)))) == "proposed"


def test_a_goal_is_active_by_her_own_yes_to_its_words():
    state, facts = telling(plan(propose()), agree())
    (fact,) = facts
    assert isinstance(fact, GoalAgreed)
    assert fact.wording == state.goals[CHEMISTRY].proposal.entry.id
    assert (status(state), how(state)) == ("active", "own")


def test_the_yes_of_others_stands_beside_and_makes_nothing_active():
    state = plan(propose(), agree(by=isabelles()), agree(by=act(ISABELLE, JULIE)))
    assert status(state) == "proposed"
    assert recorded(state, agree(by=isabelles())) == []
    answer = state.goals[CHEMISTRY].answer_of(JULIE)
    assert answer.stance(JULIE) == "noted"


@pytest.mark.parametrize("by", [noted, lambda: isabelles(WITH_HER)])
def test_a_yes_noted_for_her_says_so_until_she_confirms_it(by):
    state = plan(propose(by=isabelles()), agree(by=by()))
    assert (status(state), how(state)) == ("active", "noted")
    assert how(telling(state, confirm(last(state)))[0]) == "confirmed"


def test_her_own_yes_makes_firm_what_was_noted():
    state = plan(propose(), agree(by=noted()))
    assert recorded(state, agree(by=noted())) == []
    state, _ = telling(state, agree())
    assert how(state) == "own"
    assert recorded(state, agree()) == []
    assert recorded(state, agree(by=noted())) == []


def test_every_partys_answer_is_told_beside_the_others():
    state = plan(propose(), agree(by=isabelles(WITH_HER)), disagree(by=act(JULIE)))
    answers = state.goals[CHEMISTRY].answers
    told = {party: (type(s.fact).__name__, s.stance(party)) for party, s in answers.items()}
    assert told == {
        NOEMIE: ("GoalAgreed", "noted"),
        ISABELLE: ("GoalAgreed", "own"),
        JULIE: ("GoalDisagreed", "own"),
    }


def test_her_part_decides_not_that_she_was_there():
    for part in ("disagreed", "witnessed", "discussed"):
        assert status(plan(propose(), agree(by=isabelles((NOEMIE, part))))) == "proposed"


# --- a yes noted too fast (story 8) ---------------------------------------------------------------


def noted_too_fast():
    state = plan(propose(by=isabelles()), agree(by=noted()))
    return state, last(state)


def test_a_noted_yes_that_she_disputes_is_no_yes_at_once():
    state, entry = noted_too_fast()
    state, _ = telling(state, dispute(entry))
    assert (status(state), how(state)) == ("disagreed", None)


def test_the_whole_of_story_8_is_told_and_ends_outside_the_plan():
    state, entry = noted_too_fast()
    state, _ = telling(state, dispute(entry))
    answer = do(AnswerDispute, isabelles(), entry=entry, words="Trop vite.", outcome="accepted")
    correction = do(RecordCorrection, isabelles(), entry=entry, words="Elle a voulu y réfléchir.")
    state, facts = telling(state, answer, correction)
    assert len(facts) == 2
    assert status(state) == "disagreed"
    state, _ = telling(state, declined(reason="Mon argent, je le gère à ma façon."))
    assert status(state) == "declined"


def test_noting_it_again_waits_beside_her_dispute():
    state, entry = noted_too_fast()
    state, _ = telling(state, dispute(entry), agree(by=noted()))
    assert status(state) == "disagreed"
    assert [s.entry.id for s in state.goals[CHEMISTRY].pending] == [last(state)]
    assert status(telling(state, confirm(last(state)))[0]) == "active"


@pytest.mark.parametrize("outcome", ["kept", "accepted"])
def test_no_settlement_agrees_for_her(outcome):
    state, entry = noted_too_fast()
    answer = do(AnswerDispute, isabelles(), entry=entry, words="Si.", outcome="kept")
    settled = do(SettleDispute, act(JULIE), entry=entry, words="Vu.", outcome=outcome)
    state, _ = telling(state, dispute(entry), answer, settled)
    assert status(state) == "disagreed"
    assert status(telling(state, agree())[0]) == "active"


def test_taking_back_the_reason_of_her_dispute_does_not_agree_for_her():
    state, entry = noted_too_fast()
    state, _ = telling(state, dispute(entry))
    state, _ = telling(state, do(WithdrawWords, entry=last(state)))
    assert status(state) == "disagreed"


def test_she_may_confirm_what_she_disputed():
    state, entry = noted_too_fast()
    state, _ = telling(state, dispute(entry), confirm(entry))
    assert (status(state), how(state)) == ("active", "confirmed")


def test_nobody_elses_dispute_touches_her_own_yes():
    state = plan(propose(), agree(by=act(NOEMIE, None, (ISABELLE, "agreed"))))
    state, _ = telling(state, dispute(last(state), by=isabelles()))
    assert status(state) == "active"
    assert not isinstance(state.goals[CHEMISTRY].answer_of(ISABELLE).fact, GoalAgreed)


def test_a_disputed_proposal_cannot_be_agreed():
    state = plan(propose(by=noted()))
    state, _ = telling(state, dispute(last(state)))
    assert status(state) == "disputed"
    assert refusal(state, agree()) == "goal.disputed"


# --- no, not now, never ---------------------------------------------------------------------------


def test_her_no_for_now_ends_her_yes_and_she_may_say_yes_again():
    state = plan(propose(), agree(), disagree(reason="Pas cette année."))
    assert status(state) == "disagreed"
    assert recorded(state, disagree()) == []
    assert status(telling(state, agree())[0]) == "active"


def test_a_no_of_others_stands_beside_her_yes():
    assert status(plan(propose(), agree(), disagree(by=isabelles()))) == "active"


def test_a_no_noted_after_her_own_yes_waits_for_her():
    state = plan(propose(), agree(), disagree(by=noted()))
    assert status(state) == "active"
    assert recorded(state, disagree(by=noted())) == []
    assert status(telling(state, confirm(last(state)))[0]) == "disagreed"


def test_a_goal_she_declined_stays_out():
    state = plan(propose(), agree(), declined())
    assert status(state) == "declined"
    for command in (
        agree(),
        agree(by=isabelles()),
        agree(by=noted()),
        reword("Autrement", by=isabelles()),
        do(AskWording, isabelles(), goal=CHEMISTRY),
        do(PauseGoal, goal=CHEMISTRY),
        do(DiscussGoal, isabelles(), goal=CHEMISTRY, words="Vraiment ?"),
        propose(WOLF, "terminer ma chimie du secondaire", by=isabelles()),
    ):
        assert refusal(state, command) == "goal.declined"
    assert recorded(state, declined()) == []
    assert recorded(state, disagree()) == []
    assert recorded(state, propose(WOLF))


def test_a_goal_in_another_script_is_another_goal_than_the_one_she_declined():
    state = plan(propose(CHEMISTRY, "أن أجد عملاً"), declined())
    assert recorded(state, propose(WOLF, "أن أتعلم السباحة", by=isabelles()))
    again = propose(WOLF, "أن  أجد عملاً ", by=isabelles())
    assert refusal(state, again) == "goal.declined"


def test_only_she_declines_a_goal():
    assert refusal(plan(propose()), declined(by=isabelles())) == "goal.hers_to_decline"


def test_her_yes_outweighs_a_no_that_was_only_noted():
    state = plan(propose(), declined(by=noted()))
    assert status(state) == "declined"
    assert refusal(state, agree(by=isabelles())) == "goal.declined"
    assert status(telling(state, agree())[0]) == "active"


def test_a_decline_whose_words_are_taken_back_is_still_a_decline():
    state = plan(propose(), declined(reason="C’est à moi."))
    state, _ = telling(state, do(WithdrawWords, entry=last(state)))
    assert status(state) == "declined"
    assert "C’est à moi" not in repr(state.told)


# --- words ----------------------------------------------------------------------------------------


def test_other_words_from_someone_else_need_her_yes_again():
    state = plan(propose(), agree())
    state, facts = telling(state, reword("Finir la chimie", by=isabelles()))
    (fact,) = facts
    assert isinstance(fact, GoalReworded)
    assert fact.replaces == state.goals[CHEMISTRY].proposal.entry.id
    assert status(state) == "reworded"
    assert state.goals[CHEMISTRY].words == "Finir la chimie"
    assert status(telling(state, agree())[0]) == "active"


def test_other_words_noted_for_her_need_her_yes_or_her_confirmation():
    state = plan(propose(), agree(), reword("Finir la chimie", by=noted()))
    assert status(state) == "reworded"
    assert status(telling(state, confirm(last(state)))[0]) == "active"


def test_her_own_new_words_carry_her_yes():
    assert status(plan(propose(), agree(), reword("Ma chimie, enfin"))) == "active"


def test_disputed_words_give_way_to_those_before():
    state = plan(propose(), agree(), reword("Finir la chimie", by=isabelles()))
    state, _ = telling(state, dispute(last(state)))
    assert (state.goals[CHEMISTRY].words, status(state)) == (
        "Terminer ma chimie du secondaire.",
        "active",
    )


def test_words_taken_back_by_another_do_not_make_a_yes_to_them_a_yes_to_others():
    state = plan(propose(by=isabelles()), reword("Finir", by=isabelles()))
    entry = last(state)
    state, _ = telling(state, agree(), do(WithdrawWords, isabelles(), entry=entry))
    assert status(state) == "reworded"


def test_a_goal_whose_own_words_are_taken_back_is_gone():
    state = plan(propose(), agree())
    entry = state.goals[CHEMISTRY].proposal.entry.id
    state, _ = telling(state, do(WithdrawWords, entry=entry))
    assert CHEMISTRY not in state.goals
    assert refusal(state, agree()) == "goal.unknown"


def test_the_same_words_are_not_a_rewording():
    assert recorded(plan(propose()), reword("Terminer ma chimie du secondaire.")) == []


def test_anyone_may_ask_for_other_words():
    (fact,) = recorded(
        plan(propose()), do(AskWording, goal=CHEMISTRY, words="« Vivre », ça fait gros.")
    )
    assert fact.words == "« Vivre », ça fait gros."


# --- misfiled -------------------------------------------------------------------------------------


def test_her_own_no_is_never_called_misfiled():
    for no in (disagree(), declined()):
        state = plan(propose(), agree(by=noted()), no)
        for by in (hers(), isabelles()):
            assert refusal(state, do(MisfileEntry, by, entry=last(state))) == "no.stands"


def test_what_she_firmly_said_is_called_misfiled_by_her_or_the_privacy_officer():
    state = plan(propose(), agree(by=noted()))
    entry = last(state)
    state, _ = telling(state, confirm(entry))
    assert refusal(state, do(MisfileEntry, isabelles(), entry=entry)) == "entry.hers_to_misfile"
    for by in (hers(), act(NATHALIE)):
        assert recorded(state, do(MisfileEntry, by, entry=entry))


def test_a_dispute_is_not_taken_away_as_misfiled():
    state, entry = noted_too_fast()
    state, _ = telling(state, dispute(entry))
    assert refusal(state, do(MisfileEntry, hers(), entry=last(state))) == "entry.answer_stands"
    by_another = do(MisfileEntry, isabelles(), entry=last(state))
    assert refusal(state, by_another) == "entry.hers_to_misfile"


def test_a_yes_noted_in_the_wrong_record_is_no_yes():
    state, entry = noted_too_fast()
    state, _ = telling(state, do(MisfileEntry, isabelles(), entry=entry, reason="Autre dossier"))
    assert status(state) == "proposed"
