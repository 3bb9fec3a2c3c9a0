"""A consumer is one version of one view: what it is called, and which events it wants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg

from shared.store.parking import Whose
from shared.store.rows import Rows
from shared.store.source import EVERY, Sealed, Wanted
from shared.store.told import TAKING_BACK, takes_back
from shared.store.views import View

TYPE = re.compile(rb'"type":"([a-z_.0-9]+)"')

# sorted, so that no two wait for each other
TAKE_LANES = """
SELECT pg_advisory_xact_lock(hashtext(%s), lane) FROM unnest(%s::int[]) AS u(lane)
"""


@dataclass(frozen=True)
class Consumer:
    """One version of one view, as the cursors know it."""

    view: View[Any]
    version: int

    @property
    def name(self) -> str:
        return f"{self.view.name}_v{self.version}"

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.view, self.version)

    def take(self, cursor: psycopg.Cursor[Any], lanes: Iterable[int]) -> None:
        """Until the transaction ends, nobody else writes rows of these lanes.

        A row of a view of several logs is told by each of them: two processes, each at another log,
        would both read it before either has written, and one would write over the other.
        """
        if len(self.view.sources) > 1 and (wanted := sorted(set(lanes))):
            cursor.execute(TAKE_LANES, (self.name, wanted))


def seen_by_readers(
    connection: psycopg.Connection[Any], views: Iterable[View[Any]]
) -> list[Consumer]:
    """The version of each view that readers see now."""
    versions = dict(connection.execute("SELECT name, active FROM view_version").fetchall())
    return [Consumer(v, versions[v.name]) for v in views if v.name in versions]


def whose(source: str, event: Sealed) -> Whose:
    return Whose(source, event.era, event.gpos, event.tenant_id, event.subject_id)


def wants(view: View[Any], event: Sealed) -> bool:
    """Whether a view listens to this event; what takes words back concerns every view."""
    name = stored_name(event.envelope)
    return view.wants(name) or takes_back(name)


def wanted_by(consumers: Iterable[Consumer], share: Wanted = EVERY) -> Wanted:
    """What a page for all of these must hold: left to the database, the rest is never sent."""
    names: set[str] = set(TAKING_BACK)
    for consumer in consumers:
        if consumer.view.listens is None:
            return share
        names |= consumer.view.listens
    return share._replace(names=tuple(sorted(names)))


def stored_name(envelope: bytes) -> str:
    """The type told by an envelope, found without decoding the rest (keys are sorted)."""
    found = TYPE.search(envelope)
    return found[1].decode() if found else ""
