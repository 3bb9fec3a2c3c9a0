"""Which questionnaires has the organisation, in which version, and are they in use?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View

ENDED = {
    "assessment.catalogue_retired": "retired",
    "assessment.catalogue_set_aside": "set_aside",
}


@dataclass(frozen=True)
class CatalogueRow(Row):
    catalogue: UUID
    key: str
    kind: str
    edition: int
    fr: str
    en: str
    stage: str
    people_took_part: bool = False
    derived_from: UUID | None = None


class Catalogues(View[CatalogueRow]):
    """One row for each version of a questionnaire."""

    name = "catalogues"
    row = CatalogueRow
    key = ("tenant_id", "catalogue")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment"})
    listens = frozenset(
        {
            "assessment.catalogue_drafted",
            "assessment.catalogue_published",
            "assessment.catalogue_renamed",
            "assessment.catalogue_retired",
            "assessment.catalogue_set_aside",
        }
    )

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.stream)]

    def fold(self, key: Key, row: CatalogueRow | None, told: Told) -> CatalogueRow | None:
        if not told.readable:
            return row
        body = told.body
        if told.type == "assessment.catalogue_drafted":
            derived = body.get("derived_from")
            return CatalogueRow(
                told.tenant,
                told.subject,
                told.stream,
                body["key"],
                body["kind"],
                body["edition"],
                body["fr"],
                body["en"],
                "draft",
                derived_from=UUID(derived) if derived else None,
            )
        if row is None:
            return None
        if told.type == "assessment.catalogue_renamed":
            return replace(row, fr=body["fr"], en=body["en"])
        if told.type in ENDED:
            return replace(row, stage=ENDED[told.type])
        return replace(row, stage="published", people_took_part=body["people_took_part"])


CATALOGUES = """
SELECT catalogue, key, kind, edition, fr, en, stage, people_took_part, derived_from
  FROM catalogues
 WHERE %(key)s::text IS NULL OR key = %(key)s
 ORDER BY key, edition, catalogue
"""


def catalogues(connection: Any, key: str | None = None) -> Sequence[dict[str, Any]]:
    """All versions, or those of one questionnaire."""
    rows = connection.execute(CATALOGUES, {"key": key}).fetchall()
    names = ("id", "key", "kind", "edition", "fr", "en", "stage", "people_took_part")
    return [dict(zip((*names, "derived_from"), row, strict=True)) for row in rows]
