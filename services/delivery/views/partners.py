"""Partners as the directory knows them, and the places a subscription may be limited to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from psycopg import Connection

PARTNER = """
SELECT name FROM known_parties
 WHERE tenant_id = %s AND party = %s AND kind = 'partner' AND left_at IS NULL
"""
NAMES = "SELECT party, name FROM known_parties WHERE tenant_id = %s AND party = ANY(%s)"
PLACES = "SELECT place FROM known_places WHERE tenant_id = %s AND kind = %s AND place = ANY(%s)"


def is_partner(connection: Connection[Any], tenant: UUID, party: UUID) -> bool:
    return connection.execute(PARTNER, (tenant, party)).fetchone() is not None


def names(connection: Connection[Any], tenant: UUID, parties: Collection[UUID]) -> dict[UUID, str]:
    return dict(connection.execute(NAMES, (tenant, list(parties))).fetchall())


def unknown(
    connection: Connection[Any], tenant: UUID, kind: str, places: Collection[UUID]
) -> frozenset[UUID]:
    """Those of these sites, or programmes, that nobody knows here."""
    found = connection.execute(PLACES, (tenant, kind, list(places))).fetchall()
    return frozenset(places) - {place for (place,) in found}
