"""What has arrived and is not in the views yet: in each lane in its order, whatever came twice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from shared.kafka.record import Arrived
from shared.store.source import Sealed

position = attrgetter("event.gpos")


@dataclass
class Lane:
    """Sorted, each position once; what comes before the reader's place is dropped."""

    arrived: list[Arrived] = field(default_factory=list)

    def put(self, one: Arrived) -> None:
        at = self._after(one.event.gpos - 1)
        if at == len(self.arrived) or self.arrived[at].event.gpos != one.event.gpos:
            self.arrived.insert(at, one)

    def run(self, stood: int, most: int) -> tuple[list[Sealed], int]:
        """What follows without a gap, and where it ends. Asking again answers the same."""
        del self.arrived[: self._after(stood)]
        found: list[Sealed] = []
        for one in self.arrived:
            if one.before > stood or len(found) >= most:
                break
            found.append(one.event)
            stood = one.event.gpos
        return found, stood

    def goes_on(self, stood: int) -> bool:
        """Whether more follows without a gap."""
        first = self._after(stood)
        return first < len(self.arrived) and self.arrived[first].before <= stood

    def gap(self, stood: int) -> bool:
        """Whether something waits for what has not come."""
        first = self._after(stood)
        return first < len(self.arrived) and self.arrived[first].before > stood

    def _after(self, gpos: int) -> int:
        if not self.arrived or self.arrived[-1].event.gpos <= gpos:
            return len(self.arrived)  # as almost always: they come in order
        return bisect_left(self.arrived, gpos + 1, key=position)


@dataclass
class Waiting:
    """All lanes that one follows, or has heard of."""

    lanes: dict[int, Lane] = field(default_factory=dict)

    def put(self, one: Arrived) -> None:
        self.lane(one.event.lane).put(one)

    def lane(self, number: int) -> Lane:
        if number not in self.lanes:
            self.lanes[number] = Lane()
        return self.lanes[number]

    def keep(self, numbers: Collection[int]) -> None:
        """Forget what others follow now."""
        self.lanes = {n: lane for n, lane in self.lanes.items() if n in numbers}

    def occupied(self) -> frozenset[int]:
        return frozenset(n for n, lane in self.lanes.items() if lane.arrived)

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Of each lane, how many wait."""
        return ((n, len(lane.arrived)) for n, lane in self.lanes.items())
