"""Sealing goes on after a restore; what follows the logs keeps its place, or begins again.

A restored log that knows less than was listed gives up what came after: it begins a new era. Rows of
views that went back with it are as they should be: their cursors are carried over into the new era.
Rows that know more than the log were made of what was given up: they are made anew from its start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from cosigne.plans import plans
from cosigne.positions.checked import Checked, check
from cosigne.positions.listed import PositionsList
from shared.kafka.cluster import Cluster
from shared.kafka.fence import fences
from shared.kafka.relayed import RELAY
from shared.kernel import Refused
from shared.postgres.pool import Connection, connect
from shared.settings import Settings
from shared.store.sealer import Unanchored, resume

# the relay keeps none: whoever follows by Kafka is told everything again in the new era
CARRY = """
INSERT INTO lane_cursor (consumer, source, era, lane, gpos)
SELECT consumer, source, era + 1, lane, least(gpos, %(head)s) FROM lane_cursor
 WHERE source = %(source)s AND era = %(era)s AND consumer <> %(relay)s
ON CONFLICT DO NOTHING
"""
CARRY_PARKED = """
UPDATE parked SET era = era + 1, gpos = least(gpos, %(head)s)
 WHERE source = %(source)s AND era = %(era)s
"""
AHEAD = """
SELECT DISTINCT consumer FROM lane_cursor
 WHERE source = %(source)s AND era = %(era)s AND gpos > %(head)s AND consumer <> %(relay)s
"""


@dataclass(frozen=True, slots=True)
class WentOn:
    """One service: in which era, how many listed positions it gave up, which views begin again."""

    service: str
    era: int
    given_up: int
    begun_again: tuple[str, ...]


def go_on(settings: Settings, kept: PositionsList, *, give_up: bool) -> list[WentOn]:
    """To be done before anything else runs on what was restored.

    Raises Refused where a log is not what was listed, or, unless they may be given up, knows fewer.
    """
    found = check(settings, kept)
    published = published_of(settings)
    for one in found:
        if one.wrong:
            raise Refused("positions.altered", service=one.service, place=one.wrong[0])
        if lacking(one, published) and not give_up:
            raise Refused("positions.lacking", service=one.service, count=lacking(one, published))
    return [one_goes_on(settings, one, lacking(one, published)) for one in found]


def published_of(settings: Settings) -> Mapping[tuple[str, int], int]:
    return fences(Cluster(settings.kafka)) if settings.kafka is not None else {}


def lacking(one: Checked, published: Mapping[tuple[str, int], int]) -> int:
    """How many positions somebody outside knows of that are not here."""
    return max(one.beyond, published.get((one.service, one.era), 0) - one.head)


def one_goes_on(settings: Settings, one: Checked, count: int) -> WentOn:
    begun_again: list[str] = []
    if count:
        for follower in plans():
            begun_again += followed_again(settings, follower, one)
        with connect(settings.conninfo(one.service, "owner")) as owner:
            owner.execute("SELECT new_era()")
    try:
        resume(settings.conninfo(one.service, "sealer"), 0 if count else one.head)
    except Unanchored as reason:
        raise Refused("positions.elsewhere", service=one.service, reason=reason) from reason
    return WentOn(one.service, one.era + bool(count), count, tuple(begun_again))


def followed_again(settings: Settings, follower: str, one: Checked) -> Iterator[str]:
    """What this service keeps of that log: carried over, or emptied where it knows too much."""
    told = {"source": one.service, "era": one.era, "head": one.head, "relay": RELAY}
    with of(settings, follower) as reader:
        ahead = {name for (name,) in reader.execute(AHEAD, told).fetchall()}
        reader.execute(CARRY, told)
        reader.execute(CARRY_PARKED, told)
        for view in plans()[follower].all_views:
            for name in sorted(n for n in ahead if n.rpartition("_v")[0] == view.name):
                reader.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
                reader.execute("DELETE FROM lane_cursor WHERE consumer = %s", (name,))
                reader.execute("DELETE FROM parked WHERE consumer = %s", (name,))
                yield f"{follower}.{name}"


@contextmanager
def of(settings: Settings, service: str) -> Iterator[Connection]:
    """One transaction of whoever keeps the views."""
    with connect(settings.conninfo(service, "reader")) as reader, reader.transaction():
        yield reader
