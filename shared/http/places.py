"""Where an act took place: a site and a programme that the organisation has or had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from shared.kernel import Invalid

PLACES = "SELECT place, kind, site FROM known_places WHERE tenant_id = %s AND place = ANY(%s)"


def require_places(connection: Connection[Any], tenant: UUID, given: Mapping[str, Any]) -> None:
    """Raises Invalid for a place that nobody knows here, or a programme given elsewhere.

    Another organisation's place is as unknown as one that never was.
    """
    named = {kind: given[kind] for kind in ("site", "programme") if given.get(kind)}
    if not named:
        return
    rows = connection.execute(PLACES, (tenant, list(named.values()))).fetchall()
    found = {kind: (place, site) for place, kind, site in rows}
    for kind, place in named.items():
        if found.get(kind, (None,))[0] != place:
            raise Invalid(f"{kind}.unknown", field=f"act.{kind}")
    if len(named) == len(found) == 2 and found["programme"][1] != named["site"]:
        raise Invalid("programme.not_there", field="act.programme")
