"""The map as of any date, and what changed between two: by when it was in life."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.network.domain.between import lines
from services.network.domain.commands import (
    ConnectAlters,
    DescribeContact,
    DescribeSupport,
    DisconnectAlters,
    EndTie,
    PlaceTie,
    RateTie,
    RenameTie,
    ResumeTie,
)
from services.network.domain.evolution import evolution
from shared.coproduction import DisputeContribution, RecordCorrection, WithdrawWords
from tests.network.given import FRIEND, NOON, SIMON, act, add, do, last, luc, named, telling

MONTREAL = ZoneInfo("America/Toronto")
MOTHER, GROUP = named("mère"), named("groupe")


def on(day, month=1, year=2026):
    return act(on=date(year, month, day))


def as_of(state, *day, zone=UTC):
    return state.as_of(date(*day), zone)


def names(state):
    return [tie.name for tie in state.on_it.values()]


def rate(quality, by=None):
    return do(RateTie, by, tie=SIMON, quality=quality)


# --- as of a date -------------------------------------------------------------------------------------


def test_the_map_is_what_it_was_at_the_end_of_a_day():
    state = luc(
        add(by=on(1)),
        add(FRIEND, "Mon amie", by=on(5)),
        do(RenameTie, on(8), tie=SIMON, name="Sim"),
        do(EndTie, on(10), tie=FRIEND),
    )
    assert names(as_of(state, 2025, 12, 31)) == []
    assert names(as_of(state, 2026, 1, 1)) == ["Simon"]
    assert names(as_of(state, 2026, 1, 5)) == ["Simon", "Mon amie"]
    assert names(as_of(state, 2026, 1, 9)) == ["Sim", "Mon amie"]
    assert names(as_of(state, 2026, 1, 10)) == ["Sim"]


def test_a_word_about_the_past_stands_in_the_past_and_not_over_today():
    state = luc(add(by=on(1, year=2020)), rate("bonne"), rate("tendue", on(1, year=2022)))
    assert state.ties[SIMON].rating.fact.quality == "bonne"
    assert as_of(state, 2023, 1, 1).ties[SIMON].rating.fact.quality == "tendue"
    assert as_of(state, 2021, 1, 1).ties[SIMON].rating is None
    # said of another time, it is said anew
    assert len(list(state.decide(rate("bonne", on(1, year=2021))))) == 1
    assert list(state.decide(rate("tendue", on(2, year=2022)))) == []


def test_an_end_told_late_was_then():
    state = luc(add(by=on(1, year=2020)), do(EndTie, on(1, year=2021), tie=SIMON))
    state, _ = telling(state, do(ResumeTie, on(1, year=2024), tie=SIMON))
    more = telling(state, do(EndTie, on(1, year=2022), tie=SIMON))[0]
    assert more == state  # it had ended by then
    again, _ = telling(
        state, do(ResumeTie, on(1, year=2022), tie=SIMON), do(EndTie, on(1, year=2023), tie=SIMON)
    )
    assert names(again) == ["Simon"]
    there = [bool(names(as_of(again, y, 6, 1))) for y in range(2020, 2026)]
    assert there == [True, False, True, False, True, True]


def test_days_end_where_the_organisation_is():
    late = datetime(2026, 1, 6, 3, tzinfo=UTC)  # ten in the evening of the 5th, in Montréal
    state = luc(add(by=act(on=late)))
    assert names(as_of(state, 2026, 1, 5, zone=MONTREAL)) == ["Simon"]
    assert names(as_of(state, 2026, 1, 5)) == []


def test_said_of_today_as_a_day_it_comes_after_what_was_said_before_it():
    morning = NOON - timedelta(hours=3)
    state = luc(
        add(by=act(at=morning)),
        do(EndTie, act(at=morning + timedelta(minutes=1)), tie=SIMON),
        do(ResumeTie, act(on=NOON.date(), at=NOON), tie=SIMON),
    )
    assert names(state) == ["Simon"]


def test_what_is_disputed_or_taken_back_is_in_no_picture_of_the_past():
    state = luc(add(by=on(1)), rate("tendue", on(2)))
    rated = last(state)
    kept, _ = telling(state, do(RecordCorrection, entry=rated, words="C’était en février."))
    assert as_of(kept, 2026, 1, 3).ties[SIMON].rating is not None
    disputed, _ = telling(state, do(DisputeContribution, entry=rated))
    assert as_of(disputed, 2026, 1, 3).ties[SIMON].rating is None
    gone, _ = telling(state, do(WithdrawWords, entry=state.ties[SIMON].added.id))
    assert names(as_of(gone, 2026, 1, 3)) == []


def test_lines_are_as_they_were():
    state = luc(
        add(by=on(1)),
        add(FRIEND, "Mon amie", by=on(2)),
        do(ConnectAlters, on(3), one=SIMON, other=FRIEND),
        do(DisconnectAlters, on(6), one=FRIEND, other=SIMON),
    )
    there = [len(lines(as_of(state, 2026, 1, day))) for day in (1, 2, 3, 5, 6)]
    assert there == [0, 0, 1, 1, 0]


# --- between two dates --------------------------------------------------------------------------------


def changing():
    return luc(
        add(by=on(1), circle=3, relation="connaissance"),
        add(FRIEND, "Mon amie", by=on(1)),
        add(MOTHER, "Maman", by=on(1)),
        rate("tendue", on(2)),
        do(EndTie, on(10), tie=FRIEND),
        do(PlaceTie, on(11), tie=SIMON, circle=1),
        do(RenameTie, on(11), tie=SIMON, name="Mon frère Simon"),
        rate("bonne", on(11)),
        do(DescribeSupport, on(11), tie=SIMON, received=("practical", "emotional")),
        do(DescribeContact, on(11), tie=SIMON, often="chaque jour", means=("au téléphone",)),
        do(EndTie, on(12), tie=MOTHER),
        do(ResumeTie, on(14), tie=MOTHER),
        add(GROUP, "Chorale", by=on(13), kind="group"),
    )


def between(state, first, second):
    return evolution(state, date(2026, 1, first), date(2026, 1, second), UTC)


def test_who_stayed_came_went_and_changed_between_two_dates():
    found = between(changing(), 5, 15)
    assert [t.name for t in found.kept] == ["Mon frère Simon", "Maman"]
    assert [t.name for t in found.gained] == ["Chorale"]
    assert [t.name for t in found.lost] == ["Mon amie"]
    assert found.paused == {MOTHER}
    assert {(c.what, str(c.before), str(c.after)) for c in found.changed} == {
        ("circle", "3", "1"),
        ("name", "Simon", "Mon frère Simon"),
        ("quality", "tendue", "bonne"),
        ("received", "None", "['emotional', 'practical']"),
        ("given", "None", "[]"),
        ("often", "None", "chaque jour"),
        ("means", "None", "('au téléphone',)"),
    }
    assert {c.tie for c in found.changed} == {SIMON}


def test_turnover_is_told_kind_by_kind_and_null_where_there_was_nobody():
    found = between(changing(), 5, 15).turnover
    assert (found["person"].n, found["person"].value) == (3, round(1 / 3, 6))
    assert (found["group"].n, found["group"].value) == (1, 1)
    assert (found["service"].value, found["service"].reason) == (None, "nobody")


def test_who_came_back_and_who_came_and_went():
    state = changing()
    assert between(state, 13, 14).back == {MOTHER}
    assert [t.name for t in between(state, 13, 14).gained] == ["Maman"]
    state, _ = telling(
        state, add(named("p"), "Passant", by=on(3)), do(EndTie, on(4), tie=named("p"))
    )
    assert [t.name for t in between(state, 2, 5).passed] == ["Passant"]
    assert between(state, 4, 9).passed == []
    assert between(state, 3, 9).passed == []


def test_lines_that_came_and_went():
    state, _ = telling(
        changing(),
        do(ConnectAlters, on(6), one=SIMON, other=MOTHER),
        do(ConnectAlters, on(2), one=SIMON, other=FRIEND),
        do(DisconnectAlters, on(7), one=SIMON, other=FRIEND),
    )
    found = between(state, 5, 9)
    assert found.lines_gained == {frozenset({SIMON, MOTHER})}
    assert found.lines_lost == {frozenset({SIMON, FRIEND})}
