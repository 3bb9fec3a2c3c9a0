"""Events are inserted and stand; an organisation sees its own."""

from uuid import uuid4

import psycopg
import pytest

from shared.postgres.arrays import take_arrays
from shared.settings import DATABASE_ROLES
from shared.store.appending import append
from tests.support.appending import one
from tests.support.stores import cloned, dropped, refused

NOT_GRANTED, GENERATED, STANDS = "42501", "428C9", "ES003"
INSERT = (
    "INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body) "
    "VALUES (%s, %s, 1, %s, %s, '{}', %s)"
)


@pytest.fixture(scope="module")
def store(server):
    """One for all of these: nothing here changes what stands."""
    made = cloned(server, "assessment")
    yield made
    dropped(made)


@pytest.fixture
def event(store, tenant):
    """One event, sealed."""
    app = store.connect("app")
    take_arrays(app)
    written = one(tenant, uuid4(), 1)
    append(app, written)
    assert store.ask("sealer", "SELECT seal(10)") == 1
    return written.rows[0]


def as_tenant(store, role, tenant, statement, *values):
    with store.connect(role).transaction() as inside:
        connection = inside.connection
        connection.execute("SELECT set_config('app.tenant', %s, true)", (str(tenant),))
        return connection.execute(statement, values).fetchone()[0]


def test_every_table_forces_row_level_security(store):
    open_tables = store.connect("admin").execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)"
    )
    assert open_tables.fetchall() == []


def test_every_view_is_read_with_the_rights_of_who_asks(store):
    views = store.connect("admin").execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind = 'v' AND NOT coalesce(reloptions @> '{security_invoker=true}', false)"
    )
    assert views.fetchall() == []


def test_functions_are_nobodys_but_those_they_were_made_for(store):
    free = store.connect("admin").execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND has_function_privilege('public', oid, 'EXECUTE')"
    )
    assert free.fetchall() == []


def test_functions_that_lend_rights_look_in_no_folder_of_the_callers(store):
    loose = store.connect("admin").execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef "
        "AND NOT coalesce(proconfig @> '{\"search_path=pg_catalog, public, pg_temp\"}', false)"
    )
    assert loose.fetchall() == []


@pytest.mark.parametrize("role", [r for r in DATABASE_ROLES if r != "owner"])
def test_nobody_makes_tables_of_their_own(store, role):
    assert refused(store, role, "CREATE TABLE mine (a int)") == NOT_GRANTED
    assert refused(store, role, "CREATE TEMP TABLE events (a int)") == NOT_GRANTED


@pytest.mark.parametrize("table", ["events", "log", "published"])
def test_without_an_organisation_nothing_is_seen(store, event, table):
    assert store.ask("app", f"SELECT count(*) FROM {table}") == 0


@pytest.mark.parametrize("table", ["events", "log", "published"])
def test_an_organisation_sees_its_own_and_no_other(store, tenant, event, table):
    asked = f"SELECT count(*) FROM {table}"
    assert as_tenant(store, "app", tenant, asked) == 1
    assert as_tenant(store, "app", uuid4(), asked) == 0


def test_the_empty_setting_left_by_a_transaction_matches_nothing(store, tenant, event):
    app = store.connect("app")
    with app.transaction():
        app.execute("SELECT set_config('app.tenant', %s, true)", (str(tenant),))
    assert app.execute("SELECT current_setting('app.tenant')").fetchone()[0] == ""
    assert app.execute("SELECT count(*) FROM events").fetchone()[0] == 0


@pytest.mark.parametrize("role", ["app", "combine"])
def test_nothing_is_written_for_another_organisation(store, role, tenant):
    other = uuid4()
    with store.connect(role).transaction() as inside:
        for name, value in (("app.tenant", str(tenant)), ("app.tenants", f"{{{tenant}}}")):
            inside.connection.execute("SELECT set_config(%s, %s, true)", (name, value))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            inside.connection.execute(INSERT, (other, uuid4(), other, uuid4(), b"sealed"))


@pytest.mark.parametrize("role", ["app", "combine"])
def test_an_event_without_a_body_cannot_be_written(store, role, tenant):
    """It would have no leaf, and the sealer would stop at it for ever."""
    with store.connect(role).transaction() as inside:
        for name, value in (("app.tenant", str(tenant)), ("app.tenants", f"{{{tenant}}}")):
            inside.connection.execute("SELECT set_config(%s, %s, true)", (name, value))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            inside.connection.execute(INSERT, (tenant, uuid4(), tenant, uuid4(), None))


