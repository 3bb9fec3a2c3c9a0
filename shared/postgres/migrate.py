"""Numbered SQL migrations: the store's own, then the service's; each once, each as it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from shared.kernel import Refused
from shared.postgres.pool import Connection, connect
from shared.postgres.roles import LOCK, roles_of
from shared.settings import KEYS

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"(?P<number>\d{4})_[a-z0-9_]+\.sql")
APPLIED = """
CREATE TABLE IF NOT EXISTS migration (
  room text NOT NULL,
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (room, name)
);
ALTER TABLE migration ENABLE ROW LEVEL SECURITY;
ALTER TABLE migration FORCE ROW LEVEL SECURITY;
DO $$ BEGIN
  CREATE POLICY kept ON migration TO {owner} USING (true) WITH CHECK (true);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO $$ BEGIN
  CREATE POLICY known ON migration FOR SELECT TO {others} USING (true);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
GRANT SELECT ON migration TO {others};
"""


@dataclass(frozen=True, slots=True)
class Migration:
    room: str
    name: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def rooms(service: str) -> Sequence[tuple[str, Path]]:
    """Where a service's migrations stand, in the order they are applied."""
    if service == KEYS:
        return [("keys", ROOT / "shared" / "store" / "keys_migrations")]
    return [
        ("store", ROOT / "shared" / "store" / "migrations"),
        (service, ROOT / "services" / service / "migrations"),
    ]


def migrations(service: str) -> Iterator[Migration]:
    for room, folder in rooms(service):
        for path in sorted(folder.glob("*.sql")):
            if not NAME.fullmatch(path.name):
                raise Refused("migration.misnamed", name=path.name)
            yield Migration(room, path.name, path.read_text("utf-8"))


def migrate(
    owner: str, service: str, then: Callable[[Connection], None] | None = None
) -> list[str]:
    """Apply what is missing as the service's owner; answers the names applied.

    `then` runs after them in a transaction of its own (the tables of declared views).
    Raises Refused when a migration was changed after it had been applied.
    """
    applied = []
    with connect(owner) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        connection.execute("SET client_min_messages = warning")
        connection.execute(
            sql.SQL(APPLIED).format(
                owner=sql.Identifier(f"{service}_owner"), others=sql.SQL(", ").join(others(service))
            )
        )
        known = dict(connection.execute("SELECT room || '/' || name, sha256 FROM migration"))
        for migration in migrations(service):
            before = known.get(f"{migration.room}/{migration.name}")
            if before is None:
                apply(connection, service, migration)
                applied.append(f"{migration.room}/{migration.name}")
            elif before != migration.digest:
                raise Refused("migration.changed", name=f"{migration.room}/{migration.name}")
        if then is not None:
            with connection.transaction():
                then(connection)
    return applied


def others(service: str) -> list[sql.Identifier]:
    """The roles that only look whether the database is as new as they need it."""
    return [sql.Identifier(f"{service}_{role}") for role in roles_of(service) if role != "owner"]


def apply(connection: Connection, service: str, migration: Migration) -> None:
    with connection.transaction():
        # our own files, which say {service} where a role's name begins
        connection.execute(migration.text.replace("{service}", service).encode())
        connection.execute(
            "INSERT INTO migration (room, name, sha256) VALUES (%s, %s, %s)",
            (migration.room, migration.name, migration.digest),
        )
        usage = sql.SQL(", ").join(sql.Identifier(f"{service}_{r}") for r in roles_of(service))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(usage))
