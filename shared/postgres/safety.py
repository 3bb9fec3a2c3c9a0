"""Roles that row-level security does not bind are refused at start-up."""

from __future__ import annotations

from shared.kernel import Refused
from shared.postgres.pool import Connection

ROLE = """
SELECT current_user::text, rolsuper, rolbypassrls,
  EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v')
      AND pg_has_role(current_user, c.relowner, 'MEMBER'))
FROM pg_roles WHERE rolname = current_user
"""
OPEN_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1
"""
DURABLE = ("fsync", "full_page_writes")


def refuse_dangerous_role(connection: Connection, *, production: bool = False) -> None:
    """Raises Refused for a role that could see or change what it must not.

    In production also for a server that could forget what it has acknowledged.
    """
    found = connection.execute(ROLE).fetchone()
    user, superuser, bypasses, owns = found or ("?", True, True, True)
    if superuser:
        raise Refused("database.role_superuser", role=user)
    if bypasses:
        raise Refused("database.role_bypasses", role=user)
    if owns:
        raise Refused("database.role_owner", role=user)
    if tables := [name for (name,) in connection.execute(OPEN_TABLES)]:
        raise Refused("database.tables_open", tables=", ".join(tables))
    if production:
        refuse_forgetful_server(connection)


def refuse_forgetful_server(connection: Connection) -> None:
    for name in DURABLE:
        if setting(connection, name) != "on":
            raise Refused("database.forgetful", setting=name)
    if setting(connection, "synchronous_commit") not in ("on", "remote_apply"):
        raise Refused("database.forgetful", setting="synchronous_commit")
    if not setting(connection, "synchronous_standby_names"):
        raise Refused("database.no_standby")


def setting(connection: Connection, name: str) -> str:
    found = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(found[0]) if found else ""
