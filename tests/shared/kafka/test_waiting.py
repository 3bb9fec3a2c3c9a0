"""In whatever order records come, and however often: each lane is passed on in its order, once."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.kafka.missing import Missing
from shared.kafka.record import Arrived
from shared.kafka.relayed import Relayed
from shared.kafka.waiting import Lane
from shared.store.source import Sealed

NOBODY = UUID(int=0)


def event(gpos: int) -> Sealed:
    return Sealed(gpos, 1, NOBODY, gpos, 3, NOBODY, 1, NOBODY, b"{}", b"", b"")


def chain(positions: list[int]) -> list[Arrived]:
    return [
        Arrived(event(g), before) for before, g in zip([0, *positions], positions, strict=False)
    ]


positions = st.lists(st.integers(1, 500), unique=True, min_size=1, max_size=40).map(sorted)


@given(positions.flatmap(lambda p: st.tuples(st.just(p), st.lists(st.sampled_from(p)))), st.data())
def test_all_are_passed_on_once_and_in_order(told, data) -> None:
    in_lane, again = told
    by_position = {a.event.gpos: a for a in chain(in_lane)}
    arriving = data.draw(st.permutations([*in_lane, *again]))
    lane, stood, passed = Lane(), 0, []
    for gpos in arriving:
        lane.put(by_position[gpos])
        run, stood = lane.run(stood, data.draw(st.integers(1, 5)))
        passed += [e.gpos for e in run]
    while lane.goes_on(stood):
        run, stood = lane.run(stood, 3)
        passed += [e.gpos for e in run]
    assert passed == in_lane
    assert not lane.gap(stood)


@given(positions, st.data())
def test_nothing_after_what_is_missing_is_passed_on(in_lane, data) -> None:
    missing = data.draw(st.sampled_from(in_lane))
    lane = Lane()
    for one in chain(in_lane):
        if one.event.gpos != missing:
            lane.put(one)
    run, stood = lane.run(0, 1000)
    assert [e.gpos for e in run] == [g for g in in_lane if g < missing]
    assert lane.gap(stood) == (missing != in_lane[-1])


@given(positions, st.integers(0, 500))
def test_one_who_knows_more_than_the_lane_begins_where_she_stands(in_lane, stood) -> None:
    lane = Lane()
    for one in chain(in_lane):
        lane.put(one)
    run, _ = lane.run(stood, 1000)
    assert [e.gpos for e in run] == [g for g in in_lane if g > stood]


def test_asking_again_answers_the_same_until_it_is_in_the_rows() -> None:
    lane = Lane()
    for one in chain([1, 5, 9]):
        lane.put(one)
    assert lane.run(0, 1000) == lane.run(0, 1000)
    assert [e.gpos for e in lane.run(5, 1000)[0]] == [9]


def test_a_gap_is_waited_for_and_mending_goes_on_without_waiting_again(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr("shared.kafka.missing.time.monotonic", lambda: now[0])
    missing = Missing(patience=5.0)
    assert not missing.overdue(3, reached=10)
    now[0] += 4
    assert not missing.overdue(3, reached=10)
    now[0] += 2
    assert missing.overdue(3, reached=10)
    missing.mended(3, reached=20)
    assert missing.overdue(3, reached=20)  # still lacking: the next stretch at once
    assert not missing.overdue(3, reached=30)  # it moved on by itself: time begins anew


def test_kafka_is_away_when_there_was_something_to_bring_and_it_did_not(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr("shared.kafka.missing.time.monotonic", lambda: now[0])
    missing = Missing()

    def away(head: int, upto: int, stood: int, *, connected: bool = True, after: float = 0) -> bool:
        now[0] += after
        lanes = dict.fromkeys(range(64), stood)
        return missing.away(Relayed(1, head, None, upto, {}), lanes, connected=connected)  # type: ignore[arg-type]

    for _ in range(10):  # nothing is said for long, and nothing is missing
        assert not away(7, 7, 7, after=1)
    assert not away(9, 7, 7)
    assert away(9, 7, 7, after=3.5)  # the relay does not go on
    assert not away(9, 8, 7)  # it does
    assert away(9, 8, 7, after=3.5)
    assert not away(9, 9, 8)  # and we do
    assert away(9, 9, 8, after=3.5)  # what it sent does not come
    assert not away(9, 9, 9)
    assert away(9, 9, 9, connected=False, after=3.5)
