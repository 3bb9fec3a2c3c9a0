"""The key store of the tests: the real table on the run's PostgreSQL, master keys in a folder."""

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cosigne.embedded.postgres import Server
from shared.postgres.migrate import migrate
from shared.postgres.pool import Pool, closed_pool, connect
from shared.postgres.roles import LOCK, make_role
from shared.store.key_files import KeyFiles
from shared.store.key_table import KeyTable


@pytest.fixture(scope="session")
def keys_database(server: Server) -> str:
    """A database as `migrate` makes it: the owner has the table, keys_app may use it."""
    name = f"keys_{os.getpid()}_{uuid4().hex[:8]}"
    with connect(server.admin_conninfo) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        known = {role for (role,) in admin.execute("SELECT rolname FROM pg_roles")}
        for role in {"keys_owner", "keys_app"} - known:
            make_role(admin, role, uuid4().hex)
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER keys_owner").format(sql.Identifier(name)))
    migrate(as_role(server, name, "keys_owner"), "keys")
    return name


def as_role(server: Server, database: str, role: str) -> str:
    """What a role may do, without its password: others of the run may change it meanwhile."""
    return make_conninfo(server.conninfo(database), options=f"-c role={role}")


@pytest.fixture(scope="session")
def keys_pool(server: Server, keys_database: str) -> Iterator[Pool]:
    with closed_pool(as_role(server, keys_database, "keys_app")) as pool:
        yield pool


@pytest.fixture(scope="session")
def key_files(tmp_path_factory: pytest.TempPathFactory) -> KeyFiles:
    return KeyFiles(tmp_path_factory.mktemp("keys") / "masters")


@pytest.fixture
def new_process(keys_pool: Pool, key_files: KeyFiles) -> Callable[..., KeyTable]:
    """Keys as another process holds them: the same table, nothing remembered yet."""
    return lambda **options: KeyTable(keys_pool, key_files, **options)


@pytest.fixture(scope="session")
def keys(keys_pool: Pool, key_files: KeyFiles) -> KeyTable:
    return KeyTable(keys_pool, key_files)
