"""The index by subject: where in the sealed log each person's events stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class SubjectRow(Row):
    gpos: int


class SubjectLog(View[SubjectRow]):
    """Which events are about this subject? Consumers fold a person again from its answer."""

    name = "subject_log"
    row = SubjectRow
    key = ("tenant_id", "subject_id", "gpos")
    listens = None
    readable_by_relay: ClassVar[bool] = True
    holds_words: ClassVar[bool] = False

    def __init__(self, service: str) -> None:
        self.sources = frozenset({service})  # type: ignore[misc]

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject, told.gpos)]

    def begins(self, key: Key, told: Told) -> bool:
        del key, told
        return True

    def fold(self, key: Key, row: SubjectRow | None, told: Told) -> SubjectRow:
        return row or SubjectRow(*key)
