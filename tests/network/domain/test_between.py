from __future__ import annotations

from itertools import combinations

from services.network.domain.between import asked, lines
from services.network.domain.commands import (
    AskAlterTies,
    ConnectAlters,
    DisconnectAlters,
    ShareNetwork,
)
from services.network.domain.events import AltersDisconnected
from services.network.domain.measures import asking_of
from services.network.domain.network import Network
from shared.coproduction import ConfirmContribution, WithdrawWords
from tests.network.given import (
    FRIEND,
    KARIM,
    MAP,
    SIMON,
    add,
    do,
    last,
    luc,
    named,
    noted,
    refusal,
    telling,
)

MOTHER = named("mère")
BOTH = frozenset({SIMON, FRIEND})


def three(*more):
    return luc(add(), add(FRIEND, "Mon amie"), add(MOTHER, "Maman"), *more)


def connect(one=SIMON, other=FRIEND, by=None):
    return do(ConnectAlters, by, one=one, other=other)


def disconnect(one=SIMON, other=FRIEND, by=None):
    return do(DisconnectAlters, by, one=one, other=other)


def test_two_people_of_her_map_know_each_other_in_whichever_order_they_are_named():
    state = three(connect())
    assert lines(state) == {BOTH}
    assert list(state.decide(connect(FRIEND, SIMON))) == []
    state, (fact,) = telling(state, disconnect(FRIEND, SIMON))
    assert isinstance(fact, AltersDisconnected)
    assert lines(state) == frozenset()
    assert list(state.decide(disconnect())) == []


def test_a_line_that_was_never_drawn_is_not_taken_away():
    assert list(three().decide(disconnect())) == []


def test_nobody_is_tied_to_himself_nor_to_someone_who_is_not_there():
    assert refusal(three(), connect(SIMON, SIMON)) == "alters.same"
    assert refusal(three(), connect(SIMON, named("?"))) == "tie.unknown"
    assert refusal(three(), connect(named("?"), SIMON)) == "tie.unknown"


def test_a_line_noted_for_her_never_stands_over_her_own_word():
    state = three(do(ShareNetwork, audience=(KARIM,)), connect(), disconnect(by=noted()))
    assert lines(state) == {BOTH}
    state, _ = telling(state, do(ConfirmContribution, entry=last(state)))
    assert lines(state) == frozenset()


def test_a_name_taken_back_takes_its_lines_with_it():
    state, facts = telling(Network(MAP), add(), add(FRIEND, "Mon amie"), connect())
    assert lines(state) == {BOTH}
    state, _ = telling(state, do(WithdrawWords, entry=facts[0].id))
    assert lines(state) == frozenset()


def test_no_line_is_not_the_same_as_not_asked():
    state = three()
    assert asking_of(state) == "never"
    state, _ = telling(state, do(AskAlterTies, ties=(SIMON, FRIEND)))
    assert (asked(state), asking_of(state)) == ({BOTH}, "partly")
    state, _ = telling(state, do(AskAlterTies, ties=(SIMON, FRIEND, MOTHER)))
    assert asked(state) == {frozenset(p) for p in combinations((SIMON, FRIEND, MOTHER), 2)}
    assert asking_of(state) == "all"
    assert asking_of(luc(add())) == "no_two"
    again = do(AskAlterTies, ties=(MOTHER, FRIEND, SIMON))
    assert list(state.decide(again)) == []


def test_it_is_asked_among_two_at_least_each_once_all_on_the_map():
    for wrong in ((), (SIMON,), (SIMON, SIMON), (SIMON, FRIEND, FRIEND)):
        assert refusal(three(), do(AskAlterTies, ties=wrong)) == "alters.two_at_least"
    assert refusal(three(), do(AskAlterTies, ties=(SIMON, named("?")))) == "tie.unknown"
