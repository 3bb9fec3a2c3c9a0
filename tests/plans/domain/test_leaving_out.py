from __future__ import annotations

from dataclasses import replace

import pytest

from services.plans.domain.acting import CompleteAction
from services.plans.domain.agreeing import AskWording, RewordGoal
from services.plans.domain.events import (
    GoalProposed,
    LeftOut,
    ThemeConsidered,
    ThemeDeclined,
    ThemeReconsidered,
)
from services.plans.domain.following import RateProgress, ResumeGoal, SetGoalAside
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import ClosePlan, HoldReview, OpenPlan, opening_after
from services.plans.domain.talking import DiscussGoal
from shared.coproduction import MisfileEntry, WithdrawWords
from shared.kernel import Refused
from tests.plans.given import (
    CALL,
    CHEMISTRY,
    ISABELLE,
    MEDICATION,
    NATHALIE,
    NOEMIE,
    PLAN,
    TITLES,
    act,
    add,
    agree,
    confirm,
    consider,
    decline,
    dispute,
    do,
    hers,
    isabelles,
    last,
    noted,
    plan,
    propose,
    reconsider,
    recorded,
    refusal,
    status,
    telling,
)

STAR = (f"star:{MEDICATION}",)


def left_out(state):
    return [d.theme for d in state.themes.left_out]


def test_a_practitioner_suggests_a_theme_and_she_leaves_it_out():
    state, facts = telling(plan(), consider(), decline(reason="C’est pour ma vie."))
    considered, declined = facts
    assert isinstance(considered, ThemeConsidered)
    assert isinstance(declined, ThemeDeclined)
    assert (declined.theme, declined.reason) == (MEDICATION, "C’est pour ma vie.")
    assert left_out(state) == [MEDICATION]
    assert state.themes.considered == {}


def test_a_reason_is_hers_to_give_or_not():
    (declined,) = recorded(plan(), decline())
    assert declined.reason is None


@pytest.mark.parametrize("theme", ["", " ", "…", "x" * 81])
def test_a_theme_has_a_name(theme):
    assert refusal(plan(), consider(theme)) == "theme.unnamed"


def test_only_she_leaves_a_theme_out():
    assert refusal(plan(), decline(by=isabelles())) == "theme.hers_to_decline"


def test_the_same_theme_twice_is_recorded_once():
    state = plan(consider(), decline())
    assert recorded(plan(consider()), consider()) == []
    assert recorded(state, decline()) == []


@pytest.mark.parametrize(
    "back",
    [
        consider(),
        consider("Comprendre Médicaments"),
        consider("COMPRENDRE_MEDICAMENTS"),
        consider("mes-pilules", names=(MEDICATION,)),
        consider("sommeil", words="Et comprendre mes médicaments ?"),
        consider(by=noted()),
        consider(by=hers()),
        propose(grown_from=STAR),
        propose(grown_from=(f"theme:{MEDICATION}",)),
        propose(grown_from=(f"rating:{MEDICATION}",)),
        propose(grown_from=STAR, by=isabelles()),
        propose(by=isabelles(), names=("comprendre mes medicaments",)),
        propose(by=isabelles(), words="Mieux COMPRENDRE  mes médicaments, doucement"),
        propose(by=noted(), words="Understanding my medication"),
        add(goal=CHEMISTRY, by=isabelles(), words="Lire « comprendre mes médicaments »"),
        do(RewordGoal, isabelles(), goal=CHEMISTRY, words="Comprendre mes médicaments"),
        do(DiscussGoal, isabelles(), goal=CHEMISTRY, words="Comprendre mes médicaments ?"),
        do(HoldReview, isabelles(), words="Reparler de comprendre mes médicaments"),
    ],
)
def test_what_she_left_out_comes_back_by_no_command_under_no_name(back):
    state = plan(propose(), agree(), decline(names=TITLES))
    if getattr(back, "goal", None) == CHEMISTRY and getattr(back, "grown_from", None) is not None:
        state = plan(decline(names=TITLES))
    assert refusal(state, back) == "theme.declined"


