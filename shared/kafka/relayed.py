"""A sealed log as those see it who follow it by Kafka: how far it goes, and how far it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from shared.store.source import SealedLog

RELAY = "relay"  # as which the relay keeps its cursors
RELAYED = (
    "SELECT h.era, h.gpos, h.sealed_at, c.lane, c.gpos FROM published_head h "
    "LEFT JOIN lane_cursor c ON c.consumer = %s AND c.source = %s AND c.era = h.era"
)


class Relayed(NamedTuple):
    """Up to where a log is sealed and, of it, sent: with the last event sent in each lane."""

    era: int
    head: int
    sealed_at: datetime
    upto: int
    lanes: Mapping[int, int]


class RelayedLog(SealedLog):
    """The same log, asked beside for what its relay has sent."""

    def relayed(self) -> Relayed:
        rows = self._ask(RELAYED, (RELAY, self.name))
        era, head, sealed_at = rows[0][:3]
        lanes = {lane: gpos for *_, lane, gpos in rows if lane is not None}
        return Relayed(era, head, sealed_at, lanes.pop(-1, 0), lanes)
