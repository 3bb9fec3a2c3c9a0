"""How far a consumer has come in a source: one cursor a lane, moved with the rows it wrote.

A lane's row guards against a second worker (moved only from the value that was read); the floor
(lane -1) says that every lane has come at least so far, so that idle lanes need no writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from psycopg import Cursor

from shared.store.source import LANES, Page

FLOOR = -1


class OvertakenError(Exception):
    """Another worker moved these lanes meanwhile: roll back and read the cursors again."""


@dataclass(frozen=True)
class Cursors:
    consumer: str
    source: str
    era: int
    floor: int
    lanes: Mapping[int, int]

    def seen(self, lane: int, gpos: int) -> bool:
        return gpos <= self.at(lane)

    def at(self, lane: int) -> int:
        return max(self.floor, self.lanes.get(lane, 0))

    def least(self, lanes: Iterable[int]) -> int:
        """How far all of these lanes have come."""
        return min(self.at(lane) for lane in lanes)


def read(cursor: Cursor[Any], consumer: str, source: str, era: int) -> Cursors:
    cursor.execute(
        "SELECT lane, gpos FROM lane_cursor WHERE consumer = %s AND source = %s AND era = %s",
        (consumer, source, era),
    )
    lanes = dict(cursor.fetchall())
    return Cursors(consumer, source, era, lanes.pop(FLOOR, 0), lanes)


VIEW_AT = """
SELECT c.gpos FROM lane_cursor c JOIN view_version v ON c.consumer = v.name || '_v' || v.active
 WHERE v.name = %s AND c.source = %s AND c.era = %s AND c.lane = -1
"""
MOVE = """
INSERT INTO lane_cursor AS c (consumer, source, era, lane, gpos)
SELECT %s, %s, %s, lane, gpos FROM unnest(%s::smallint[], %s::bigint[], %s::bigint[])
       AS u(lane, gpos, old)
ON CONFLICT (consumer, source, era, lane) DO UPDATE SET gpos = EXCLUDED.gpos
 WHERE c.gpos = (SELECT old FROM unnest(%s::smallint[], %s::bigint[]) AS o(lane, old)
                  WHERE o.lane = c.lane)
"""
RAISE_FLOOR = """
INSERT INTO lane_cursor AS c (consumer, source, era, lane, gpos) VALUES (%s, %s, %s, -1, %s)
ON CONFLICT (consumer, source, era, lane) DO UPDATE SET gpos = greatest(c.gpos, EXCLUDED.gpos)
"""


def move(cursor: Cursor[Any], known: Cursors, lanes: Mapping[int, int], floor: int) -> Cursors:
    """Move these lanes and raise the floor, in the caller's transaction; where they stand then.

    Raises OvertakenError when a lane no longer stands where it was read.
    """
    where = (known.consumer, known.source, known.era)
    if lanes:
        touched = list(lanes)
        old = [known.lanes.get(lane, 0) for lane in touched]
        cursor.execute(MOVE, (*where, touched, list(lanes.values()), old, touched, old))
        if cursor.rowcount != len(touched):
            raise OvertakenError(known.consumer)
    cursor.execute(RAISE_FLOOR, (*where, floor))
    return replace(known, lanes={**known.lanes, **lanes}, floor=max(known.floor, floor))


def together(known: Iterable[Cursors]) -> dict[int, int]:
    """Where the one furthest behind stands, in each lane."""
    several = list(known)
    return {lane: min(one.at(lane) for one in several) for lane in range(LANES)}


def level(cursor: Cursor[Any], known: Cursors) -> Cursors:
    """Raise the floor to where all lanes are, whoever moved them: they are read again."""
    stands = read(cursor, known.consumer, known.source, known.era)
    least = stands.least(range(LANES))
    return move(cursor, stands, {}, least) if least > stands.floor else stands


def freshen(cursor: Cursor[Any], consumer: str, source: str, page: Page) -> None:
    """Everything the source sealed before the page was read is in this consumer's rows."""
    cursor.execute(
        "INSERT INTO caught_up AS c (consumer, source, era, gpos, sealed_at) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (consumer, source) DO UPDATE "
        "SET era = EXCLUDED.era, gpos = EXCLUDED.gpos, sealed_at = EXCLUDED.sealed_at "
        "WHERE c.sealed_at < EXCLUDED.sealed_at",
        (consumer, source, page.era, page.head, page.sealed_at),
    )


def view_at(cursor: Cursor[Any], view: str, source: str, era: int) -> int:
    """How far a view, as it is read now, has followed a log."""
    found = cursor.execute(VIEW_AT, (view, source, era)).fetchone()
    return int(found[0]) if found else 0
