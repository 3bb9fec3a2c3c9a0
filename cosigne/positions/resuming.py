"""Sealing goes on after a restore; what follows the logs keeps its place, or begins again.

A restored log that knows less than was listed gives up what came after: it begins a new era. Rows of
views that went back with it are as they should be: their cursors are carried over into the new era.
Rows that know more than the log were made of what was given up: they are made anew from its start.
"""

from __future__ import annotations

from collections.abc import Iterator
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
SELECT consumer, source, %(next)s, lane, least(gpos, %(head)s) FROM lane_cursor
 WHERE source = %(source)s AND era = %(era)s AND consumer <> %(relay)s
ON CONFLICT DO NOTHING
"""
CARRY_PARKED = """
UPDATE parked SET era = %(next)s, gpos = least(gpos, %(head)s)
 WHERE source = %(source)s AND era = %(era)s
"""
AHEAD = """
SELECT DISTINCT consumer FROM lane_cursor
 WHERE source = %(source)s AND consumer <> %(relay)s
   AND (era > %(era)s OR era = %(era)s AND gpos > %(head)s)
"""
SEEN = """
SELECT era, max(gpos) FROM lane_cursor WHERE source = %s AND era >= %s GROUP BY era
"""


@dataclass(frozen=True, slots=True)
class WentOn:
    """One service: in which era, how many listed positions it gave up, which views begin again."""

    service: str
    era: int
    given_up: int
    begun_again: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known outside of one log: `lacking` positions did not come back, the era is at least this."""

    lacking: int
    era: int


def go_on(settings: Settings, kept: PositionsList, *, give_up: bool) -> list[WentOn]:
    """To be done before anything else runs on what was restored.

    Raises Refused where a log is not what was listed, or, unless they may be given up, knows fewer.
    """
    found = [(one, known_of(settings, one, kept)) for one in check(settings, kept)]
    for one, known in found:
        if one.wrong:
            raise Refused("positions.altered", service=one.service, place=one.wrong[0])
        if known.lacking and not give_up:
            raise Refused("positions.lacking", service=one.service, count=known.lacking)
    return [one_goes_on(settings, one, known) for one, known in found]


def known_of(settings: Settings, one: Checked, kept: PositionsList) -> Known:
    """By the list, by Kafka's fence, and by the rows of services that were restored from elsewhere."""
    told = [(line.era, line.gpos) for line in kept.all() if line.service == one.service]
    if settings.kafka is not None:
        published = fences(Cluster(settings.kafka))
        told += [(era, gpos) for (name, era), gpos in published.items() if name == one.service]
    for follower in plans():
        with connect(settings.conninfo(follower, "reader")) as reader:
            told += reader.execute(SEEN, (one.service, one.era)).fetchall()
    later = [(era, gpos) for era, gpos in told if era >= one.era]
    furthest = max((gpos for _, gpos in later), default=0)
    return Known(max(0, furthest - one.head), max((era for era, _ in later), default=one.era))


def one_goes_on(settings: Settings, one: Checked, known: Known) -> WentOn:
    if not (known.lacking or known.era > one.era):
        let_seal(settings, one.service, one.head)
        return WentOn(one.service, one.era, 0, ())
    # an era is never used twice: whoever followed one would take the other for it
    following = known.era + 1
    again = [name for f in plans() for name in followed_again(settings, f, one, following)]
    with connect(settings.conninfo(one.service, "owner")) as owner, owner.transaction():
        for _ in range(following - one.era):
            owner.execute("SELECT new_era()")
    let_seal(settings, one.service, 0)
    return WentOn(one.service, following, known.lacking, tuple(again))


def let_seal(settings: Settings, service: str, fence: int) -> None:
    try:
        resume(settings.conninfo(service, "sealer"), fence)
    except Unanchored as reason:
        raise Refused("positions.elsewhere", service=service, reason=reason) from reason


def followed_again(
    settings: Settings, follower: str, one: Checked, following: int
) -> Iterator[str]:
    """What this service keeps of that log: carried over, or emptied where it knows too much."""
    told = {
        "source": one.service,
        "era": one.era,
        "head": one.head,
        "next": following,
        "relay": RELAY,
    }
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
