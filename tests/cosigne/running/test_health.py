"""What a worker process says of itself: alive by its own threads only, ready by all it needs."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from cosigne.plans import plans
from cosigne.running.health import told_at
from cosigne.running.preparing import tables_of
from cosigne.running.standing import standing_of
from cosigne.running.worker import Worker
from shared.http.service import build, keys_of
from shared.http.watching import Watch
from shared.kernel import Refused
from shared.postgres.arrays import take_arrays
from shared.postgres.migrate import migrate
from shared.postgres.pool import connect
from shared.settings import Kafka
from shared.store.appending import append
from shared.store.sealer import Sealer
from tests.support.appending import one
from tests.support.installation import eventually

SILENT = 0.3


@pytest.fixture
def settings(house):
    return house.installation.settings


def working(settings, *kinds, run=None, monkeypatch=None):
    worker = Worker(settings, {"assessment": plans()["assessment"]}, kinds)
    if run is not None:
        monkeypatch.setattr(worker.sealers["assessment"], "run", run)
    return worker


def asked(at, path):
    answer = httpx.get(f"http://{at}{path}", trust_env=False, timeout=20)
    return answer.status_code, answer.json()


def test_a_thread_that_hangs_in_our_own_code_is_no_longer_alive(settings, monkeypatch):
    lock = threading.Lock()
    lock.acquire()

    def stuck(stop):
        while not stop.is_set():
            lock.acquire()

    worker = working(settings, "seal", run=stuck, monkeypatch=monkeypatch)
    worker.start()
    with told_at("127.0.0.1:0", lambda: worker.hung(SILENT), Watch({})) as at:
        eventually(
            lambda: asked(at, "/live") == (503, {"status": "hung", "threads": ["seal-assessment"]})
        )
        lock.release()
        eventually(lambda: asked(at, "/live")[0] == 503)
    lock.release()
    worker.stop()


def test_a_thread_that_waits_for_a_database_is_alive(settings, monkeypatch):
    told = settings.conninfo("assessment", "sealer")
    waiting = threading.Event()

    def slow(stop):
        while not stop.is_set():
            with connect(told) as connection:
                waiting.set()
                connection.execute("SELECT pg_sleep(2)")

    worker = working(settings, "seal", run=slow, monkeypatch=monkeypatch)
    worker.start()
    waiting.wait(20)
    time.sleep(2 * SILENT)
    assert worker.hung(SILENT) == []
    worker.stop()


def test_a_thread_that_rests_is_alive(settings, monkeypatch):
    worker = working(settings, "seal", run=lambda stop: stop.wait(60), monkeypatch=monkeypatch)
    worker.start()
    time.sleep(2 * SILENT)
    assert worker.hung(SILENT) == []
    worker.stop()


def looked_at(worker):
    found = {}
    for name, check in standing_of(worker).items():
        found[name] = False
        with suppress(Exception):
            found[name] = check() is not False
    return found


def test_it_is_ready_when_all_is_there(settings):
    worker = working(settings, "seal", "project", "consume")
    assert not looked_at(worker)["started"]
    worker.start()
    try:
        assert looked_at(worker) == {
            "started": True,
            "database.assessment": True,
            "lag.assessment": True,
            "keys": True,
        }
    finally:
        worker.stop()


def test_it_is_not_ready_while_its_database_is_too_old(settings):
    worker = working(settings, "seal")
    with connect(settings.conninfo("assessment", "owner")) as owner:
        (kept,) = owner.execute(
            "DELETE FROM migration WHERE name LIKE '0011%' RETURNING room, name, sha256"
        ).fetchall()
        try:
            assert not looked_at(worker)["database.assessment"]
            with pytest.raises(Refused, match=r"database\.too_old"):
                worker.start()
        finally:
            owner.execute("INSERT INTO migration VALUES (%s, %s, %s)", kept)
    assert looked_at(worker)["database.assessment"]


def test_it_is_not_ready_while_its_database_is_away(settings):
    away = {**settings.databases, "assessment": "postgresql://127.0.0.1:1/assessment"}
    found = looked_at(working(replace(settings, databases=away), "seal"))
    assert found == {"started": False, "database.assessment": False, "lag.assessment": False}


def test_it_is_not_ready_while_the_keys_are_away(settings, tmp_path):
    no_folder = replace(settings, keys_folder=tmp_path / "none")
    assert not looked_at(working(no_folder, "project"))["keys"]
    away = {**settings.databases, "keys": "postgresql://127.0.0.1:1/keys"}
    found = looked_at(working(replace(settings, databases=away), "project"))
    assert not found["keys"]
    assert found["database.assessment"]


def test_it_is_not_ready_while_the_oldest_waits_too_long(store, tenant):
    migrate(store.conninfo("owner"), "assessment", tables_of(plans()["assessment"]))
    sealing, projecting = (working(store.settings, kind) for kind in ("seal", "project"))
    app = store.connect("app")
    take_arrays(app)
    now = datetime.now(UTC).isoformat()
    append(app, one(tenant, uuid4(), 1, recorded_at=now))
    assert looked_at(sealing)["lag.assessment"]
    append(app, one(tenant, uuid4(), 1, recorded_at="2020-01-01T00:00:00+00:00"))
    assert not looked_at(sealing)["lag.assessment"]
    assert looked_at(projecting)["lag.assessment"]
    sealer = Sealer(store.conninfo("sealer"))
    eventually(lambda: not sealer.step())
    sealer.close()
    assert looked_at(sealing)["lag.assessment"]
    projecting.settings = replace(store.settings, ready_lag_seconds=1.0)
    time.sleep(1.1)
    append(app, one(tenant, uuid4(), 1, recorded_at=datetime.now(UTC).isoformat()))
    eventually(lambda: not sealer.step())
    sealer.close()
    assert not looked_at(projecting)["lag.assessment"]


def test_it_is_not_ready_while_no_broker_answers(settings):
    brokers = replace(settings, kafka=Kafka(servers=("127.0.0.1:1",)))
    assert looked_at(working(brokers, "relay"))["kafka"] is False
    assert "kafka" not in looked_at(working(brokers, "seal"))


def test_what_holds_up_a_look_never_holds_up_the_answer():
    held = threading.Event()
    watch = Watch({"database": lambda: held.wait(30)}, every=0.01, stale=0.2)
    begun = time.monotonic()
    assert watch.answer() == {"database": False}
    assert time.monotonic() - begun < 10
    begun = time.monotonic()
    assert watch.answer() == {"database": False}
    assert time.monotonic() - begun < 5
    held.set()
    eventually(lambda: watch.answer() == {"database": True})
    watch.close()


def test_an_address_that_cannot_be_taken_is_said():
    with ExitStack() as opened:
        at = opened.enter_context(told_at("127.0.0.1:0", list, Watch({})))
        with pytest.raises(Refused, match=r"serve\.address_taken"):
            opened.enter_context(told_at(at, list, Watch({})))
        with pytest.raises(Refused, match=r"serve\.no_address"):
            opened.enter_context(told_at("here", list, Watch({})))


@pytest.fixture
def served(settings):
    """`served(settings)` is what answers for the assessment service's readiness over HTTP."""
    with ExitStack() as opened:
        keys = opened.enter_context(keys_of(settings))

        def serve(told):
            service = build(told, plans()["assessment"], keys=keys)
            opened.callback(service.close)
            client = service.app.test_client()

            def ready():
                answer = client.get("/v1/health/ready")
                assert (answer.status_code == 200) == all(answer.json["checks"].values())
                return answer.json["checks"]

            return ready

        yield serve


WELL = {"database": True, "keys": True, "sign_in": True}


def test_a_service_is_ready_when_all_is_there(served, settings):
    assert served(settings)() == WELL


def test_a_service_is_not_ready_before_the_providers_keys_were_fetched(served, settings):
    nowhere = replace(settings, oidc_issuer="http://127.0.0.1:1/issuer")
    assert served(nowhere)() == WELL | {"sign_in": False}


def test_a_service_is_not_ready_while_the_keys_are_away(served, settings, tmp_path):
    ready = served(replace(settings, keys_folder=tmp_path / "none"))
    assert ready() == WELL | {"keys": False}


def test_a_service_is_not_ready_while_its_database_is_too_old(served, settings):
    ready = served(settings)
    with connect(settings.conninfo("assessment", "owner")) as owner:
        (kept,) = owner.execute(
            "DELETE FROM migration WHERE name LIKE '0011%' RETURNING room, name, sha256"
        ).fetchall()
        try:
            eventually(lambda: ready() == WELL | {"database": False})
            with pytest.raises(Refused, match=r"database\.too_old"):
                served(settings)
        finally:
            owner.execute("INSERT INTO migration VALUES (%s, %s, %s)", kept)
    eventually(lambda: ready() == WELL)
