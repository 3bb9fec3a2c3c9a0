"""Whether what is known of relations is fresh enough to let anybody in on its word."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from shared.kernel import Refused

FRESH_SECONDS = 5
# the views that access is decided by
VIEWS = ("known_organisations", "known_parties", "relations", "mandates")
# as the version of the view that is read has it, not one that is being built beside it
FRESHNESS = """
SELECT (SELECT extract(epoch FROM clock_timestamp() - c.sealed_at)
    FROM caught_up c JOIN view_version v ON c.consumer = v.name || '_v' || v.active
   WHERE v.name = 'relations' AND c.source = 'directory'),
  EXISTS (SELECT FROM parked p JOIN view_version v ON p.consumer = v.name || '_v' || v.active
   WHERE p.subject_id = p.tenant_id AND v.name = ANY(%s))
"""


class NotFreshError(Refused):
    """The relation view is too old to be trusted: nobody is let in on its word."""

    status = 503


def require_fresh(connection: Connection[Any]) -> None:
    """Raises NotFreshError when the directory's events have not been followed for five seconds.

    Or not at all any more for the organisation itself, as one of them was set aside.
    """
    found = connection.execute(FRESHNESS, (list(VIEWS),)).fetchone()
    need_fresh(*(found or (None, True)))


def need_fresh(seconds: float | None, parked: bool) -> None:
    if parked or seconds is None or seconds > FRESH_SECONDS:
        raise NotFreshError("access.not_fresh")
