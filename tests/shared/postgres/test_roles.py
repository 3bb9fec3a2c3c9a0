from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from shared.kernel import Refused
from shared.postgres.migrate import migrate
from shared.postgres.pool import connect
from shared.postgres.roles import prepare
from shared.postgres.safety import refuse_dangerous_role
from shared.settings import KEYS, Settings
from tests.support.postgres import own_server
from tests.support.stores import SECRET

FAST = {"fsync": "off"}


def settings(server, *services):
    return Settings(databases={s: server.url(s) for s in services}, database_secret=SECRET)


def test_preparing_twice_and_migrating_twice_changes_nothing():
    with own_server(**FAST) as (_, server):
        given = settings(server, "plans", KEYS)
        for service in ("plans", KEYS):
            prepare(server.admin_conninfo, service, given.password)
            first = migrate(given.conninfo(service, "owner"), service)
            prepare(server.admin_conninfo, service, given.password)
            assert first
            assert migrate(given.conninfo(service, "owner"), service) == []


def test_a_new_secret_changes_the_passwords():
    with own_server(**FAST) as (_, server):
        before = settings(server, "plans")
        prepare(server.admin_conninfo, "plans", before.password)
        after = Settings(databases=before.databases, database_secret="another")
        prepare(server.admin_conninfo, "plans", after.password)
        connect(after.conninfo("plans", "app")).close()
        with pytest.raises(psycopg.OperationalError, match="password"):
            connect(before.conninfo("plans", "app"))


def test_an_administrator_who_is_no_superuser_can_prepare_and_migrate():
    with own_server(**FAST) as (_, server):
        with connect(server.admin_conninfo) as admin:
            admin.execute("CREATE ROLE installer LOGIN CREATEROLE CREATEDB PASSWORD 'installs'")
        way = f"{server.url('postgres')}?user=installer&password=installs"
        given = settings(server, "plans")
        prepare(way, "plans", given.password)
        prepare(way, "plans", given.password)
        assert migrate(given.conninfo("plans", "owner"), "plans")


def test_a_role_of_one_service_cannot_enter_anothers_database(new_store):
    plans = new_store("plans")
    stranger = new_store("assessment").settings
    way = psycopg.conninfo.make_conninfo(
        plans.conninfo("app"), user="assessment_app", password=stranger.password("assessment_app")
    )
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        connect(way)


@pytest.mark.parametrize("role", ["app", "combine", "sealer", "reader", "relay", "eraser"])
def test_each_role_has_its_limits_and_waits_for_the_disk(store, role):
    with connect(store.conninfo(role)) as connection:
        for name, at_least in (
            ("statement_timeout", "1s"),
            ("idle_in_transaction_session_timeout", "1s"),
        ):
            said = connection.execute(
                "SELECT current_setting(%s)::interval >= %s::interval", (name, at_least)
            ).fetchone()[0]
            assert said, name
        for name, value in (("synchronous_commit", "on"), ("jit", "off")):
            assert connection.execute(f"SHOW {name}").fetchone()[0] == value


def test_those_who_work_are_accepted_and_those_who_rule_are_refused(store):
    for role in ("app", "combine", "sealer", "reader", "relay", "eraser"):
        refuse_dangerous_role(store.connect(role))
    with pytest.raises(Refused, match=r"database\.role_owner"):
        refuse_dangerous_role(store.connect("owner"))
    with pytest.raises(Refused, match=r"database\.role_superuser"):
        refuse_dangerous_role(store.connect("admin"))


def test_a_role_that_may_become_the_owner_is_refused_too(store):
    with (
        signed_in(store, "IN ROLE assessment_owner") as connection,
        pytest.raises(Refused, match=r"database\.role_owner"),
    ):
        refuse_dangerous_role(connection)


def test_a_role_that_row_level_security_does_not_bind_is_refused(store):
    with (
        signed_in(store, "BYPASSRLS") as connection,
        pytest.raises(Refused, match=r"database\.role_bypasses"),
    ):
        refuse_dangerous_role(connection)


def test_an_open_table_is_refused(store):
    store.connect("owner").execute("CREATE TABLE forgotten (tenant_id uuid)")
    with pytest.raises(Refused, match=r"database\.tables_open") as told:
        refuse_dangerous_role(store.connect("app"))
    assert told.value.values["tables"] == "forgotten"


def test_production_refuses_a_server_that_may_forget(store):
    """The server of the tests is hasty: fsync is off."""
    with pytest.raises(Refused, match=r"database\.forgetful") as told:
        refuse_dangerous_role(store.connect("app"), production=True)
    assert told.value.values["setting"] == "fsync"


def test_production_refuses_a_server_without_a_standby():
    with own_server() as (_, server):
        given = settings(server, "plans")
        prepare(server.admin_conninfo, "plans", given.password)
        with connect(given.conninfo("plans", "app")) as app:
            refuse_dangerous_role(app)
            with pytest.raises(Refused, match=r"database\.no_standby"):
                refuse_dangerous_role(app, production=True)
        with connect(server.admin_conninfo) as admin:
            admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (a, b)'")
            admin.execute("SELECT pg_reload_conf()")
        with connect(given.conninfo("plans", "app")) as app:
            app.execute("SELECT pg_sleep(0.2)")
            refuse_dangerous_role(app, production=True)


class signed_in:  # noqa: N801 - reads as what it does
    """A role made for one test, and gone after it."""

    def __init__(self, store, manner):
        self.store, self.name = store, f"odd_{uuid4().hex[:8]}"
        with connect(store.conninfo("admin")) as admin:
            admin.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'odd' {}").format(
                    sql.Identifier(self.name), sql.SQL(manner)
                )
            )
            admin.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(store.database), sql.Identifier(self.name)
                )
            )

    def __enter__(self):
        way = self.store.server.url(self.store.database)
        self.connection = connect(f"{way}?user={self.name}&password=odd")
        return self.connection

    def __exit__(self, *_):
        self.connection.close()
        with connect(self.store.conninfo("admin")) as admin:
            admin.execute(
                sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(self.name))
            )
