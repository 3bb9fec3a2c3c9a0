"""Another timeline: a promoted standby seals nothing until it is known what was published."""

from contextlib import contextmanager
from uuid import uuid4

import pytest

from cosigne.embedded.ports import free_port
from cosigne.embedded.postgres import Server
from shared.postgres.pool import connect
from shared.store.sealer import Unanchored, resume
from tests.support.filled import refuses_to_seal, seal, write
from tests.support.postgres import own_server
from tests.support.sealed import assert_sealed
from tests.support.stores import Store, cloned

FAST = {"fsync": "off"}


@contextmanager
def standby_of(postgres, primary):
    """An asynchronous standby; gives the function that cuts it off and promotes it."""
    home, port = postgres.folder.home.parent / "standby", free_port()
    account, program = postgres.account, postgres.programs.program
    home.mkdir()
    account.own(home)
    done = account.run(
        program("pg_basebackup"), "-R", "-X", "stream", "-c", "fast",
        "-d", primary.admin_conninfo, "-D", home / "data",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (home / "data" / "postmaster.pid").unlink(missing_ok=True)
    options = f"-c port={port} -c listen_addresses=127.0.0.1 -c max_connections=300"
    options += " -c unix_socket_directories=''"

    def pg_ctl(verb, *more):
        told = account.run(program("pg_ctl"), verb, "-w", "-D", home / "data", *more)
        assert told.returncode == 0, told.stdout + told.stderr

    standby = Server(primary.host, port, 0, primary.password)
    pg_ctl("start", "-l", home / "data" / "standby.log", "-o", options)
    try:
        yield standby, lambda: pg_ctl("promote")
    finally:
        pg_ctl("stop", "-m", "immediate")


def cut_off(standby, primary):
    """The standby has all until now, and nothing from now on."""
    with connect(primary.admin_conninfo) as admin:
        upto = admin.execute("SELECT pg_current_wal_flush_lsn()").fetchone()[0]
    with connect(standby.admin_conninfo) as admin:
        reached = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        while not admin.execute(reached, (str(upto),)).fetchone()[0]:
            admin.execute("SELECT pg_sleep(0.02)")
        admin.execute("ALTER SYSTEM SET primary_conninfo = ''")
        admin.execute("SELECT pg_reload_conf()")
        while admin.execute("SELECT count(*) FROM pg_stat_wal_receiver").fetchone()[0]:
            admin.execute("SELECT pg_sleep(0.02)")


LEAF = "SELECT encode(leaf, 'hex') FROM log WHERE tenant_id = %s AND position = %s"


def test_an_asynchronous_standby_promoted_after_a_publication_is_refused(tenant):
    with own_server(**FAST) as (postgres, primary):
        store = cloned(primary, "assessment")
        kept = write(store, tenant, 3)
        seal(store)
        with standby_of(postgres, primary) as (standby, promote):
            other = Store(standby, store.service, store.database)
            cut_off(standby, primary)
            write(store, tenant, 2)
            seal(store)
            published = store.ask("relay", "SELECT gpos FROM published_head")
            signed = store.ask("relay", LEAF, tenant, published)
            promote()

            assert refuses_to_seal(other)
            with pytest.raises(Unanchored, match="published up to 5, this server knows 3"):
                resume(other.conninfo("sealer"), published)
            assert refuses_to_seal(other)

            # what a sealer that believed this server would do: another leaf where one was signed
            with connect(other.conninfo("admin")) as admin, admin.transaction(force_rollback=True):
                admin.execute("SELECT set_config('app.tenant', %s, true)", (str(tenant),))
                admin.execute("UPDATE seal_lineage SET anchor = anchor()")
                for number in (1, 2):
                    values = (tenant, uuid4(), tenant, uuid4(), f'{{"n": {number}}}', b"sealed")
                    admin.execute(INSERT, values)
                # one transaction does not see itself as past: seal the rows as seal() would
                admin.execute(SEAL_OWN)
                silently = admin.execute(LEAF, (tenant, published)).fetchone()[0]
            assert silently != signed

            resume(other.conninfo("sealer"), 3)
            fresh = write(other, tenant, 2)
            assert seal(other) == 2
            assert assert_sealed(other, kept + fresh)[:3] == kept


INSERT = (
    "INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body) "
    "VALUES (%s, %s, 1, %s, %s, %s, %s)"
)
SEAL_OWN = (
    "SELECT seal_rows(3, array_agg(xid ORDER BY seq), array_agg(seq ORDER BY seq)) "
    "FROM events WHERE xid = pg_current_xact_id()"
)


def test_a_standby_that_knows_all_that_was_published_goes_on(tenant):
    with own_server(**FAST) as (postgres, primary):
        store = cloned(primary, "assessment")
        kept = write(store, tenant, 3)
        seal(store)
        waiting = write(store, tenant, 2)
        with standby_of(postgres, primary) as (standby, promote):
            cut_off(standby, primary)
            promote()
            other = Store(standby, store.service, store.database)
            assert refuses_to_seal(other)
            with pytest.raises(Unanchored, match="reanchor"):
                resume(cloned_elsewhere(other), 3)
            resume(other.conninfo("sealer"), 3)
            assert seal(other) == 2
            assert_sealed(other, kept + waiting)


def cloned_elsewhere(store):
    """The sealer's way into a copy of this store under another name."""
    with connect(store.server.admin_conninfo) as admin:
        admin.execute(f"CREATE DATABASE elsewhere TEMPLATE {store.database}")
    return Store(store.server, store.service, "elsewhere").conninfo("sealer")