def test_her_own_words_are_never_policed():
    state = plan(decline(names=TITLES))
    assert recorded(state, propose(words="Comprendre mes médicaments, à ma façon"))


def test_a_common_word_is_not_a_title():
    state = plan(decline("famille"))
    assert recorded(state, propose(by=isabelles(), words="Voir ma famille"))


def test_she_alone_takes_it_up_again_signed_in():
    state = plan(decline())
    assert refusal(state, reconsider(by=isabelles())) == "theme.hers_to_reconsider"
    assert refusal(state, reconsider(by=noted())) == "theme.hers_to_reconsider"
    assert refusal(state, reconsider(by=act(NOEMIE, ISABELLE))) == "theme.hers_to_reconsider"
    state, (fact,) = telling(state, reconsider(reason="Là, c’est moi qui veux savoir."))
    assert isinstance(fact, ThemeReconsidered)
    assert left_out(state) == []
    assert [s.fact.theme for s in state.themes.considered.values()] == [MEDICATION]
    assert recorded(state, consider()) == []
    assert recorded(state, propose(grown_from=STAR))


def test_it_comes_back_under_each_of_its_names_at_once():
    state = plan(decline(names=("mes-pilules",)), decline("mes-pilules", by=noted()))
    assert refusal(state, consider("mes-pilules")) == "theme.declined"
    state, _ = telling(state, reconsider("mes-pilules"))
    assert left_out(state) == []


def test_taking_up_what_was_never_left_out_says_nothing():
    assert recorded(plan(), reconsider()) == []


def test_goals_that_grew_from_it_rest_until_she_takes_it_up_again():
    started = (propose(grown_from=STAR), agree(), add(responsible=NOEMIE))
    state = plan(*started, decline())
    assert status(state) == "left_out"
    for command in (
        agree(by=isabelles()),
        agree(),
        add("other"),
        do(CompleteAction, action=CALL),
        do(RateProgress, goal=CHEMISTRY, value=10),
        do(ResumeGoal, goal=CHEMISTRY),
        do(AskWording, isabelles(), goal=CHEMISTRY),
        do(DiscussGoal, isabelles(), goal=CHEMISTRY, words="On en reparle ?"),
    ):
        assert refusal(state, command) == "theme.declined"
    assert recorded(state, do(SetGoalAside, goal=CHEMISTRY))
    assert recorded(state, do(DiscussGoal, goal=CHEMISTRY, words="Pas maintenant."))
    assert status(telling(state, reconsider())[0]) == "active"


def test_a_proposal_of_others_that_names_it_rests_too():
    words = "Comprendre mes médicaments"
    state = plan(propose(by=isabelles(), words=words), decline(names=TITLES))
    assert status(state) == "left_out"
    assert refusal(state, agree(by=noted())) == "theme.declined"


# --- noted for her --------------------------------------------------------------------------------


def test_a_no_noted_for_her_holds_until_she_says_otherwise():
    state = plan(decline(by=noted()))
    assert refusal(state, consider()) == "theme.declined"
    state, _ = telling(state, dispute(last(state)))
    assert left_out(state) == []
    assert recorded(state, consider())


def test_what_was_noted_becomes_firm_when_she_says_it_herself():
    state = plan(decline(by=noted()))
    assert recorded(state, decline(by=noted())) == []
    assert len(recorded(state, decline())) == 1


def test_a_no_noted_after_she_took_it_up_waits_beside_her_word():
    state = plan(decline(), reconsider(), decline(by=noted()))
    assert left_out(state) == []
    assert left_out(telling(state, confirm(last(state)))[0]) == [MEDICATION]


def test_nobody_elses_dispute_brings_it_back():
    declined = decline(by=act(NOEMIE, None, (ISABELLE, "discussed")))
    state = plan(declined)
    state, _ = telling(state, dispute(last(state), by=isabelles()))
    assert refusal(state, consider()) == "theme.declined"


