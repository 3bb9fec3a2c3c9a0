from __future__ import annotations

from dataclasses import replace

import pytest

from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.catalogue_commands import RetireTheme
from services.assessment.domain.commands import EndSharing, NoteView, PlaceStar, WithdrawRating
from services.assessment.domain.resources import Resources
from shared.access.eyes import Eyes
from shared.coproduction import (
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    WithdrawWords,
    replay,
)
from shared.kernel import Denied, NotFound, Refused
from tests.assessment.given import (
    KARIM,
    LUC,
    MARC,
    SITTING,
    act,
    opened,
    rate,
    share,
    sitting,
    stands,
    telling,
    told,
)


def withdraw(entry, by=None):
    return WithdrawWords(act=by or act(), stream=SITTING, entry=entry)


def misfile(entry, by=None):
    return MisfileEntry(act=by or act(), stream=SITTING, entry=entry)


def folded_again(facts):
    return replay(Assessment(SITTING), facts)


def test_when_she_takes_back_her_answer_the_one_she_had_replaced_does_not_come_back():
    _, facts = telling(Assessment(SITTING), opened(), rate(value=20), rate(value=80))
    state = folded_again(facts)
    (gone,) = state.decide(withdraw(facts[-1].id))
    assert stands(state.follow(gone)) is None
    assert folded_again([*facts, gone]) == state.follow(gone)
    again = told(state, withdraw(facts[-1].id), rate(value=60))
    assert stands(again) == 60


def test_when_she_takes_back_an_answer_she_had_replaced_the_later_one_stands():
    _, facts = telling(Assessment(SITTING), opened(), rate(value=20), rate(value=80))
    assert stands(told(folded_again(facts), withdraw(facts[1].id))) == 80


def test_what_she_kept_to_herself_shows_nothing_earlier_once_its_words_are_gone():
    shown_first = (opened(), share(KARIM), rate(value=20))
    _, facts = telling(Assessment(SITTING), *shown_first, rate(value=80, visibility="just_me"))
    state = told(folded_again(facts), withdraw(facts[-1].id))
    assert stands(state) is None
    assert not state.shows("travail", Eyes(KARIM, "care"))
    assert state.answer("travail").by_hand.visibility == "just_me"


def test_what_was_noted_in_her_name_goes_on_waiting_and_does_not_stand_by_itself():
    state, (noted,) = telling(sitting(), rate(value=90, by=act(KARIM, LUC)))
    state, (hers,) = telling(state, rate(value=20))
    state = told(state, withdraw(hers.id))
    kept = state.answer("travail")
    assert (kept.stands, [a.entry for a in kept.pending]) == (None, [noted.id])
    confirmed = told(state, ConfirmContribution(act=act(), stream=SITTING, entry=noted.id))
    assert stands(confirmed) == 90


@pytest.mark.parametrize("command", [withdraw, misfile])
@pytest.mark.parametrize("by", [act(KARIM), act(KARIM, LUC), act(MARC, LUC)])
def test_no_one_takes_her_own_words_back(command, by):
    state, (fact,) = telling(sitting(), rate(by=act(also=(KARIM,))))
    with pytest.raises(Denied):
        state.decide(command(fact.id, by))


@pytest.mark.parametrize("command", [withdraw, misfile])
def test_who_noted_her_words_no_longer_takes_them_back_once_she_has_confirmed_them(command):
    state, (fact,) = telling(sitting(), rate(by=act(KARIM, LUC)))
    confirmed = told(state, ConfirmContribution(act=act(), stream=SITTING, entry=fact.id))
    with pytest.raises(Denied, match=r"entry.hers_to_take_back"):
        confirmed.decide(command(fact.id, act(KARIM)))
    assert stands(told(state, command(fact.id, act(KARIM)))) is None


