import psycopg
import pytest

from shared.kernel import Refused
from shared.postgres import migrate as module
from shared.postgres.migrate import migrate, migrations
from shared.settings import KEYS, SERVICES


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A folder of migrations of its own, after the store's."""
    monkeypatch.setattr(module, "rooms", lambda service: [*rooms(service)[:1], ("more", tmp_path)])
    return tmp_path


rooms = module.rooms
TABLE = "CREATE TABLE {name} (a int); GRANT SELECT ON {name} TO {{service}}_app;"


def applied(store):
    return migrate(store.conninfo("owner"), store.service)


def test_every_service_has_migrations_and_all_are_well_named():
    for service in (*SERVICES, KEYS):
        assert list(migrations(service))


def test_each_is_applied_once_in_the_order_of_its_number(store, room):
    (room / "0002_second.sql").write_text("ALTER TABLE first ADD b int")
    (room / "0001_first.sql").write_text(TABLE.format(name="first"))
    assert applied(store) == ["more/0001_first.sql", "more/0002_second.sql"]
    assert applied(store) == []
    assert store.ask("app", "SELECT count(b) FROM first") == 0


def test_one_that_was_changed_after_it_was_applied_is_refused(store, room):
    (room / "0001_first.sql").write_text(TABLE.format(name="first"))
    applied(store)
    (room / "0001_first.sql").write_text(TABLE.format(name="other"))
    with pytest.raises(Refused, match=r"migration\.changed") as told:
        applied(store)
    assert told.value.values["name"] == "more/0001_first.sql"


def test_one_that_fails_leaves_nothing_of_itself(store, room):
    (room / "0001_first.sql").write_text(TABLE.format(name="first"))
    (room / "0002_wrong.sql").write_text(TABLE.format(name="second") + "SELECT 1/0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        applied(store)
    exists = "SELECT to_regclass(%s)::text"
    assert store.ask("admin", exists, "first") == "first"
    assert store.ask("admin", exists, "second") is None


def test_a_name_that_says_no_number_is_refused(store, room):
    (room / "first.sql").write_text("SELECT 1")
    with pytest.raises(Refused, match=r"migration\.misnamed"):
        applied(store)


def test_tables_of_declared_views_are_made_after_them(store):
    def then(connection):
        connection.execute("CREATE TABLE view_of_something (a int)")

    migrate(store.conninfo("owner"), store.service, then)
    assert store.ask("admin", "SELECT to_regclass('view_of_something')::text")


def test_a_table_kept_apart_is_seen_by_one_organisation_at_a_time(store, tenant):
    owner = store.connect("owner")
    owner.execute("CREATE TABLE notes (tenant_id uuid NOT NULL, said text)")
    owner.execute("SELECT keep_apart('notes')")
    owner.execute("GRANT SELECT, INSERT ON notes TO assessment_app")
    app = store.connect("app")
    with app.transaction():
        app.execute("SELECT set_config('app.tenant', %s, true)", (str(tenant),))
        app.execute("INSERT INTO notes VALUES (%s, 'hers')", (tenant,))
    assert store.ask("app", "SELECT count(*) FROM notes") == 0
    assert store.ask("owner", "SELECT count(*) FROM notes") == 1