# --- words taken back -----------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "taker"), [(hers, hers), (noted, isabelles)])
def test_taking_back_the_words_does_not_bring_the_theme_back(said, taker):
    state = plan(decline(by=said(), reason="Pas pour mes médicaments.", names=TITLES))
    state, (withdrawn,) = telling(state, do(WithdrawWords, taker(), entry=last(state)))
    assert withdrawn.theme == MEDICATION
    assert refusal(state, consider()) == "theme.declined"
    assert refusal(state, propose(by=isabelles(), words=TITLES[0])) == "theme.declined"
    assert "médicaments." not in repr(state.told)


@pytest.mark.parametrize("by", [isabelles, lambda: act(NATHALIE), noted, hers])
def test_her_own_no_is_never_called_misfiled(by):
    state = plan(decline())
    assert refusal(state, do(MisfileEntry, by(), entry=last(state))) == "no.stands"


def test_her_own_no_does_not_end_by_a_dispute():
    state = plan(decline())
    state, _ = telling(state, dispute(last(state)))
    assert refusal(state, consider()) == "theme.declined"


def test_whoever_noted_a_no_does_not_take_it_away():
    state = plan(decline(by=noted()))
    entry = last(state)
    assert refusal(state, do(MisfileEntry, isabelles(), entry=entry)) == "entry.hers_to_misfile"
    assert left_out(telling(state, do(MisfileEntry, act(NATHALIE), entry=entry))[0]) == []


# --- from one plan to the next --------------------------------------------------------------------


def test_what_she_left_out_stays_out_of_the_next_plan():
    before = plan(decline(names=TITLES), do(ClosePlan))
    number, carried = opening_after(before)
    assert (number, carried) == (2, (LeftOut(MEDICATION, TITLES),))
    state = telling(Plan(PLAN), do(OpenPlan, isabelles(), number=number, left_out=carried))[0]
    assert refusal(state, consider()) == "theme.declined"
    assert refusal(state, propose(by=isabelles(), words=TITLES[1])) == "theme.declined"
    assert recorded(state, decline()) == []
    assert left_out(telling(state, reconsider())[0]) == []


def test_the_first_plan_carries_nothing_over_and_the_next_waits_for_the_end_of_this_one():
    assert opening_after(None) == (1, ())
    with pytest.raises(Refused, match=r"plan\.already_open"):
        opening_after(plan())


def test_taking_back_the_words_of_an_opening_keeps_what_was_carried_over():
    opening = do(OpenPlan, number=2, words="Mon printemps", left_out=(LeftOut(MEDICATION),))
    state = telling(Plan(PLAN), opening)[0]
    state = telling(state, do(WithdrawWords, entry=last(state)))[0]
    assert state.opened.words is None
    assert refusal(state, consider()) == "theme.declined"
    assert state.opened.number == 2
    assert state.id == PLAN


def following(by, *causes):
    return replace(by, because_of=causes)


def test_a_goal_that_follows_from_talking_about_it_is_that_theme_too():
    state, (considered, *_) = telling(plan(), consider(), decline())
    after = following(isabelles(), considered.id)
    assert refusal(state, propose(words="Suivre mon traitement.", by=after)) == "theme.declined"


def test_so_is_what_follows_from_a_goal_that_grew_from_it():
    state = plan(propose(grown_from=STAR), agree(), decline())
    grown = next(f.id for f in state.told if isinstance(f, GoalProposed))
    after = following(isabelles(), grown)
    again = propose(goal=CALL, words="Suivre mon traitement.", by=after)
    assert refusal(state, again) == "theme.declined"


def test_what_follows_from_her_no_may_be_anything_else():
    state, (*_, declined) = telling(plan(), consider(), decline())
    follows = propose(words="Être moins dure avec moi.", by=following(hers(), declined.id))
    assert [type(f) for f in recorded(state, follows)] == [GoalProposed]
