"""The list of positions that is kept outside: what it finds in a log that is not what it was."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from cosigne.cli import main
from cosigne.positions.checked import Checked, check
from cosigne.positions.listed import PositionsList
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import KEYS, SERVICES, Settings, url_of
from tests.support.filled import seal, write
from tests.support.stores import SECRET, Store, cloned

PLANTED = {
    "an envelope with another word in it": "UPDATE events SET envelope = replace(envelope::text, "
    "'theme_rated', 'theme_rote')::json WHERE seq = (SELECT seq FROM log WHERE gpos = 2)",
    "a body of somebody else's": "UPDATE events SET body = 'other' WHERE seq = "
    "(SELECT seq FROM log WHERE gpos = 2)",
    "a leaf that is not its own": "UPDATE log SET leaf = sha256('other') WHERE gpos = 2",
    "an envelope with its leaf made to fit": "UPDATE events SET envelope = '{}' WHERE seq = "
    "(SELECT seq FROM log WHERE gpos = 2); UPDATE log l SET leaf = sha256('\\x00'::bytea || "
    "int4send(2) || '{}' || l.body_sha) WHERE gpos = 2",
    "an entry that is gone": "DELETE FROM log WHERE gpos = 2",
    "an event that is gone": "DELETE FROM events WHERE seq = (SELECT seq FROM log WHERE gpos = 2)",
    "the last entry that is gone": "DELETE FROM log WHERE gpos = 5",
    "two entries in each other's place": "UPDATE log SET gpos = -gpos "
    "WHERE gpos IN (2, 3); UPDATE log SET gpos = 5 + gpos WHERE gpos < 0",
}


@pytest.fixture
def stores(server):
    made = {name: cloned(server, name) for name in SERVICES}
    yield made
    for store in made.values():
        store.close()


@pytest.fixture
def settings(server, stores) -> Settings:
    databases = {name: server.url(store.database) for name, store in stores.items()}
    return Settings(databases=databases, database_secret=SECRET)


@pytest.fixture
def kept(tmp_path) -> PositionsList:
    return PositionsList(tmp_path / "positions.jsonl")


def told(store: Store, count: int) -> None:
    write(store, uuid4(), count)
    assert seal(store) == count


def plant(store: Store, statements: str) -> None:
    """As whoever owns the server could: past every trigger and policy."""
    with connect(store.conninfo("admin")) as admin:
        admin.execute("SET session_replication_role = replica")
        for statement in statements.split("; "):
            assert admin.execute(statement).rowcount > 0, statement


def of(found: list[Checked], service: str) -> Checked:
    return next(one for one in found if one.service == service)


def test_what_was_listed_is_found_again_and_what_came_since_is_counted(stores, settings, kept):
    told(stores["plans"], 3)
    kept.write(settings)
    told(stores["plans"], 2)
    kept.write(settings)
    told(stores["plans"], 4)
    found = check(settings, kept)
    assert of(found, "plans") == Checked("plans", 1, 9, 5, 0, 4, [])
    assert of(found, "network") == Checked("network", 1, 0, 0, 0, 0, [])
    assert all(one.whole for one in found)


def test_a_log_in_which_nothing_came_adds_no_line(stores, settings, kept):
    told(stores["plans"], 3)
    assert kept.write(settings) == kept.write(settings)
    assert [one.service for one in kept.all()] == ["plans"]
    assert kept.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("statements", PLANTED.values(), ids=PLANTED.keys())
def test_what_is_planted_in_a_log_is_found(statements, stores, settings, kept):
    told(stores["plans"], 5)
    kept.write(settings)
    plant(stores["plans"], statements)
    found = of(check(settings, kept), "plans")
    assert not found.whole
    assert found.verified == 0
    assert all(of(check(settings, kept), name).whole for name in SERVICES if name != "plans")


def test_a_log_that_knows_less_than_the_list_is_told_and_not_listed_over(stores, settings, kept):
    told(stores["plans"], 5)
    [*_, last] = [one for one in kept.write(settings) if one.service == "plans"]
    before = kept.file.read_text()
    with kept.file.open("a") as file:
        line = {"service": "plans", "era": 1, "gpos": 7, "chain": "00" * 32, "at": last.at}
        file.write(json.dumps(line) + "\n")
    found = of(check(settings, kept), "plans")
    assert (found.verified, found.beyond, found.whole) == (5, 2, False)
    with pytest.raises(Refused, match=r"positions\.behind"):
        kept.write(settings)
    assert len(kept.file.read_text()) == len(before) + len(json.dumps(line)) + 1


def test_a_new_era_is_listed_from_its_beginning(stores, settings, kept):
    told(stores["plans"], 3)
    kept.write(settings)
    stores["plans"].ask("owner", "SELECT new_era()")
    told(stores["plans"], 1)
    kept.write(settings)
    assert [(one.era, one.gpos) for one in kept.all()] == [(1, 3), (2, 4)]
    assert of(check(settings, kept), "plans") == Checked("plans", 2, 4, 4, 0, 0, [])


def test_a_line_that_cannot_be_read_is_not_passed_over(stores, settings, kept):
    told(stores["plans"], 3)
    kept.write(settings)
    kept.file.write_text(kept.file.read_text()[:-10])
    with pytest.raises(Refused, match=r"positions\.line"):
        check(settings, kept)


def test_an_operator_keeps_the_list_and_compares_with_it(
    stores, settings, tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.setenv("COSIGNE_LANG", "en")
    monkeypatch.setenv("COSIGNE_DATABASE_SECRET", SECRET)
    monkeypatch.setenv("COSIGNE_KEYS_FOLDER", str(tmp_path / "keys"))
    monkeypatch.setenv("COSIGNE_OIDC_ISSUER", "http://127.0.0.1/issuer")
    for name in (*SERVICES, KEYS):
        monkeypatch.setenv(
            url_of(name), replace(settings).databases.get(name, "postgresql:///keys")
        )
    told(stores["plans"], 3)
    file = str(tmp_path / "list")
    assert main(["positions", file]) == 0
    assert main(["positions", file, "--check"]) == 0
    plant(stores["plans"], PLANTED["a leaf that is not its own"])
    capsys.readouterr()
    assert main(["positions", file, "--check"]) == 1
    assert "plans: leaf 2" in capsys.readouterr().out
