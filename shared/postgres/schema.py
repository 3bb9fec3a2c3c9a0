"""Whether a database is as new as this release expects; it may be newer, as migrations only expand."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg.errors import InsufficientPrivilege, UndefinedTable

from shared.kernel import Refused
from shared.postgres.migrate import migrations
from shared.postgres.pool import Connection

APPLIED = "SELECT room || '/' || name FROM migration"
UNMADE = "SELECT name FROM unnest(%s::text[]) name WHERE to_regclass('public.' || name) IS NULL"
CONTRACTS = "_contract_"  # in the name of a migration that takes away what older releases use


class TooOld(Refused):
    """The database lacks what this release needs: `cosigne migrate` will bring it."""


def require_schema(connection: Connection, service: str, views: Iterable[str] = ()) -> None:
    """Raises TooOld, or Refused for a database that no longer has what this release uses."""
    expected = {f"{m.room}/{m.name}" for m in migrations(service)}
    try:
        known = {name for (name,) in connection.execute(APPLIED)}
    except (UndefinedTable, InsufficientPrivilege):  # none was ever made, or by a first release
        known = set()
    lacking = sorted(expected - known)
    lacking += [name for (name,) in connection.execute(UNMADE, (sorted(views),))]
    if lacking:
        raise TooOld("database.too_old", database=service, missing=", ".join(lacking))
    if taken := sorted(name for name in known - expected if CONTRACTS in name):
        raise Refused("database.too_new", database=service, names=", ".join(taken))
