"""Since when something is missing: in one lane, or altogether."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.kafka.relayed import Relayed

PATIENCE = 5.0  # seconds that a gap is waited for: what is late often comes
# less where nothing comes at all: a view of relations that is older than five lets nobody in
AWAY_SECONDS = 3.0


@dataclass
class Missing:
    """Clocks that begin when a lane is first seen to lack something at its place."""

    patience: float = PATIENCE
    lanes: dict[int, tuple[int, float]] = field(default_factory=dict)
    well: dict[str, float] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lanes)

    def overdue(self, lane: int, reached: int) -> bool:
        """Whether it has been lacking for too long; where the lane has moved on, time begins anew."""
        at, since = self.lanes.get(lane, (reached, time.monotonic()))
        if at != reached:
            since = time.monotonic()
        self.lanes[lane] = (reached, since)
        return time.monotonic() - since > self.patience

    def mended(self, lane: int, reached: int) -> None:
        """Gone on with at once, as long as it lacks something further on."""
        if lane in self.lanes:
            self.lanes[lane] = (reached, self.lanes[lane][1])

    def found(self, lane: int) -> None:
        self.lanes.pop(lane, None)

    def away(self, known: Relayed, stood: Mapping[int, int], *, connected: bool) -> bool:
        """Whether Kafka has brought nothing for long, though there was something to bring.

        No connection; or the log has gone on, and the relay has not; or the relay has, and no lane
        of anybody: a group that does not come together, for one.
        """
        now = time.monotonic()
        self._since("connected", connected, now)
        self._since("relayed", known.upto >= known.head or self._is_new("upto", known.upto), now)
        caught_up, total = min(stood.values()) >= known.upto, sum(stood.values())
        self._since("stood", self._is_new("total", total) or caught_up, now)
        return now - min(self.well.values()) > AWAY_SECONDS

    def _since(self, name: str, well: bool, now: float) -> None:
        if well or name not in self.well:
            self.well[name] = now

    def _is_new(self, name: str, value: int) -> bool:
        before, self.seen[name] = self.seen.get(name), value
        return before != value
