"""A page as one consumer passes it: what is new to it there, and where it stands afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.store.cursors import Cursors
from shared.store.source import LANES, Page, Sealed, Source, Wanted


@dataclass(frozen=True)
class Passed:
    """`count` positions further, `lanes` and `floor` once it has folded what is `fresh`.

    `partly`: others follow the other lanes, each of which is moved by whoever follows it.
    """

    source: Source
    known: Cursors
    fresh: Sequence[Sealed]
    count: int
    lanes: Mapping[int, int]
    floor: int
    partly: bool = False

    @classmethod
    def of(cls, source: Source, page: Page, known: Cursors, share: Wanted) -> Passed:
        fresh = [e for e in page.events if not known.seen(e.lane, e.gpos)]
        if page.lanes is not None:
            return cls.by_lane(source, page.lanes, known, fresh)
        if share.shares == 1:
            lanes = {e.lane: e.gpos for e in fresh}
            return cls(source, known, fresh, page.upto - known.floor, lanes, page.upto)
        # nobody who follows some lanes may raise the floor of all: each of its lanes is moved
        lanes = {lane: max(page.upto, known.at(lane)) for lane in share.lanes}
        count = page.upto - known.least(share.lanes)
        return cls(source, known, fresh, count, lanes, known.floor)

    @classmethod
    def by_lane(
        cls, source: Source, reached: Mapping[int, int], known: Cursors, fresh: Sequence[Sealed]
    ) -> Passed:
        """Where all lanes are followed, idle ones need no writing: the floor says it for them."""
        if len(reached) == LANES:
            lanes = {e.lane: e.gpos for e in fresh}
            floor = max(known.floor, min(reached.values()))
            return cls(source, known, fresh, len(fresh) or floor - known.floor, lanes, floor)
        lanes = {lane: gpos for lane, gpos in reached.items() if gpos > known.at(lane)}
        return cls(source, known, fresh, len(fresh) or len(lanes), lanes, known.floor, partly=True)
