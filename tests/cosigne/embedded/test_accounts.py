"""Root never runs the database itself; an ordinary user does; a killed parent takes it along."""

import os
import pwd
import signal
import subprocess
import sys
import time
import traceback
import warnings
from pathlib import Path

import psutil
import pytest

from cosigne.embedded import binaries
from cosigne.embedded.account import Account
from cosigne.embedded.postgres import EmbeddedPostgres
from shared.kernel import Refused
from tests.support.postgres import own_server, place

FAST = {"fsync": "off"}
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
NOBODY = pwd.getpwnam("nobody")


@as_root
def test_root_hands_the_server_to_someone_without_rights():
    with own_server(**FAST) as (_, server):
        runs_as = psutil.Process(server.pid)
        assert runs_as.uids().real == runs_as.uids().effective != 0
        assert runs_as.gids().real != 0


@as_root
def test_programs_in_a_folder_only_root_may_enter_are_copied_where_others_may():
    with place() as folder:
        closed = folder / "closed"
        wheel = binaries.described(binaries.of_the_wheel())
        inside = binaries.copied(wheel, closed)
        closed.chmod(0o700)
        account = Account.for_data(folder / "none")
        assert not account.may_use(inside / "postgres")
        open_copy = binaries.copied(binaries.Binaries(inside, wheel.version), folder)
        assert account.may_use(open_copy / "postgres")
        assert account.run(open_copy / "initdb", "--version").returncode == 0


@as_root
def test_data_in_a_folder_only_root_may_enter_are_refused_with_its_name():
    with place() as folder:
        closed = folder / "closed"
        closed.mkdir(mode=0o700)
        with pytest.raises(Refused, match=r"folder\.closed") as refused:
            EmbeddedPostgres(closed / "deep" / "pg").start()
        assert refused.value.values["closed"] == str(closed)


@as_root
def test_an_ordinary_user_runs_it_in_a_folder_of_their_own():
    with place() as folder:
        home = folder / "home"
        home.mkdir(mode=0o700)
        os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
        programs = binaries.copied(binaries.described(binaries.of_the_wheel()), folder)

        def story():
            os.environ["COSIGNE_POSTGRES_BIN"] = str(programs)
            with EmbeddedPostgres(home / "pg", options=FAST) as server:
                assert psutil.Process(server.pid).uids().real == NOBODY.pw_uid

        assert told_as_nobody(story) == 0


@as_root
def test_an_ordinary_user_is_told_of_a_folder_that_cannot_be_written():
    with place() as folder:
        folder.chmod(0o755)

        def story():
            with pytest.raises(Refused, match=r"folder\.unwritable"):
                EmbeddedPostgres(folder / "pg").start()

        assert told_as_nobody(story) == 0


PARENT = """
import sys, time
from pathlib import Path
from cosigne.embedded.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), options={"fsync": "off"}).start()
print(server.pid, flush=True)
time.sleep(600)
"""


def test_a_killed_parent_takes_the_server_along():
    with place() as folder:
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(folder / "pg")],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.communicate()
        assert gone(pid)
        with EmbeddedPostgres(folder / "pg", options=FAST) as server:
            assert server.pid != pid


def told_as_nobody(story) -> int:
    """Run the story in a forked child as an ordinary user; 0 when it went well."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # forking beside threads: the child only tells its story
        child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY.pw_gid)
            os.setuid(NOBODY.pw_uid)
            story()
        except BaseException:  # noqa: BLE001 - the child tells, it never raises
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def gone(pid: int, within: float = 20) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not psutil.pid_exists(pid):
            return True
        time.sleep(0.05)
    return False
