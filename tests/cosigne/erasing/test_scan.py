"""Looking for words of somebody erased proves something, or is refused."""

from dataclasses import replace
from uuid import uuid4

import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cosigne.erasing.scan import scan_tables
from shared.kernel import Refused
from shared.postgres.pool import connect


@pytest.fixture
def administrator(server, store):
    """One who makes databases and roles, and from whom row-level security hides rows."""
    name = f"boss_{uuid4().hex[:12]}"
    role, database = sql.Identifier(name), sql.Identifier(store.database)
    with connect(server.admin_conninfo) as admin:
        admin.execute(
            sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD 'word'").format(role)
        )
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
        yield make_conninfo(server.admin_conninfo, user=name, password="word")
        admin.execute(sql.SQL("DROP OWNED BY {}").format(role))
        admin.execute(sql.SQL("DROP ROLE {}").format(role))


def test_whoever_does_not_see_every_row_finds_nothing_and_is_refused(administrator, store):
    settings = replace(store.settings, admin_database_url=administrator)
    with pytest.raises(Refused, match=r"erase\.not_all_seen") as refused:
        scan_tables(settings, None, ["word"], [store.service])
    assert str(refused.value.values["role"]).startswith("boss_")
