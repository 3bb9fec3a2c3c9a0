"""Where each person is served now, with what the degree of coproduction is read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.counting import Counting, figures_of
from services.reporting.domain.intervention import whole
from services.reporting.views.marked import marks_of

# each person once, where her latest relation that is in force is: places must not overlap
SERVED = """
SELECT r.subject_id, r.site, r.programme, coalesce(m.marks, '{}'::jsonb)
  FROM (SELECT DISTINCT ON (subject_id) subject_id, site, programme FROM relations
         WHERE tenant_id = %(tenant)s AND kind = 'care' AND since <= %(at)s
           AND (until IS NULL OR until > %(at)s) AND (ended_at IS NULL OR ended_at > %(at)s)
         ORDER BY subject_id, since DESC, relation) r
  LEFT JOIN marked m ON m.tenant_id = %(tenant)s AND m.subject_id = r.subject_id
 WHERE m.erased IS NOT TRUE
"""


def served(connection: Connection[Any], tenant: UUID, at: datetime) -> Iterator[Counting]:
    """Everyone who is served at the moment, each in one place."""
    rows = connection.execute(SERVED, {"tenant": tenant, "at": at})
    for person, site, programme, marks in rows:
        yield Counting((site, programme), figures_of(whole(marks_of(person, marks))))