def test_a_privacy_officer_may_say_that_what_was_noted_is_in_the_wrong_record():
    officer = act(MARC, role="privacy_officer")
    state, (fact,) = telling(sitting(), rate(by=act(KARIM, LUC)))
    assert stands(told(state, misfile(fact.id, officer))) is None
    state, (fact,) = telling(sitting(), rate())
    with pytest.raises(Denied, match=r"entry.hers_to_take_back"):
        state.decide(misfile(fact.id, officer))


def test_an_assessment_opened_in_the_wrong_record_holds_nothing_any_more():
    _, facts = telling(Assessment(SITTING), opened(), rate())
    state = folded_again(facts)
    (gone,) = state.decide(misfile(facts[0].id))
    after = folded_again([*facts, gone])
    assert after.person == LUC
    with pytest.raises(NotFound, match=r"assessment.unknown"):
        after.decide(rate(value=30))


def test_a_view_is_taken_back_by_who_noted_it():
    view = NoteView(act=act(KARIM), stream=SITTING, theme="travail", words="Oui.")
    state, (fact,) = telling(sitting(rate(), share(KARIM)), view)
    assert told(state, withdraw(fact.id, act(KARIM))).views == {}


def test_an_answer_she_disputed_and_then_made_hers_again_outlives_a_note_taken_back_meanwhile():
    noted = act(KARIM, LUC)
    state, (hers,) = telling(sitting(), rate(value=20))
    state = told(
        state,
        DisputeContribution(act=act(), stream=SITTING, entry=hers.id),
        rate(value=90, by=noted),
        WithdrawRating(act=noted, stream=SITTING, theme="travail"),
    )
    assert stands(state) is None
    confirmed = told(state, ConfirmContribution(act=act(), stream=SITTING, entry=hers.id))
    assert stands(confirmed) == 20


def test_a_sharing_whose_words_are_gone_shows_nothing_and_its_end_is_harmless():
    state, facts = telling(Assessment(SITTING), opened(), rate(), share(KARIM))
    state, ended = telling(state, EndSharing(act=act(), stream=SITTING, sharing=facts[-1].id))
    gone = state.decide(misfile(facts[-1].id))
    assert folded_again([*facts, *ended, *gone]).sharings.latest == {}


def test_a_command_of_something_else_is_a_mistake_in_the_code():
    alien = PlaceStar(act=act(), stream=SITTING, theme="travail")
    for state in (Resources(SITTING), Catalogue(SITTING)):
        with pytest.raises(AssertionError):
            state.decide(alien)
    with pytest.raises(AssertionError):
        sitting().decide(RetireTheme(act=act(), stream=SITTING, theme="travail"))


@pytest.mark.parametrize("command", [withdraw, misfile])
def test_the_opening_noted_for_her_stays_once_she_has_said_something(command):
    begun = replace(opened(), act=act(KARIM, LUC))
    state, (fact,) = telling(Assessment(SITTING), begun)
    assert state.decide(command(fact.id, act(KARIM)))
    state, _ = telling(state, rate())
    with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
        state.decide(command(fact.id, act(KARIM)))
    assert state.decide(command(fact.id, act()))


@pytest.mark.parametrize("command", [withdraw, misfile])
def test_an_end_of_showing_stands_whoever_noted_it(command):
    state = sitting(rate(), share(KARIM))
    (shared,) = state.sharings.given
    for by in (act(), act(KARIM, LUC)):
        ended, (end,) = telling(state, EndSharing(act=by, stream=SITTING, sharing=shared))
        for who in (act(), act(KARIM), act(KARIM, LUC)):
            with pytest.raises((Refused, Denied)):
                ended.decide(command(end.id, who))


@pytest.mark.parametrize("command", [withdraw, misfile])
def test_to_take_back_that_she_shows_less_does_not_show_more(command):
    state, (less,) = telling(
        sitting(rate(), share(KARIM)), share(KARIM, except_themes=("travail",))
    )
    with pytest.raises(Refused, match=r"sharing\.stands"):
        state.decide(command(less.id))
    ended = EndSharing(act=act(), stream=SITTING, sharing=less.id)
    with pytest.raises(Refused, match=r"sharing\.stands"):
        told(state, ended).decide(command(less.id))
