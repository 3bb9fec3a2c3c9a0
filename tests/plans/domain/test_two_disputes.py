"""Two who dispute the same entry: neither of them answers or settles it."""

from __future__ import annotations

import pytest

from services.plans.domain.reviewing import HoldReview
from shared.coproduction import AnswerDispute, DisputeContribution, SettleDispute
from shared.kernel import Denied
from tests.plans.given import (
    ISABELLE,
    JULIE,
    NATHALIE,
    NOEMIE,
    PLAN,
    act,
    plan,
    telling,
)


def on(kind, by, entry, **said):
    return kind(act=by, stream=PLAN, entry=entry, **said)


def disputed_by_two():
    review = HoldReview(
        act=act(NATHALIE, None, (ISABELLE, "agreed"), (NOEMIE, "agreed")), stream=PLAN
    )
    state, (held,) = telling(plan(), review)
    first = on(DisputeContribution, act(ISABELLE), held.id)
    second = on(DisputeContribution, act(NOEMIE), held.id)
    return telling(state, first, second)[0], held.id


def test_whoever_disputes_first_does_not_settle_once_another_disputes_too():
    state, entry = disputed_by_two()
    for party in (ISABELLE, NOEMIE):
        settling = on(SettleDispute, act(party), entry, words="C’est réglé.", outcome="accepted")
        with pytest.raises(Denied, match=r"dispute.settled_by_another"):
            state.decide(settling)
        answering = on(AnswerDispute, act(party), entry, words="Oui.", outcome="accepted")
        with pytest.raises(Denied, match=r"dispute.not_by_the_one_who_disputes"):
            state.decide(answering)
    settled = on(SettleDispute, act(JULIE), entry, words="Vu.", outcome="kept")
    state, _ = telling(state, settled)
    assert state.entries[entry].dispute == "kept"
    # another dispute is a new one: who settled the last may not be among those of this one
    again = on(DisputeContribution, act(ISABELLE), entry)
    state, _ = telling(state, again)
    assert state.entries[entry].disputed_by == {ISABELLE}


def test_the_same_dispute_twice_is_one():
    state, entry = disputed_by_two()
    for party in (ISABELLE, NOEMIE):
        assert list(state.decide(on(DisputeContribution, act(party), entry))) == []