@pytest.mark.parametrize("role", ["app", "combine"])
@pytest.mark.parametrize("column", ["xid", "seq"])
def test_xid_and_seq_cannot_be_forged(store, role, column, tenant):
    statement = INSERT.replace("body)", f"body, {column})").replace("%s)", "%s, '1')")
    values = (tenant, uuid4(), tenant, uuid4(), b"sealed")
    assert refused(store, role, statement, *values) in (NOT_GRANTED, GENERATED)
    overriding = statement.replace("VALUES", "OVERRIDING SYSTEM VALUE VALUES")
    assert refused(store, role, overriding, *values) == NOT_GRANTED


def test_who_combines_reads_nothing(store, event):
    assert refused(store, "combine", "SELECT envelope FROM events") == NOT_GRANTED
    assert refused(store, "combine", "SELECT * FROM published") == NOT_GRANTED
    assert store.ask("combine", "SELECT count(command_id) FROM events") == 0


@pytest.mark.parametrize("role", ["app", "combine", "sealer", "reader", "relay"])
@pytest.mark.parametrize("table", ["events", "log"])
@pytest.mark.parametrize(
    "verb", ["UPDATE {} SET tenant_id = NULL", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_what_is_recorded_is_not_changed_by_those_who_work(store, event, role, table, verb):
    assert refused(store, role, verb.format(table)) == NOT_GRANTED


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        ("events", "DELETE FROM events"),
        ("events", "TRUNCATE events"),
        ("log", "UPDATE log SET position = 7"),
        ("log", "DELETE FROM log"),
        ("log", "TRUNCATE log"),
        ("seal_lineage", "DELETE FROM seal_lineage"),
        ("seal_lineage", "TRUNCATE seal_lineage"),
        ("seal_tick", "UPDATE seal_tick SET gpos = 0"),
        ("seal_tick", "TRUNCATE seal_tick"),
    ],
)
@pytest.mark.parametrize("role", ["owner", "admin"])
def test_not_by_the_owner_nor_by_an_administrator_without_meaning_to(
    store, event, role, table, verb
):
    before = store.ask("admin", f"SELECT count(*) FROM {table}")
    assert refused(store, role, verb) == STANDS
    assert store.ask("admin", f"SELECT count(*) FROM {table}") == before > 0


def test_an_update_by_the_owner_finds_no_row_and_by_the_administrator_is_refused(store, event):
    changed = store.connect("owner").execute("UPDATE events SET body = 'other'")
    assert changed.rowcount == 0
    for change in ("body = 'other'", "body = NULL", "xid = '3'", "envelope = '{}'"):
        assert refused(store, "admin", f"UPDATE events SET {change}") == STANDS


def test_only_the_sealer_writes_the_log(store, event):
    insert = "INSERT INTO log SELECT gpos + 1, tenant_id, position + 1, xid, seq, leaf, leaf, lane"
    for role in ("app", "combine", "reader", "relay", "eraser"):
        assert refused(store, role, f"{insert} FROM log") == NOT_GRANTED
        assert refused(store, role, "INSERT INTO seal_tick SELECT * FROM seal_tick") == NOT_GRANTED
        assert refused(store, role, "UPDATE seal_lineage SET era = 7") == NOT_GRANTED
    for role in ("app", "combine", "reader", "relay", "eraser"):
        assert refused(store, role, "SELECT seal(10)") == NOT_GRANTED


def test_followers_see_all_organisations_and_change_nothing(store, event):
    for role in ("reader", "relay"):
        known = store.ask(role, "SELECT count(*) FROM published")
        assert known == store.ask("admin", "SELECT count(*) FROM events") > 0
        assert store.ask(role, "SELECT gpos FROM published_head") == known
        assert refused(store, role, INSERT, *[uuid4()] * 4, b"sealed") == NOT_GRANTED


def test_who_makes_words_unreadable_reads_none(store, event):
    assert refused(store, "eraser", "SELECT body FROM events") == NOT_GRANTED
    assert refused(store, "eraser", "SELECT body FROM published") == NOT_GRANTED


def test_snapshots_are_an_organisations_own(store, tenant):
    app = store.connect("app")
    insert = (
        "INSERT INTO snapshots (tenant_id, stream_id, version, subject_id, topic, state) "
        "VALUES (%s, %s, 1, %s, 't', 's')"
    )
    with app.transaction():
        app.execute("SELECT set_config('app.tenant', %s, true)", (str(tenant),))
        app.execute(insert, (tenant, uuid4(), tenant))
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute(insert, (uuid4(), uuid4(), tenant))
    assert as_tenant(store, "app", tenant, "SELECT count(*) FROM snapshots") == 1
    assert as_tenant(store, "app", uuid4(), "SELECT count(*) FROM snapshots") == 0
    assert refused(store, "eraser", "SELECT state FROM snapshots") == NOT_GRANTED
