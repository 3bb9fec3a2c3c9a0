"""Sequences set aside: whose events a view could not fold, visibly, until they are replayed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Cursor

from shared.store.rows import Rows
from shared.store.source import Source
from shared.store.told import Told
from shared.telemetry.words import Word

log = logging.getLogger("cosigne.projector")
Subject = tuple[UUID, UUID]


class Whose(NamedTuple):
    """A subject whose rows are folded again, from the events up to here in this source."""

    source: str
    era: int
    gpos: int
    tenant: UUID
    subject: UUID


@dataclass
class Batch:
    """What folding needs to know beside the events."""

    rows: Rows
    consumer: str
    source: Source
    again: Callable[[Whose], list[Told]]
    parked: set[Subject] = field(default_factory=set)
    again_from_start: bool = False  # a try: whoever asked for it hears how it ended


def parked(cursor: Cursor[Any], consumer: str, subjects: set[Subject]) -> set[Subject]:
    """Which of them are set aside. Until the transaction ends, nobody else takes them up again."""
    if not subjects:
        return set()
    tenants, persons = zip(*subjects, strict=True)
    cursor.execute(
        "SELECT tenant_id, subject_id FROM parked WHERE consumer = %s AND (tenant_id, subject_id) "
        "IN (SELECT * FROM unnest(%s::uuid[], %s::uuid[])) ORDER BY 1, 2 FOR UPDATE",
        (consumer, list(tenants), list(persons)),
    )
    return set(cursor.fetchall())


def parked_of(
    cursor: Cursor[Any], consumer: str, reason: str | None = None
) -> list[tuple[str, UUID, UUID]]:
    """Whose sequences wait, for any reason or for one: source, organisation, subject."""
    cursor.execute(
        "SELECT source, tenant_id, subject_id FROM parked WHERE consumer = %s "
        "AND reason = coalesce(%s, reason) ORDER BY parked_at",
        (consumer, reason),
    )
    return cursor.fetchall()


def reason_of(cursor: Cursor[Any], consumer: str, subject: Subject) -> str | None:
    """Why it is set aside; None when it is not. Held until the transaction ends."""
    cursor.execute(
        "SELECT reason FROM parked WHERE consumer = %s AND tenant_id = %s AND subject_id = %s "
        "FOR UPDATE",
        (consumer, *subject),
    )
    found = cursor.fetchone()
    return str(found[0]) if found else None


def park(cursor: Cursor[Any], batch: Batch, whose: Whose, offence: Exception) -> None:
    """Set this subject's sequence aside for this view, visibly, until it is replayed.

    The reason names the kind of fault only: what a fault says may quote someone's words.
    """
    batch.parked.add((whose.tenant, whose.subject))
    reason = type(offence).__name__
    level = logging.DEBUG if batch.again_from_start else logging.ERROR
    log.log(level, "parked a sequence of %s at %s: %s", Word(batch.consumer), whose.gpos, reason)
    cursor.execute(
        "INSERT INTO parked (consumer, source, era, tenant_id, subject_id, gpos, reason) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (
            batch.consumer,
            whose.source,
            whose.era,
            whose.tenant,
            whose.subject,
            whose.gpos,
            reason,
        ),
    )


def named(told: Told) -> Whose:
    return Whose(told.source, told.era, told.gpos, told.tenant, told.subject)
