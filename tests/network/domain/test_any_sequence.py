"""Whatever is said of a map, by whom and of which day: what holds of every map."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.network.domain.between import asked, lines
from services.network.domain.commands import (
    AddTie,
    AskAlterTies,
    ConnectAlters,
    DescribeContact,
    DescribeSupport,
    DisconnectAlters,
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
from services.network.domain.measures import of_kinds, structure
from services.network.domain.network import Network
from services.network.domain.seeing import through
from shared.access.eyes import Eyes
from shared.coproduction import ConfirmContribution, DisputeContribution, WithdrawWords, replay
from shared.kernel import Refused, with_id_of
from tests.network.given import DIANE, KARIM, KINDS, LUC, MAP, act, do, named

BEGIN = date(2026, 1, 1)
AFTER = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = AFTER.date()
TIES = [named(f"tie {n}") for n in range(4)]
TIE = st.sampled_from(TIES)
KIND = st.sampled_from(["person", "person", "person", "service", "group"])
WORD = st.sampled_from(["un", "deux", "trois"])
CIRCLE = st.sampled_from([1, 2, 3, None])
AUDIENCE = st.lists(st.sampled_from([KARIM, DIANE]), unique=True).map(tuple)
EXCEPT = st.lists(TIE, unique=True, max_size=2).map(tuple)

SAID = st.one_of(
    st.tuples(
        st.just(AddTie),
        st.fixed_dictionaries(
            {"tie": TIE, "name": WORD, "kind": KIND, "circle": CIRCLE},
            optional={"visibility": st.just("just_me"), "relation": WORD},
        ),
    ),
    st.tuples(st.just(RenameTie), st.fixed_dictionaries({"tie": TIE, "name": WORD})),
    st.tuples(
        st.just(PlaceTie),
        st.fixed_dictionaries({"tie": TIE, "circle": CIRCLE}, optional={"relation": WORD}),
    ),
    st.tuples(st.just(RateTie), st.fixed_dictionaries({"tie": TIE, "quality": WORD})),
    st.tuples(st.just(DescribeSupport), st.fixed_dictionaries({"tie": TIE, "words": WORD})),
    st.tuples(st.just(DescribeContact), st.fixed_dictionaries({"tie": TIE, "often": WORD})),
    st.tuples(st.just(DiscussTie), st.fixed_dictionaries({"tie": TIE, "words": WORD})),
    st.tuples(st.sampled_from([EndTie, ResumeTie]), st.fixed_dictionaries({"tie": TIE})),
    st.tuples(
        st.sampled_from([ConnectAlters, DisconnectAlters]),
        st.fixed_dictionaries({"one": TIE, "other": TIE}),
    ),
    st.tuples(
        st.just(AskAlterTies),
        st.fixed_dictionaries({"ties": st.lists(TIE, min_size=2, unique=True).map(tuple)}),
    ),
    st.tuples(
        st.just(SetVisibility),
        st.fixed_dictionaries({"tie": TIE, "visibility": st.sampled_from(["just_me", "as_map"])}),
    ),
    st.tuples(
        st.just(ShareNetwork),
        st.fixed_dictionaries(
            {"audience": AUDIENCE, "except_ties": EXCEPT, "my_team": st.booleans()}
        ),
    ),
    st.tuples(
        st.sampled_from([EndSharing, ConfirmContribution, DisputeContribution, WithdrawWords]),
        st.fixed_dictionaries({"back": st.integers(0, 6)}),
    ),
)
STEP = st.tuples(
    SAID,
    st.sampled_from([(LUC, None), (LUC, None), (KARIM, LUC), (KARIM, None)]),
    st.one_of(st.none(), st.integers(0, 30)),
)
LIFE = st.lists(STEP, max_size=25)


def live(steps):
    """The facts of a life; what a rule refuses did not happen."""
    state, facts = Network(MAP), []
    for number, ((command, fields), (actor, author), day) in enumerate(steps):
        by = act(
            actor,
            author,
            on=None if day is None else BEGIN + timedelta(days=day),
            at=AFTER + timedelta(minutes=number),
        )
        told = dict(fields)
        if "back" in told:
            back = told.pop("back")
            if back >= len(facts):
                continue
            told["sharing" if command is EndSharing else "entry"] = facts[-1 - back].id
        if issubclass(command, tuple(KEPT_IN_TIME)):
            told["today"] = TODAY
        try:
            more = list(state.decide(command(act=by, stream=MAP, **told)))
        except Refused:
            continue
        facts += more
        # as the ledger does: what was taken back is passed over from the beginning
        state = replay(Network(MAP), facts)
    return state, facts


KEPT_IN_TIME = (
    AddTie, RenameTie, PlaceTie, RateTie, DescribeSupport, DescribeContact, DiscussTie, EndTie,
    ResumeTie, ConnectAlters, DisconnectAlters, AskAlterTies, SetVisibility, ShareNetwork,
    EndSharing,
)  # fmt: skip
LIVES = LIFE.map(live)


def picture(state):
    return (
        {
            id_: (
                t.name,
                t.circle,
                t.relation,
                t.ended,
                t.rating and t.rating.fact,
                t.support and t.support.fact,
                t.contact and t.contact.fact,
            )
            for id_, t in state.ties.items()
        },
        lines(state),
        asked(state),
    )


def seen_by(state, party):
    found = through(state, Eyes(party, KINDS[party]), TODAY)
    return None if found is None else found.map


@given(LIVES)
def test_the_map_as_of_today_is_the_map(life):
    state, _ = life
    assert picture(state.as_of(TODAY, UTC)) == picture(state)


@given(LIVES)
def test_nothing_changes_between_a_day_and_itself(life):
    state, _ = life
    for day in (BEGIN + timedelta(days=9), TODAY):
        same = evolution(state, day, day, UTC)
        assert not any((same.gained, same.lost, same.changed, same.passed, same.paused))
        assert not same.lines_gained | same.lines_lost
        assert {f.value for f in same.turnover.values()} <= {None, 0}


@given(LIVES, st.tuples(st.integers(0, 31), st.integers(0, 31), st.integers(0, 31)))
def test_two_evolutions_one_after_the_other_are_the_whole(life, days):
    state, _ = life
    a, b, c = (BEGIN + timedelta(days=n) for n in sorted(days))
    first, second, whole = (evolution(state, *two, UTC) for two in ((a, b), (b, c), (a, c)))
    on = {day: set(state.as_of(day, UTC).on_it) for day in (a, b, c)}

    def ids(ties):
        return {tie.id for tie in ties}

    assert ids(whole.gained) == (ids(first.gained) | ids(second.gained)) & on[c] - on[a]
    assert ids(whole.lost) == (ids(first.lost) | ids(second.lost)) & on[a] - on[c]
    assert ids(whole.kept) == on[a] & on[c]
    assert ids(first.kept) & ids(second.kept) <= ids(whole.kept)
    for tie in ids(first.kept) & ids(second.kept):
        steps = {(x.what, x.tie) for e in (first, second) for x in e.changed if x.tie == tie}
        assert {(x.what, x.tie) for x in whole.changed if x.tie == tie} <= steps
    assert ids(whole.gained) | ids(whole.kept) == on[c]
    assert whole.lines_gained <= first.lines_gained | second.lines_gained


@given(LIVES)
@settings(max_examples=200)
def test_nobody_else_ever_sees_a_tie_that_she_keeps(life):
    state, _ = life
    for party in (KARIM, DIANE):
        found = seen_by(state, party)
        if found is None:
            continue
        hidden = {id_ for id_, t in state.ties.items() if t.kept_since is not None}
        assert not hidden & set(found.ties)
        assert not any(str(id_) in repr(found.told) for id_ in hidden)
        assert party == KARIM or not found.told
        assert all(t.kind != "service" for t in found.ties.values())


@given(LIVES)
def test_who_sees_a_tie_sees_it_as_it_is_now(life):
    state, _ = life
    found = seen_by(state, KARIM)
    if found is not None:
        mine, (his, drawn, _) = picture(state), picture(found)
        assert his == {id_: mine[0][id_] for id_ in his}
        assert drawn == {pair for pair in mine[1] if pair <= set(his)}


@given(LIVES)
@settings(max_examples=200)
def test_what_she_keeps_changes_no_picture_and_no_figure_of_anyone_else(life):
    """As if the ties that are not shown to him had never been there."""
    state, facts = life
    found = seen_by(state, KARIM)
    if found is None:
        return
    without = seen_by(replay(Network(MAP), without_those(facts, set(found.ties))), KARIM)
    assert structure(found) == structure(without)
    assert picture(found) == picture(without)
    shapes = [[(k.kind, k.circles, k.relations) for k in of_kinds(m)] for m in (found, without)]
    assert shapes[0] == shapes[1]
    for day in (BEGIN + timedelta(days=n) for n in (3, 12, 30)):
        assert picture(found.as_of(day, UTC)) == picture(without.as_of(day, UTC))


def without_those(facts, shown):
    """The facts of a life in which only these ties are spoken of."""
    left, gone = [], set()
    for fact in facts:
        about = {getattr(fact, name, None) for name in ("tie", "one", "other")} - {None}
        ties = tuple(t for t in getattr(fact, "ties", ()) if t in shown)
        if not about <= shown or getattr(fact, "entry", None) in gone:
            gone.add(fact.id)
        elif ties or not hasattr(fact, "ties"):
            left.append(with_id_of(replace(fact, ties=ties), fact) if ties else fact)
        else:
            gone.add(fact.id)
    return left


@given(LIVES)
def test_said_twice_it_is_recorded_once(life):
    state, _ = life
    for tie in state.ties.values():
        for command, fields in (
            (RenameTie, {"name": "encore"}),
            (PlaceTie, {"circle": 2, "relation": "encore"}),
            (RateTie, {"quality": "encore"}),
            (DescribeSupport, {"words": "encore"}),
            (DescribeContact, {"often": "encore"}),
            (EndTie, {}),
            (ResumeTie, {}),
            (SetVisibility, {"visibility": "just_me"}),
        ):
            once = state
            by = {"at": AFTER + timedelta(days=1)}
            for fact in once.decide(do(command, act(**by), tie=tie.id, **fields)):
                once = once.follow(fact)
            by["at"] += timedelta(hours=1)
            assert list(once.decide(do(command, act(**by), tie=tie.id, **fields))) == []


@given(LIVES)
def test_folded_again_it_is_the_same(life):
    state, facts = life
    again = replay(Network(MAP), facts)
    assert (again.told, again.entries, again.version) == (state.told, state.entries, state.version)
