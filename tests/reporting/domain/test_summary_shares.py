"""To whom a summary is shown, until when; and how often someone with a link may guess its code."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.events import (
    SummaryCodeMissed,
    SummaryOpened,
    SummaryShared,
    SummaryShareEnded,
)
from services.reporting.domain.openings import OPENINGS_A_DAY
from services.reporting.domain.shares import LONGEST, TRIES, USUAL
from services.reporting.domain.summary import Summary
from shared.coproduction import MisfileEntry, WithdrawWords, replay
from shared.kernel import Contributor
from tests.reporting.summaries import (
    CODE,
    ISABELLE,
    LEDUC,
    OLIVIER,
    SUMMARY,
    TODAY,
    TOKEN,
    WRONG,
    act,
    end,
    link,
    make,
    named,
    noted,
    opening,
    refusal,
    show,
    summary,
    telling,
    typed,
)

DAY = timedelta(days=1)
OFFICER = named("nathalie")


def share_of(state):
    return next(iter(state.shares))


def test_she_shows_it_to_someone_for_two_weeks_unless_she_says_until_when():
    (fact,) = summary(make()).decide(show())
    assert isinstance(fact, SummaryShared)
    assert (fact.audience, fact.means, fact.until) == (LEDUC, "screen", TODAY + USUAL)
    (fact,) = summary(make()).decide(show(until=TODAY))
    assert fact.until == TODAY


def test_shown_again_in_the_same_way_it_is_shown_once():
    assert summary(make(), show()).decide(show()) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (show(until=TODAY - DAY), "summary.until_past"),
        (show(until=TODAY + LONGEST + DAY), "summary.until_too_far"),
        (show(OLIVIER), "summary.shown_to_herself"),
        (show(None), "field.required"),
        (show(None, "paper"), "field.required"),
        (show(None, "smoke"), "value.not_in_list"),
        (show(LEDUC, "link", token=TOKEN, code=CODE), "summary.link_in_words"),
        (show(LEDUC, "paper", for_whom="Dre Leduc"), "summary.one_audience"),
        (link(for_whom="x" * 81), "length.too_large"),
        (link(token=None), "field.required"),
        (show(by=noted()), "summary.hers_to_show"),
        (show(by=act(ISABELLE)), "summary.hers_to_show"),
    ],
)
def test_what_can_be_no_showing_is_refused(command, code):
    assert refusal(summary(make()), command) == code


def test_whom_it_is_shown_to_opens_it_and_that_is_on_record():
    (fact,) = summary(make(), show()).decide(opening())
    assert isinstance(fact, SummaryOpened)
    assert fact.audience == LEDUC


@pytest.mark.parametrize("who", [ISABELLE, OLIVIER])
def test_to_everyone_else_it_is_what_never_was(who):
    assert refusal(summary(make(), show()), opening(who)) == "stream.unknown"


def test_its_last_day_is_one_on_which_it_opens_and_the_next_is_not():
    state = summary(make(), show(until=TODAY + DAY))
    assert len(state.decide(opening(today=TODAY + DAY))) == 1
    assert refusal(state, opening(today=TODAY + 2 * DAY)) == "stream.unknown"


def test_ended_it_opens_no_more_at_once():
    state = summary(make(), show())
    state, (ended,) = telling(state, end(share_of(state)))
    assert isinstance(ended, SummaryShareEnded)
    assert ended.how == "hers"
    assert refusal(state, opening()) == "stream.unknown"
    assert state.decide(end(ended.share)) == []
    assert refusal(state, end(OLIVIER)) == "share.unknown"


def test_only_she_ends_it_and_on_its_last_day_it_ends_by_its_date():
    state = summary(make(), show(until=TODAY))
    assert refusal(state, end(share_of(state), by=act(LEDUC))) == "summary.hers_to_show"
    (ended,) = state.decide(end(share_of(state)))
    assert ended.how == "date"


def test_with_the_link_and_its_code_it_opens():
    (fact,) = summary(make(), link()).decide(typed())
    assert isinstance(fact, SummaryOpened)
    assert fact.audience is None
    assert fact.share is not None


def test_paper_opens_nothing():
    state = summary(make(), show(LEDUC, "paper"))
    assert refusal(state, opening()) == "stream.unknown"


def test_another_link_opens_nothing():
    state = summary(make(), link())
    assert refusal(state, typed(token="another")) == "link.opens_nothing"


def test_wrong_codes_are_recorded_and_the_last_one_closes_the_link():
    state, facts = telling(summary(make(), link()), *(typed(WRONG) for _ in range(TRIES)))
    assert [type(f) for f in facts] == [SummaryCodeMissed] * TRIES
    assert [f.closed for f in facts] == [False] * (TRIES - 1) + [True]
    assert refusal(state, typed(CODE)) == "link.opens_nothing"
    # she can show it again: a new link has tries of its own
    state, _ = telling(state, link(token="a new link"))
    assert len(state.decide(typed(token="a new link"))) == 1


def test_whoever_knows_the_code_begins_with_all_tries_again():
    tries = [typed(WRONG) for _ in range(TRIES - 1)]
    state = summary(make(), link(), *tries, typed(), *tries[:2])
    assert len(state.decide(typed())) == 1


@given(st.lists(st.sampled_from([CODE, WRONG]), max_size=30))
def test_never_more_wrong_codes_in_a_row_than_are_allowed(codes):
    """Whatever is typed in whatever order, and however often."""
    state, wrong = summary(make(), link()), 0
    for code in codes:
        if wrong == TRIES:
            assert refusal(state, typed(code)) == "link.opens_nothing"
            continue
        state, (fact,) = telling(state, typed(code))
        wrong = wrong + 1 if isinstance(fact, SummaryCodeMissed) else 0


def test_it_opens_so_often_a_day_and_no_more():
    state = summary(make(), link(), *(typed() for _ in range(OPENINGS_A_DAY)))
    assert refusal(state, typed()) == "summary.opened_too_often"
    assert len(state.decide(typed(days=1, today=TODAY + DAY))) == 1


def test_for_whom_it_was_withdrawn_the_link_opens_nothing():
    state, facts = telling(Summary(SUMMARY), make(), link())
    withdrawn = list(state.decide(WithdrawWords(act=act(), stream=SUMMARY, entry=facts[-1].id)))
    again = replay(Summary(SUMMARY), [*facts, *withdrawn])
    assert refusal(again, typed()) == "link.opens_nothing"


@pytest.mark.parametrize("kind", [WithdrawWords, MisfileEntry])
def test_neither_an_end_nor_an_opening_nor_a_wrong_code_is_taken_back(kind):
    """Taken back, an end would show again, a wrong code would give another try."""
    state, facts = telling(summary(make(), show(), link()), opening(), typed(WRONG))
    state, more = telling(state, end(share_of(state)))
    for fact in (*facts, *more):
        for who in (fact.act.actor, OFFICER):
            by = replace(act(who), contributors=(officer(who),))
            taken = kind(act=by, stream=SUMMARY, entry=fact.id)
            assert refusal(state, taken) == "entry.has_no_words", (fact, who)


def officer(who):
    role = "privacy_officer" if who == OFFICER else "person"
    return Contributor(party=who, role=role, part="wrote", attestation="own")


def test_nobody_opens_in_her_name():
    """She would find her own name where somebody looked."""
    asked = replace(opening(), act=act(LEDUC, OLIVIER))
    assert refusal(summary(make(), show()), asked) == "copy.own_sign_in"
