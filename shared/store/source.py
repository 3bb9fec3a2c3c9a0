"""The source port: sealed events of a service, in one order, for whoever builds views from them.

Two adapters: the sealed log of a service read directly (the embedded default, here), and Kafka.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import psycopg
from psycopg.types.string import ByteaBinaryLoader

from shared.postgres.pool import connect

LANES = 64


def lane_of(tenant: UUID, subject: UUID) -> int:
    """As the sealer works it out: what is of one person stays in one lane."""
    return sha256(tenant.bytes + subject.bytes).digest()[0] % LANES


class Sealed(NamedTuple):
    """One row of a service's `published` log, undecoded: envelope in clear, body encrypted."""

    gpos: int
    era: int
    tenant_id: UUID
    position: int
    lane: int
    stream_id: UUID
    version: int
    subject_id: UUID
    envelope: bytes
    body: bytes | None
    leaf: bytes


class Wanted(NamedTuple):
    """Which events of a page are asked for: of these names, of one share of the lanes.

    A name is a stored one (`plans.goal_agreed`), or a kind, of whichever service (`goal_agreed`).
    """

    names: tuple[str, ...] | None = None
    share: int = 0
    shares: int = 1

    @property
    def lanes(self) -> range:
        return range(self.share, LANES, self.shares)


class Page(NamedTuple):
    """Events after a position, and how far the log went when they were read.

    `upto`: how far this page looked, whether or not anything was wanted there. `sealed_at`: when
    the sealer last looked; with the whole log seen, so is all that was acknowledged before then.
    `lanes`: where each lane was looked at on its own, how far. `again`: others may have moved on
    from where the reader stood, who should look there again.
    """

    events: Sequence[Sealed]
    era: int
    head: int
    sealed_at: datetime
    upto: int
    lanes: Mapping[int, int] | None = None
    again: bool = False


EVERY = Wanted()


class Source(Protocol):
    """What a consumer needs of another service, or of its own."""

    name: str

    def head(self) -> Page:
        """How far the log goes, without events."""
        ...

    def page(self, after: int, limit: int, wanted: Wanted = EVERY) -> Page:
        """What is wanted of the next `limit` positions."""
        ...

    def follow(self, stood: Mapping[int, int], limit: int, wanted: Wanted = EVERY) -> Page:
        """What comes next for one who stands at these positions, one for each lane."""
        ...

    def of_subject(self, tenant: UUID, subject: UUID, upto: int) -> Sequence[Sealed]:
        """All events of a subject up to a position, in order."""
        ...

    def close(self) -> None: ...


HEAD = "SELECT era, gpos, sealed_at FROM published_head"
COLUMNS = (
    "gpos, era, tenant_id, position, lane, stream_id, version, subject_id, "
    "envelope::text, body, leaf"
)
PAGE = f"""
SELECT {COLUMNS} FROM published
 WHERE gpos > %s AND gpos <= %s AND lane %% %s = %s
   AND (%s::text[] IS NULL OR (
     SELECT ARRAY[name, split_part(name, '.', 2)] && %s::text[]
       FROM (SELECT envelope ->> 'type' OFFSET 0) AS stored (name)))
 ORDER BY gpos
"""
SUBJECT = (
    f"SELECT {COLUMNS} FROM published WHERE gpos = ANY("
    "SELECT gpos FROM subject_log WHERE tenant_id = %s AND subject_id = %s AND gpos <= %s) "
    "ORDER BY gpos"
)
# as the version of the index that is read has it: a rebuild may have swapped it
INDEXED = (
    "SELECT coalesce(max(c.gpos), 0) FROM lane_cursor c "
    "JOIN view_version v ON c.consumer = v.name || '_v' || v.active "
    "WHERE v.name = 'subject_log' AND c.lane < 0"
)


class BehindError(Exception):
    """The index by subject has not come as far as was asked for: ask again shortly."""


class SealedLog:
    """Reads a service's `published` view through the relay (or its own reader) role."""

    def __init__(self, name: str, conninfo: str) -> None:
        self.name = name
        self._conninfo = conninfo
        self._connection: psycopg.Connection[Any] | None = None
        self._head: Page | None = None

    def __reduce__(self) -> tuple[type[SealedLog], tuple[str, str]]:
        """Sent to another process it is the same source, with a connection of its own."""
        return SealedLog, (self.name, self._conninfo)

    def head(self) -> Page:
        era, head, sealed_at = self._ask(HEAD, ())[0]
        self._head = Page((), era, head, sealed_at, head)
        return self._head

    def page(self, after: int, limit: int, wanted: Wanted = EVERY) -> Page:
        """From the head asked for last, so that a page and its head belong together."""
        known = self._head or self.head()
        self._head = None
        upto = max(after, min(known.head, after + limit))
        names = None if wanted.names is None else list(wanted.names)
        asked = (after, upto, wanted.shares, wanted.share, names, names)
        rows = self._ask(PAGE, asked) if upto > after else []
        return known._replace(events=[Sealed._make(r) for r in rows], upto=upto)

    def follow(self, stood: Mapping[int, int], limit: int, wanted: Wanted = EVERY) -> Page:
        return self.page(min(stood[lane] for lane in wanted.lanes), limit, wanted)

    def of_subject(self, tenant: UUID, subject: UUID, upto: int) -> Sequence[Sealed]:
        """Raises BehindError while the source's own index by subject is below `upto`."""
        if self._ask(INDEXED, ())[0][0] < upto:
            raise BehindError(self.name)
        return [Sealed._make(r) for r in self._ask(SUBJECT, (tenant, subject, upto))]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._conninfo)
            # on paper a page may cost so much that it would be compiled, for longer than it takes
            self._connection.execute("SET jit = off")
            # text as the bytes that were stored: nobody here reads it as a string
            self._connection.adapters.register_loader("text", ByteaBinaryLoader)
        cursor = self._connection.cursor(binary=True)
        return cursor.execute(statement, values).fetchall()
