"""Which imports of the organisation's own files are under way: only within one is a line noted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.access.known import DIRECTORY
from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class ImportRow(Row):
    opened: UUID
    by: UUID
    ended_at: datetime | None = None


class KnownImports(View[ImportRow]):
    """Which imports of the organisation's files are under way, and who brings them in?"""

    name = "known_imports"
    row = ImportRow
    key = ("tenant_id", "opened")
    sources: ClassVar[frozenset[str]] = DIRECTORY
    listens = frozenset({"directory.import_begun", "directory.import_ended"})
    holds_words: ClassVar[bool] = False

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.stream)]

    def fold(self, key: Key, row: ImportRow | None, told: Told) -> ImportRow | None:
        if told.type == "directory.import_ended":
            return row and replace(row, ended_at=told.act.at)
        return ImportRow(told.tenant, told.subject, told.stream, told.act.actor)
