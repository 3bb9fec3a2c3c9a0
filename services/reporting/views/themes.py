"""What themes and spheres are called, in every version of every questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.known import ThemeLabel
from shared.store.told import Told
from shared.store.views import Key, Row, View

NAMING = frozenset(
    f"assessment.{what}" for what in ("sphere_added", "sphere_reworded", "theme_added", "theme_reworded")
)  # fmt: skip


@dataclass(frozen=True)
class ThemeRow(Row):
    catalogue: UUID
    theme: str
    since: datetime
    fr: str
    en: str


class Themes(View[ThemeRow]):
    """What is this theme called in this questionnaire?"""

    name = "themes"
    row = ThemeRow
    key = ("tenant_id", "theme", "catalogue")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = NAMING

    def keys(self, told: Told) -> Iterable[Key]:
        theme = told.body.get("theme") or told.body.get("sphere")
        return [(told.tenant, theme, told.stream)] if theme else []

    def fold(self, key: Key, row: ThemeRow | None, told: Told) -> ThemeRow:
        fr, en = told.body["fr"], told.body["en"]
        if row is not None:
            return replace(row, fr=fr, en=en)
        return ThemeRow(told.tenant, told.subject, told.stream, key[1], told.act.at, fr, en)


def labels_of(
    connection: Connection[Any], themes: Iterable[str]
) -> Mapping[str, tuple[ThemeLabel, ...]]:
    """Each theme's labels, oldest first."""
    found: dict[str, list[ThemeLabel]] = {}
    rows = connection.execute(
        "SELECT theme, catalogue, since, fr, en FROM themes WHERE theme = ANY(%s) "
        "ORDER BY since, catalogue",
        (list(set(themes)),),
    )
    for theme, catalogue, since, fr, en in rows.fetchall():
        label = ThemeLabel(theme=theme, catalogue=catalogue, since=since, fr=fr, en=en)
        found.setdefault(theme, []).append(label)
    return {theme: tuple(labels) for theme, labels in found.items()}
