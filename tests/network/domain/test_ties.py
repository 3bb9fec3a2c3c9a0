from __future__ import annotations

from datetime import timedelta

import pytest

from services.network.domain.commands import (
    DescribeSupport,
    EndSharing,
    EndTie,
    RateTie,
    RenameTie,
    ResumeTie,
    ShareNetwork,
)
from services.network.domain.events import TieAdded, TieRated
from services.network.domain.network import Network
from shared.coproduction import (
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    WithdrawWords,
    replay,
)
from tests.network.given import (
    DIANE,
    FRIEND,
    KARIM,
    LUC,
    MAP,
    SIMON,
    TODAY,
    act,
    add,
    do,
    last,
    luc,
    named,
    noted,
    refusal,
    seen,
    telling,
)


def rate(quality="bonne", by=None, **fields):
    return do(RateTie, by, tie=SIMON, quality=quality, **fields)


def share(*audience, by=None, **fields):
    return do(ShareNetwork, by, audience=audience, **fields)


def test_someone_is_on_the_map_under_the_name_she_gives():
    (fact,) = luc().decide(add(relation="frère", circle=1, since="naissance"))
    assert isinstance(fact, TieAdded)
    assert (fact.name, fact.relation, fact.circle, fact.kind) == ("Simon", "frère", 1, "person")


def test_the_same_tie_twice_is_recorded_once():
    state = luc(add())
    assert list(state.decide(add())) == []
    assert refusal(state, add(name="Un autre")) == "tie.exists"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "text.empty"),
        ({"name": "x" * 81}, "length.too_large"),
        ({"circle": 4}, "value.not_in_list"),
        ({"kind": "robot"}, "value.not_in_list"),
    ],
)
def test_a_tie_has_a_name_a_kind_and_perhaps_a_circle(wrong, code):
    assert refusal(luc(), add(**wrong)) == code


@pytest.mark.parametrize("by", [act(KARIM), act(LUC, KARIM), act(DIANE)])
def test_only_she_puts_someone_there_rates_or_shows(by):
    state = luc(add())
    for command in (add(FRIEND, by=by), rate(by=by), share(KARIM, by=by)):
        assert refusal(state, command) == "network.hers_to_say"


def test_what_she_has_not_shown_nobody_can_write_about_nor_guess():
    state = luc(add(), rate("tendue"))
    for command in (
        rate("tendue", by=noted()),
        do(RenameTie, noted(), tie=SIMON, name="Simon"),
        do(EndTie, noted(), tie=SIMON),
        share(KARIM, by=noted(), except_ties=(SIMON,)),
    ):
        assert refusal(state, command) == "tie.unknown"


def test_whoever_notes_for_her_is_not_told_that_she_had_said_it_already():
    state = luc(add(kind="service"), share(KARIM), rate("tendue"))
    state, (fact,) = telling(state, rate("tendue", by=noted()))
    assert fact.quality == "tendue"
    assert list(state.decide(rate("tendue", by=noted()))) == []
    # nor whether a tie goes on
    assert len(list(state.decide(do(ResumeTie, noted(), tie=SIMON)))) == 1


def test_a_rating_noted_for_her_never_stands_over_her_own():
    state = luc(add(), share(KARIM), rate("tendue"), rate("bonne", by=noted()))
    assert state.ties[SIMON].rating.fact.quality == "tendue"
    state, _ = telling(state, do(ConfirmContribution, entry=last(state)))
    assert state.ties[SIMON].rating.fact.quality == "bonne"


def test_rated_alike_as_firmly_it_is_recorded_once():
    state = luc(add(), share(KARIM), rate(by=noted()))
    assert list(state.decide(rate(by=noted()))) == []
    state, (fact,) = telling(state, rate())
    assert isinstance(fact, TieRated)
    assert list(state.decide(rate())) == []
    assert refusal(state, rate(None)) == "tie.nothing_rated"


def test_a_rating_she_disputes_is_none():
    state = luc(add(), share(KARIM), rate(by=noted()))
    state, _ = telling(state, do(DisputeContribution, entry=last(state)))
    assert state.ties[SIMON].rating is None


