"""Whose events get no place for now: what could not be placed is set aside, and all that follows it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import Cursor

from services.delivery.views.consented import DECIDING
from shared.store.cipher import Tampered
from shared.store.codec import Undecodable
from shared.store.key_files import LostKey
from shared.store.source import Sealed

CONSUMER = "places"
# what is wrong with an event, and not with what it goes through
FAULTS = (
    Tampered, Undecodable, LostKey, KeyError, ValueError, TypeError, AttributeError,
    psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError,
)  # fmt: skip
# why another one waits: for an earlier event of hers, or for a view by which it is decided
EARLIER, VIEW = "EarlierEvent", "ParkedView"
VIEWS = (*DECIDING, "subscriptions")
# the first of hers in each log: a page may be looked at again from before the one that failed
ASIDE = f"""
INSERT INTO parked AS p (consumer, source, era, tenant_id, subject_id, gpos, reason)
VALUES ('{CONSUMER}', %s, %s, %s, %s, %s, %s)
ON CONFLICT (consumer, source, tenant_id, subject_id) DO UPDATE SET era = EXCLUDED.era,
  gpos = CASE WHEN p.era = EXCLUDED.era THEN least(p.gpos, EXCLUDED.gpos) ELSE EXCLUDED.gpos END
"""
HELD = f"""
SELECT tenant, person,
  EXISTS (SELECT FROM parked p WHERE p.consumer = '{CONSUMER}' AND p.tenant_id = tenant
    AND p.subject_id = person),
  EXISTS (SELECT FROM parked p JOIN view_version v ON p.consumer = v.name || '_v' || v.active
    WHERE v.name = ANY(%s) AND p.tenant_id = tenant AND p.subject_id IN (person, tenant))
  FROM unnest(%s::uuid[], %s::uuid[]) AS u (tenant, person) WHERE EXISTS (SELECT FROM parked)
"""
ALL = f"""
SELECT DISTINCT tenant_id, subject_id FROM parked WHERE consumer = '{CONSUMER}' ORDER BY 1, 2
"""
OF_ONE = f"""
SELECT source, era, gpos FROM parked
 WHERE consumer = '{CONSUMER}' AND tenant_id = %s AND subject_id = %s ORDER BY source
"""
# what mends itself: a key that was lost may be back, and a view that waited for it
FREED = f"""
SELECT DISTINCT tenant_id, subject_id FROM parked o
 WHERE consumer = '{CONSUMER}' AND reason IN ('{LostKey.__name__}', '{VIEW}')
   AND NOT EXISTS (SELECT FROM parked p JOIN view_version v
     ON p.consumer = v.name || '_v' || v.active WHERE v.name = ANY(%s)
     AND p.tenant_id = o.tenant_id AND p.subject_id IN (o.subject_id, o.tenant_id))
 ORDER BY 1, 2
"""
GONE = f"DELETE FROM parked WHERE consumer = '{CONSUMER}' AND tenant_id = %s AND subject_id = %s"
# the first of hers fails for what it fails for now; those behind it wait for it
TRIED = f"""
UPDATE parked SET tries = tries + 1, reason = CASE reason WHEN '{EARLIER}' THEN reason ELSE %s END
 WHERE consumer = '{CONSUMER}' AND tenant_id = %s AND subject_id = %s
"""
Person = tuple[UUID, UUID]


class Begin(NamedTuple):
    """From where on nothing of a person's was placed, in one log."""

    source: str
    era: int
    gpos: int


def set_aside(cursor: Cursor[Any], source: str, event: Sealed, why: str) -> None:
    """It stands among what was parked, until somebody has it placed again."""
    where = (event.era, event.tenant_id, event.subject_id, event.gpos)
    cursor.execute(ASIDE, (source, *where, why))


def held(cursor: Cursor[Any], persons: Collection[Person]) -> dict[Person, str]:
    """Whose events wait, and why: for an earlier one, or for a view that would decide them."""
    if not persons:
        return {}
    tenants, whose = zip(*sorted(persons), strict=True)
    rows = cursor.execute(HELD, (list(VIEWS), list(tenants), list(whose))).fetchall()
    return {
        (tenant, person): VIEW if view else EARLIER
        for tenant, person, earlier, view in rows
        if earlier or view
    }


def all_held(cursor: Cursor[Any]) -> list[Person]:
    return cursor.execute(ALL).fetchall()


def freed(cursor: Cursor[Any]) -> list[Person]:
    """Whose events waited for a lost key, or for a view that is set aside no more."""
    return cursor.execute(FREED, (list(VIEWS),)).fetchall()


def held_of(cursor: Cursor[Any], tenant: UUID, person: UUID) -> list[Begin]:
    return [Begin(*row) for row in cursor.execute(OF_ONE, (tenant, person)).fetchall()]


def let_go(cursor: Cursor[Any], tenant: UUID, person: UUID) -> None:
    cursor.execute(GONE, (tenant, person))


def tried(cursor: Cursor[Any], tenant: UUID, person: UUID, why: str) -> None:
    cursor.execute(TRIED, (why, tenant, person))
