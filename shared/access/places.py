"""Which sites and programmes does the organisation have, whether still open or not?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.access.known import DIRECTORY
from shared.store.told import Told
from shared.store.views import Key, Row, View

KINDS = {"directory.site_opened": "site", "directory.programme_opened": "programme"}


@dataclass(frozen=True)
class PlaceRow(Row):
    """`site` is where a programme is given; a site is its own."""

    place: UUID
    kind: str
    site: UUID


class KnownPlaces(View[PlaceRow]):
    """What an act may name as the place it happened at; what is closed since was one too."""

    name = "known_places"
    row = PlaceRow
    key = ("tenant_id", "place")
    sources: ClassVar[frozenset[str]] = DIRECTORY
    listens = frozenset(KINDS)
    holds_words: ClassVar[bool] = False

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, UUID(told.body[KINDS[told.type]]))] if told.readable else []

    def fold(self, key: Key, row: PlaceRow | None, told: Told) -> PlaceRow:
        del row
        site = UUID(told.body["site"])
        return PlaceRow(told.tenant, told.subject, key[1], KINDS[told.type], site)
