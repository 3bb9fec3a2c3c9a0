"""A PostgreSQL server of our own: made, started, found again, stopped; reachable from here only."""

import shlex
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

from psycopg.conninfo import make_conninfo

from cosigne.embedded import binaries
from cosigne.embedded.account import Account
from cosigne.embedded.data_folder import SUPERUSER, DataFolder, last_words
from cosigne.embedded.guard import Guard
from cosigne.embedded.left_over import Postmaster
from cosigne.embedded.ports import HOST
from shared.kernel import Refused

PATIENCE = 60  # seconds: a slow disk is no failure
OPTIONS = {"listen_addresses": HOST, "unix_socket_directories": "", "max_connections": "200"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens and how its administrator signs in."""

    host: str
    port: int
    pid: int
    password: str = field(repr=False)

    @property
    def admin_conninfo(self) -> str:
        return self.conninfo("postgres")

    def conninfo(self, database: str) -> str:
        return make_conninfo(self.url(database), user=SUPERUSER, password=self.password)

    def url(self, database: str) -> str:
        return f"postgresql://{self.host}:{self.port}/{database}"


class EmbeddedPostgres:
    """The server whose data lie in `folder`; one process at a time may hold it.

    `options` are settings of the server (`{"fsync": "off"}`); `say` hears what takes a while.
    """

    def __init__(
        self,
        folder: Path,
        *,
        options: Mapping[str, str] | None = None,
        say: Callable[[str], None] = lambda _code: None,
    ) -> None:
        self.folder = DataFolder(folder.absolute())
        self.options = {**OPTIONS, **(options or {})}
        self.say = say
        self.guard: Guard | None = None

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Server:
        """Make the data if there are none, clear what a crash left, start, and wait."""
        self.folder.hold()
        try:
            self.account = Account.for_data(self.folder.data)
            self.folder.check(self.account)
            self.programs = binaries.find(self.account, self.folder.home.parent)
            self.folder.check_version(self.programs)
            if not self.folder.data.exists():
                self.say("postgres.making")
                self.folder.make(self.account, self.programs)
            self.clear()
            return self.launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server if it runs, let go of the folder; harmless to repeat."""
        if self.guard:
            if (postmaster := Postmaster.of(self.folder.data)) and postmaster.runs:
                self.halt()
            self.guard.dismiss()
            self.guard = None
        self.folder.let_go()

    def clear(self) -> None:
        if postmaster := Postmaster.of(self.folder.data):
            postmaster.forget_if_recycled()
            if postmaster.runs:
                self.say("postgres.left_running")
                self.halt()

    def launch(self) -> Server:
        said = ""
        for port in self.folder.ports():
            self.folder.log.unlink(missing_ok=True)
            options = {**self.options, "port": str(port)}
            told = " ".join(shlex.quote(f"--{name}={value}") for name, value in options.items())
            done = self.pg_ctl("start", "-l", str(self.folder.log), "-o", told)
            if done.returncode == 0:
                return self.running(port)
            said = self.complaint() or done.stderr
            if "pre-existing shared memory" in said:
                time.sleep(1)  # the children of a killed server are still leaving
            elif "could not bind" not in said:
                break
        raise Refused("postgres.not_started", log=str(self.folder.log), reason=last_words(said))

    def running(self, port: int) -> Server:
        self.folder.remember(port)
        postmaster = Postmaster.of(self.folder.data)
        if postmaster is None:
            raise Refused("postgres.not_started", log=str(self.folder.log), reason="?")
        if self.guard:
            self.guard.dismiss()
        self.guard = Guard.over(postmaster.pid)
        return Server(HOST, port, postmaster.pid, self.folder.password())

    def complaint(self) -> str:
        log = self.folder.log
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def halt(self) -> None:
        if self.pg_ctl("stop", "-m", "fast").returncode != 0:
            self.pg_ctl("stop", "-m", "immediate")

    def pg_ctl(self, verb: str, *more: str) -> CompletedProcess[str]:
        program, wait = self.programs.program("pg_ctl"), ("-w", "-t", str(PATIENCE))
        return self.account.run(program, verb, *wait, "-D", self.folder.data, *more)
