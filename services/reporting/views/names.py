"""What everyone and every place is called here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from shared.store.told import Told
from shared.store.views import Key, Row, View

NAMED_BY = {
    "directory.organisation_registered": None,
    "directory.party_registered": None,
    "directory.person_registered": None,
    "directory.site_opened": "site",
    "directory.programme_opened": "programme",
}


@dataclass(frozen=True)
class NameRow(Row):
    id: UUID
    kind: str
    name: str


class Names(View[NameRow]):
    """What is this party, person, site, programme or organisation called?"""

    name = "names"
    row = NameRow
    key = ("tenant_id", "id")
    sources: ClassVar[frozenset[str]] = frozenset({"directory"})
    listens = frozenset(NAMED_BY)

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        field = NAMED_BY[told.type]
        person = told.type == "directory.person_registered"
        named = UUID(told.body[field]) if field else told.subject if person else told.stream
        return [(told.tenant, named)]

    def fold(self, key: Key, row: NameRow | None, told: Told) -> NameRow:
        del row
        kind = told.type.partition(".")[2].rpartition("_")[0]
        return NameRow(told.tenant, told.subject, key[1], kind, told.body["name"])


def names_of(connection: Connection[Any], ids: Iterable[UUID]) -> Mapping[UUID, str]:
    found = connection.execute("SELECT id, name FROM names WHERE id = ANY(%s)", (list(set(ids)),))
    return dict(found.fetchall())
