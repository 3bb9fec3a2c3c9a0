"""How the organisation lives, as its services know it: the zone of its days, and its French."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from shared.http.language import asked_locale
from shared.http.messages import FIRST
from shared.store.key_leases import Leases

KNOWN = "SELECT timezone, locale FROM known_organisations LIMIT 1"


class Lives(NamedTuple):
    zone: str
    locale: str


UNKNOWN = Lives("UTC", FIRST)


class House:
    """Asks about each organisation once a minute: nearly every answer needs its zone."""

    def __init__(
        self, view: Callable[[UUID, Callable[[Connection[Any]], Lives | None]], Lives | None]
    ) -> None:
        self._view = view
        self._held: Leases[Lives] = Leases(most=10_000)

    def zone(self, tenant: UUID) -> ZoneInfo:
        """The zone in which the organisation's days end."""
        return ZoneInfo(self.of(tenant).zone)

    def locale(self, tenant: UUID) -> str:
        """How to speak to whoever asks: as they asked, and with their organisation's French."""
        asked = asked_locale()
        return self.of(tenant).locale if asked == FIRST else asked

    def of(self, tenant: UUID) -> Lives:
        held = self._held.get(tenant)
        if held is None:
            asked = self._held.now()
            held = self._view(tenant, lives)
            if held is None:
                return UNKNOWN
            self._held.put(tenant, held, asked)
        return held


def lives(connection: Connection[Any]) -> Lives | None:
    """Its zone, and its own French; where it speaks another language, French as such."""
    found = connection.execute(KNOWN).fetchone()
    return found and Lives(found[0], found[1] if found[1].startswith(FIRST) else FIRST)


def zone_of(connection: Connection[Any]) -> ZoneInfo:
    """The zone, asked in a transaction that is open already."""
    return ZoneInfo((lives(connection) or UNKNOWN).zone)
