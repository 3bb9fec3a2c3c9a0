"""Under which names do the organisation's catalogues know a theme?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class ThemeNameRow(Row):
    catalogue: UUID
    theme: str
    meaning: str
    fr: str
    en: str


class ThemeNames(View[ThemeNameRow]):
    """One row for each theme of each version of each questionnaire."""

    name = "theme_names"
    row = ThemeNameRow
    key = ("tenant_id", "catalogue", "theme")
    indexes = (("tenant_id", "theme"), ("tenant_id", "meaning"))
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = frozenset({"assessment.theme_added", "assessment.theme_reworded"})

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        return [(told.tenant, told.stream, told.body["theme"])]

    def fold(self, key: Key, row: ThemeNameRow | None, told: Told) -> ThemeNameRow | None:
        body = told.body
        return ThemeNameRow(
            told.tenant, told.subject, told.stream, key[2], body["meaning"], body["fr"], body["en"]
        )


NAMES = """
SELECT DISTINCT name FROM theme_names asked
  JOIN theme_names same ON same.tenant_id = asked.tenant_id AND same.meaning = asked.meaning
 CROSS JOIN LATERAL unnest(ARRAY[same.theme, same.fr, same.en]) name
 WHERE asked.theme = ANY(%s) ORDER BY name
"""


def names_of(connection: Any, themes: Sequence[str]) -> tuple[str, ...]:
    """Every id and title of what means the same as one of these themes, in any questionnaire."""
    if not themes:
        return ()
    return tuple(row[0] for row in connection.execute(NAMES, (list(themes),)).fetchall())


TITLE = """
SELECT fr, en FROM theme_names WHERE %s IN (theme, fr, en) ORDER BY catalogue DESC LIMIT 1
"""


def title_of(connection: Any, theme: str, language: str) -> str | None:
    """What the latest questionnaire that has the theme calls it, or None."""
    found = connection.execute(TITLE, (theme,)).fetchone()
    if found is None:
        return None
    french, english = found
    title: str = french if language == "fr" else english
    return title
