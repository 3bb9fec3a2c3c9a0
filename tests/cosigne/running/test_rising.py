"""A web process before it can serve, and one that never can."""

from __future__ import annotations

import pytest
from psycopg import OperationalError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from werkzeug.test import Client

from cosigne.plans import plans
from cosigne.running.rising import Rising
from cosigne.running.serving import front
from shared.postgres.pool import connect
from shared.postgres.schema import TooOld
from shared.settings import KEYS, url_of
from tests.support.installation import eventually
from tests.support.separate import cosigne, environment_of

LIVE, READY = "/plans/v1/health/live", "/plans/v1/health/ready"


def app(environ, start):
    start("200 OK", [])
    return [environ["PATH_INFO"].encode()]


def test_what_waiting_mends_is_waited_for_alive_and_not_ready():
    troubles = [
        TooOld("database.too_old", database="plans", missing="x"),
        OperationalError("away"),
    ]
    held = []

    def build():
        held.append(1)
        if len(held) < 40:
            raise troubles[len(held) % 2]
        return app

    client = Client(Rising(build, again=0.02))
    assert client.get(LIVE).status_code == 200
    ready = client.get(READY)
    assert (ready.status_code, ready.json["checks"]) == (503, {"started": False})
    eventually(lambda: client.get(READY).text == READY)
    assert client.get("/plans/v1/persons").text == "/plans/v1/persons"


def test_until_then_everything_else_is_not_available_just_now(monkeypatch):
    monkeypatch.setattr("cosigne.running.rising.AT_FIRST_SECONDS", 0.0)
    back = []

    def build():
        if not back:
            raise OperationalError("away")
        return app

    client = Client(Rising(build, again=0.05))
    for path in ("/", "/plans/v1/persons", "/persons/x"):
        answer = client.post(path)
        assert (answer.status_code, answer.json["code"]) == (503, "server.unavailable")
    back.append(True)  # or it would try, and say so, for as long as the tests run
    eventually(lambda: client.post("/persons/x").text == "/persons/x")


HELD = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = %s AND pid <> pg_backend_pid() AND application_name = ANY(%s)
"""


def test_whoever_waits_for_its_tables_holds_no_connection_meanwhile(house):
    """It tries every few seconds: what each try left open would leave no room for the migration."""
    settings = house.installation.settings
    chosen = {name: plans()[name] for name in ("plans", "assessment")}
    names = [f"{one}_{role}" for one in (*chosen, KEYS) for role in ("app", "combine")]
    databases = {
        conninfo_to_dict(settings.conninfo(one, "app"))["dbname"] for one in (*chosen, KEYS)
    }
    with (
        connect(settings.conninfo("assessment", "owner")) as owner,
        connect(settings.admin_database_url) as admin,
    ):

        def held():
            return sum(admin.execute(HELD, (one, names)).fetchone()[0] for one in databases)

        (kept,) = owner.execute(
            "DELETE FROM migration WHERE name LIKE '0011%' RETURNING room, name, sha256"
        ).fetchall()
        try:
            before = held()
            for _ in range(3):
                with pytest.raises(TooOld):
                    front(settings, chosen)
            eventually(lambda: held() <= before)
        finally:
            owner.execute("INSERT INTO migration VALUES (%s, %s, %s)", kept)


@pytest.mark.slow
def test_a_server_whose_database_is_away_lives_and_waits(house):
    given = environment_of(house.installation.settings)
    given[url_of("plans")] = "postgresql://127.0.0.1:1/plans"
    with cosigne("serve", "--service", "plans", "--bind", "ADDRESS", given=given) as process:
        assert process.answers(LIVE).json() == {"status": "live"}
        assert process.answers(READY, 503).json()["checks"] == {"started": False}


@pytest.mark.slow
def test_a_server_whose_role_could_see_everything_ends(house):
    settings = house.installation.settings
    given = environment_of(settings)
    database = conninfo_to_dict(settings.conninfo("plans", "app"))["dbname"]
    given["COSIGNE_PLANS_APP_DATABASE_URL"] = make_conninfo(
        settings.admin_database_url, dbname=database
    )
    with cosigne("serve", "--service", "plans", "--bind", "ADDRESS", given=given) as process:
        assert process.ends(120) == 3
        assert "superuser" in process.said
