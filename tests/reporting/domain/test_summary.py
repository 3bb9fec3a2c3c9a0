"""A summary is hers: she chooses what is in it, and nobody's noting shows anything before she says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.events import Part, SummaryMade, SummaryRearranged
from services.reporting.domain.summary import MOST_PARTS, Summary
from shared.coproduction import (
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    SettleDispute,
    WithdrawWords,
    replay,
)
from shared.kernel import Contributor
from tests.reporting.summaries import (
    ISABELLE,
    LEDUC,
    SLEEP,
    STAR,
    SUMMARY,
    TITLE,
    act,
    make,
    noted,
    opening,
    rearrange,
    refusal,
    show,
    summary,
    telling,
)


def answer(kind, entry, by=None):
    return kind(act=by or act(), stream=SUMMARY, entry=entry)


def last(state):
    return state.arranged[-1].entry


def test_she_makes_it_of_entries_and_of_words_of_her_own():
    command = make()
    (fact,) = Summary(SUMMARY).decide(command)
    assert isinstance(fact, SummaryMade)
    assert (fact.title, fact.pieces, fact.parts) == (TITLE, (STAR, SLEEP), command.parts)


def test_made_again_in_the_same_way_it_is_made_once():
    assert summary(make()).decide(make()) == []
    assert refusal(summary(make()), make(title="Autre chose")) == "summary.exists"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((Part(),), "summary.entry_or_words"),
        ((Part(entry=STAR, words="Les deux"),), "summary.entry_or_words"),
        ((Part(words=" "),), "text.empty"),
        ((Part(words="x" * 2001),), "length.too_large"),
        ((Part(entry=STAR), Part(entry=STAR)), "summary.piece_twice"),
        (tuple(Part(words=f"{n}") for n in range(MOST_PARTS + 1)), "length.too_large"),
    ],
)
def test_what_can_be_no_summary_is_refused(parts, code):
    assert refusal(Summary(SUMMARY), make(*parts)) == code


def test_a_summary_has_something_in_it_and_a_title():
    assert refusal(summary(make()), rearrange()) == "summary.nothing_in_it"
    assert refusal(Summary(SUMMARY), make(title=" ")) == "text.empty"


def test_she_puts_it_together_anew():
    state, facts = telling(summary(make()), rearrange(Part(entry=SLEEP)))
    assert [type(f) for f in facts] == [SummaryRearranged]
    assert state.stands.pieces == (SLEEP,)
    assert state.decide(rearrange(Part(entry=SLEEP))) == []


def test_nobody_makes_a_summary_of_their_own_in_her_record():
    assert refusal(Summary(SUMMARY), make(by=act(ISABELLE))) == "summary.hers_to_make"
    theirs = rearrange(Part(entry=SLEEP), by=act(ISABELLE))
    assert refusal(summary(make()), theirs) == "summary.hers_to_make"


def test_whoever_noted_it_for_her_does_not_find_out_by_guessing_what_she_made_of_it():
    state = summary(make(by=noted()))
    assert state.decide(make(by=noted())) == []
    state, _ = telling(state, rearrange(Part(entry=SLEEP)))
    guesses = [make(*parts, by=noted()) for parts in ((Part(entry=SLEEP),), (Part(entry=STAR),))]
    assert {refusal(state, guess) for guess in guesses} == {"summary.exists"}


def test_noted_for_her_it_is_shown_to_nobody_before_she_confirms_it():
    state = summary(make(by=noted()))
    assert state.stands is None
    assert refusal(state, show()) == "summary.not_hers_yet"
    state, _ = telling(state, answer(ConfirmContribution, last(state)))
    assert state.stands.pieces == (STAR, SLEEP)
    assert len(state.decide(show())) == 1


def test_noted_for_her_a_change_does_not_change_what_is_shown():
    state = summary(make(), show(), rearrange(Part(entry=SLEEP), by=noted()))
    assert state.stands.pieces == (STAR, SLEEP)
    assert state.latest.pieces == (SLEEP,)
    state, _ = telling(state, answer(ConfirmContribution, last(state)))
    assert state.stands.pieces == (SLEEP,)


def test_what_she_disputes_does_not_stand():
    state = summary(make(by=noted()))
    state, _ = telling(state, answer(ConfirmContribution, last(state)))
    state, _ = telling(state, answer(DisputeContribution, last(state)))
    assert state.stands is None


def test_her_words_withdrawn_nothing_of_it_is_shown_nor_what_it_had_replaced():
    state, facts = telling(
        Summary(SUMMARY), make(), show(), rearrange(Part(words="Autre chose."), Part(entry=SLEEP))
    )
    withdrawn = answer(WithdrawWords, last(state))
    more = list(state.decide(withdrawn))
    for again in (replay(Summary(SUMMARY), [*facts, *more]),):
        assert again.stands is None
        assert again.latest.title is None
        assert refusal(again, opening()) == "stream.unknown"


def test_nobody_takes_back_for_her_what_she_made():
    state = summary(make())
    for kind, who in ((WithdrawWords, ISABELLE), (MisfileEntry, LEDUC)):
        assert refusal(state, answer(kind, last(state), act(who))) == "entry.hers_to_take_back"


def test_what_she_had_taken_out_does_not_come_back_when_she_disputes_what_she_said_last():
    state = summary(make(), show(), rearrange(Part(entry=SLEEP)))
    state, _ = telling(state, answer(DisputeContribution, last(state)))
    assert state.stands is None
    state = summary(make(), show(), rearrange(Part(entry=SLEEP), by=noted()))
    state, _ = telling(state, answer(ConfirmContribution, last(state)))
    state, _ = telling(state, answer(DisputeContribution, last(state)))
    assert state.stands is None
    state, _ = telling(state, rearrange(Part(words="Tout autre chose.")))
    assert state.stands.pieces == ()


def test_noted_for_her_and_disputed_it_takes_nothing_from_what_she_made():
    state = summary(make(), show(), rearrange(Part(entry=SLEEP), by=noted()))
    state, _ = telling(state, answer(DisputeContribution, last(state)))
    assert state.stands.pieces == (STAR, SLEEP)


def test_nobody_else_changes_or_hides_what_she_shows_by_disputing_it():
    """Isabelle, whom she named as having taken part, disputes that; a colleague finds her right."""
    with_isabelle = replace(
        act(), contributors=(*act().contributors, Contributor(party=ISABELLE, role="practitioner",
        part="discussed", attestation="claimed")),
    )  # fmt: skip
    state = summary(make(), show(), rearrange(Part(entry=SLEEP), by=with_isabelle))
    state, _ = telling(state, answer(DisputeContribution, last(state), act(ISABELLE)))
    assert state.stands.pieces == (SLEEP,)
    settled = SettleDispute(
        act=act(LEDUC), stream=SUMMARY, entry=last(state), words="Oui.", outcome="accepted"
    )
    state, _ = telling(state, settled)
    assert state.stands.pieces == (SLEEP,)


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_what_stands_is_always_the_last_that_is_her_own(whose):
    """Whatever is noted for her in between."""
    orders = [(Part(words=f"{n}"),) for n in range(len(whose))]
    commands = [make()]
    for hers, parts in zip(whose, orders, strict=True):
        commands.append(rearrange(*parts, by=act() if hers else noted()))
    state = summary(*commands)
    own = [parts for hers, parts in zip(whose, orders, strict=True) if hers]
    assert state.stands.parts == (own[-1] if own else commands[0].parts)
