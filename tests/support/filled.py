"""A store with something in it, and a sealer that may refuse."""

from uuid import UUID, uuid4

import psycopg
import pytest

from shared.postgres.arrays import take_arrays
from shared.postgres.pool import connect
from shared.store.appending import append
from tests.support.appending import one
from tests.support.stores import Store

OTHER_SERVER = "ES002"


def write(store: Store, tenant: UUID, count: int) -> list[tuple[UUID, int]]:
    """Append to streams of their own; their places."""
    written = [one(tenant, uuid4(), 1) for _ in range(count)]
    with connect(store.conninfo("app")) as app:
        take_arrays(app)
        for command in written:
            append(app, command)
    return [(c.rows[0].originator_id, 1) for c in written]


def seal(store: Store) -> int:
    return store.ask("sealer", "SELECT seal(1000)")


def refuses_to_seal(store: Store) -> bool:
    with pytest.raises(psycopg.Error) as told:
        seal(store)
    return told.value.sqlstate == OTHER_SERVER
