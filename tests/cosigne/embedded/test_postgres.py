import os
import signal
import socket
from pathlib import Path

import psycopg
import pytest

from cosigne.embedded.binaries import described
from cosigne.embedded.left_over import Postmaster
from cosigne.embedded.postgres import EmbeddedPostgres
from shared.kernel import Refused
from tests.support.postgres import own_server, place

FAST = {"fsync": "off"}


def asked(server, question):
    with psycopg.connect(server.admin_conninfo) as connection:
        return connection.execute(question).fetchone()[0]


def test_it_listens_here_only_and_asks_for_the_password():
    with own_server(**FAST) as (_, server):
        assert asked(server, "SHOW listen_addresses") == "127.0.0.1"
        assert asked(server, "SHOW unix_socket_directories") == ""
        assert asked(server, "SHOW data_checksums") == "on"
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"{server.url('postgres')}?user=cosigne&password=guessed")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"{server.url('postgres')}?user=cosigne")


def test_it_writes_to_disk_before_it_answers_unless_told_otherwise():
    with own_server() as (_, server):
        assert asked(server, "SHOW fsync") == "on"
        assert asked(server, "SHOW synchronous_commit") == "on"


def test_a_second_start_finds_the_data_the_port_and_the_password():
    with place() as folder:
        with EmbeddedPostgres(folder / "pg", options=FAST) as first:
            asked(first, "SELECT 1")
            with psycopg.connect(first.admin_conninfo) as connection:
                connection.execute("CREATE TABLE kept AS SELECT 'still here' AS what")
        with EmbeddedPostgres(folder / "pg", options=FAST) as second:
            assert asked(second, "SELECT what FROM kept") == "still here"
            assert (second.port, second.password) == (first.port, first.password)


def test_the_password_is_for_our_eyes_only():
    with place() as folder, EmbeddedPostgres(folder / "pg", options=FAST):
        assert (folder / "pg" / "password").stat().st_mode & 0o777 == 0o600
        assert (folder / "pg" / "data").stat().st_mode & 0o777 == 0o700


def test_a_port_taken_meanwhile_is_left_to_the_other():
    with place() as folder:
        with EmbeddedPostgres(folder / "pg", options=FAST) as first:
            taken = first.port
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", taken))
            other.listen()
            with EmbeddedPostgres(folder / "pg", options=FAST) as second:
                assert second.port != taken
                assert asked(second, "SELECT 1") == 1


def test_a_half_made_data_folder_is_made_again():
    with place() as folder:
        half = folder / "pg" / "data.making"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18")
        with EmbeddedPostgres(folder / "pg", options=FAST) as server:
            assert asked(server, "SELECT 1") == 1
        assert not half.exists()


def test_a_server_killed_under_us_starts_again():
    with own_server(**FAST) as (postgres, server):
        os.kill(server.pid, signal.SIGKILL)
        again = postgres.start()
        assert again.pid != server.pid
        assert asked(again, "SELECT 1") == 1


def test_a_server_left_running_is_stopped_and_started_again():
    with place() as folder:
        left = EmbeddedPostgres(folder / "pg", options=FAST)
        before = left.start()
        # as if we had been killed together with the guard
        left.guard.process.kill()
        left.guard.dismiss()
        left.guard = None
        left.stop()
        assert Postmaster.of(folder / "pg" / "data").runs
        said = []
        with EmbeddedPostgres(folder / "pg", options=FAST, say=said.append) as after:
            assert after.pid != before.pid
            assert asked(after, "SELECT 1") == 1
        assert said == ["postgres.left_running"]


def test_a_process_number_given_to_someone_else_is_not_taken_for_a_server():
    with place() as folder:
        with EmbeddedPostgres(folder / "pg", options=FAST):
            kept = (folder / "pg" / "data" / "postmaster.pid").read_text()
        stale = folder / "pg" / "data" / "postmaster.pid"
        stale.write_text(kept.replace(kept.split("\n")[0], str(os.getpid()), 1))
        with EmbeddedPostgres(folder / "pg", options=FAST) as server:
            assert asked(server, "SELECT 1") == 1


def test_two_processes_never_hold_the_same_folder():
    with own_server(**FAST) as (postgres, server):
        with pytest.raises(Refused, match=r"folder\.in_use") as refused:
            EmbeddedPostgres(postgres.folder.home).start()
        assert refused.value.values["pid"] == str(os.getpid())
        assert asked(server, "SELECT 1") == 1


def test_a_lost_password_is_said_so():
    with place() as folder:
        with EmbeddedPostgres(folder / "pg", options=FAST):
            pass
        (folder / "pg" / "password").unlink()
        with pytest.raises(Refused, match=r"postgres\.password_lost"):
            EmbeddedPostgres(folder / "pg", options=FAST).start()


def test_data_of_another_version_are_left_alone():
    with place() as folder:
        with EmbeddedPostgres(folder / "pg", options=FAST):
            pass
        (folder / "pg" / "data" / "PG_VERSION").write_text("9")
        with pytest.raises(Refused, match=r"postgres\.other_version") as refused:
            EmbeddedPostgres(folder / "pg", options=FAST).start()
        assert refused.value.values["made"] == "9"


def test_a_wrong_setting_is_told_in_the_servers_words():
    with place() as folder:
        wrong = EmbeddedPostgres(folder / "pg", options={"shared_buffers": "lots"})
        with pytest.raises(Refused, match=r"postgres\.not_started") as refused:
            wrong.start()
        assert "shared_buffers" in refused.value.values["reason"]


def test_programs_that_are_not_there_are_said_so(monkeypatch):
    monkeypatch.setenv("COSIGNE_POSTGRES_BIN", "/nowhere")
    with place() as folder, pytest.raises(Refused, match=r"postgres\.programs_broken"):
        EmbeddedPostgres(folder / "pg").start()


@pytest.mark.skipif(
    not Path("/usr/lib/postgresql/15/bin/postgres").exists(),
    reason="the system has no PostgreSQL 15",
)
def test_the_systems_postgresql_15_serves_as_well(monkeypatch):
    monkeypatch.setenv("COSIGNE_POSTGRES_BIN", "/usr/lib/postgresql/15/bin")
    assert described(Path("/usr/lib/postgresql/15/bin")).major == 15
    with own_server(**FAST) as (_, server):
        assert asked(server, "SHOW server_version_num").startswith("15")
        assert asked(server, "SELECT lower('É')") == "é"
