"""The ledger of what was acknowledged: what it says of a view is what was done to it."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bench.ledger import Ledger, compared

people = st.dictionaries(
    st.uuids(), st.integers(2, 8).map(lambda n: [f"event/{i}" for i in range(n)]), min_size=1
)
somewhere = st.data()


def told(people: dict[UUID, list[str]]) -> dict[UUID, list[str]]:
    """Every event is somebody's alone."""
    return {who: [f"{who}-{one}" for one in events] for who, events in people.items()}


@given(people.map(told))
def test_a_view_that_heard_everything_is_whole(ledger) -> None:
    found = compared(ledger, {who: tuple(events) for who, events in ledger.items()})
    assert found.whole
    assert found.acknowledged == found.held == sum(map(len, ledger.values()))


@given(people.map(told), somewhere)
def test_one_that_is_lost_doubled_or_displaced_is_counted_as_that(ledger, data) -> None:
    who = data.draw(st.sampled_from(sorted(ledger)))
    events = ledger[who]
    at = data.draw(st.integers(0, len(events) - 1))
    to = data.draw(st.integers(0, len(events)))
    without = events[:at] + events[at + 1 :]

    lost = compared(ledger, {**ledger, who: without})
    assert (lost.lost, lost.doubled, lost.out_of_order, lost.unknown) == (1, 0, 0, 0)

    doubled = compared(ledger, {**ledger, who: [*events[:to], events[at], *events[to:]]})
    assert (doubled.lost, doubled.doubled, doubled.unknown) == (0, 1, 0)

    last_first = compared(ledger, {**ledger, who: [events[-1], *events[:-1]]})
    assert (last_first.lost, last_first.doubled, last_first.out_of_order) == (0, 0, 1)


def test_somebody_elses_event_is_unknown(tmp_path) -> None:
    one, other = UUID(int=1), UUID(int=2)
    ledger = Ledger(tmp_path / "kept")
    ledger.acknowledged([(one, UUID(int=3), 1), (other, UUID(int=4), 1)])
    read = ledger.read()
    swapped = compared(read, {one: read[other], other: read[one]})
    assert (swapped.unknown, swapped.lost) == (2, 2)
    assert not swapped.whole
