"""Connections: one at a time, or kept in a pool that is opened after the fork."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool

Connection = psycopg.Connection[Any]
Pool = ConnectionPool[Connection]

# a peer that is gone without a word is noticed in seconds, not in hours
PATIENCE: dict[str, str | int] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
# both in one trip to the server
BEGIN_IN_TENANT = "BEGIN; SELECT set_config('app.tenant', '{tenant}', true)"


def connect(conninfo: str) -> Connection:
    """One connection in autocommit: transactions are opened where they are meant."""
    connection = psycopg.connect(conninfo, autocommit=True, **patience(conninfo))
    read_documents(connection)
    return connection


def read_documents(connection: Connection) -> None:
    """JSON is read by what writes it, at a quarter of the cost of the standard library."""
    set_json_loads(orjson.loads, connection)


def closed_pool(
    conninfo: str,
    *,
    size: int = 8,
    wait: float = 5,
    checked: bool = True,
    configure: Callable[[Connection], None] | None = None,
) -> Pool:
    """A pool not yet open: call `open()` in the process that uses it, never before a fork.

    `checked`: a connection that a restarted server left behind is noticed before it is handed out.
    """
    return ConnectionPool(
        conninfo,
        kwargs={"autocommit": True, **patience(conninfo)},
        min_size=1,
        max_size=size,
        timeout=wait,
        open=False,
        configure=configure or read_documents,
        check=check if checked else None,
        name=str(conninfo_to_dict(conninfo).get("user", "")),
    )


def check(connection: Connection) -> None:
    """Ask the server only where it has said something to an idle connection, as when it leaves."""
    spoken_to = select.poll()
    spoken_to.register(connection.fileno(), select.POLLIN)
    if spoken_to.poll(0):
        ConnectionPool.check_connection(connection)


@contextmanager
def in_tenant(pool: Pool, tenant: UUID) -> Iterator[Connection]:
    """A transaction that sees one organisation's rows and no others."""
    # the pool's own block commits, or rolls back what was raised
    with pool.connection() as connection:
        begin = BEGIN_IN_TENANT.format(tenant=UUID(str(tenant)))
        connection.execute(begin.encode(), prepare=False)
        yield connection


@cache
def service_of(conninfo: str) -> str | None:
    """Whose database it is, by what its connections are called there: `plans_reader`."""
    return str(conninfo_to_dict(conninfo).get("application_name", "")).rpartition("_")[0] or None


def patience(conninfo: str) -> dict[str, Any]:
    """Our time-outs, where the address does not say otherwise."""
    said = conninfo_to_dict(conninfo)
    return {name: value for name, value in PATIENCE.items() if name not in said}
