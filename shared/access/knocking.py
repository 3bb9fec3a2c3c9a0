"""The first question of nearly every request: is what is known here fresh, and who is it that asks?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from shared.access.freshness import FRESHNESS, VIEWS, need_fresh
from shared.access.standing import CALLER, Caller, caller_of

# two at most are looked for: two parties of one sign-in are nobody
ASKED = f"""
SELECT f.seconds, f.parked, c.party, c.name, c.roles, c.kind
  FROM ({FRESHNESS}) f (seconds, parked) LEFT JOIN ({CALLER} LIMIT 2) c ON true
"""


def fresh_caller(connection: Connection[Any], tenant: UUID, sign_in: str) -> Caller | None:
    """The party who signs in with this subject, if anyone here does; both in one trip.

    Raises NotFreshError first, whoever it is: nobody is let in on the word of what is too old.
    """
    found = connection.execute(ASKED, (list(VIEWS), tenant, sign_in)).fetchall()
    need_fresh(*found[0][:2])
    return caller_of(tenant, [row[2:] for row in found if row[2] is not None])
