"""Which theme is an entry of a portrait about? Asked when a plan's entry names it as its cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class ThemeEntryRow(Row):
    entry: UUID
    theme: str


class ThemeEntries(View[ThemeEntryRow]):
    """One row for each rating, star, view or word on a theme: its id and the theme, no more."""

    name = "theme_entries"
    row = ThemeEntryRow
    key = ("tenant_id", "subject_id", "entry")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = frozenset(
        {
            "assessment.theme_rated",
            "assessment.theme_skipped",
            "assessment.view_noted",
            "assessment.view_revised",
            "assessment.theme_discussed",
            "assessment.discussion_put_off",
            "assessment.star_placed",
            "assessment.change_judged",
        }
    )

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable or not told.body.get("theme"):
            return []
        return [(told.tenant, told.subject, told.id)]

    def fold(self, key: Key, row: ThemeEntryRow | None, told: Told) -> ThemeEntryRow | None:
        return ThemeEntryRow(told.tenant, told.subject, told.id, told.body["theme"])


THEMES = """
SELECT DISTINCT theme FROM theme_entries WHERE subject_id = %s AND entry = ANY(%s) ORDER BY theme
"""


def themes_behind(connection: Any, person: UUID, entries: Sequence[UUID]) -> tuple[str, ...]:
    """The themes that these entries of a person's portraits are about."""
    if not entries:
        return ()
    found = connection.execute(THEMES, (person, list(entries))).fetchall()
    return tuple(row[0] for row in found)
