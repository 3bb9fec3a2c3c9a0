"""Which themes does the organisation call sensitive? Words that grew from them do not leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from shared.naming import normal
from shared.store.told import Told
from shared.store.views import Key, Row, View

ADDED, REWORDED = "assessment.theme_added", "assessment.theme_reworded"


@dataclass(frozen=True)
class SensitiveThemeRow(Row):
    """Its id and its titles, in their normal spelling."""

    catalogue: UUID
    theme: str
    fr: str
    en: str


class SensitiveThemes(View[SensitiveThemeRow]):
    """One row for each sensitive theme of each version of each questionnaire."""

    name = "sensitive_themes"
    row = SensitiveThemeRow
    key = ("tenant_id", "catalogue", "theme")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = frozenset({ADDED, REWORDED})
    tells_freshness: ClassVar[bool] = True

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        return [(told.tenant, told.stream, normal(told.body["theme"]))]

    def fold(self, key: Key, row: SensitiveThemeRow | None, told: Told) -> SensitiveThemeRow | None:
        fr, en = normal(told.body["fr"]), normal(told.body["en"])
        if told.type == REWORDED:
            return replace(row, fr=fr, en=en) if row else None
        if not told.body.get("sensitive"):
            return None
        return SensitiveThemeRow(told.tenant, told.subject, told.stream, key[2], fr, en)


NAMES = """
SELECT DISTINCT name FROM sensitive_themes
 CROSS JOIN LATERAL unnest(ARRAY[theme, fr, en]) name WHERE tenant_id = %s
"""


def sensitive_names(connection: Any, tenant: UUID) -> frozenset[str]:
    """Every id and title, in its normal spelling."""
    return frozenset(name for (name,) in connection.execute(NAMES, (tenant,)).fetchall())
