"""Asking the trail: filters, page after page, however long it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.entry import Entry
from services.reporting.views.alone import DECIDED, LOOKED, TABS
from services.reporting.views.trail import TrailRow, entry_of
from shared.kernel import Invalid
from shared.store.codec import dumps
from shared.store.views import columns

CHUNK = 500
FURTHER = 4  # times as many where those asked for were not enough
COLUMNS = columns(TrailRow)
# most are what they are: on a page, asking each of each row would cost more than the rows
TURNED = [(place, c.get) for place, c in enumerate(COLUMNS) if c.element is not None]
NAMES = ", ".join(c.name for c in COLUMNS)
# whoever asked for all to be erased is hidden until then, from those who review everybody as well
NOT_HIDDEN = (
    "NOT EXISTS (SELECT FROM relations r WHERE r.tenant_id = trail.tenant_id "
    "AND r.subject_id = trail.subject_id AND r.kind = 'erasure' AND r.ended_at IS NULL)"
)
BY_RECORDING, BY_LIFE = "recorded_at", "occurred_at"
Ask = Callable[[Callable[[Connection[Any]], list[Entry]]], list[Entry]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of the trail is asked for; None and empty stand for no filter.

    `reach` are the persons a reviewer may look at (None: everyone of the organisation).
    `apart_from_looks`: what was done, without who looked at it.
    """

    person: UUID | None = None
    entry: UUID | None = None
    tab: str | None = None
    stream: UUID | None = None
    decisions: bool = False
    author: UUID | None = None
    actor: UUID | None = None
    contributor: UUID | None = None
    part: str | None = None
    attestation: str | None = None
    type: str | None = None
    service: str | None = None
    site: UUID | None = None
    programme: UUID | None = None
    recorded_from: datetime | None = None
    recorded_until: datetime | None = None
    occurred_from: datetime | None = None
    occurred_until: datetime | None = None
    looks: bool = False
    apart_from_looks: bool = False
    reach: tuple[UUID, ...] | None = None
    by: str = BY_RECORDING
    newest_first: bool = False

    def conditions(self) -> tuple[list[str], list[Any]]:
        """The WHERE of these filters and its values."""
        plain = [
            ("subject_id = %s", self.person),
            ("entry = %s", self.entry),
            ("stream = %s", self.stream),
            ("author = %s", self.author),
            ("actor = %s", self.actor),
            ("type = %s", self.type),
            ("source = %s", self.service),
            ("site = %s", self.site),
            ("programme = %s", self.programme),
            ("recorded_at >= %s", self.recorded_from),
            ("recorded_at < %s", self.recorded_until),
            ("occurred_at >= %s", self.occurred_from),
            ("occurred_at < %s", self.occurred_until),
            ("subject_id = ANY(%s)", None if self.reach is None else list(self.reach)),
            ("contributors @> %s::jsonb", self.took_part()),
        ]
        asked = [(condition, value) for condition, value in plain if value is not None]
        # as the partial indexes have them, and no parameter: else they could not be used
        apart = [c for c, wanted in ((DECIDED, self.decisions), (LOOKED, self.looks)) if wanted]
        if self.apart_from_looks:
            apart.append(f"NOT {LOOKED}")
        if self.tab:
            apart.append(TABS[self.tab])
        return [*(c for c, _ in asked), *apart], [v for _, v in asked]

    def took_part(self) -> str | None:
        """One contributor who fits all that is asked of contributors, attested as it stands now."""
        wanted = {
            "party": str(self.contributor) if self.contributor else None,
            "part": self.part,
            "now": self.attestation,
        }
        said = {key: value for key, value in wanted.items() if value is not None}
        return dumps({"all": [said]}) if said else None


def rows(
    connection: Connection[Any], tenant: UUID, asked: Asked, after: UUID | None, most: int
) -> list[Entry]:
    """At most so many entries after one of them, in the order that was asked for."""
    conditions, values = asked.conditions()
    order = (asked.by, "source", "position")
    down, beyond = ("DESC", "<") if asked.newest_first else ("ASC", ">")
    if after is not None:
        # the place is looked up, so that a cursor carries no hour of anybody's
        conditions.append(f"({', '.join(order)}) {beyond} (%s, %s, %s)")
        values += place_of(connection, tenant, after, asked.by)
    if asked.person is None:
        conditions.append(NOT_HIDDEN)
    where = " AND ".join(["tenant_id = %s", *conditions])
    by = ", ".join(f"{name} {down}" for name in order)
    statement = f"SELECT {NAMES} FROM trail WHERE {where} ORDER BY {by} LIMIT %s"
    found = connection.execute(statement, (tenant, *values, most))
    return [entry_of(row_from(row)) for row in found.fetchall()]


def place_of(connection: Connection[Any], tenant: UUID, entry: UUID, by: str) -> Sequence[Any]:
    """Raises Invalid for a place that is no longer there: its person was erased meanwhile."""
    found = connection.execute(
        f"SELECT {by}, source, position FROM trail WHERE tenant_id = %s AND entry = %s",
        (tenant, entry),
    ).fetchone()
    if found is None:
        raise Invalid("page.unknown_cursor", field="cursor")
    place: Sequence[Any] = found
    return place


def entries(connection: Connection[Any], tenant: UUID, ids: Collection[UUID]) -> list[Entry]:
    """These entries, where they exist here."""
    if not ids:
        return []
    statement = f"SELECT {NAMES} FROM trail WHERE tenant_id = %s AND entry = ANY(%s)"
    found = connection.execute(statement, (tenant, list(ids)))
    return [entry_of(row_from(row)) for row in found.fetchall()]


HERS = (
    "WHERE tenant_id = %s AND subject_id = %s "
    "AND source IN ('assessment', 'network', 'plans') AND type NOT LIKE '%%.record_read'"
)


def so_far(connection: Connection[Any], tenant: UUID, person: UUID) -> tuple[int, datetime | None]:
    """How much of her story there is: it only grows, also when words of it are taken back."""
    statement = f"SELECT count(*), max(recorded_at) FROM trail {HERS}"
    count, last = connection.execute(statement, (tenant, person)).fetchone() or (0, None)
    return count, last


def hers(connection: Connection[Any], tenant: UUID, person: UUID) -> list[Entry]:
    """Her own story in the order in which it was recorded: what says to whom it is shown."""
    statement = f"SELECT {NAMES} FROM trail {HERS} ORDER BY recorded_at, source, position"
    found = connection.execute(statement, (tenant, person))
    return [entry_of(row_from(row)) for row in found.fetchall()]


def all_of(
    ask: Ask, tenant: UUID, asked: Asked, after: UUID | None = None, first: int = CHUNK
) -> Iterator[list[Entry]]:
    """Chunk after chunk, each in a transaction of its own: a slow reader holds nothing up.

    `first`: how many may be enough; more are asked for only where they were not.
    """
    size, last = min(first, CHUNK), after
    while True:
        found = ask(partial(rows, tenant=tenant, asked=asked, after=last, most=size))
        if found:
            yield found
        if len(found) < size:
            return
        size, last = min(CHUNK, FURTHER * size), found[-1].id


def row_from(values: Sequence[Any]) -> TrailRow:
    told = list(values)
    for place, get in TURNED:
        told[place] = get(told[place])
    return TrailRow(*told)
