"""The sealer's loop: quick when busy, quiet when idle, loud when it must not seal."""

import logging
import threading
import time
from contextlib import contextmanager

import pytest

from shared.postgres.pool import connect
from shared.store.sealer import Sealer, Unanchored, run
from tests.support.filled import write
from tests.support.postgres import own_server
from tests.support.sealed import assert_sealed
from tests.support.stores import cloned


@contextmanager
def working(store, batch=50):
    sealer, stop = Sealer(store.conninfo("sealer"), batch=batch), threading.Event()
    thread = threading.Thread(target=sealer.run, args=(stop,))
    thread.start()
    try:
        yield sealer
    finally:
        stop.set()
        sealer.wake()
        thread.join(10)


def reached(store, gpos, within=60.0):
    until = time.monotonic() + within
    while store.ask("relay", "SELECT gpos FROM published_head") < gpos:
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def test_it_seals_in_batches_until_nothing_is_left(store, tenant):
    places = write(store, tenant, 170)
    with working(store):
        assert reached(store, 170)
    assert_sealed(store, places)


def test_whoever_appends_in_the_same_process_wakes_it(store, tenant, monkeypatch):
    monkeypatch.setattr("shared.store.sealer.SOON_SECONDS", 600.0)
    monkeypatch.setattr("shared.store.sealer.LATER_SECONDS", 600.0)
    with working(store) as sealer:
        time.sleep(0.3)
        write(store, tenant, 1)
        sealer.wake()
        assert reached(store, 1)


def test_a_lost_connection_is_made_again(store, tenant, monkeypatch):
    monkeypatch.setattr("shared.store.sealer.BROKEN_SECONDS", 0.05)
    with working(store) as sealer:
        write(store, tenant, 1)
        assert reached(store, 1)
        backend = sealer.connection.info.backend_pid
        store.ask("admin", "SELECT pg_terminate_backend(%s)", backend)
        write(store, tenant, 1)
        assert reached(store, 2)


def test_on_another_server_it_says_so_and_goes_on_asking(store, tenant, monkeypatch, caplog):
    monkeypatch.setattr("shared.store.sealer.BROKEN_SECONDS", 0.05)
    write(store, tenant, 1)
    with connect(store.conninfo("admin")) as admin:
        here = admin.execute("SELECT anchor FROM seal").fetchone()[0]
        admin.execute("UPDATE seal_lineage SET anchor = '7/7/00000001'")
        sealer = Sealer(store.conninfo("sealer"))
        with pytest.raises(Unanchored, match="reanchor"):
            sealer.step()
        sealer.close()
        with caplog.at_level(logging.CRITICAL), working(store):
            time.sleep(0.2)
            assert "nothing is sealed" in caplog.text
            admin.execute("UPDATE seal_lineage SET anchor = %s", (here,))
            assert reached(store, 1)


def test_what_no_standby_confirmed_is_not_vouched_for(tenant):
    """Nobody is there to confirm; an operator cancels the wait."""
    with own_server(fsync="off") as (_, server):
        store = cloned(server, "assessment")
        sealer = Sealer(store.conninfo("sealer"))
        write(store, tenant, 2)
        sealer.step()
        assert sealer.confirmed == 2
        write(store, tenant, 1)
        standbys(store, "'nobody'")
        waiting = threading.Thread(target=sealer.step)
        waiting.start()
        cancel_its_wait(store, sealer.connection.info.backend_pid)
        waiting.join(10)
        assert store.ask("relay", "SELECT gpos FROM published_head") == 3
        assert sealer.confirmed == 2
        standbys(store, "''")
        sealer.step()
        assert sealer.confirmed == 2, "a look in vain waited for nobody"
        write(store, tenant, 1)
        sealer.step()
        assert sealer.confirmed == 4
        sealer.close()


def standbys(store, names):
    with connect(store.conninfo("admin")) as admin:
        admin.execute(f"ALTER SYSTEM SET synchronous_standby_names = {names}")
        admin.execute("SELECT pg_reload_conf()")
        time.sleep(0.3)  # every process reads it in its own time


def cancel_its_wait(store, backend):
    with connect(store.conninfo("admin")) as admin:
        asked = "SELECT wait_event FROM pg_stat_activity WHERE pid = %s"
        while admin.execute(asked, (backend,)).fetchone()[0] != "SyncRep":
            time.sleep(0.01)
        admin.execute("SELECT pg_cancel_backend(%s)", (backend,))


def test_whoever_appends_is_given_the_sealer_to_wake(store):
    stop, told = threading.Event(), []
    thread = threading.Thread(target=run, args=(store.conninfo("sealer"), stop, told.append))
    thread.start()
    stop.set()
    thread.join(10)
    assert isinstance(told[0], Sealer)
