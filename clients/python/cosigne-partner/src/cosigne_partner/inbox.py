"""Each event once, in order, none missing: webhooks tell early, the feed tells whole."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

from cosigne_partner.checkpoint import Checkpoint, Place
from cosigne_partner.event import Event, Strange
from cosigne_partner.feed import Feed

Handler = Callable[[Event, Any], None]


class Gap(NamedTuple):
    """From one sequence to another, both included, nothing was taken in yet."""

    first: int
    last: int


class Missing(Exception):
    """What comes before an event cannot be had yet: let the webhook be sent again."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(f"{gap.first} to {gap.last} are not there yet")
        self.gap = gap


class Taken(Enum):
    NOW = "now"
    BEFORE = "before"
    TOO_EARLY = "too early"


class Inbox:
    """`handle` is given each event, and the connection of the checkpoint where it has one.

    What it raises goes through: the event is not taken in then, and comes again.
    """

    def __init__(
        self,
        feed: Feed,
        checkpoint: Checkpoint,
        handle: Handler,
        *,
        on_gap: Callable[[Gap], None] = lambda _: None,
    ) -> None:
        self.feed, self.checkpoint = feed, checkpoint
        self._handle, self._on_gap = handle, on_gap

    def receive(self, event: Event) -> bool:
        """A verified webhook; whether it was new. Raises Missing, and what the feed raises."""
        if event.sequence is None:
            raise Strange("a webhook has a sequence")
        taken = self._take(event)
        if taken is not Taken.TOO_EARLY:
            return taken is Taken.NOW
        gap = Gap(self.checkpoint.place().sequence + 1, event.sequence - 1)
        if gap.first <= gap.last:
            self._on_gap(gap)
            self.repair(upto=gap.last)
        if self._take(event) is Taken.TOO_EARLY:
            raise Missing(Gap(self.checkpoint.place().sequence + 1, gap.last))
        return True  # now, or on the way: the feed told it as well

    def repair(self, *, upto: int | None = None, wait: int = 0) -> int:
        """Take in from the feed what no webhook brought; how many. Raises StartAgain and Refused."""
        new = 0
        while True:
            page = self.feed.after(self.checkpoint.place().event, wait=0 if new else wait)
            for event in page.events:
                taken = self._take(event)
                if taken is Taken.TOO_EARLY:
                    raise Strange(f"the feed has a hole before {event.sequence}")
                new += taken is Taken.NOW
            reached = upto is not None and self.checkpoint.place().sequence >= upto
            if not page.events or reached:
                return new

    def start_again(self) -> None:
        """Hand over what stands now, and go on from there; what was known may come once more."""
        cursor: str | None = None
        for events, cursor in self.feed.snapshot():  # noqa: B007 - the same on every page
            for event in events:
                with self.checkpoint.step() as step:
                    self._handle(event, step.connection)
        sequence = self.feed.event(cursor).sequence if cursor else 0
        with self.checkpoint.step() as step:
            step.place = Place(sequence or 0, cursor)

    def _take(self, event: Event) -> Taken:
        with self.checkpoint.step() as step:
            next_ = step.place.sequence + 1
            sequence = event.sequence or 0
            if sequence < next_:
                return Taken.BEFORE
            if sequence > next_:
                return Taken.TOO_EARLY
            self._handle(event, step.connection)
            step.place = Place(sequence, event.id)
            return Taken.NOW
