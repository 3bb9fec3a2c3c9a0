from uuid import uuid4

import psycopg
import pytest

from shared.postgres.pool import closed_pool, connect, in_tenant

TENANT = "SELECT current_setting('app.tenant', true)"


def test_a_transaction_sees_one_organisation_and_the_next_none(store, tenant):
    with closed_pool(store.conninfo("app"), size=1) as pool:
        with in_tenant(pool, tenant) as connection:
            assert connection.execute(TENANT).fetchone()[0] == str(tenant)
        with pool.connection() as connection:
            assert connection.execute(TENANT).fetchone()[0] == ""


def test_a_connection_goes_from_one_organisation_to_the_next_however_often(store, tenant):
    with closed_pool(store.conninfo("app"), size=1) as pool:
        for one in [tenant] * 8 + [uuid4()] * 8:  # often enough to be prepared, were it let
            with in_tenant(pool, one) as connection:
                assert connection.execute(TENANT).fetchone()[0] == str(one)


def test_a_transaction_that_fails_is_undone_and_the_connection_goes_on(store, tenant):
    with closed_pool(store.conninfo("app"), size=1) as pool:
        with pytest.raises(psycopg.errors.UndefinedTable), in_tenant(pool, tenant) as connection:
            connection.execute("SELECT * FROM nowhere")
        with in_tenant(pool, uuid4()) as connection:
            assert connection.execute("SELECT 1").fetchone()[0] == 1


def test_a_pool_is_opened_by_whoever_uses_it_not_where_it_is_made(store):
    assert closed_pool(store.conninfo("app")).closed


def test_a_connection_that_a_restarted_server_left_is_noticed_before_it_is_used(store, tenant):
    with closed_pool(store.conninfo("app"), size=1) as pool:
        with pool.connection() as connection:
            backend = connection.info.backend_pid
        store.ask("admin", "SELECT pg_terminate_backend(%s, 10000)", backend)
        with in_tenant(pool, tenant) as connection:
            assert connection.info.backend_pid != backend


def test_a_peer_that_says_nothing_is_not_waited_for_long(store):
    with connect(store.conninfo("app")) as connection:
        assert connection.info.get_parameters()["tcp_user_timeout"] == "15000"
    with connect(f"{store.conninfo('app')} tcp_user_timeout=9000") as connection:
        assert connection.info.get_parameters()["tcp_user_timeout"] == "9000"
