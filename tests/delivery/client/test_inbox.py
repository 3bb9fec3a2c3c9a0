"""Whatever becomes of webhooks on their way, each event is handed over once, and in order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosigne_partner import Event, FileCheckpoint, Gap, Inbox, Missing, Page, Place


def event(sequence):
    return Event.of(
        {
            "specversion": "1.0",
            "id": str(UUID(int=sequence)),
            "source": "urn:cosigne:x:subscription:y",
            "type": "org.cosigne.delivery.test.v1",
            "time": "2026-01-01T00:00:00Z",
            "sequence": str(sequence).zfill(20),
            "data": {},
        }
    )


@dataclass
class Log:
    """What a feed answers from, for laws that need a thousand of them."""

    last: int
    asked: int = 0

    def after(self, known, *, limit=100, wait=0):
        self.asked += 1
        begin = UUID(known).int if known else 0
        told = range(begin + 1, min(self.last, begin + 3) + 1)
        return Page(tuple(map(event, told)), self.last, 0, 1)


class Kept:
    """A place in memory."""

    def __init__(self):
        self.kept = Place()

    def place(self):
        return self.kept

    def step(self):
        return self

    def __enter__(self):
        from cosigne_partner.checkpoint import Step

        self.now = Step(self.kept)
        return self.now

    def __exit__(self, kind, *_):
        if kind is None:
            self.kept = self.now.place


@given(st.lists(st.integers(1, 30), max_size=60))
def test_lost_doubled_and_out_of_order_they_still_come_once_in_order_and_whole(arriving):
    seen, log = [], Log(last=max(arriving, default=0))
    inbox = Inbox(log, Kept(), lambda e, _: seen.append(e.sequence))
    for sequence in arriving:
        known = set(seen)
        assert inbox.receive(event(sequence)) == (sequence not in known)
        assert seen == list(range(1, len(seen) + 1))
    log.last = 30
    inbox.repair()
    assert seen == list(range(1, 31))


def test_in_order_nothing_is_asked_of_the_feed():
    log = Log(last=3)
    inbox = Inbox(log, Kept(), lambda *_: None)
    assert [inbox.receive(event(n)) for n in (1, 2, 2, 3)] == [True, True, False, True]
    assert log.asked == 0


def test_a_gap_is_told_and_what_cannot_be_had_yet_is_to_be_sent_again():
    gaps, seen = [], []
    log = Log(last=2)  # behind for a moment
    inbox = Inbox(log, Kept(), lambda e, _: seen.append(e.sequence), on_gap=gaps.append)
    with pytest.raises(Missing) as missing:
        inbox.receive(event(5))
    assert (gaps, missing.value.gap, seen) == ([Gap(1, 4)], Gap(3, 4), [1, 2])
    log.last = 5
    assert inbox.receive(event(5))
    assert seen == [1, 2, 3, 4, 5]


def test_what_could_not_be_handled_comes_again(tmp_path):
    place, seen = FileCheckpoint(tmp_path / "place.json"), []

    def handle(one, _):
        if one.sequence == 2 and not broken:
            broken.append(1)
            raise RuntimeError
        seen.append(one.sequence)

    broken = []
    inbox = Inbox(Log(last=3), place, handle)
    with pytest.raises(RuntimeError):
        inbox.repair()
    assert (seen, place.place().sequence) == ([1], 1)
    assert Inbox(Log(last=3), FileCheckpoint(place.path), handle).repair() == 2
    assert seen == [1, 2, 3]
    assert json.loads(place.path.read_text()) == {"sequence": 3, "event": event(3).id}
    assert [file.name for file in tmp_path.iterdir()] == ["place.json"]
