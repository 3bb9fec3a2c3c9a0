"""One organisation's sealed log, read to be carried elsewhere, and written again in its order.

As the role that sees one organisation's rows and no others: nothing else can be carried along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from shared.postgres.pool import Pool, in_tenant

PAGE = 1000
READ = """
SELECT position, stream_id, version, subject_id, command_id, envelope::text, body, body_sha, leaf
  FROM published WHERE tenant_id = %s AND position > %s ORDER BY position LIMIT %s
"""
HIGHEST = "SELECT coalesce(max(position), 0) FROM log WHERE tenant_id = %s"
# seq follows the order of the rows, and the sealer follows seq
WRITE = """
INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body)
SELECT %s, s, v, p, c, e::json, b
  FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::uuid[], %s::text[], %s::bytea[])
  WITH ORDINALITY r (s, v, p, c, e, b, n) ORDER BY n
"""


class Carried(NamedTuple):
    """One sealed event, as it lies in the log; `body` is sealed, None or empty once unreadable."""

    position: int
    stream_id: UUID
    version: int
    subject_id: UUID
    command_id: UUID
    envelope: bytes
    body: bytes | None
    body_sha: bytes
    leaf: bytes


def read_log(pool: Pool, tenant: UUID, after: int = 0) -> Iterator[Carried]:
    """Every event after a position, in order, a page at a time."""
    while True:
        with in_tenant(pool, tenant) as connection:
            found = connection.execute(READ, (tenant, after, PAGE), binary=True).fetchall()
        rows = [Carried._make((*row[:5], row[5].encode(), *row[6:])) for row in found]
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1].position


def highest(pool: Pool, tenant: UUID) -> int:
    """The last position; 0 where the organisation has no events here."""
    with in_tenant(pool, tenant) as connection:
        found = connection.execute(HIGHEST, (tenant,)).fetchone()
    return int(found[0]) if found else 0


def write_log(pool: Pool, tenant: UUID, rows: Sequence[Carried]) -> None:
    """In one statement and in this order; raises psycopg's UniqueViolation where one is there."""
    with in_tenant(pool, tenant) as connection:
        connection.execute(
            WRITE,
            (
                tenant,
                [r.stream_id for r in rows],
                [r.version for r in rows],
                [r.subject_id for r in rows],
                [r.command_id for r in rows],
                [r.envelope.decode() for r in rows],
                [r.body or b"" for r in rows],
            ),
        )