def test_support_goes_both_ways():
    told = {"tie": SIMON, "received": ("emotional",), "given": ("companionship",)}
    state = luc(add(), do(DescribeSupport, **told))
    assert state.ties[SIMON].support.fact.given == ("companionship",)
    assert list(state.decide(do(DescribeSupport, **told))) == []
    wrong = do(DescribeSupport, tie=SIMON, received=("money",))
    assert refusal(state, wrong) == "value.not_in_list"


def test_a_tie_ends_and_resumes_and_keeps_its_name():
    state = luc(add(), do(RenameTie, tie=SIMON, name="Mon frère"), do(EndTie, tie=SIMON))
    assert (state.ties[SIMON].ended, state.ties[SIMON].name) == (True, "Mon frère")
    assert list(state.decide(do(EndTie, tie=SIMON))) == []
    assert list(state.decide(do(RenameTie, tie=SIMON, name="Mon frère"))) == []
    state, _ = telling(state, do(ResumeTie, tie=SIMON))
    assert not state.ties[SIMON].ended
    assert list(state.decide(do(ResumeTie, tie=SIMON))) == []
    assert refusal(state, do(EndTie, tie=FRIEND)) == "tie.unknown"


# --- showing --------------------------------------------------------------------------------------


def test_nobody_sees_it_before_she_shows_it():
    state = luc(add())
    assert seen(state, LUC) == ["Simon"]
    assert seen(state, KARIM) is None
    assert seen(luc(add(), share(KARIM)), KARIM) == ["Simon"]


def test_ties_she_excepts_stay_hers():
    state = luc(add(), add(FRIEND, "Mon amie"), share(KARIM, except_ties=(FRIEND,)))
    assert seen(state, KARIM) == ["Simon"]
    assert refusal(state, share(KARIM, except_ties=(named("?"),))) == "tie.unknown"


def test_her_team_sees_it_and_nobody_else():
    state = luc(add(), share(my_team=True))
    assert seen(state, KARIM) == ["Simon"]
    assert seen(state, DIANE) is None
    assert refusal(state, share()) == "sharing.with_nobody"
    assert list(state.decide(share(my_team=True))) == []


def test_it_is_shown_until_no_day_gone_by():
    gone_by = share(DIANE, until=TODAY - timedelta(days=1))
    assert refusal(luc(add()), gone_by) == "day.past"


def test_it_is_shown_until_a_day():
    state = luc(add(), share(DIANE, until=TODAY))
    assert seen(state, DIANE) == ["Simon"]
    assert seen(state, DIANE, TODAY.replace(day=21)) is None


def test_she_stops_showing_it():
    state = luc(add(), share(KARIM))
    stop = do(EndSharing, sharing=last(state))
    state, _ = telling(state, stop)
    assert seen(state, KARIM) is None
    assert list(state.decide(stop)) == []
    assert refusal(state, do(EndSharing, sharing=named("?"))) == "sharing.unknown"


def test_a_sharing_noted_for_her_opens_nothing_before_she_confirms_it():
    state = luc(add(), share(KARIM, by=noted()))
    assert seen(state, KARIM) is None
    assert seen(telling(state, do(ConfirmContribution, entry=last(state)))[0], KARIM) == ["Simon"]


def test_no_way_of_taking_back_opens_what_she_closed():
    state = luc(add(), share(KARIM))
    state, _ = telling(state, do(EndSharing, sharing=last(state)))
    for take_back in (WithdrawWords, MisfileEntry):
        assert refusal(state, do(take_back, entry=last(state))) == "sharing.stands"
    state = luc(add(), share(KARIM), share(KARIM, except_ties=(SIMON,)))
    state, _ = telling(state, do(DisputeContribution, entry=last(state)))
    assert seen(state, KARIM) == []


# --- words taken back -----------------------------------------------------------------------------


def test_a_name_taken_back_takes_the_tie_off_the_map():
    state, facts = telling(Network(MAP), add(), rate(), add(FRIEND, "Mon amie"))
    state, more = telling(state, do(WithdrawWords, entry=facts[0].id))
    assert list(state.ties) == [FRIEND]
    assert "Simon" not in repr(state.told)
    again = replay(Network(MAP), [*facts, *more])
    assert (again.told, again.entries) == (state.told, state.entries)
