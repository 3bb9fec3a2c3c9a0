"""Another server, another database: nothing is sealed there until someone has looked."""

import subprocess

import pytest

from shared.postgres.pool import connect
from shared.store.sealer import Unanchored, reanchor
from tests.support.filled import refuses_to_seal, seal, write
from tests.support.postgres import own_server
from tests.support.sealed import assert_sealed
from tests.support.stores import Store, cloned, prepared

FAST = {"fsync": "off"}
HORIZON = """
SELECT count(*) FROM events
 WHERE xid > %s::text::xid8 AND xid < pg_snapshot_xmin(pg_current_snapshot())
"""


NEXT_ID = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


def burn_ids(store, count):
    with connect(store.conninfo("admin")) as admin:
        for _ in range(count):
            admin.execute("SELECT pg_current_xact_id()")


def with_a_longer_past(here, there):
    """A store on a server that has come further in its ids than the one it will be restored on."""
    store = cloned(here, "assessment")
    prepared(there, store.service)
    with connect(there.admin_conninfo) as admin:
        reached = admin.execute(NEXT_ID).fetchone()[0]
    # restoring takes some hundred of them
    burn_ids(store, max(0, reached + 600 - store.ask("admin", NEXT_ID)))
    return store


def restored(source, postgres, target):
    """A dump of the store on a server of its own, with psql, as an operator would."""
    prepared(target, source.service)
    with connect(target.admin_conninfo) as admin:
        admin.execute("DROP DATABASE assessment")
        admin.execute("CREATE DATABASE assessment OWNER assessment_owner")
    copy = Store(target, source.service, source.service)
    dump, psql = (postgres.programs.program(n) for n in ("pg_dump", "psql"))
    told = subprocess.run([dump, source.conninfo("admin")], capture_output=True, check=True)
    subprocess.run(
        [psql, "-q", "-v", "ON_ERROR_STOP=1", copy.conninfo("admin")],
        input=told.stdout,
        capture_output=True,
        check=True,
    )
    return copy


@pytest.fixture(scope="module")
def servers():
    with own_server(**FAST) as (postgres, here), own_server(**FAST) as (_, there):
        yield postgres, here, there


def test_a_dump_restored_elsewhere_is_refused_until_it_is_anchored_there(servers, tenant):
    postgres, here, there = servers
    store = with_a_longer_past(here, there)
    sealed = write(store, tenant, 5)
    seal(store)
    unsealed = write(store, tenant, 3)
    last = store.ask("admin", "SELECT max(xid::text::bigint) FROM events")
    copy = restored(store, postgres, there)

    assert refuses_to_seal(copy)
    fresh = write(copy, tenant, 4)
    # ids began again: whoever reads by them waits for ever
    assert copy.ask("admin", HORIZON, str(last)) == 0
    assert reanchor(copy.conninfo("sealer"), 5) == 7
    later = write(copy, tenant, 2)
    assert seal(copy) == 2
    places = assert_sealed(copy, sealed + unsealed + fresh + later)
    assert places[:5] == sealed
    leaves = "SELECT string_agg(encode(leaf, 'hex'), ' ' ORDER BY gpos) FROM log WHERE gpos < 6"
    assert copy.ask("admin", leaves) == store.ask("admin", leaves)


def test_ids_that_come_again_after_a_restore_are_not_sealed_twice(servers, tenant):
    """The restored server reaches the ids which the old one's rows carry."""
    postgres, here, there = servers
    store = with_a_longer_past(here, there)
    old = write(store, tenant, 30)
    seal(store)
    copy = restored(store, postgres, there)
    reanchor(copy.conninfo("sealer"), 30)
    last = copy.ask("admin", "SELECT max(xid::text::bigint) FROM events")
    fresh = []
    while copy.ask("admin", NEXT_ID) < last + 50:
        burn_ids(copy, 20)
        fresh += write(copy, tenant, 1)
        seal(copy)
    assert fresh
    assert len(assert_sealed(copy, old + fresh)) == len(old + fresh)


def test_a_dump_older_than_what_was_published_is_refused(servers, tenant):
    postgres, here, there = servers
    store = cloned(here, "assessment")
    write(store, tenant, 5)
    seal(store)
    copy = restored(store, postgres, there)
    with pytest.raises(Unanchored, match="published up to 6, this server knows 5"):
        reanchor(copy.conninfo("sealer"), 6)
    assert refuses_to_seal(copy)


def test_a_copy_that_is_not_whole_is_refused(servers, tenant):
    postgres, here, there = servers
    store = cloned(here, "assessment")
    write(store, tenant, 5)
    seal(store)
    copy = restored(store, postgres, there)
    with connect(copy.conninfo("admin")) as admin:
        admin.execute("ALTER TABLE events DISABLE TRIGGER ALL")
        admin.execute("DELETE FROM events WHERE seq = (SELECT min(seq) FROM events)")
    with pytest.raises(Unanchored, match="not whole"):
        reanchor(copy.conninfo("sealer"), 5)


def test_a_copy_of_the_database_on_the_same_server_is_another_database(store, tenant):
    write(store, tenant, 2)
    seal(store)
    with connect(store.server.admin_conninfo) as admin:
        name = f"{store.database}_copy"
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {store.database}")
        copy = Store(store.server, store.service, name)
        try:
            assert refuses_to_seal(copy)
            assert reanchor(copy.conninfo("sealer"), 2) == 0
            assert seal(copy) == 0
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_new_era_is_told_to_all_who_follow(store):
    assert store.ask("relay", "SELECT era FROM published_head") == 1
    assert store.ask("owner", "SELECT new_era()") == 2
    assert store.ask("relay", "SELECT era FROM published_head") == 2
