"""A PostgreSQL whose every change is on another disk too: backed up, lost, and restored elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from bench.drill_manifest import CHECKSUMS, faults, ranges
from cosigne.embedded.postgres import EmbeddedPostgres, Server
from cosigne.embedded.private import write_private
from shared.postgres.pool import connect

RECEIVER = "pg_receivewal"
PATIENCE = 60.0


@dataclass
class Disk:
    """`here` is the machine that will be lost, `elsewhere` the disk that will not.

    Segments are archived when they are full or `every` so many seconds old; what is not yet
    archived is streamed, and no commit is acknowledged before it is there.
    """

    name: str
    here: Path
    elsewhere: Path
    every: int = 60
    password: str = "the drill's own"  # noqa: S105 - of servers that live for a minute
    options: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.postgres = self._server(self.here / self.name)
        self.receiver: subprocess.Popen[bytes] | None = None

    @property
    def archive(self) -> Path:
        return self.elsewhere / self.name / "archive"

    @property
    def received(self) -> Path:
        return self.elsewhere / self.name / "received"

    @property
    def base(self) -> Path:
        return self.elsewhere / self.name / "base"

    # ── while all is well ────────────────────────────────────────────────────────────────────

    def start(self) -> Server:
        archived = f"test ! -f {self.archive}/%f && cp %p {self.archive}/%f"
        self.postgres.options |= {
            "archive_mode": "on",
            "archive_command": archived,
            "archive_timeout": str(self.every),
        }
        self.server = self.postgres.start()
        for folder in (self.archive, self.received):
            folder.mkdir(parents=True)
            self.postgres.account.own(folder)
        self.postgres.account.own(self.base.parent)
        self._receive()
        return self.server

    def _receive(self) -> None:
        """Streamed from now on; commits wait for it."""
        to = ("-D", str(self.received), "-S", "elsewhere", "-d", self._conninfo())
        self._run(RECEIVER, *to, "--create-slot", "--if-not-exists")
        account = self.postgres.account
        self.receiver = subprocess.Popen(
            [str(self.postgres.programs.program(RECEIVER)), *to, "--synchronous", "--no-loop"],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=account.uid if account.is_other else None,
            group=account.gid if account.is_other else None,
            extra_groups=[] if account.is_other else None,
        )
        with connect(self.server.admin_conninfo) as admin:
            admin.execute(
                f"ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ({RECEIVER})'".encode()
            )
            admin.execute("SELECT pg_reload_conf()")
            streamed = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'"
            until = time.monotonic() + PATIENCE
            while (admin.execute(streamed).fetchone() or (0,))[0] == 0:
                if time.monotonic() > until:
                    raise SystemExit(f"{self.name}: nothing is streamed to the other disk")
                time.sleep(0.05)

    def back_up(self) -> None:
        """A base backup on the other disk. Raises SystemExit where it is not whole."""
        to = ("-D", self.base, "-X", "stream", "-c", "fast", CHECKSUMS, "-d", self._conninfo())
        self._run("pg_basebackup", *to)
        self.verify()

    def verify(self) -> None:
        if found := faults(self.base):
            raise SystemExit(f"{self.name}: the backup is not whole: {found[:5]}")
        for timeline, first, last in ranges(self.base):
            where = ("-p", self.base / "pg_wal", "-t", timeline, "-s", first, "-e", last)
            self._run("pg_waldump", "--quiet", *where)

    # ── lost, and found again ────────────────────────────────────────────────────────────────

    def lose(self) -> None:
        """As when a machine burns: its processes end where they are, its files are gone."""
        master = psutil.Process(self.server.pid)
        lost = [master, *master.children(recursive=True)]
        for process in lost:
            process.kill()
        psutil.wait_procs(lost, timeout=10)
        self.postgres.stop()
        shutil.rmtree(self.postgres.folder.home)
        self.end()

    def end(self) -> None:
        if self.receiver is not None:
            self.receiver.terminate()
            self.receiver.wait(10)
            self.receiver = None

    def restored(
        self, home: Path, *, until: datetime | None = None, streamed: bool = True
    ) -> EmbeddedPostgres:
        """Another server, from the base backup and the changes kept, at a port of its own.

        Up to a moment, else to the last change there is; without what was streamed, to the last
        segment that was archived. Call `promoted` after starting it.
        """
        made = self._server(home)
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        # as ourselves and with its owner: whoever runs the server may read it
        subprocess.run(["/bin/cp", "-a", str(self.base), str(home / "data")], check=True)
        (home / "data" / "recovery.signal").touch()
        changes = [f"cp {self.archive}/%f %p"]
        if streamed:
            changes += [f"cp {self.received}/%f %p", f"cp {self.received}/%f.partial %p"]
        made.options |= {
            "restore_command": " || ".join(f"{one} 2>/dev/null" for one in changes),
            "recovery_target_action": "promote",
            "synchronous_standby_names": "",  # the base backup remembers the other one
            "archive_mode": "off",
            **({"recovery_target_time": until.isoformat(sep=" ")} if until else {}),
        }
        return made

    def _server(self, home: Path) -> EmbeddedPostgres:
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not (home / "password").exists():
            write_private(home / "password", self.password)
        return EmbeddedPostgres(home, options=self.options)

    def _conninfo(self) -> str:
        return make_conninfo(self.server.admin_conninfo, passfile=self._passfile(), password="")

    def _passfile(self) -> str:
        """The password where the programs of PostgreSQL look, not where everyone sees it."""
        file = self.elsewhere / f"{self.name}.pass"
        if not file.exists():
            write_private(file, f"*:*:*:*:{self.password}\n")
            self.postgres.account.own(file)
        return str(file)

    def _run(self, program: str, *told: str | Path) -> str:
        done = self.postgres.account.run(self.postgres.programs.program(program), *told)
        if done.returncode != 0:
            raise SystemExit(f"{program} {done.returncode}: {(done.stdout + done.stderr)[-800:]}")
        return done.stdout


def promoted(postgres: EmbeddedPostgres) -> Server:
    """Started, and waited for until it has replayed all that it was told to and may write."""
    server = postgres.start()
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with connect(server.admin_conninfo) as admin:
                if (admin.execute("SELECT NOT pg_is_in_recovery()").fetchone() or (False,))[0]:
                    return server
        except psycopg.OperationalError:
            pass  # it refuses for a moment while it is promoted, or has ended: the log says why
        if time.monotonic() > until:
            raise SystemExit(postgres.complaint()[-2000:])
        time.sleep(0.05)
