"""What others see of her map: nothing of what she keeps, and nothing said of themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.network.domain.between import asked, lines
from services.network.domain.commands import (
    AskAlterTies,
    ConnectAlters,
    DescribeContact,
    DescribeSupport,
    DiscussTie,
    EndSharing,
    EndTie,
    PlaceTie,
    RateTie,
    RenameTie,
    ResumeTie,
    SetVisibility,
    ShareNetwork,
)
from services.network.domain.evolution import evolution
from services.network.domain.network import Network
from services.network.domain.seeing import through
from shared.access.eyes import Eyes
from shared.coproduction import ConfirmContribution, MisfileEntry, WithdrawWords
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
    shown_to,
    telling,
)

CLSC, TZ = named("clsc"), UTC


def share(*audience, by=None, **fields):
    return do(ShareNetwork, by, audience=audience, **fields)


def keep(visibility="just_me", by=None, tie=SIMON):
    return do(SetVisibility, by, tie=tie, visibility=visibility)


# --- kept by hand ---------------------------------------------------------------------------------


def test_a_tie_set_just_for_her_stays_so_under_any_sharing():
    state = luc(add(visibility="just_me"), add(FRIEND, "Mon amie"), share(KARIM))
    assert seen(state, KARIM) == ["Mon amie"]
    state, _ = telling(state, keep(tie=FRIEND), share(KARIM), share(my_team=True))
    assert seen(state, KARIM) == []
    state, _ = telling(state, keep("as_map"))
    assert seen(state, KARIM) == ["Simon"]
    assert list(state.decide(keep("as_map"))) == []


def test_noted_for_her_it_closes_at_once_and_opens_only_when_she_confirms():
    state = luc(add(), share(KARIM), keep(by=noted()))
    assert seen(state, KARIM) == []
    # whoever noted it does not know the tie any more: she opens it herself, or tells him to
    assert refusal(state, keep("as_map", by=noted())) == "tie.unknown"
    state = luc(add(by=noted(), visibility="just_me"), share(KARIM), keep("as_map", by=noted()))
    assert seen(state, KARIM) == []
    state, _ = telling(state, do(ConfirmContribution, entry=last(state)))
    assert seen(state, KARIM) == ["Simon"]


def test_what_she_keeps_by_hand_is_not_opened_by_taking_words_back():
    state = luc(add(), share(KARIM), keep())
    for take_back in (WithdrawWords, MisfileEntry):
        assert refusal(state, do(take_back, entry=last(state))) == "sharing.stands"
    assert refusal(state, keep("everyone")) == "value.not_in_list"


# --- to whom --------------------------------------------------------------------------------------


def test_to_stop_showing_does_not_bring_an_earlier_sharing_back():
    state = luc(add(), add(FRIEND, "Mon amie"), share(KARIM), share(KARIM, except_ties=(FRIEND,)))
    state, _ = telling(state, do(EndSharing, sharing=last(state)))
    assert seen(state, KARIM) is None


def test_what_is_kept_from_one_is_not_kept_from_another():
    state = luc(add(), share(KARIM), share(DIANE, except_ties=(SIMON,)))
    assert seen(state, KARIM) == ["Simon"]
    assert seen(state, DIANE) == []


def test_a_word_to_one_of_the_team_stands_over_what_the_team_is_shown():
    state = luc(add(), share(my_team=True), share(KARIM, except_ties=(SIMON,)))
    assert seen(state, KARIM) == []
    team = luc(add(), share(my_team=True))
    sharing = last(team)
    state, _ = telling(team, share(KARIM), do(EndSharing, sharing=sharing))
    assert seen(state, KARIM) == ["Simon"]


def test_those_near_her_read_names_and_nothing_that_was_said_of_anyone():
    state = luc(
        add(relation="frère", circle=3),
        do(RateTie, tie=SIMON, quality="tendue"),
        share(DIANE, KARIM),
    )
    found = through(state, Eyes(DIANE, "relative"), TODAY)
    assert [t.name for t in found.named] == ["Simon"]
    assert not found.map.told
    assert shown_to(state, KARIM).ties[SIMON].rating.fact.quality == "tendue"


def test_no_service_reads_what_was_said_of_it():
    rated = do(RateTie, tie=CLSC, quality="on ne m’écoute pas")
    state = luc(add(), add(CLSC, "Le CLSC", kind="service", circle=3), rated, share(my_team=True))
    found = through(state, Eyes(KARIM, "care"), TODAY)
    assert [t.name for t in found.named] == ["Le CLSC"]
    assert list(found.map.ties) == [SIMON]
    assert "écoute" not in repr(found.map.told)


def test_a_line_to_someone_she_keeps_is_kept_and_so_is_that_it_was_asked():
    state = luc(
        add(),
        add(FRIEND, "Mon amie"),
        add(CLSC, "Maman"),
        do(ConnectAlters, one=SIMON, other=FRIEND),
        do(ConnectAlters, one=SIMON, other=CLSC),
        do(AskAlterTies, ties=(SIMON, FRIEND, CLSC)),
        share(KARIM, except_ties=(FRIEND,)),
    )
    map_ = shown_to(state, KARIM)
    assert lines(map_) == {frozenset({SIMON, CLSC})} == asked(map_)
    assert str(FRIEND) not in repr(map_.told)
    alone = luc(add(), add(FRIEND, "A"), do(AskAlterTies, ties=(SIMON, FRIEND)))
    alone, _ = telling(alone, share(KARIM, except_ties=(FRIEND,)))
    assert asked(shown_to(alone, KARIM)) == frozenset()


# --- before she showed it ---------------------------------------------------------------------------


def changing():
    return (
        add(circle=3, relation="connaissance"),
        do(RateTie, tie=SIMON, quality="tendue"),
        do(DescribeSupport, tie=SIMON, words="Rien."),
        do(DescribeContact, tie=SIMON, often="jamais"),
        do(EndTie, tie=SIMON, reason="Une dispute."),
        do(PlaceTie, tie=SIMON, circle=2, relation="ami"),
        do(RenameTie, tie=SIMON, name="Sim"),
        do(RateTie, tie=SIMON, quality="bonne"),
        do(DescribeSupport, tie=SIMON, received=("emotional",)),
        do(DescribeContact, tie=SIMON, often="chaque jour"),
        do(ResumeTie, tie=SIMON),
        do(PlaceTie, tie=SIMON, circle=1),
    )


def test_what_she_changed_before_showing_it_is_hers_alone():
    state = luc(*changing(), share(KARIM))
    map_ = shown_to(state, KARIM)
    told = repr(map_.told)
    for word in ("Simon", "connaissance", "tendue", "Rien.", "jamais", "dispute"):
        assert word not in told, word
        assert word in repr(state.told)
    (tie,) = map_.ties.values()
    assert (tie.name, tie.circle, tie.relation, tie.ended) == ("Sim", 1, "ami", False)
    assert tie.rating.fact.quality == "bonne"
    assert tie.contact.fact.often == "chaque jour"


def test_what_she_changes_afterwards_is_seen_to_change_even_when_she_shares_anew():
    state = luc(add(), share(KARIM), *changing()[1:], share(KARIM, my_team=True))
    assert "tendue" in repr(shown_to(state, KARIM).told)
    assert "dispute" in repr(shown_to(state, KARIM).told)


def test_a_tie_that_was_kept_for_a_while_is_shown_as_it_is_when_it_is_shown_again():
    first = luc(add(), share(KARIM), share(KARIM, except_ties=(SIMON,)))
    state, _ = telling(first, *changing()[1:], share(KARIM))
    assert "tendue" not in repr(shown_to(state, KARIM).told)
    state, _ = telling(luc(add(), share(KARIM), keep()), *changing()[1:], keep("as_map"))
    assert "tendue" not in repr(shown_to(state, KARIM).told)


def test_what_was_said_while_a_sharing_was_over_is_shown_as_it_then_stands():
    over = date(2026, 1, 10)
    state = luc(add(), share(KARIM, until=over, today=over), *changing()[1:], share(KARIM))
    assert "tendue" not in repr(shown_to(state, KARIM).told)
    stopped = luc(add(), share(KARIM))
    stop = do(EndSharing, sharing=last(stopped))
    state, _ = telling(stopped, stop, *changing()[1:], share(KARIM))
    assert "tendue" not in repr(shown_to(state, KARIM).told)


def test_a_sharing_runs_until_midnight_where_the_organisation_is():
    until = date(2026, 1, 16)
    evening = datetime(2026, 1, 17, 2, tzinfo=UTC)  # nine in the evening of the 16th in Montréal
    for at, still in ((evening, True), (evening + timedelta(hours=4), False)):
        again = act(at=at, on=at.astimezone(ZoneInfo("America/Toronto")))
        state = luc(
            add(), share(KARIM, until=until, today=until), *changing()[1:], share(KARIM, by=again)
        )
        assert ("tendue" in repr(shown_to(state, KARIM).told)) is still


def test_what_she_shows_no_more_is_in_no_picture_of_the_past():
    shown = luc(add(by=act(on=date(2025, 3, 1))), share(KARIM))
    assert list(shown_to(shown, KARIM).as_of(date(2025, 6, 1), TZ).ties) == [SIMON]
    state, _ = telling(shown, share(KARIM, except_ties=(SIMON,)))
    map_ = shown_to(state, KARIM)
    assert list(map_.as_of(date(2025, 6, 1), TZ).ties) == []
    assert evolution(map_, date(2025, 1, 1), TODAY, TZ).gained == []


# --- talking ----------------------------------------------------------------------------------------


def test_she_and_those_to_whom_it_is_shown_talk_about_a_tie():
    state = luc(add(), share(KARIM), talk(), talk(by=act(KARIM), words="Vous lui écrivez?"))
    assert [s.fact.words for s in state.ties[SIMON].thread] == [
        "Il me manque.",
        "Vous lui écrivez?",
    ]
    assert refusal(state, talk(words=" ")) == "text.empty"


@pytest.mark.parametrize("who", [KARIM, DIANE])
def test_of_a_tie_that_is_not_shown_nothing_can_be_written(who):
    for state in (
        luc(add()),
        luc(add(), add(FRIEND, "A"), share(KARIM, DIANE, except_ties=(SIMON,))),
        luc(add(), share(KARIM, DIANE), keep()),
        luc(add(), share(DIANE)),
        luc(add(kind="service"), share(KARIM, DIANE)),
    ):
        assert refusal(state, talk(by=act(who))) == "tie.unknown"
        assert refusal(Network(MAP), talk(by=act(who))) == "tie.unknown"


def talk(by=None, words="Il me manque."):
    return do(DiscussTie, by, tie=SIMON, words=words)


def test_she_sees_everything_herself():
    state = luc(add(visibility="just_me"), *changing()[1:])
    assert shown_to(state, LUC) is state
