"""Is this someone the organisation knows, to whom an action can fall?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

KNOWN = "SELECT EXISTS (SELECT FROM known_parties WHERE party = %s AND left_at IS NULL)"


def is_known(connection: Any, party: UUID) -> bool:
    return bool(connection.execute(KNOWN, (party,)).fetchone()[0])
