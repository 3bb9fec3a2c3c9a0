"""Finding summaries and what is in them: whose there are, which pieces still stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.entry import Entry
from services.reporting.domain.pieces import UNDOING
from services.reporting.views.asking import NAMES, row_from
from services.reporting.views.trail import entry_of
from shared.access.freshness import require_fresh

MOST = 200
HIDDEN = """
SELECT EXISTS (SELECT FROM relations
                WHERE tenant_id = %s AND subject_id = %s AND kind = 'erasure' AND ended_at IS NULL)
"""
MADE = """
SELECT stream FROM trail
 WHERE tenant_id = %s AND subject_id = %s AND type = 'reporting.summary_made'
 ORDER BY recorded_at DESC, position DESC LIMIT %s
"""
SHOWN = """
SELECT DISTINCT stream FROM trail
 WHERE tenant_id = %s AND subject_id = %s AND type = 'reporting.summary_shared'
   AND body ->> 'audience' = %s LIMIT %s
"""
SENSITIVE = """
SELECT DISTINCT body ->> 'theme' FROM trail
 WHERE tenant_id = %s AND subject_id = %s AND type = 'assessment.theme_added'
   AND body ->> 'theme' = ANY(%s) AND (body ->> 'sensitive')::boolean
"""
HELP = """
SELECT body -> 'lines' FROM trail
 WHERE tenant_id = %s AND subject_id = %s AND type = 'directory.help_lines_set'
 ORDER BY recorded_at DESC, position DESC LIMIT 1
"""


def made_by(connection: Connection[Any], tenant: UUID, person: UUID) -> list[UUID]:
    """Her summaries, newest first."""
    return [stream for (stream,) in connection.execute(MADE, (tenant, person, MOST))]


def shown_to(connection: Connection[Any], tenant: UUID, person: UUID, party: UUID) -> list[UUID]:
    """Those of hers that were ever shown to a party."""
    return [s for (s,) in connection.execute(SHOWN, (tenant, person, str(party), MOST))]


def sensitive_of(
    connection: Connection[Any], tenant: UUID, themes: Iterable[str]
) -> frozenset[str]:
    """Which of these themes any questionnaire of the organisation calls sensitive."""
    found = connection.execute(SENSITIVE, (tenant, tenant, list(set(themes))))
    return frozenset(theme for (theme,) in found)


def undone_in(connection: Connection[Any], tenant: UUID, streams: Collection[UUID]) -> list[Entry]:
    """What took an answer or a star back, in these streams."""
    found = connection.execute(
        f"SELECT {NAMES} FROM trail WHERE tenant_id = %s AND stream = ANY(%s) AND type = ANY(%s)",
        (tenant, list(streams), list(UNDOING)),
    )
    return [entry_of(row_from(row)) for row in found.fetchall()]


def help_lines_of(connection: Connection[Any], tenant: UUID) -> list[dict[str, Any]]:
    """Whom to call when it is urgent, as the organisation tells everyone."""
    found = connection.execute(HELP, (tenant, tenant)).fetchone()
    return list(found[0] or ()) if found else []


def is_hidden(connection: Connection[Any], tenant: UUID, person: UUID) -> bool:
    """Whether all of hers waits to be erased. Raises NotFreshError where that cannot be told."""
    require_fresh(connection)
    found = connection.execute(HIDDEN, (tenant, person)).fetchone()
    return bool(found and found[0])


def is_known(connection: Connection[Any], tenant: UUID, party: UUID) -> bool:
    """Whether someone who can sign in is registered here under this id."""
    found = connection.execute(
        "SELECT 1 FROM known_parties WHERE tenant_id = %s AND party = %s AND left_at IS NULL",
        (tenant, party),
    ).fetchone()
    return found is not None
