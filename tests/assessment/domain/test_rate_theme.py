from __future__ import annotations

import pytest

from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import SkipTheme, WithdrawRating
from services.assessment.domain.events import RatingWithdrawn, ThemeRated, ThemeSkipped
from services.assessment.domain.over_time import answers_over_time
from shared.coproduction import ConfirmContribution, DisputeContribution
from shared.kernel import Denied, Invalid, NotFound, Refused
from tests.assessment.given import (
    DIANE,
    KARIM,
    LUC,
    PAUL,
    SITTING,
    act,
    eyes,
    opened,
    rate,
    share,
    sitting,
    stands,
    telling,
    told,
)


def noted(value=60, theme="travail"):
    """Karim notes what Luc said."""
    return rate(theme, value, by=act(KARIM, LUC))


def test_an_answer_is_kept_as_she_gave_it():
    state, facts = telling(sitting(), rate(value=20, comment="Ça me manque."))
    (fact,) = facts
    assert isinstance(fact, ThemeRated)
    assert (fact.theme, fact.value, fact.comment) == ("travail", 20, "Ça me manque.")
    assert stands(state) == 20


def test_the_same_answer_twice_is_recorded_once():
    assert list(sitting(rate()).decide(rate())) == []


def test_the_same_answer_after_words_that_moved_her_is_recorded():
    state = sitting(rate())
    entry = next(iter(state.told))
    assert len(state.decide(rate(by=act(because_of=(entry,))))) == 1


def test_she_changes_her_mind():
    assert stands(sitting(rate(value=20), rate(value=80))) == 80


@pytest.mark.parametrize("value", [-1, 101])
def test_an_answer_outside_the_scale_is_refused(value):
    with pytest.raises(Invalid, match=r"rating.out_of_range"):
        sitting().decide(rate(value=value))


def test_a_theme_the_catalogue_does_not_have_is_refused():
    with pytest.raises(Invalid, match=r"theme.not_offered"):
        sitting().decide(rate("bonheur"))


def test_nobody_rates_where_nothing_was_opened():
    with pytest.raises(NotFound, match=r"assessment.unknown"):
        Assessment(SITTING).decide(rate())


def test_a_comment_has_an_end():
    with pytest.raises(Invalid, match=r"words.too_long"):
        sitting().decide(rate(comment="a" * 4001))


def test_no_one_answers_as_oneself_for_her():
    with pytest.raises(Denied, match=r"person.hers_alone"):
        sitting().decide(rate(by=act(KARIM)))


@pytest.mark.parametrize("role", ["representative", "assistant"])
def test_who_represents_or_assists_never_answers_in_her_place(role):
    with pytest.raises(Denied, match=r"person.never_in_her_place"):
        sitting().decide(rate(by=act(PAUL, LUC, role=role)))


def test_what_is_noted_for_her_must_name_her():
    by = act(KARIM, LUC)
    unnamed = tuple(c for c in by.contributors if c.party != LUC)
    from dataclasses import replace

    with pytest.raises(Invalid, match=r"person.not_named"):
        sitting().decide(rate(by=replace(by, contributors=unnamed)))


def test_what_is_noted_for_her_stands_while_she_has_said_nothing():
    state = sitting(noted(60))
    assert stands(state) == 60
    assert state.answer("travail").stands.attestation == "claimed"


def test_a_later_note_takes_the_place_of_an_earlier_one():
    state = sitting(noted(60), noted(70))
    assert stands(state) == 70
    assert state.answer("travail").pending == ()


def test_the_same_note_twice_is_recorded_once():
    assert list(sitting(noted(60)).decide(noted(60))) == []
    assert list(sitting(rate(value=20), noted(60)).decide(noted(60))) == []


def test_what_is_noted_for_her_never_stands_over_her_own():
    state = sitting(rate(value=20), noted(90))
    assert stands(state) == 20
    assert [a.value for a in state.answer("travail").pending] == [90]


def test_her_own_answer_takes_the_place_of_a_note_which_then_waits_beside_it():
    state = sitting(noted(90), rate(value=20))
    assert stands(state) == 20
    assert [a.value for a in state.answer("travail").pending] == [90]


def test_her_own_answer_is_recorded_even_when_the_note_says_the_same():
    state, facts = telling(sitting(noted(60)), rate(value=60))
    assert len(facts) == 1
    assert state.answer("travail").stands.attestation == "own"


def confirm(entry, by=None):
    return ConfirmContribution(act=by or act(), stream=SITTING, entry=entry)


def test_once_she_confirms_a_note_it_is_hers_and_stands():
    state, (fact,) = telling(sitting(rate(value=20)), noted(60))
    state = told(state, confirm(fact.id))
    answer = state.answer("travail")
    assert (answer.stands.value, answer.stands.attestation) == (60, "confirmed")
    assert answer.pending == ()
    # and from now on a note waits beside it
    assert stands(told(state, noted(90))) == 60


