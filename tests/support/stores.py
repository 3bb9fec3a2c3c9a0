"""Stores to test with: databases cloned from one that the real migrations made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from cosigne.embedded.postgres import Server
from shared.postgres.migrate import migrate
from shared.postgres.pool import Connection, connect
from shared.postgres.roles import lock_down, prepare
from shared.settings import Settings

SECRET = "a secret of the tests"
TEMPLATES = 0x74657374


@dataclass
class Store:
    """One service's database: `store.connect("app")` signs in as that role."""

    server: Server
    service: str
    database: str
    opened: list[Connection] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(
            databases={self.service: self.server.url(self.database)}, database_secret=SECRET
        )

    def conninfo(self, role: str) -> str:
        if role == "admin":
            return self.server.conninfo(self.database)
        return self.settings.conninfo(self.service, role)

    def connect(self, role: str) -> Connection:
        """In autocommit; closed with the store."""
        connection = connect(self.conninfo(role))
        self.opened.append(connection)
        return connection

    def ask(self, role: str, statement: str, *values: object):
        """The first column of the first row, in a transaction of its own."""
        with connect(self.conninfo(role)) as connection:
            found = connection.execute(statement, values).fetchone()
            return found[0] if found else None

    def close(self) -> None:
        for connection in self.opened:
            connection.close()


def prepared(server: Server, service: str) -> str:
    """The service's database as the real migrations make it; made once for each server."""
    url = Settings(databases={service: server.url(service)}, database_secret=SECRET)
    with connect(server.admin_conninfo) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", (TEMPLATES,))
        found = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            (service,),
        ).fetchone()
        if found is None or found[0] != "migrated":
            prepare(server.admin_conninfo, service, url.password)
            migrate(url.conninfo(service, "owner"), service)
            admin.execute(
                sql.SQL("COMMENT ON DATABASE {} IS 'migrated'").format(sql.Identifier(service))
            )
    return service


def cloned(server: Server, service: str) -> Store:
    """A fresh database, empty and ready to seal."""
    template = prepared(server, service)
    name = f"{service}_{uuid4().hex[:12]}"
    with connect(server.admin_conninfo) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name),
                sql.Identifier(f"{service}_owner"),
                sql.Identifier(template),
            )
        )
        lock_down(admin, service, name)
    store = Store(server, service, name)
    store.ask("sealer", "SELECT reanchor(0)")  # a copy of a database is not the database
    return store


def dropped(store: Store) -> None:
    store.close()
    with connect(store.server.admin_conninfo) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(store.database)
            )
        )


@pytest.fixture
def new_store(server: Server) -> Iterator[Callable[[str], Store]]:
    """As many fresh stores as a test wants, by service."""
    made: list[Store] = []

    def make(service: str = "assessment") -> Store:
        made.append(cloned(server, service))
        return made[-1]

    yield make
    for store in made:
        dropped(store)


@pytest.fixture
def store(new_store: Callable[[str], Store]) -> Store:
    """A fresh store of the assessment service."""
    return new_store("assessment")


@pytest.fixture(scope="session")
def common_store(server: Server) -> Iterator[Store]:
    """One store for many tests, each in an organisation of its own."""
    made = cloned(server, "assessment")
    yield made
    dropped(made)


@pytest.fixture
def tenant() -> UUID:
    return uuid4()


def refused(store: Store, role: str, statement: str, *values: object) -> str:
    """The SQLSTATE with which the database refuses; fails if it does not."""
    with pytest.raises(psycopg.Error) as told:
        store.ask(role, statement, *values)
    return str(told.value.sqlstate)
