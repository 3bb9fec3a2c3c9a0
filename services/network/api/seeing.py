"""Her map as JSON, for whoever she shows it to; to all others there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from flask import Response

from services.network.api.telling import shown
from services.network.domain.commands import OnTheMap
from services.network.domain.network import Network
from services.network.domain.said import local_day
from services.network.domain.seeing import Seen, through
from shared.access.eyes import Eyes, eyes_of
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import Act, NotFound


def stream_of(person: UUID) -> UUID:
    """The one stream of a person's network."""
    return uuid5(person, "network")


def on(desk: Desk, act: Act) -> dict[str, Any]:
    """What every command on her map begins with."""
    return {"act": act, "stream": stream_of(act.subject), "today": desk.today(act.tenant)}


@dataclass(frozen=True, slots=True)
class Read:
    """Her whole map, and what of it the reader sees."""

    state: Network
    eyes: Eyes
    seen: Seen
    zone: ZoneInfo
    today: date

    def day(self, asked: date | None) -> date:
        """The day that is asked for: no map is told of a day that has not come."""
        return self.today if asked is None else min(asked, self.today)

    @property
    def first(self) -> date:
        """The first day of what is seen; today while there is nothing."""
        span = self.seen.map.span
        return self.today if span is None else local_day(span[0], self.zone)

    def as_of(self, day: date) -> Network:
        return self.seen.map.as_of(day, self.zone)


def read_for(desk: Desk, reader: Reader, person: UUID) -> Read:
    """Raises the same NotFound for a map nobody began and for one that is not shown."""
    stream = stream_of(person)
    try:
        state = desk.ledger.load(Network, reader.tenant, stream, person)
    except NotFound:
        if not reader.is_self:
            raise
        state = Network(stream)
    zone = desk.zone(reader.tenant)
    eyes, now = Eyes(reader.party, reader.standing.kind), desk.clock().astimezone(zone).date()
    seen = through(state, eyes, now)
    if seen is None:
        raise NotFound("stream.unknown")
    return Read(state, eyes, seen, zone, now)


def decided(desk: Desk, command: OnTheMap) -> Response:
    """The ledger decides; whoever noted something for her sees no more than she shows them."""
    act = command.act
    try:
        done = desk.execute(Network, command)
    except NotFound as unknown:
        if unknown.code == "stream.unknown" and act.actor != act.subject:
            # whether she has begun a map is hers to tell: answered as an empty one would be
            Network(command.stream).decide(command)
        raise
    eyes = eyes_of(act, act.actor)
    seen = through(done.state, eyes, command.today) or Seen(Network(done.state.id))
    body = shown(act.subject, done.state, eyes, seen, seen.map, command.today)
    if eyes.hers:
        return desk.answer(done, body)
    return desk.answer_read({**body, "entries": [f.id for f in done.facts]}, status=201)