def test_a_note_that_was_replaced_can_still_be_confirmed():
    state, (first, _) = telling(sitting(), noted(60), noted(70))
    assert stands(told(state, confirm(first.id))) == 60


def test_someone_else_confirming_changes_nothing_of_hers():
    state, (fact,) = telling(sitting(), rate(value=20, by=act(also=(KARIM,))))
    assert stands(told(state, confirm(fact.id, act(KARIM)))) == 20


def test_a_note_she_disputes_no_longer_stands():
    state, (fact,) = telling(sitting(rate(value=20)), noted(60))
    state = told(state, DisputeContribution(act=act(), stream=SITTING, entry=fact.id))
    assert state.answer("travail").pending == ()
    state, (fact,) = telling(sitting(), noted(60))
    state = told(state, DisputeContribution(act=act(), stream=SITTING, entry=fact.id))
    assert stands(state) is None


def test_someone_named_in_her_answer_may_dispute_his_part_but_not_her_answer():
    state, (fact,) = telling(sitting(), rate(value=20, by=act(also=(KARIM,))))
    disputed = DisputeContribution(act=act(KARIM), stream=SITTING, entry=fact.id)
    assert stands(told(state, disputed)) == 20


def skip(choice="rather_not_say", by=None, **fields):
    return SkipTheme(act=by or act(), stream=SITTING, theme="travail", choice=choice, **fields)


def test_she_may_say_nothing_on_a_theme():
    state, facts = telling(sitting(rate()), skip())
    assert [type(f) for f in facts] == [ThemeSkipped]
    assert state.answer("travail").stands.choice == "rather_not_say"
    assert list(state.decide(skip())) == []


def test_a_skipped_theme_has_one_of_two_reasons():
    with pytest.raises(Invalid, match=r"value.not_in_list"):
        sitting().decide(skip("too_long"))


def withdraw(by=None):
    return WithdrawRating(act=by or act(), stream=SITTING, theme="travail")


def test_she_takes_an_answer_back():
    state, facts = telling(sitting(rate()), withdraw())
    assert [type(f) for f in facts] == [RatingWithdrawn]
    assert stands(state) is None
    assert list(state.decide(withdraw())) == []


def test_what_she_has_taken_back_is_not_brought_back_by_a_confirmation():
    state, (fact,) = telling(sitting(), noted(60))
    assert stands(told(state, withdraw(), confirm(fact.id))) is None


def test_no_one_takes_her_answer_back_in_her_name():
    with pytest.raises(Refused, match=r"rating.hers_to_withdraw"):
        sitting(rate()).decide(withdraw(act(KARIM, LUC)))


def test_a_note_can_be_taken_back_by_a_note():
    assert stands(sitting(noted(60), withdraw(act(KARIM, LUC)))) is None


def test_a_withdrawal_noted_before_her_answer_was_confirmed_leaves_what_is_hers():
    state, (fact,) = telling(sitting(), noted(60))
    state = told(state, withdraw(act(KARIM, LUC)), rate(value=30), confirm(fact.id))
    assert stands(state) == 30


def test_an_assessment_that_is_closed_takes_no_answer():
    from services.assessment.domain.commands import CloseAssessment

    state = sitting(CloseAssessment(act=act(), stream=SITTING))
    for command in (rate(), skip()):
        with pytest.raises(Refused, match=r"assessment.closed"):
            state.decide(command)


def test_opening_twice_with_the_same_catalogue_is_harmless():
    assert list(sitting().decide(opened())) == []


def test_opening_again_with_another_catalogue_is_refused():
    with pytest.raises(Refused, match=r"assessment.already_open"):
        sitting().decide(opened(catalogue=SITTING))


def test_a_change_catalogue_is_not_one_to_rate_with():
    with pytest.raises(Refused, match=r"catalogue.not_for_rating"):
        Assessment(SITTING).decide(opened(kind="change"))


def test_over_time_she_reads_every_answer_she_stands_by_and_others_what_stands():
    state, (_, _, note) = telling(sitting(share(KARIM)), rate(value=20), rate(value=30), noted(90))
    disputed = told(state, DisputeContribution(act=act(), stream=SITTING, entry=note.id))
    confirmed = told(state, confirm(note.id))

    def over_time(known, party):
        return [a.value for a in answers_over_time(known, "travail", eyes(party))]

    assert over_time(state, LUC) == over_time(disputed, LUC) == [20, 30]
    assert over_time(confirmed, LUC) == [20, 30, 90]
    assert over_time(state, KARIM) == [30]
    assert over_time(state, DIANE) == []
