"""A service's database and its roles, made through the administrator's URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from psycopg import sql

from shared.postgres.pool import Connection, connect
from shared.settings import DATABASE_ROLES, KEYS

LOCK = 0x436F7369676E65  # two installers at once wait for each other
# what each role may spend; a sealing or append that is not on disk is not acknowledged
LIMITS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "owner": {"lock_timeout": "10s"},
        "app": {"statement_timeout": "10s", "lock_timeout": "5s"},
        "combine": {"statement_timeout": "10s", "lock_timeout": "2s"},
        "sealer": {"statement_timeout": "120s", "tcp_user_timeout": "15s"},
        "reader": {"statement_timeout": "120s", "lock_timeout": "10s"},
        "relay": {"statement_timeout": "120s"},
        "eraser": {"statement_timeout": "60s", "lock_timeout": "10s"},
    }
)
EVERY_LIMIT = MappingProxyType(
    {
        "idle_in_transaction_session_timeout": "60s",
        "synchronous_commit": "on",
        "search_path": "public",
        # everything goes by index: a plan made while tables were small must not stay a scan
        "enable_seqscan": "off",
        "jit": "off",  # statements are short; before 18 the line above would have them compiled
    }
)


def roles_of(service: str) -> Sequence[str]:
    """The roles of a service's database; the key store has one that reads and writes."""
    return ("owner", "app") if service == KEYS else DATABASE_ROLES


def prepare(admin: str, service: str, password: Callable[[str], str]) -> None:
    """Make roles and database if they are missing, and bring passwords and limits up to date.

    `password` gives the password of a role by its name (`plans_app`). Harmless to repeat.
    """
    with connect(admin) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        for role in roles_of(service):
            user = f"{service}_{role}"
            make_role(connection, user, password(user))
            limit(connection, user, role)
        make_database(connection, service, service)


def make_role(connection: Connection, user: str, password: str) -> None:
    """Only a digest of the password is sent."""
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (user,)).fetchone()
    digest = connection.pgconn.encrypt_password(
        password.encode(), user.encode(), b"scram-sha-256"
    ).decode()
    if known is None:
        # no more than this by default: no superuser, no way past row-level security
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(user)))
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(user), sql.Literal(digest))
    )


def limit(connection: Connection, user: str, role: str) -> None:
    for name, value in {**EVERY_LIMIT, **LIMITS[role]}.items():
        connection.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(user), sql.Identifier(name), sql.Literal(value)
            )
        )


def make_database(connection: Connection, service: str, database: str) -> None:
    owner = sql.Identifier(f"{service}_owner")
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (database,)).fetchone()
    if known is None:
        # an administrator who is no superuser may give away only what he could own
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(owner, sql.Identifier(whoami(connection)))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(database), owner
            )
        )
    lock_down(connection, service, database)


def lock_down(connection: Connection, service: str, database: str) -> None:
    """Only this service's roles come in, and none of them makes tables of its own."""
    name = sql.Identifier(database)
    roles = sql.SQL(", ").join(sql.Identifier(f"{service}_{r}") for r in roles_of(service))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))


def whoami(connection: Connection) -> str:
    found = connection.execute("SELECT current_user::text").fetchone()
    return str(found[0]) if found else ""
