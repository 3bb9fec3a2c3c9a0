"""`cosigne run` as a person meets it: started, stopped, killed, started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from cosigne.embedded.ports import free_port
from tests.support.postgres import place

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "cosigne", "run"]
SOON = 120

pytestmark = pytest.mark.slow


def surroundings(folder):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COSIGNE_")}
    return {**kept, "COSIGNE_DATA": str(folder / "data"), "COSIGNE_LANG": "en"}


@contextmanager
def running(folder, port, *, demo=False):
    """The command, from the moment it says that it is ready."""
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port), *([] if demo else ["--no-demo"])],
        cwd=ROOT,
        env=surroundings(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C stops all of it" in line:
                break
        assert "is ready" in "".join(said), "".join(said)
        yield process, "".join(said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SOON)


def refused(folder, port):
    return subprocess.run(
        [*COMMAND, "--port", str(port), "--no-demo"],
        cwd=ROOT,
        env=surroundings(folder),
        capture_output=True,
        text=True,
        timeout=SOON,
        check=False,
    )


def household(process):
    """Everything it started: its children, and the server, which is nobody's child."""
    children = psutil.Process(process.pid).children(recursive=True)
    lives = Path(surroundings_of(process)["COSIGNE_DATA"])
    servers = [p for p in psutil.process_iter(["name", "cwd"]) if under(p.info["cwd"], lives)]
    return {*children, *servers}


def surroundings_of(process):
    return psutil.Process(process.pid).environ()


def under(cwd, folder):
    return bool(cwd) and Path(cwd).is_relative_to(folder)


def lives_on(process):
    """It may end between two questions."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def all_gone(household, within=SOON):
    until = time.monotonic() + within
    while time.monotonic() < until:
        left = [p for p in household if lives_on(p)]
        if not left:
            return True
        time.sleep(0.1)
    return False


def asked(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=SOON) as answer:
        return answer.status, answer.read().decode()


def test_it_starts_serves_stops_and_starts_again_with_what_it_had():
    port = free_port()
    with place() as folder:
        with running(folder, port) as (process, first):
            for name in ("directory", "assessment", "network", "plans", "reporting"):
                assert asked(port, f"/{name}/v1/health/ready")[0] == 200
                assert asked(port, f"/{name}/v1/openapi.json")[0] == 200
            assert "explorer" in asked(port, "/api/")[1]
            assert 'href="/sign-in' in asked(port, "/")[1]
            assert "token_endpoint" in asked(port, "/issuer/.well-known/openid-configuration")[1]
            household_ = household(process)
            assert any("postgres" in p.name() for p in household_)
            process.send_signal(signal.SIGINT)
            assert process.wait(SOON) == 0
            assert all_gone(household_)
        begun = time.monotonic()
        with running(folder, port) as (_, second):
            assert time.monotonic() - begun < SOON
            assert "Preparing the database" in first
            assert "Preparing the database" not in second
            password = next(line for line in first.splitlines() if "Sign in" in line)
            assert password in second


def test_what_it_keeps_is_for_our_eyes_only():
    with place() as folder, running(folder, free_port()):
        kept = [folder / "data", *(folder / "data").glob("*"), folder / "data-keys"]
        secret = [path for path in kept if path.suffix == ".secret" or path.name == "cosigne.log"]
        assert len(secret) >= 2
        assert all(path.stat().st_mode & 0o077 == 0 for path in secret)
        assert (folder / "data-keys").stat().st_mode & 0o077 == 0
        assert (folder / "data").stat().st_mode & 0o066 == 0


def test_killed_it_takes_everything_along_and_starts_again():
    port = free_port()
    with place() as folder:
        with running(folder, port) as (process, _):
            household_ = household(process)
            process.kill()
            process.wait()
            assert all_gone(household_)
        with running(folder, port):
            assert asked(port, "/plans/v1/health/ready")[0] == 200


def test_a_process_lost_is_started_again():
    port = free_port()
    with place() as folder, running(folder, port) as (process, _):
        worker = next(
            child
            for child in psutil.Process(process.pid).children()
            if "work" in child.cmdline()[-1:]
        )
        worker.kill()
        assert "“worker” stopped" in process.stdout.readline()
        until = time.monotonic() + 10
        while time.monotonic() < until:
            now = psutil.Process(process.pid).children()
            if any(c.cmdline()[-1:] == ["work"] and c.pid != worker.pid for c in now):
                return
            time.sleep(0.1)
        pytest.fail("no new worker came")


def test_a_port_in_use_is_said_with_one_that_is_free():
    with place() as folder, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = refused(folder, other.getsockname()[1])
        assert done.returncode == 1
        assert "cosigne run --port" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_second_one_over_the_same_data_is_refused_with_the_number_of_the_first():
    with place() as folder, running(folder, free_port()) as (process, _):
        done = refused(folder, free_port())
        assert done.returncode == 1
        assert str(process.pid) in done.stderr


def test_a_folder_that_cannot_be_is_said_so():
    with place() as folder:
        (folder / "data").write_text("a file where a folder should be")
        done = refused(folder, free_port())
        assert done.returncode == 1
        assert "COSIGNE_DATA=" in done.stderr
        assert "Traceback" not in done.stderr
