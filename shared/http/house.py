"""How the organisation lives, as its services know it: the zone of its days, and its French."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from shared.http.messages import FIRST

KNOWN = "SELECT timezone, locale FROM known_organisations LIMIT 1"


def zone_of(connection: Connection[Any]) -> ZoneInfo:
    """The zone in which the organisation's days end."""
    found = connection.execute(KNOWN).fetchone()
    return ZoneInfo(found[0] if found else "UTC")


def locale_of(connection: Connection[Any]) -> str:
    """The organisation's own French; where it speaks another language, French as such."""
    found = connection.execute(KNOWN).fetchone()
    return found[1] if found and found[1].startswith(FIRST) else FIRST
