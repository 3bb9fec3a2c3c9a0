"""What a new subscriber begins with: all that may be told up to a place of its log, and that place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from services.delivery.domain.names import event_name
from services.delivery.domain.offer import CONSENTED
from services.delivery.views.subscriptions import SubscriptionRow
from services.delivery.views.telling import Logged

# where the log stands, and how far what is placed in it lately came in each source
STAND = """
WITH head AS (
  SELECT coalesce((SELECT last FROM subscription_head
    WHERE tenant_id = %(tenant)s AND subscription = %(subscription)s), 0) AS last)
SELECT head.last, d.source, max(d.gpos) FROM head
  LEFT JOIN delivery d ON d.tenant_id = %(tenant)s AND d.subscription = %(subscription)s
   AND d.sequence BETWEEN head.last - 5000 AND head.last
 GROUP BY 1, 2
"""
OF_PERSONS = """
SELECT entry, type, gpos, at, by_her, subject_id, site, programme FROM offered
 WHERE tenant_id = %s AND subject_id = ANY(%s) AND (type = ANY(%s) OR entry = ANY(%s))
 ORDER BY subject_id, at, gpos
"""
ID_AT = "SELECT id FROM delivery WHERE tenant_id = %s AND subscription = %s AND sequence = %s"


class Stand(NamedTuple):
    """The last place of a log, and how far one must know each source to tell all up to it."""

    last: int
    sources: Mapping[str, int]


def stand(connection: Connection[Any], tenant: UUID, subscription: UUID) -> Stand:
    asked = {"tenant": tenant, "subscription": subscription}
    rows = connection.execute(STAND, asked).fetchall()
    return Stand(rows[0][0], {source: gpos for _, source, gpos in rows if source is not None})


def id_at(
    connection: Connection[Any], tenant: UUID, subscription: UUID, sequence: int
) -> UUID | None:
    """The cursor after which the feed goes on."""
    found = connection.execute(ID_AT, (tenant, subscription, sequence)).fetchone()
    return found[0] if found else None


def of_persons(
    connection: Connection[Any],
    one: SubscriptionRow,
    secret: bytes,
    persons: Sequence[UUID],
    consents: Collection[UUID],
) -> list[Logged]:
    """What stands of these people, and the consents by which it may be told; without a sequence."""
    asked = (one.tenant_id, list(persons), list(one.types), list(consents))
    rows = connection.execute(OF_PERSONS, asked).fetchall()
    return [
        Logged(
            None,
            event_name(secret, one.subscription, entry),
            person,
            entry,
            type_.partition(".")[0],
            type_,
            at,
            by_her,
            gpos,
        )
        for entry, type_, gpos, at, by_her, person, site, programme in rows
        if type_ == CONSENTED or one.wants(type_, site, programme)
    ]
